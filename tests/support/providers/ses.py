"""Amazon SES v2, by its service model: SendEmail with raw content, GetAccount, GetEmailIdentity."""

import base64

from providers import mail, sigv4
from providers.base import GARBAGE, ProviderBase, Reply
from providers.checks import Wrong, address, address_of, array, base64_text, demand, mailbox, record, text

TAG = text(1, 256, matching="[A-Za-z0-9_-]+")
BODY = record(
    {"Destination": record({"ToAddresses": array(address, 1, 1)}),
     "Content": record({"Raw": record({"Data": base64_text})})},
    {"FromEmailAddress": mailbox, "FeedbackForwardingEmailAddress": address,
     "EmailTags": array(record({"Name": TAG, "Value": TAG}), 1, 50),
     "ConfigurationSetName": text(1, 64, matching="[A-Za-z0-9_-]+")})


def error(status, kind, message):
    return Reply(status, {"message": message}, {"x-amzn-ErrorType": kind, "x-amzn-RequestId": "8d3c"})


class Provider(ProviderBase):
    name = "ses"
    path = "/v2/email/outbound-emails"
    region = "eu-west-1"
    clock_ahead = 0
    quota = {"Max24HourSend": 50000.0, "MaxSendRate": 2000.0, "SentLast24Hours": 12.0}
    sandbox_address = "success@simulator.amazonses.com"

    refusals = {
        "rejected": error(400, "MessageRejected", "Message contains an attachment with a virus."),
        "bad": error(400, "BadRequestException", "Invalid recipient address"),
    }
    throttles = {
        "429": error(429, "TooManyRequestsException", "Maximum sending rate exceeded."),
        "400": error(400, "ThrottlingException", "Maximum sending rate exceeded."),
    }
    accounts = {
        "quota": error(429, "TooManyRequestsException", "Daily message quota exceeded."),
        "suspended": error(400, "AccountSuspendedException", "Your account is suspended."),
        "paused": error(400, "SendingPausedException", "Sending is paused for this account."),
        "identity": error(400, "MessageRejected", "Email address is not verified. The following identities failed "
                                                   "the check in region EU-WEST-1: harbour.example"),
        "unverified": error(400, "MailFromDomainNotVerifiedException", "The MAIL FROM domain is not verified."),
        "limit": error(400, "LimitExceededException", "There are too many."),
        "403": error(403, "AccessDeniedException", "User is not authorized to perform ses:SendRawEmail"),
        "401": Reply(401, {"message": "Unauthorized"}),
        "404": error(404, "NotFoundException", "Configuration set does not exist."),
    }
    garbage = GARBAGE | {"type": Reply(200, {"MessageId": 7}), "blank": Reply(200, {"MessageId": ""})}

    def authorised(self, request):
        try:
            sigv4.verify(request, self.api_key, self.secret_key, self.session_token, self.region,
                         ahead=self.clock_ahead)
            return True
        except Wrong as wrong:
            self.why = str(wrong)
            return False

    def unauthorised(self):
        return error(403, "SignatureDoesNotMatchException", "The request signature we calculated does not match")

    def malformed(self, what):
        return error(400, "BadRequestException", what)

    def mails(self, request):
        body = request.json()
        BODY(body, "the body")
        raw = base64.b64decode(body["Content"]["Raw"]["Data"])
        [to] = body["Destination"]["ToAddresses"]
        tags = [(tag["Name"], tag["Value"]) for tag in body.get("EmailTags", [])]
        demand(len(dict(tags)) == len(tags), "a tag stands twice")
        sandbox = to.endswith("@simulator.amazonses.com")
        written = to if not sandbox else mail.email.message_from_bytes(
            raw, policy=mail.email.policy.default)["To"].addresses[0].addr_spec
        one = mail.from_mime(raw, dict(tags), written, sandbox)
        demand(address_of(body.get("FromEmailAddress", one.sender)) == one.sender, "FromEmailAddress is not From")
        one.to = to
        return [one]

    def success(self, mails, number):
        return Reply(200, {"MessageId": f"0102018{number:07}-0a1b2c3d-000000"}, {"x-amzn-RequestId": f"r{number}"})

    def look(self, request):
        if request.method != "GET":
            return None
        if request.path == "/v2/email/account":
            return Reply(200, {"ProductionAccessEnabled": True, "SendingEnabled": True, "EnforcementStatus": "HEALTHY",
                               "SendQuota": self.quota})
        if request.path == "/v2/email/identities/harbour.example":
            return Reply(200, {"IdentityType": "DOMAIN", "VerifiedForSendingStatus": True,
                               "VerificationStatus": "SUCCESS"})
        if request.path.startswith("/v2/email/identities/"):
            return error(404, "NotFoundException", "Email identity does not exist.")
        return None
