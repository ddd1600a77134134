"""Posts as providers make them, signed by the openssl command: (headers, body) of each.

    keys = Keys(folder)
    sendgrid(keys, [{"event": "bounce", ...}])
"""

import base64
import hashlib
import hmac
import http.server
import json
import pathlib
import subprocess
import threading
import time

TOPIC = "arn:aws:sns:eu-west-1:123456789012:events"
SECRETS = {"mailgun": "key-of-mailgun", "postmark": "hook:of-postmark", "sparkpost": "hook:of-sparkpost",
           "brevo": "of-brevo", "mailjet": "hook:of-mailjet",
           "resend": "whsec_" + base64.b64encode(b"twenty-four bytes of key").decode()}


class Keys:
    """SendGrid's key of an elliptic curve, and SNS's RSA key with a certificate."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.path("curve"))
        self.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=sns.test",
                     "-keyout", self.path("rsa"), "-out", self.path("certificate"))
        der = self.openssl("ec", "-in", self.path("curve"), "-pubout", "-outform", "DER")
        self.spki = base64.b64encode(der).decode()

    def path(self, name):
        return self.folder / f"{name}.pem"

    @staticmethod
    def openssl(*arguments, **options):
        return subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, **options).stdout

    def sign(self, name, content, digest="sha256"):
        signature = self.openssl("dgst", f"-{digest}", "-sign", self.path(name), input=content)
        return base64.b64encode(signature).decode()


def sendgrid(keys, events, at=None):
    body, stamp = json.dumps(events).encode(), str(int(at or time.time()))
    return {"X-Twilio-Email-Event-Webhook-Timestamp": stamp,
            "X-Twilio-Email-Event-Webhook-Signature": keys.sign("curve", stamp.encode() + body)}, body


def mailgun(event, token="token-1", at=None):
    stamp = str(int(at or time.time()))
    mac = hmac.new(SECRETS["mailgun"].encode(), (stamp + token).encode(), hashlib.sha256).hexdigest()
    return {}, json.dumps({"signature": {"timestamp": stamp, "token": token, "signature": mac},
                           "event-data": event}).encode()


def resend(event, identity="msg_1", at=None):
    body, stamp = json.dumps(event).encode(), str(int(at or time.time()))
    key = base64.b64decode(SECRETS["resend"][len("whsec_"):])
    mac = hmac.digest(key, f"{identity}.{stamp}.".encode() + body, "sha256")
    return {"svix-id": identity, "svix-timestamp": stamp,
            "svix-signature": "v1,AAAA v1," + base64.b64encode(mac).decode()}, body


def basic(provider, events):
    secret = SECRETS[provider]
    login = secret if ":" in secret else "anybody:" + secret
    return {"Authorization": "Basic " + base64.b64encode(login.encode()).decode()}, json.dumps(events).encode()


def sns(keys, site, message, version="2", kind="Notification", at=None, **more):
    """`site`: where the certificate lies; the message is an event of SES, or a text."""
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(at or time.time()))
    fields = {"Type": kind, "MessageId": "sns-1", "TopicArn": TOPIC, "Timestamp": stamp,
              "Message": message if isinstance(message, str) else json.dumps(message), **more}
    names = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
    if kind == "Notification":
        names = ["Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "TopicArn", "Type"]
    text = "".join(f"{name}\n{fields[name]}\n" for name in names if name in fields)
    signature = keys.sign("rsa", text.encode(), {"1": "sha1", "2": "sha256"}[version])
    return {"Content-Type": "text/plain; charset=UTF-8", "x-amz-sns-message-type": kind}, json.dumps(
        {**fields, "SignatureVersion": version, "Signature": signature,
         "SigningCertURL": f"{site}/SimpleNotificationService-1.pem"}).encode()


def delivery(provider, keys, site, address, metadata):
    """What the provider tells when it has delivered a mail with that metadata. `site`: as for sns()."""
    if provider == "ses":
        tags = {name: [value] for name, value in metadata.items()}
        return sns(keys, site, {"eventType": "Delivery", "mail": {"tags": tags}, "delivery": {"recipients": [address]}})
    if provider == "sendgrid":
        return sendgrid(keys, [{"event": "delivered", "email": address, "sg_event_id": "d1", **metadata}])
    if provider == "mailgun":
        return mailgun({"event": "delivered", "id": "d1", "recipient": address, "user-variables": metadata}, "d1")
    if provider == "resend":
        return resend({"type": "email.delivered", "data": {"to": [address], "tags": metadata}}, "msg_d1")
    return basic(provider, {
        "postmark": {"RecordType": "Delivery", "Recipient": address, "MessageID": "m", "Metadata": metadata},
        "sparkpost": [{"msys": {"message_event": {"type": "delivery", "event_id": "d1", "rcpt_to": address,
                                                  "rcpt_meta": metadata}}}],
        "brevo": {"event": "delivered", "email": address, "message-id": "m", "X-Mailin-custom": json.dumps(metadata)},
        "mailjet": {"event": "sent", "email": address, "MessageID": 1, "CustomID": metadata.get("tocsin"),
                    "Payload": json.dumps(metadata)}}[provider])


class SnsSite:
    """Stands in for SNS on the loopback: its certificate, and the link that confirms a subscription."""

    def __init__(self, keys):
        self.asked = []
        certificate = keys.path("certificate").read_bytes()
        asked = self.asked

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(200)
                self.send_header("Content-Length", str(len(certificate)))
                self.end_headers()
                self.wfile.write(certificate)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
