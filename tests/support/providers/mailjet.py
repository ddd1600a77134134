"""Mailjet's v3.1/send, by its reference and its list of error codes."""

import base64
import json

from providers import mail
from providers.base import GARBAGE, ProviderBase, Reply, same
from providers.checks import Wrong, address, array, base64_text, boolean, demand, headers, record, text

FORBIDDEN = ["From", "Sender", "Subject", "To", "Cc", "Bcc", "Return-Path", "Delivered-To", "DKIM-Signature",
             "DomainKey-Status", "Received-SPF", "Authentication-Results", "Received", "X-Mailjet-Prio",
             "X-Mailjet-Debug", "User-Agent", "X-Mailer", "X-MJ-CustomID", "X-MJ-EventPayload", "X-MJ-TemplateLanguage",
             "X-MJ-StatisticsContactsListID", "X-Feedback-Id", "X-CSA-Complaints", "List-Id", "Date", "Message-Id",
             "Reply-To"]
PERSON = record({"Email": address}, {"Name": text(0)})
SWITCH = text(among=["account_default", "disabled", "enabled"])
MESSAGE = record(
    {"From": PERSON, "To": array(PERSON, 1, 1), "Subject": text(1, 255)},
    {"TextPart": text(), "HTMLPart": text(), "ReplyTo": PERSON, "Headers": headers(FORBIDDEN),
     "CustomID": text(1, 64), "EventPayload": text(1), "CustomCampaign": text(), "DeduplicateCampaign": boolean,
     "TrackOpens": SWITCH, "TrackClicks": SWITCH,
     "Attachments": array(record({"ContentType": text(), "Filename": text(), "Base64Content": base64_text}))})
BODY = record({"Messages": array(MESSAGE, 1, 50)}, {"SandboxMode": boolean, "AdvanceErrorHandling": boolean})


def refusal(status, code, message, related=()):
    return {"Status": "error", "Errors": [{"ErrorIdentifier": "f987008f-251a-4dff-8ffc-40f1583ad7bc",
                                           "ErrorCode": code, "StatusCode": status, "ErrorMessage": message,
                                           "ErrorRelatedTo": list(related)}]}


def error(status, code, message):
    return Reply(status, {"ErrorIdentifier": "06df1144-c6f3-4ca7-8885-7ec5d4344113", "ErrorCode": code,
                          "ErrorMessage": message, "StatusCode": status})


class Provider(ProviderBase):
    name = "mailjet"
    path = "/v3.1/send"
    most = 50
    most_bytes = 15 << 20
    partial = True
    # Each as an item of an answer with status 400, whose other items were sent.
    refusals = {
        "0013": refusal(400, "mj-0013", "\"x\" is an invalid email address.", ["To[0].Email"]),
        "0004": refusal(400, "mj-0004", "Type mismatch. Expected type \"string\".", ["Subject"]),
        "0010": refusal(400, "send-0010", "The template is unknown.", ["TemplateID"]),
    }
    throttles = {"429": error(429, "mj-0000", "Too many requests")}
    accounts = {
        "401": error(401, "mj-0001", "API key authentication/authorization failure."),
        "403": error(403, "mj-0015", "Access forbidden."),
        "sender": lambda mails: Reply(403, {"Messages": [
            refusal(403, "send-0008", "\"campaigns@harbour.example\" is not an authorized sender.", ["From"])
            for _ in mails]}),
    }
    garbage = GARBAGE | {
        "type": Reply(200, {"Messages": {"Status": "success"}}),
        "items": Reply(200, {"Messages": ["success"]}),
        "unsaid": Reply(200, {"Messages": [{"To": []}]}),
    }

    def authorised(self, request):
        pair = base64.b64encode(f"{self.api_key}:{self.secret_key}".encode()).decode()
        return same(request.headers.get("authorization", ""), "Basic " + pair)

    def unauthorised(self):
        return self.accounts["401"]

    def malformed(self, what):
        return error(400, "mj-0031", what)

    def mails(self, request):
        body = request.json()
        BODY(body, "the body")
        return [self.understood(one, body.get("SandboxMode", False)) for one in body["Messages"]]

    def understood(self, one, sandbox):
        demand("TextPart" in one or "HTMLPart" in one, "there is no body")
        try:
            metadata = json.loads(one.get("EventPayload", "{}"))
        except ValueError:
            raise Wrong("EventPayload is no JSON") from None
        record({}, {"tocsin": text(), "campaign": text()})(metadata, "EventPayload")
        demand(one.get("CustomID") == metadata.get("tocsin"), "CustomID is not the reference")
        demand(one.get("CustomCampaign") == metadata.get("campaign"), "CustomCampaign is not the campaign")
        return mail.Mail(one["To"][0]["Email"], one["From"]["Email"], one["Subject"], one.get("TextPart", ""),
                         one.get("HTMLPart", ""), mail.lower(one.get("Headers", {})), metadata, sandbox,
                         [(file["Filename"], file["ContentType"]) for file in one.get("Attachments", [])])

    def item(self, one, number):
        return {"Status": "success", "CustomID": one.metadata.get("tocsin", ""), "Cc": [], "Bcc": [],
                "To": [{"Email": one.to, "MessageUUID": f"9f5b{number}", "MessageID": 1152921504606846976 + number,
                        "MessageHref": "https://api.mailjet.com/v3/message/1152921504606846976"}]}

    def success(self, mails, number):
        return self.mixed(mails, {}, number)

    def mixed(self, mails, refused, number):
        return Reply(400 if refused else 200, {"Messages": [
            self.refusals[refused[one.to]] if one.to in refused else self.item(one, 1000 * number + index)
            for index, one in enumerate(mails)]})

    def look(self, request):
        if request.method != "GET":
            return None
        if request.path == "/v3/REST/sender":
            return Reply(200, {"Count": 1, "Total": 1, "Data": [
                {"Email": "*@harbour.example", "Status": "Active", "EmailType": "bulk", "ID": 1}]})
        if request.path in ("/v3/REST/apikey", "/v3/REST/myprofile", "/v3/REST/user"):
            return Reply(200, {"Count": 1, "Total": 1, "Data": [{"ID": 1, "IsActive": True}]})
        return None
