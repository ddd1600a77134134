"""AWS Signature Version 4, computed anew from a request as it arrived. Raises Wrong where it does not hold."""

import datetime
import hashlib
import hmac
import re
import urllib.parse

from providers.checks import Wrong, demand

MOST_SKEW = datetime.timedelta(minutes=5)
AUTHORIZATION = re.compile(r"AWS4-HMAC-SHA256 Credential=([^/,\s]+)/(\d{8})/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request,\s*"
                           r"SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})")


def mac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def signing_key(secret, date, region, service):
    key = ("AWS4" + secret).encode()
    for part in (date, region, service, "aws4_request"):
        key = mac(key, part)
    return key


def canonical_path(path):
    """Of all services but S3: each segment encoded once more than it stands in the request."""
    return "/".join(urllib.parse.quote(part, safe="-_.~") for part in path.split("/")) or "/"


def canonical_query(query):
    pairs = [part.partition("=") for part in query.split("&") if part]
    again = [(urllib.parse.quote(urllib.parse.unquote(name), safe="-_.~"),
              urllib.parse.quote(urllib.parse.unquote(value), safe="-_.~")) for name, _, value in pairs]
    return "&".join(f"{name}={value}" for name, value in sorted(again))


def canonical_request(request, signed):
    lines = [request.method, canonical_path(request.path), canonical_query(request.query)]
    lines += [f"{name}:{' '.join(request.headers[name].split())}" for name in signed]
    return "\n".join([*lines, "", ";".join(signed), hashlib.sha256(request.body).hexdigest()])


def signature(request, signed, secret, date, region, service):
    stamp = request.headers["x-amz-date"]
    scope = f"{date}/{region}/{service}/aws4_request"
    digest = hashlib.sha256(canonical_request(request, signed).encode()).hexdigest()
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{digest}"
    return mac(signing_key(secret, date, region, service), text).hex()


def verify(request, access_key, secret, session_token="", region="eu-west-1", service="ses", ahead=0):
    """`ahead`: seconds that the client's clock may be, and is told to be, ahead of ours."""
    found = AUTHORIZATION.fullmatch(request.headers.get("authorization", ""))
    demand(found, "there is no Authorization of AWS4-HMAC-SHA256")
    key, date, of_region, of_service, names, given = found.groups()
    demand((key, of_region, of_service) == (access_key, region, service), "another credential scope")
    signed = names.split(";")
    demand(signed == sorted(set(signed)), "the signed headers are not in order")
    for name in ("host", "x-amz-date"):
        demand(name in signed, f"{name} is not signed")
    demand(all(name in request.headers for name in signed), "a header that is not there is signed")
    own = [name for name in request.headers if name.startswith("x-amz-") or name == "content-type"]
    demand(set(own) <= set(signed), f"not all of {own} are signed")
    check_time(request.headers["x-amz-date"], date, ahead)
    demand(request.headers.get("x-amz-security-token", "") == session_token, "another session token")
    demand(request.headers.get("x-amz-content-sha256", "") in ("", hashlib.sha256(request.body).hexdigest()),
           "another x-amz-content-sha256")
    demand(hmac.compare_digest(signature(request, signed, secret, date, region, service), given),
           "the signature does not match")


def check_time(stamp, date, ahead):
    try:
        at = datetime.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    except ValueError:
        raise Wrong("x-amz-date is no time") from None
    demand(stamp.startswith(date), "the scope is of another day than x-amz-date")
    now = datetime.datetime.now(datetime.timezone.utc)
    demand(-MOST_SKEW <= at - now <= MOST_SKEW + datetime.timedelta(seconds=ahead), "signed at another time")
