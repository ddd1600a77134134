"""Requests as the documents of the eight providers want them, for tests of provider_server.py itself."""

import base64
import datetime
import email.message
import email.policy
import json
import uuid

from providers import sigv4
from providers.base import Request

KEY, SECRET = "key-5d1f", "secret-88e0"
FROM = "campaigns@harbour.example"


def token_of(to):
    return base64.b32encode(to.encode().ljust(32, b"=")[:32]).decode().lower().rstrip("=").ljust(52, "a")


def metadata(to):
    return {"tocsin": token_of(to)[:32] + "-" + token_of(to)[32:44], "campaign": "alert"}


def headers(to):
    token = token_of(to)
    return {"List-Unsubscribe": f"<https://u.harbour.example/u/{token}>, "
                                f"<mailto:unsubscribe+{token}@harbour.example>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def text(to):
    return f"Dear friend, https://u.harbour.example/u/{token_of(to)}\n"


def html(to):
    return f"<p>Dear friend, <a href='https://u.harbour.example/u/{token_of(to)}'>leave</a></p>"


def raw(to):
    message = email.message.EmailMessage(policy=email.policy.SMTP.clone(max_line_length=900))
    message["From"], message["To"], message["Subject"] = f"Reem <{FROM}>", to, "Act now"
    message["Date"] = "Tue, 24 Nov 2026 12:00:00 +0000"
    message["Message-ID"] = f"<{token_of(to)[:20]}@harbour.example>"
    for name, value in headers(to).items():
        message[name] = value
    message.set_content(text(to))
    message.add_alternative(html(to), subtype="html")
    return bytes(message)


def ses(addresses, host):
    [to] = addresses
    body = {"Destination": {"ToAddresses": [to]}, "Content": {"Raw": {"Data": base64.b64encode(raw(to)).decode()}},
            "EmailTags": [{"Name": name, "Value": value} for name, value in metadata(to).items()]}
    return signed("POST", "/v2/email/outbound-emails", json.dumps(body).encode(), host)


def signed(method, path, body, host, key=KEY, secret=SECRET):
    stamp = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    known = {"content-type": "application/json", "host": host, "x-amz-date": stamp}
    names = sorted(known)
    request = Request(method, path, "", known, body)
    hexed = sigv4.signature(request, names, secret, stamp[:8], "eu-west-1", "ses")
    known["authorization"] = (f"AWS4-HMAC-SHA256 Credential={key}/{stamp[:8]}/eu-west-1/ses/aws4_request, "
                              f"SignedHeaders={';'.join(names)}, Signature={hexed}")
    return path, known, body


def sendgrid(addresses, _host):
    [to] = addresses
    body = {"personalizations": [{"to": [{"email": to}], "custom_args": metadata(to)}], "headers": headers(to),
            "from": {"email": FROM, "name": "Reem"}, "subject": "Act now",
            "content": [{"type": "text/plain", "value": text(to)}, {"type": "text/html", "value": html(to)}]}
    return as_json("/v3/mail/send", body, {"Authorization": f"Bearer {KEY}"})


def mailgun(addresses, _host):
    [to] = addresses
    fields = {"to": to, "o:tag": "alert"} | {"v:" + name: value for name, value in metadata(to).items()}
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    parts.append(b'Content-Disposition: form-data; name="message"; filename="message.eml"\r\n'
                 b'Content-Type: message/rfc822\r\n\r\n' + raw(to))
    body = b"".join(b"--b0undary\r\n" + part + b"\r\n" for part in parts) + b"--b0undary--\r\n"
    return "/v3/mg.harbour.example/messages.mime", {
        "Content-Type": "multipart/form-data; boundary=b0undary",
        "Authorization": "Basic " + base64.b64encode(f"api:{KEY}".encode()).decode()}, body


def postmark(addresses, _host):
    return as_json("/email/batch", [
        {"From": f"Reem <{FROM}>", "To": to, "Subject": "Act now", "TextBody": text(to), "HtmlBody": html(to),
         "Headers": [{"Name": name, "Value": value} for name, value in headers(to).items()], "Tag": "alert",
         "Metadata": metadata(to), "MessageStream": "broadcast"} for to in addresses],
        {"X-Postmark-Server-Token": KEY, "Accept": "application/json"})


def sparkpost(addresses, _host):
    [to] = addresses
    body = {"options": {"perform_substitutions": False}, "campaign_id": "alert",
            "recipients": [{"address": {"email": to}, "metadata": metadata(to)}],
            "content": {"email_rfc822": raw(to).decode()}}
    return as_json("/api/v1/transmissions", body, {"Authorization": KEY})


def brevo(addresses, _host, key=None):
    [to] = addresses
    body = {"sender": {"email": FROM, "name": "Reem"}, "to": [{"email": to}], "subject": "Act now",
            "textContent": text(to), "htmlContent": html(to), "tags": ["alert"],
            "headers": headers(to) | {"X-Mailin-custom": json.dumps(metadata(to))}}
    if key:
        body["headers"]["idempotencyKey"] = str(uuid.uuid5(uuid.NAMESPACE_DNS, key))
    return as_json("/v3/smtp/email", body, {"api-key": KEY})


def resend(addresses, _host, key=None):
    more = {"Idempotency-Key": key} if key else {}
    return as_json("/emails/batch", [
        {"from": f"Reem <{FROM}>", "to": [to], "subject": "Act now", "text": text(to), "html": html(to),
         "headers": headers(to), "tags": [{"name": name, "value": value} for name, value in metadata(to).items()]}
        for to in addresses], {"Authorization": f"Bearer {KEY}", "User-Agent": "test",
                               "x-batch-validation": "permissive"} | more)


def mailjet(addresses, _host):
    body = {"Messages": [
        {"From": {"Email": FROM, "Name": "Reem"}, "To": [{"Email": to}], "Subject": "Act now", "TextPart": text(to),
         "HTMLPart": html(to), "Headers": headers(to), "CustomID": metadata(to)["tocsin"],
         "EventPayload": json.dumps(metadata(to)), "CustomCampaign": "alert"} for to in addresses]}
    return as_json("/v3.1/send", body, {
        "Authorization": "Basic " + base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()})


def as_json(path, body, more):
    return path, {"Content-Type": "application/json"} | more, json.dumps(body).encode()
