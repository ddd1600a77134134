"""One mail as a provider's server understood it, and what every mail of a campaign must have."""

import dataclasses
import email
import email.policy
import re

from providers.checks import Wrong, demand

REFERENCE = re.compile(r"[a-z2-7]+-[a-z2-7]+")
TOKEN = re.compile(r"https://u\.harbour\.example/u/([a-z2-7]{52}|preview)\b")
LONGEST_LINE = 998


@dataclasses.dataclass
class Mail:
    to: str
    sender: str
    subject: str
    text: str
    html: str
    headers: dict  # names in lower case
    metadata: dict  # `tocsin` and `campaign`, where they stand
    sandbox: bool = False
    attachments: list = dataclasses.field(default_factory=list)  # (name, media type)


def lower(headers):
    return {name.lower(): value for name, value in headers.items()}


def from_mime(raw, metadata, to, sandbox=False):
    """A raw message, held to RFC 5322 and to what providers take."""
    demand(raw.endswith(b"\r\n"), "the message does not end with CR LF")
    lines = raw[:-2].split(b"\r\n")
    demand(not any(b"\r" in line or b"\n" in line for line in lines), "a line does not end with CR LF")
    demand(max(map(len, lines)) <= LONGEST_LINE, "a line is too long")
    message = email.message_from_bytes(raw, policy=email.policy.default)
    demand(not message.defects, f"the message has defects: {message.defects}")
    for name in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version"):
        demand(len(message.get_all(name, [])) == 1, f"the message needs one {name}")
    unfolded = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").split(b"\r\n")
    demand(not any(line.lower().startswith(b"list-") and b"unsubscribe" in line.lower() and b"=?" in line
                   for line in unfolded), "a structured header has encoded words")
    written = [one.addr_spec for one in message["To"].addresses]
    demand(written == [to], "To is another than the recipient")
    bodies = {part.get_content_type(): part.get_content() for part in message.walk()
              if part.get_content_maintype() == "text" and not part.is_attachment()}
    attachments = [(part.get_filename(), part.get_content_type()) for part in message.walk() if part.is_attachment()]
    return Mail(to, message["From"].addresses[0].addr_spec, str(message["Subject"]), bodies.get("text/plain", ""),
                bodies.get("text/html", ""), {name.lower(): str(value) for name, value in message.items()}, metadata,
                sandbox, attachments)


def check(mail, proof=False, campaign="alert", sender="campaigns@harbour.example"):
    """What the workspace of tests/support/workspace.py makes of anybody."""
    demand(mail.sender == sender, f"From is {mail.sender}")
    demand(re.search(r"\b[Aa]ct now", mail.subject), f"the subject is {mail.subject!r}")
    demand(mail.subject.startswith("[TEST]") == proof, "proofs are marked in the subject, others are not")
    leave = mail.headers.get("list-unsubscribe", "")
    token = TOKEN.search(leave)
    demand(token and f"<mailto:unsubscribe+{token[1]}@harbour.example>" in leave, f"List-Unsubscribe is {leave!r}")
    demand((token[1] == "preview") == proof, "a proof has nobody's link, and nobody else has that")
    demand(mail.headers.get("list-unsubscribe-post") == "List-Unsubscribe=One-Click", "no one-click")
    for part, body in (("text", mail.text), ("html", mail.html)):
        demand("Dear " in body, f"there is no {part}")
        demand(token[1] in body, f"the {part} has another one's link")
    demand(mail.metadata.get("campaign") == campaign, f"the metadata name the campaign {mail.metadata}")
    if proof:
        demand("tocsin" not in mail.metadata, "a proof is nobody's")
    else:
        reference = mail.metadata.get("tocsin", "")
        demand(len(reference) == 45 and REFERENCE.fullmatch(reference), f"the reference is {reference!r}")


def checked(mails, **how):
    """All of them, of which no two are the same person's; proofs are nobody's, and an inbox gets several."""
    for mail in mails:
        check(mail, **how)
    if how.get("proof"):
        return mails
    for what in ([mail.metadata.get("tocsin") for mail in mails], [mail.headers["list-unsubscribe"] for mail in mails],
                 [mail.to for mail in mails]):
        several = [one for one in what if one]
        if len(set(several)) != len(several):
            raise Wrong("two mails of one request are one person's")
    return mails
