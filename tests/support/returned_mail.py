"""Mails as servers and people send them back, made from a mail that was sent: bytes of one message each.

    mail = SentMail(raw, envelope_from, recipient)
    dsn(mail, "5.1.1"), complaint(mail), leave(mail), auto_reply(mail)
"""

import dataclasses
import email
import re

TOKEN = re.compile(r"<mailto:unsubscribe\+(\w+)@")


@dataclasses.dataclass
class SentMail:
    raw: bytes
    return_path: str
    recipient: str

    @property
    def header(self):
        return self.raw.split(b"\r\n\r\n")[0].split(b"\n\n")[0].decode().replace("\r\n", "\n").strip()

    @property
    def token(self):
        return TOKEN.search(email.message_from_bytes(self.raw)["List-Unsubscribe"].replace("\n", ""))[1]


def of_maildir(raw):
    """A mail of our Maildir transport, which names its envelope in its first two lines."""
    message = email.message_from_bytes(raw)
    first, second, rest = raw.replace(b"\r\n", b"\n").split(b"\n", 2)
    assert first.startswith(b"Return-Path:") and second.startswith(b"Delivered-To:")
    return SentMail(rest, message["Return-Path"].strip("<>"), message["Delivered-To"])


def dsn(mail, status, text="said so", to=None, action="failed", number=1, returned=True):
    """RFC 3464. `to`: where it is delivered, by default the mail's return path."""
    third = f"--=b\nContent-Type: text/rfc822-headers\n\n{mail.header}\n\n" if returned else ""
    return f"""\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: {to or mail.return_path}
Subject: Undelivered Mail Returned to Sender
Date: Tue, 24 Nov 2026 10:00:00 +0000
Message-ID: <dsn-{number}@mx.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

--=b
Content-Type: text/plain

Your message could not be delivered to {mail.recipient}: {status} {text}

--=b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {mail.recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {'550' if status[0] == '5' else '450'} {status} {text}

{third}--=b--
""".encode()


def complaint(mail, to="fbl@harbour.example", number=1, redacted=True):
    """RFC 5965, which often does not say who complained."""
    header = mail.header.replace(mail.recipient, "redacted@redacted.example") if redacted else mail.header
    return f"""\
From: <complaints@isp.example>
To: {to}
Subject: Abuse report
Date: Tue, 24 Nov 2026 10:00:00 +0000
Message-ID: <arf-{number}@isp.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="=b"

--=b
Content-Type: text/plain

This is an email abuse report.

--=b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: ISP/1.0
Version: 1

--=b
Content-Type: message/rfc822

{header}

(removed)

--=b--
""".encode()


def leave(token, sender="somebody@elsewhere.example", number=1):
    """What a mail program sends for the mailto of List-Unsubscribe."""
    return f"""\
From: {sender}
To: unsubscribe+{token}@harbour.example
Subject: unsubscribe
Date: Tue, 24 Nov 2026 10:00:00 +0000
Message-ID: <leave-{number}@elsewhere.example>

unsubscribe
""".encode()


def auto_reply(mail):
    return f"""\
From: {mail.recipient}
To: {mail.return_path}
Subject: Out of office: Act now
Date: Tue, 24 Nov 2026 10:00:00 +0000
Message-ID: <ooo@one.example>
Auto-Submitted: auto-replied

I am on holiday until Monday.
""".encode()


ORDINARY = b"""\
From: Jo <jo@one.example>
To: bounces@b.harbour.example
Subject: lunch
Date: Tue, 24 Nov 2026 10:00:00 +0000
Message-ID: <lunch@one.example>

See you at one?
"""
