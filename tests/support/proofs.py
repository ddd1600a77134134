"""Proofs as they arrive, whatever carried them, and what every one of them must be."""

import dataclasses
import re

from workspace import parse

HARMLESS = "https://u.harbour.example/u/preview"
ANY_LINK = re.compile(r"https://u\.harbour\.example/u/[a-z2-7]+")


@dataclasses.dataclass
class Proof:
    to: str
    subject: str
    text: str
    html: str
    headers: dict  # names in lower case
    envelope: tuple = None  # from and to, where the transport shows it


def of_raw(raw, envelope=None):
    mail = parse(raw)
    bodies = {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}
    return Proof(mail["To"].addresses[0].addr_spec, str(mail["Subject"]), bodies["text/plain"], bodies["text/html"],
                 {name.lower(): str(value) for name, value in mail.items()}, envelope)


def of_provider(mail):
    """A Mail of tests/support/providers."""
    return Proof(mail.to, mail.subject, mail.text, mail.html, mail.headers)


def assert_proof(test, proof, name):
    """Of somebody who is called so, for the campaign of tests/support/workspace.py."""
    test.assertEqual(f"[TEST] {name}, act now", proof.subject)
    for body in (proof.text, proof.html):
        test.assertIn(f"Dear {name}", body)
        test.assertEqual({HARMLESS}, set(ANY_LINK.findall(body)))
        test.assertNotIn("one.example", body)
    test.assertEqual(f"<{HARMLESS}>, <mailto:unsubscribe+preview@harbour.example>",
                     " ".join(proof.headers["list-unsubscribe"].split()))
    test.assertEqual("List-Unsubscribe=One-Click", proof.headers["list-unsubscribe-post"])
