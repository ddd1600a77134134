"""SendGrid v3 mail/send, by its OpenAPI document; stricter where that lets things pass that the server refuses."""

from providers import mail
from providers.base import GARBAGE, ProviderBase, Reply, bearer
from providers.checks import address, array, base64_text, boolean, demand, headers, record, strings, text

RESERVED = ["x-sg-id", "x-sg-eid", "received", "dkim-signature", "Content-Type", "Content-Transfer-Encoding", "To",
            "From", "Subject", "Reply-To", "CC", "BCC"]
PERSON = record({"email": address}, {"name": text(0)})
SWITCH = record({"enable": boolean}, {"enable_text": boolean})
BODY = record(
    {"personalizations": array(record(
        {"to": array(PERSON, 1, 1)},
        {"from": PERSON, "subject": text(), "headers": headers(RESERVED), "custom_args": strings(most_value=1000)}), 1, 1),
     "from": PERSON, "subject": text(),
     "content": array(record({"type": text(), "value": text()}), 1)},
    {"reply_to": PERSON, "headers": headers(RESERVED), "custom_args": strings(most_value=1000),
     "attachments": array(record({"content": base64_text, "filename": text()},
                                 {"type": text(), "disposition": text(among=["inline", "attachment"]),
                                  "content_id": text()})),
     "categories": array(text(1, 255), 0, 10), "ip_pool_name": text(2, 64),
     "mail_settings": record({}, {"sandbox_mode": SWITCH, "bypass_list_management": SWITCH}),
     "tracking_settings": record({}, {"click_tracking": SWITCH, "open_tracking": SWITCH,
                                      "subscription_tracking": SWITCH, "ganalytics": SWITCH})})


def errors(status, message, field=None):
    return Reply(status, {"errors": [{"message": message, "field": field, "help": None}]})


class Provider(ProviderBase):
    name = "sendgrid"
    path = "/v3/mail/send"
    most_bytes = 30 << 20
    refusals = {
        "400": errors(400, "Does not contain a valid address.", "personalizations.0.to.0.email"),
        "413": errors(413, "The payload is too large."),
    }
    throttles = {"429": errors(429, "too many requests")}
    accounts = {
        "401": errors(401, "The provided authorization grant is invalid, expired, or revoked"),
        "403": errors(403, "The from address does not match a verified Sender Identity.", "from"),
        "credits": errors(401, "Maximum credits exceeded"),
        "404": errors(404, "not found"),
        "405": errors(405, "method not allowed"),
    }
    garbage = GARBAGE

    def authorised(self, request):
        return bearer(request, self.api_key)

    def unauthorised(self):
        return errors(401, "The provided authorization grant is invalid, expired, or revoked")

    def malformed(self, what):
        return errors(400, what)

    def mails(self, request):
        body = request.json()
        BODY(body, "the body")
        [personalization] = body["personalizations"]
        kinds = [part["type"] for part in body["content"]]
        demand(kinds in (["text/plain"], ["text/html"], ["text/plain", "text/html"]), f"content of {kinds}")
        parts = {part["type"]: part["value"] for part in body["content"]}
        arguments = body.get("custom_args", {}) | personalization.get("custom_args", {})
        demand(set(arguments) <= {"tocsin", "campaign"}, "custom_args of nobody's")
        return [mail.Mail(
            personalization["to"][0]["email"], body["from"]["email"], personalization.get("subject", body["subject"]),
            parts.get("text/plain", ""), parts.get("text/html", ""),
            mail.lower(body.get("headers", {}) | personalization.get("headers", {})), arguments,
            body.get("mail_settings", {}).get("sandbox_mode", {}).get("enable", False),
            [(one["filename"], one.get("type")) for one in body.get("attachments", [])])]

    def success(self, mails, number):
        return Reply(200 if mails[0].sandbox else 202, b"", {"X-Message-Id": f"sg{number:08}"})

    def look(self, request):
        if request.method != "GET":
            return None
        if request.path == "/v3/scopes":
            return Reply(200, {"scopes": ["mail.send", "sender_verification_eligible"]})
        if request.path == "/v3/whitelabel/domains":
            return Reply(200, [{"id": 1, "domain": "harbour.example", "valid": True}])
        if request.path == "/v3/verified_senders":
            return Reply(200, {"results": [{"id": 1, "from_email": "campaigns@harbour.example", "verified": True}]})
        return None
