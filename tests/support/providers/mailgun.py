"""Mailgun's messages.mime, by its OpenAPI document: a form whose `message` is a file."""

import base64
import re

from providers import mail
from providers.base import GARBAGE, ProviderBase, Reply, same
from providers.checks import Wrong, address, address_of, demand

OPTIONS = {"o:tag", "o:testmode", "o:tracking", "o:tracking-clicks", "o:tracking-opens", "o:dkim", "o:require-tls",
           "o:skip-verification"}
YES_NO = {"yes", "no", "true", "false"}
MOST_OPTIONS = 16 << 10
DISPOSITION = re.compile(r'form-data; name="([^"]+)"(?:; filename="([^"]*)")?')


def parts_of(request):
    """(name, file name or nothing, media type, content) of each part of a multipart/form-data."""
    kind = re.fullmatch(r'multipart/form-data; ?boundary="?([0-9A-Za-z\'()+_,./:=? -]{1,70})"?',
                        request.headers.get("content-type", ""))
    demand(kind, f"the content type is {request.headers.get('content-type')}")
    boundary = b"--" + kind[1].encode()
    demand(request.body.startswith(boundary + b"\r\n"), "the body does not begin with the boundary")
    head, end, rest = request.body.partition(b"\r\n" + boundary + b"--")
    demand(end and rest in (b"", b"\r\n"), "the body does not end with the boundary")
    for raw in (b"\r\n" + head).split(b"\r\n" + boundary + b"\r\n")[1:]:
        fields, empty, content = raw.partition(b"\r\n\r\n")
        demand(empty, "a part has no end of its headers")
        pairs = [field.split(": ", 1) for field in fields.decode("ascii").split("\r\n")]
        named = {name.lower(): value for name, value in pairs}
        found = DISPOSITION.fullmatch(named.get("content-disposition", ""))
        demand(found, f"a part is called {named.get('content-disposition')}")
        yield found[1], found[2], named.get("content-type"), content


class Provider(ProviderBase):
    name = "mailgun"
    domain = "mg.harbour.example"
    most_bytes = 25 << 20
    refusals = {
        "400": Reply(400, {"message": "to parameter is not a valid address. please check documentation"}),
        "413": Reply(413, {"message": "message is too large"}),
    }
    throttles = {
        "429": Reply(429, {"message": "Domain mg.harbour.example is not allowed to send: "
                                      "account-requests-per-sec limit exceeded"}),
    }
    accounts = {
        "401": Reply(401, b"Forbidden"),
        "402": Reply(402, {"message": "Payment required"}),
        "403": Reply(403, {"message": "Domain mg.harbour.example is not allowed to send: The domain is unverified"}),
        "404": Reply(404, {"message": "Domain not found: mg.harbour.example"}),
    }
    garbage = GARBAGE | {
        "magnificent": Reply(200, b"Mailgun Magnificent API"),
        "type": Reply(200, {"id": 7, "message": ["Queued. Thank you."]}),
        "unqueued": Reply(200, {"id": "<1@mg.harbour.example>", "message": "Thank you."}),
    }

    @property
    def path(self):
        return f"/v3/{self.domain}/messages.mime"

    def authorised(self, request):
        expected = "Basic " + base64.b64encode(f"api:{self.api_key}".encode()).decode()
        return same(request.headers.get("authorization", ""), expected)

    def unauthorised(self):
        return Reply(401, b"Forbidden")

    def mails(self, request):
        fields, raw = {}, None
        for name, filename, _, content in parts_of(request):
            if name == "message":
                demand(raw is None and filename, "`message` must be one file")
                raw = content
                continue
            demand(filename is None, f"{name} is a file")
            demand(name not in fields, f"{name} stands twice")
            demand(name in OPTIONS | {"to"} or re.fullmatch(r"v:[A-Za-z0-9_-]+", name), f"{name} is unknown")
            fields[name] = content.decode("utf-8")
        return [self.understood(fields, raw)]

    def understood(self, fields, raw):
        demand(raw is not None and "to" in fields, "`message` or `to` is missing")
        options = sum(len(name) + len(value) for name, value in fields.items() if name != "to")
        demand(options <= MOST_OPTIONS, "the options are longer than 16 KB")
        for name, value in fields.items():
            if name.startswith("o:") and name != "o:tag" and value not in YES_NO:
                raise Wrong(f"{name} is {value!r}")
        demand(fields.get("o:tag", "alert") == fields.get("v:campaign"), "o:tag is not the campaign")
        to = address_of(fields["to"])
        address(to, "to")
        metadata = {name[2:]: value for name, value in fields.items() if name.startswith("v:")}
        return mail.from_mime(raw, metadata, to, fields.get("o:testmode") in ("yes", "true"))

    def success(self, mails, number):
        return Reply(200, {"id": f"<20261124.{number}@mg.harbour.example>", "message": "Queued. Thank you."})

    def look(self, request):
        if request.method == "GET" and request.path == f"/v4/domains/{self.domain}":
            return Reply(200, {"domain": {"name": self.domain, "state": "active", "is_disabled": False}})
        if request.method == "GET" and request.path.startswith("/v4/domains/"):
            return Reply(404, {"message": "Domain not found"})
        return None
