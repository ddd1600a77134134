"""Postmark's /email/batch, by its Swagger document and its published error codes."""

from providers import mail
from providers.base import GARBAGE, ProviderBase, Reply, same
from providers.checks import address_of, array, base64_text, boolean, demand, headers, mailbox, record, strings, text

HEADER = record({"Name": text(), "Value": text(0)})
MESSAGE = record(
    {"From": mailbox, "To": mailbox, "Subject": text(0, 2000), "MessageStream": text()},
    {"Tag": text(1, 1000), "HtmlBody": text(1, 5 << 20), "TextBody": text(1, 5 << 20), "ReplyTo": mailbox,
     "Headers": array(HEADER), "Metadata": strings(10, 20, 80), "TrackOpens": boolean,
     "TrackLinks": text(among=["None", "HtmlAndText", "HtmlOnly", "TextOnly"]),
     "Attachments": array(record({"Name": text(), "Content": base64_text, "ContentType": text()},
                                 {"ContentID": text()}))})
BATCH = array(MESSAGE, 1, 500)


def error(status, code, message):
    return Reply(status, {"ErrorCode": code, "Message": message})


class Provider(ProviderBase):
    name = "postmark"
    path = "/email/batch"
    most = 500
    most_bytes = 50 << 20
    partial = True
    stream = "broadcast"
    # Each as an item of an answer with status 200.
    refusals = {
        "300": {"ErrorCode": 300, "Message": "Invalid 'To' address."},
        "406": {"ErrorCode": 406, "Message": "You tried to send to a recipient that has been marked as inactive."},
    }
    throttles = {"429": Reply(429, {"ErrorCode": 429, "Message": "Rate limit exceeded"})}
    accounts = {
        "401": error(401, 10, "No Account or Server API tokens were supplied, or they are wrong."),
        "400": error(422, 400, "The 'From' address you supplied is not a Sender Signature on your account."),
        "405": error(422, 405, "You ran out of credits."),
        "412": error(422, 412, "Your account is pending approval."),
        "items": lambda mails: Reply(200, [{"ErrorCode": 405, "Message": "You ran out of credits."} for _ in mails]),
    }
    laters = {"503": Reply(503, {"ErrorCode": 100, "Message": "Maintenance"})}
    garbage = GARBAGE | {
        "type": Reply(200, {"ErrorCode": 0, "Message": "OK"}),
        "items": Reply(200, ["OK"]),
        "strings": Reply(200, [{"ErrorCode": "0", "MessageID": 7}]),
    }

    def authorised(self, request):
        return same(request.headers.get("x-postmark-server-token", ""), self.api_key)

    def unauthorised(self):
        return self.accounts["401"]

    def malformed(self, what):
        return error(422, 403, what)

    def mails(self, request):
        demand("application/json" in request.headers.get("accept", ""), "Accept is not application/json")
        batch = request.json()
        BATCH(batch, "the batch")
        return [self.understood(one) for one in batch]

    def understood(self, one):
        demand(one["MessageStream"] == self.stream, f"the stream is {one['MessageStream']}")
        demand("TextBody" in one or "HtmlBody" in one, "there is no body")
        pairs = [(header["Name"], header["Value"]) for header in one.get("Headers", [])]
        demand(len({name.lower() for name, _ in pairs}) == len(pairs), "a header stands twice")
        headers(["From", "To", "Subject", "Reply-To", "Content-Type", "Date"])(dict(pairs), "Headers")
        metadata = one.get("Metadata", {})
        demand(one.get("Tag") == metadata.get("campaign"), "Tag is not the campaign")
        return mail.Mail(address_of(one["To"]), address_of(one["From"]), one["Subject"], one.get("TextBody", ""),
                         one.get("HtmlBody", ""), mail.lower(dict(pairs)), metadata,
                         self.api_key == "POSTMARK_API_TEST",
                         [(file["Name"], file["ContentType"]) for file in one.get("Attachments", [])])

    def item(self, one, number):
        return {"ErrorCode": 0, "Message": "OK", "MessageID": f"b7bc2f4a-e38e-4336-af7d-{number:012}",
                "SubmittedAt": "2026-11-24T07:25:01.4178645-05:00", "To": one.to}

    def success(self, mails, number):
        return self.mixed(mails, {}, number)

    def mixed(self, mails, refused, number):
        return Reply(200, [self.refusals[refused[one.to]] if one.to in refused else
                           self.item(one, 1000 * number + index) for index, one in enumerate(mails)])

    def look(self, request):
        if request.method == "GET" and request.path == "/server":
            return Reply(200, {"ID": 1, "Name": "Harbour", "DeliveryType": "Live", "ApiTokens": [self.api_key]})
        if request.method == "GET" and request.path == f"/message-streams/{self.stream}":
            return Reply(200, {"ID": self.stream, "MessageStreamType": "Broadcasts", "ArchivedAt": None})
        if request.method == "GET" and request.path.startswith("/message-streams/"):
            return error(404, 1226, "The message stream provided was not found.")
        return None
