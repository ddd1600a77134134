"""Reads unsubscribe tokens independently of the program, by docs/tokens.md."""

import base64
import hashlib
import hmac


def derive(secret, purpose):
    """HKDF-SHA256 (RFC 5869) without salt, 32 bytes."""
    extracted = hmac.digest(b"\0" * 32, secret, hashlib.sha256)
    return hmac.digest(extracted, purpose + b"\x01", hashlib.sha256)


def is_token_for(token, address, secret):
    """Whether the secret's owner made this token for this address (in lower case)."""
    content = base64.b32decode(token.upper() + "====")
    signed, mac = content[:20], content[20:]
    good_mac = hmac.digest(derive(secret, b"tocsin unsubscribe token"), signed, hashlib.sha256)[:12]
    good_hash = hmac.digest(derive(secret, b"tocsin address in token"), address.encode(), hashlib.sha256)[:8]
    return (signed[0], mac, signed[12:]) == (1, good_mac, good_hash)
