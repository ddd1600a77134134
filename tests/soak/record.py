"""What the server of the soak wrote down, by mail."""

import collections
import dataclasses
import time

PATIENCE = 30  # seconds for the server to see that connections are gone


@dataclasses.dataclass
class End:
    """An end of data that came."""

    time: float
    session: int
    digest: str
    reply: str = "none"

    def refused(self):
        return self.reply[0] in "45"


@dataclasses.dataclass
class Mail:
    """All that the server saw of one campaign's mails to one address."""

    taken: list = dataclasses.field(default_factory=list)  # (time, session) of each RCPT
    bodies: int = 0  # times that 354 was said
    refused: list = dataclasses.field(default_factory=list)  # codes before the end of data
    ends: list = dataclasses.field(default_factory=list)


class Record:
    def __init__(self, path):
        self.path = path
        self.read_to = 0
        self.rest = b""
        self.mails = collections.defaultdict(Mail)  # by (campaign, address)
        self.opened = {}  # session: when
        self.live = set()
        self.last_end = {}

    def read(self):
        with open(self.path, "rb") as file:
            file.seek(self.read_to)
            new = file.read()
        self.read_to += len(new)
        *lines, self.rest = (self.rest + new).split(b"\n")
        for line in lines:
            self.take(line.decode().split("\t"))

    def read_all(self):
        """Until the server has seen the end of every connection."""
        until = time.monotonic() + PATIENCE
        while True:
            self.read()
            if not self.live:
                return
            if time.monotonic() > until:
                raise TimeoutError(f"connections do not end: {self.live}")
            time.sleep(0.02)

    def take(self, words):
        when, session, event = float(words[0]), int(words[1]), words[2]
        if event == "open":
            self.opened[session] = when
            self.live.add(session)
        elif event == "close":
            self.live.discard(session)
            self.last_end.pop(session, None)
        else:
            self.take_of_mail(when, session, event, self.mails[words[3], words[4]], words[5])

    def take_of_mail(self, when, session, event, mail, word):
        if event == "rcpt":
            mail.taken.append((when, session))
        elif event == "data":
            mail.bodies += 1
        elif event == "refused":
            mail.refused.append(word)
        elif event == "end":
            self.last_end[session] = End(when, session, word)
            mail.ends.append(self.last_end[session])
        elif event == "reply":
            self.last_end[session].reply = word

    def forget(self, campaign):
        for key in [key for key in self.mails if key[0] == campaign]:
            del self.mails[key]
