"""Brevo's smtp/email, by its reference. A version of `messageVersions` has no headers of its own there: a mail with
the recipient's own List-Unsubscribe goes alone."""

import json
import uuid

from providers import mail
from providers.base import GARBAGE, ProviderBase, Reply, same
from providers.checks import Wrong, address, array, base64_text, demand, headers, record, text

PERSON = record({"email": address}, {"name": text(1, 70)})
CONTENT = {"subject": text(), "htmlContent": text(), "textContent": text(), "replyTo": PERSON}
BODY = record(
    {"sender": PERSON},
    CONTENT | {
        "to": array(PERSON, 1, 1), "headers": headers(["From", "To", "Subject"]), "tags": array(text(), 1, 10),
        "attachment": array(record({"content": base64_text, "name": text()})),
        "messageVersions": array(record({"to": array(PERSON, 1, 1)}, CONTENT), 1, 1000)})
OURS = "idempotencykey", "x-sib-sandbox", "x-mailin-custom"


def error(status, code, message):
    return Reply(status, {"code": code, "message": message})


class Provider(ProviderBase):
    name = "brevo"
    path = "/v3/smtp/email"
    most = 1000
    most_bytes = 20 << 20
    idempotent = True
    tells_again = False
    refusals = {"400": error(400, "invalid_parameter", "email is not valid in to")}
    throttles = {"429": error(429, "too_many_requests", "Rate limit exceeded")}
    accounts = {
        "401": error(401, "unauthorized", "Key not found"),
        "402": error(402, "not_enough_credits", "Not enough credits to send"),
        "403": error(403, "permission_denied", "Your account is under validation"),
        "missing": error(400, "missing_parameter", "sender is missing"),
        "sender": error(400, "invalid_parameter", "Sending has been rejected because the sender is not valid"),
        "credits": error(400, "not_enough_credits", "Not enough credits to send"),
        "validation": error(400, "account_under_validation", "Your account is under validation"),
    }
    garbage = GARBAGE | {"type": Reply(201, {"messageId": 7}), "blank": Reply(201, {"messageId": ""})}

    def authorised(self, request):
        return same(request.headers.get("api-key", ""), self.api_key)

    def unauthorised(self):
        return self.accounts["401"]

    def malformed(self, what):
        return error(400, "invalid_parameter", what)

    def mails(self, request):
        body = request.json()
        BODY(body, "the body")
        versions = body.pop("messageVersions", None)
        if versions is None:
            demand("to" in body, "to is missing")
        known = mail.lower(body.get("headers", {}))
        metadata = self.custom(known.get("x-mailin-custom", "{}"))
        demand(body.get("tags", [None]) == [metadata.get("campaign")], "tags are not the campaign")
        demand(known.get("x-sib-sandbox", "drop") == "drop", "X-Sib-Sandbox is not `drop`")
        return [self.understood(body | one, known, metadata) for one in versions or [{}]]

    def custom(self, written):
        try:
            metadata = json.loads(written)
        except ValueError:
            raise Wrong("X-Mailin-custom is no JSON") from None
        record({}, {"tocsin": text(), "campaign": text()})(metadata, "X-Mailin-custom")
        return metadata

    def understood(self, one, known, metadata):
        demand("subject" in one, "there is no subject")
        demand("htmlContent" in one or "textContent" in one, "there is no content")
        own = {name: value for name, value in known.items() if name not in OURS}
        return mail.Mail(one["to"][0]["email"], one["sender"]["email"], one["subject"], one.get("textContent", ""),
                         one.get("htmlContent", ""), own, metadata, "x-sib-sandbox" in known,
                         [(file["name"], None) for file in one.get("attachment", [])])

    def key(self, request):
        given = {name: value for name, value in request.json().get("headers", {}).items()
                 if name.lower() == "idempotencykey"}
        if not given:
            return None
        demand(list(given) == ["idempotencyKey"], "idempotencyKey is written otherwise")
        try:
            demand(str(uuid.UUID(given["idempotencyKey"])) == given["idempotencyKey"], "idempotencyKey is no UUID")
        except ValueError:
            raise Wrong("idempotencyKey is no UUID") from None
        return given["idempotencyKey"]

    def repeated(self, stored):
        """The one answer to a key that was used, whatever the body."""
        return error(400, "duplicate_parameter", "idempotencyKey is already used")

    def conflicting(self):
        return self.repeated(None)

    def success(self, mails, number):
        ids = [f"<20261124.{number}.{index}@smtp-relay.mailin.fr>" for index in range(len(mails))]
        return Reply(201, {"messageId": ids[0]} if len(ids) == 1 else {"messageIds": ids})

    def look(self, request):
        if request.method != "GET":
            return None
        if request.path == "/v3/account":
            return Reply(200, {"email": "it@harbour.example", "plan": [{"type": "payAsYouGo", "credits": 5000}],
                               "relay": {"enabled": True}})
        if request.path == "/v3/senders/domains/harbour.example":
            return Reply(200, {"domain": "harbour.example", "verified": True, "authenticated": True})
        if request.path == "/v3/senders/domains":
            return Reply(200, {"domains": [{"domain_name": "harbour.example", "verified": True,
                                            "authenticated": True}]})
        if request.path == "/v3/senders":
            return Reply(200, {"senders": [{"id": 1, "email": "campaigns@harbour.example", "active": True}]})
        return None
