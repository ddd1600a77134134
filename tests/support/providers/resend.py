"""Resend's /emails/batch and /emails, by its OpenAPI document, with its idempotency keys and validation modes."""

from providers import mail
from providers.base import GARBAGE, ProviderBase, Reply, bearer
from providers.checks import address, address_of, array, base64_text, demand, headers, mailbox, record, text

TAG = text(1, 256, matching="[A-Za-z0-9_-]+")


def one_address(value, where):
    array(address, 1, 1)([value] if type(value) is str else value, where)


MESSAGE = {"from": mailbox, "to": one_address, "subject": text()}
OPTIONAL = {"html": text(), "text": text(0), "reply_to": mailbox, "headers": headers(["From", "To", "Subject"]),
            "tags": array(record({"name": TAG, "value": TAG}), 1)}
ATTACHMENTS = {"attachments": array(record({"content": base64_text, "filename": text()},
                                           {"content_type": text(), "content_id": text()}), 1)}
BATCH = array(record(MESSAGE, OPTIONAL), 1, 100)
SINGLE = record(MESSAGE, OPTIONAL | ATTACHMENTS)


def error(status, name, message):
    return Reply(status, {"statusCode": status, "name": name, "message": message})


class Provider(ProviderBase):
    name = "resend"
    path = "/emails/batch"
    most = 100
    most_bytes = 40 << 20
    idempotent = True
    partial = True
    sandbox_address = "delivered@resend.dev"
    refusals = {"422": "Invalid `to` field."}
    throttles = {"429": error(429, "rate_limit_exceeded", "Too many requests. You can only make 2 requests per second.")}
    accounts = {
        "401": error(401, "missing_api_key", "Missing API key in the authorization header."),
        "403": error(403, "validation_error", "The harbour.example domain is not verified."),
        "restricted": error(401, "restricted_api_key", "This API key is restricted to only send emails."),
        "daily": error(429, "daily_quota_exceeded", "You have reached your daily email sending quota."),
        "monthly": error(429, "monthly_quota_exceeded", "You have reached your monthly email sending quota."),
        "404": error(404, "not_found", "The requested endpoint does not exist."),
    }
    garbage = GARBAGE | {
        "type": Reply(200, {"data": [{"id": 7}]}),
        "short": Reply(200, {"data": []}),
        "map": Reply(200, {"data": {"id": "1"}}),
    }

    def is_send(self, request):
        return request.method == "POST" and request.path in ("/emails", "/emails/batch")

    def authorised(self, request):
        return bearer(request, self.api_key)

    def unauthorised(self):
        return error(401, "validation_error", "API key is invalid")

    def malformed(self, what):
        return error(422, "validation_error", what)

    def key(self, request):
        key = request.headers.get("idempotency-key")
        if key is not None:
            text(1, 256)(key, "Idempotency-Key")
        return key

    def mails(self, request):
        body = request.json()
        self.alone = request.path == "/emails"  # which is answered otherwise
        demand(request.headers.get("user-agent"), "there is no User-Agent: Resend answers 403 to that")
        if request.path == "/emails":
            SINGLE(body, "the body")
            return [self.understood(body)]
        demand(request.headers.get("x-batch-validation", "permissive") in ("permissive", "strict"), "x-batch-validation")
        BATCH(body, "the batch")
        return [self.understood(one) for one in body]

    def understood(self, one):
        demand("html" in one or "text" in one, "there is no body")
        tags = [(tag["name"], tag["value"]) for tag in one.get("tags", [])]
        demand(len(dict(tags)) == len(tags), "a tag stands twice")
        to = one["to"] if type(one["to"]) is str else one["to"][0]
        return mail.Mail(to, address_of(one["from"]), one["subject"], one.get("text", ""), one.get("html", ""),
                         mail.lower(one.get("headers", {})), dict(tags), to.endswith("@resend.dev"),
                         [(file["filename"], file.get("content_type")) for file in one.get("attachments", [])])

    def takes_others(self, request):
        """Those beside one that is refused; by default all are refused."""
        return request.path == "/emails/batch" and request.headers.get("x-batch-validation") == "permissive"

    def ids(self, count, number):
        return [{"id": f"ae2014de-c168-4c61-{index:04}-{number:012}"} for index in range(count)]

    def success(self, mails, number):
        ids = self.ids(len(mails), number)
        return Reply(200, ids[0] if self.alone else {"data": ids})

    def mixed(self, mails, refused, number):
        errors = [{"index": index, "message": self.refusals[refused[one.to]]}
                  for index, one in enumerate(mails) if one.to in refused]
        return Reply(200, {"data": self.ids(len(mails) - len(errors), number), "errors": errors})

    def conflicting(self):
        return error(409, "invalid_idempotent_request", "Same idempotency key used with a different request payload.")

    def look(self, request):
        if request.method == "GET" and request.path == "/domains":
            return Reply(200, {"object": "list", "has_more": False, "data": [
                {"id": "d91cd9bd-1176-453e-8fc1-35364d380206", "name": "harbour.example", "status": "verified",
                 "region": "eu-west-1", "capabilities": {"sending": "enabled", "receiving": "disabled"}}]})
        return None
