"""How smtp_server.py misbehaves: what it does instead of the right reply, where, and how often."""

import asyncio
import re

REPLIES = {"r550": b"550 5.1.1 no such user", "r554": b"554 5.7.1 not from you", "r530": b"530 5.7.0 log in first", "r450": b"450 4.2.0 try later",
           "e421": b"421 4.3.2 closing", "slow": b"450 4.7.28 you send too quickly"}
NONSENSE = {"garbage": b"HTTP/1.1 400 Bad Request", "nul": b"25\x000 ok", "huge": b"250 " + b"x" * 1_000_000}
WHAT = "|".join(["drop", "hang", "late", "split", *REPLIES, *NONSENSE])
BY_RECIPIENT, BY_SESSION = "rcpt|data|body|dot", "greeting|ehlo|starttls|auth|mail"


class Drop(Exception):
    """The connection ends here."""


class Troubles:
    """Those that recipients ask for, and those of the command line, for places that know no recipient."""

    def __init__(self, asked, late, patience):
        self.late, self.patience = late, patience
        self.asked_once = set()
        self.passages = {}
        self.by_place = {}
        for one in asked:
            what, where, number = re.fullmatch(rf"({WHAT})-at-({BY_SESSION})(?::(\d+))?", one).groups()
            self.by_place[where] = (what, int(number) if number else None)

    def of_recipient(self, address):
        """(what, where) that the address asks for, or (None, None)."""
        local = address.rsplit("@", 1)[0].split("+")[0]
        if local.startswith("once-"):
            if address in self.asked_once:
                return None, None
            local = local[len("once-"):]
        match = re.fullmatch(rf"({WHAT})(?:-at-({BY_RECIPIENT}))?", local)
        if not match or not (match[2] or match[1] in REPLIES):
            return None, None
        return match[1], match[2] or "rcpt"

    def at_place(self, where):
        """What the command line asks for at this passage of a place, or None."""
        what, number = self.by_place.get(where, (None, None))
        self.passages[where] = self.passages.get(where, 0) + 1
        return what if number in (None, self.passages[where]) else None

    async def act(self, what, right_reply, writer):
        """True if the right reply was given, so that the dialogue goes on."""
        if what in ("drop", "hang"):
            await asyncio.sleep(self.patience if what == "hang" else 0)
            raise Drop
        if what in ("nothing", "late", "split"):
            await asyncio.sleep(self.late if what == "late" else 0)
            pieces = [bytes([byte]) for byte in right_reply] if what == "split" else [right_reply]
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.01 if what == "split" else 0)
            return True
        writer.write((REPLIES.get(what) or NONSENSE[what]) + b"\r\n")
        await writer.drain()
        if what == "e421":
            raise Drop
        return False
