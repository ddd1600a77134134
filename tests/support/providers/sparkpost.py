"""SparkPost's transmissions with a raw message, by its API reference and its list of extended error codes."""

import re

from providers import mail
from providers.base import GARBAGE, ProviderBase, Reply, same
from providers.checks import Wrong, address, array, boolean, demand, record, text


# SparkPost's own receiver, which swallows: behind any address it makes one that is delivered to nobody.
SINK = ".sink.sparkpostmail.com"
# What its template language has for braces, in header fields.
BRACES = {"{{opening_double_curly()}}": "{{", "{{closing_double_curly()}}": "}}",
          "{{opening_triple_curly()}}": "{{{", "{{closing_triple_curly()}}": "}}}"}


def substituted(headers):
    """The header fields as they arrive: SparkPost substitutes there, whatever the options say."""
    plain = re.sub(r"\{\{\w+\(\)\}\}", lambda found: "" if found[0] in BRACES else found[0], headers)
    if "{{" in plain:
        raise Wrong("the headers have {{, which is substituted all the same")
    return re.sub(r"\{\{\w+\(\)\}\}", lambda found: BRACES[found[0]], headers)


def metadata(value, where):
    demand(type(value) is dict, f"{where} is no object")
    for name, one in value.items():
        text(0, 200)(one, f"{where}.{name}")


def recipient_address(value, where):
    if type(value) is str:
        return address(value, where)
    record({"email": address}, {"name": text(), "header_to": address})(value, where)


BODY = record(
    {"recipients": array(record({"address": recipient_address}, {"metadata": metadata, "tags": array(text(), 0, 10)}),
                         1, 1),
     "content": record({"email_rfc822": text()})},
    {"campaign_id": text(1, 64), "metadata": metadata, "return_path": address, "description": text(1, 1024),
     "options": record({}, {"open_tracking": boolean, "click_tracking": boolean, "transactional": boolean,
                            "sandbox": boolean, "perform_substitutions": boolean, "inline_css": boolean,
                            "ip_pool": text()})})


def errors(status, code, message, description=""):
    return Reply(status, {"errors": [{"code": code, "message": message, "description": description}]})


def nobody(code, message):
    """No recipient was good."""
    return {"results": {"rcpt_to_errors": [{"code": code, "message": message, "description": "the recipient"}],
                        "total_rejected_recipients": 1, "total_accepted_recipients": 0}}


class Provider(ProviderBase):
    name = "sparkpost"
    path = "/api/v1/transmissions"
    most_bytes = 20 << 20
    refusals = {
        "rcpt": Reply(200, {"results": nobody("5002", "Recipient address suppressed due to customer policy")["results"]
                            | {"id": "11668787484950530"}}),
        "400": Reply(400, {"errors": [{"code": "5001", "message": "At least one valid recipient is required"}]} |
                     nobody("1300", "invalid data format/type")),
        "422": errors(422, "1300", "invalid data format/type", "Error validating domain name syntax"),
    }
    throttles = {"429": errors(429, "1700", "Too many requests")}
    accounts = {
        "401": Reply(401, {"errors": [{"message": "Unauthorized."}]}),
        "403": Reply(403, {"errors": [{"message": "Forbidden."}]}),
        "420": errors(420, "2102", "Exceed Sending Limit (daily)"),
        "7001": errors(400, "7001", "Invalid domain", "Unconfigured Sending Domain <harbour.example>"),
    }
    garbage = GARBAGE | {
        "type": Reply(200, {"results": {"id": 7, "total_accepted_recipients": "1", "total_rejected_recipients": "0"}}),
        "uncounted": Reply(200, {"results": {"id": "11668787484950529"}}),
    }

    def authorised(self, request):
        return same(request.headers.get("authorization", ""), self.api_key)

    def unauthorised(self):
        return self.accounts["401"]

    def malformed(self, what):
        return errors(422, "1300", "invalid data format/type", what)

    def mails(self, request):
        body = request.json()
        BODY(body, "the body")
        options = body.get("options", {})
        demand(options.get("perform_substitutions") is False, "perform_substitutions is not false")
        written = body["content"]["email_rfc822"]
        headers, _, rest = written.partition("\r\n\r\n")
        written = substituted(headers) + "\r\n\r\n" + rest
        [one] = body["recipients"]
        to = one["address"] if type(one["address"]) is str else one["address"]["email"]
        known = body.get("metadata", {}) | one.get("metadata", {})
        demand(body.get("campaign_id") == known.get("campaign"), "campaign_id is not the campaign")
        demand("sandbox" not in options, "options.sandbox takes SparkPost's own template, and no other mail")
        return [mail.from_mime(written.encode(), known, to.removesuffix(SINK), to.endswith(SINK))]

    def success(self, mails, number):
        return Reply(200, {"results": {"total_rejected_recipients": 0, "total_accepted_recipients": 1,
                                       "id": str(11668787484950529 + number)}})

    def look(self, request):
        if request.method != "GET":
            return None
        if request.path == "/api/v1/account":
            return Reply(200, {"results": {"company_name": "Harbour", "status": "active"}})
        if request.path == "/api/v1/sending-domains/harbour.example":
            return Reply(200, {"results": {"status": {"ownership_verified": True, "dkim_status": "valid",
                                                      "compliance_status": "valid"}}})
        if request.path.startswith("/api/v1/sending-domains/"):
            return errors(404, "1600", "resource not found")
        return None
