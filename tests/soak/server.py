#!/usr/bin/env python3
"""An SMTP server that misbehaves at random, by recipient and attempt, and records what it saw and said.

    server.py --record FILE --seed N

Prints the ports of its three forms, one a line: `full` (PIPELINING), `plain` (no extensions but SIZE) and `narrow`
(PIPELINING, seven mails a connection, two connections). It ends when its standard input does.

The record has one event a line, written before the bytes that it tells of: time, session, event, and with a mail
its sender, its recipient, and one word more:
  open, close             of a connection
  rcpt                    RCPT was taken
  data                    354 was said: from here on the end of data may come
  refused PHASE           a definite 4xx or 5xx before the end of data: the code
  end                     the end of data came: a digest of the mail
  reply                   what was answered to it: a code, or `none` for anything that is no whole answer
"""

import argparse
import asyncio
import hashlib
import os
import random
import socket
import struct
import sys
import time

GOOD = {"mail": b"250 2.1.0 ok", "rcpt": b"250 2.1.5 ok", "data": b"354 go on", "dot": b"250 2.0.0 taken"}
GARBAGE = [b"HTTP/1.1 400 Bad Request", b"25\x000 ok", b"999 what"]
OUT_OF_PLACE = {"rcpt": b"354 go on", "data": b"250 2.0.0 ok", "dot": b"354 more"}
REFUSALS = {
    "mail": [b"450 4.3.0 later", b"452 4.3.1 no room", b"550 5.1.7 bad sender"],
    "rcpt": [b"450 4.2.1 later", b"450 4.2.0 greylisted", b"451 4.7.0 slow down", b"452 4.2.2 full",
             b"550 5.1.1 no such user", b"554 5.7.1 policy"],
    "data": [b"451 4.3.0 later", b"554 5.5.0 no"],
    "dot": [b"451 4.3.0 later", b"452 4.3.1 no room", b"450 4.2.1 later", b"550 5.1.1 no such user",
            b"552 5.2.2 full", b"554 5.6.0 content"],
}
TROUBLES = {
    "mail": ["drop", "e421", "refuse", "slow", "split"],
    "rcpt": ["drop", "e421", "refuse", "refuse", "refuse", "garbage", "twice", "slow", "split", "half"],
    "data": ["drop", "e421", "refuse", "garbage", "slow", "half"],
    "body": ["drop", "e421"],
    "dot": ["drop", "e421", "refuse", "refuse", "garbage", "slow", "split", "half", "unended", "reset", "last"],
}
# How often something goes wrong: with a connection, with a MAIL, with an attempt for a recipient.
CONNECTION, MAIL, ATTEMPT = 0.02, 0.004, 0.12


class Server:
    def __init__(self, record, seed):
        self.record = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.seed = seed
        self.sessions = 0
        self.open = {}
        self.attempts = {}

    def log(self, *words):
        os.write(self.record, ("\t".join([f"{time.time():.6f}", *map(str, words)]) + "\n").encode())

    def trouble(self, address):
        """(where, what) for this attempt; about one address in a hundred never gets its mail."""
        number = self.attempts[address] = self.attempts.get(address, 0) + 1
        if random.Random(f"{self.seed} {address}").random() < 0.01:
            return "rcpt", b"450 4.2.1 never"
        chance = random.Random(f"{self.seed} {address} {number}")
        if chance.random() >= ATTEMPT:
            return None, None
        where = chance.choice(["rcpt", "data", "body", "dot", "dot"])
        what = chance.choice(TROUBLES[where])
        return where, chance.choice(REFUSALS[where]) if what == "refuse" else what


class Session(asyncio.Protocol):
    def __init__(self, server, form):
        self.server, self.form = server, form

    def connection_made(self, transport):
        self.server.sessions += 1
        self.number = self.server.sessions
        self.transport = transport
        self.chance = random.Random(f"{self.server.seed} session {self.number}")
        self.buffer, self.in_data, self.waiting, self.closed = bytearray(), False, False, False
        self.scanned = self.mails = 0
        self.forget()
        self.server.log(self.number, "open")
        others = self.server.open.setdefault(self.form, set())
        others.add(self)
        crowded = self.form == "narrow" and len(others) > 2
        bad = self.chance.random() < CONNECTION
        if crowded or (bad and self.chance.random() < 0.5):
            self.transport.write(b"421 4.3.2 too many\r\n")
        if crowded or bad:
            return self.close()
        self.say(b"220 soak.example ESMTP")

    def connection_lost(self, _):
        self.closed = True
        self.server.open[self.form].discard(self)
        self.server.log(self.number, "close")

    def forget(self):
        self.sender = self.recipient = self.where = self.what = None

    def log(self, event, word=""):
        self.server.log(self.number, event, self.sender, self.recipient, word)

    def say(self, line):
        if not self.closed:
            self.transport.write(line + b"\r\n")

    def close(self, reset=False):
        self.closed = True
        if reset:  # the client may lose what was written last
            linger = struct.pack("ii", 1, 0)
            self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            return self.transport.abort()
        self.transport.close()

    # --- what comes in ---

    def data_received(self, data):
        self.buffer += data
        self.go_on()

    def go_on(self):
        while not self.closed and not self.waiting:
            if not (self.take_data() if self.in_data else self.take_line()):
                return

    def take_line(self):
        end = self.buffer.find(b"\r\n")
        if end < 0:
            return False
        line = self.buffer[:end].decode("utf-8", "replace")
        del self.buffer[:end + 2]
        verb = line.split(" ")[0].upper()
        handler = getattr(self, "on_" + verb.lower(), None)
        handler(line) if handler else self.say(b"500 5.5.2 what?")
        return True

    def take_data(self):
        if self.where == "body" and len(self.buffer) > 200:
            if self.what == "e421":
                self.say(b"421 4.3.2 going down")
            self.close()
            return False
        lone = self.buffer.startswith(b".\r\n")
        end = 0 if lone else self.buffer.find(b"\r\n.\r\n", self.scanned)
        if end < 0:
            self.scanned = max(0, len(self.buffer) - 4)
            return False
        mail = bytes(self.buffer[:end])
        del self.buffer[:3 if lone else end + 5]
        self.in_data, self.scanned = False, 0
        if self.recipient is None:
            self.say(b"554 5.5.1 no valid recipients")
        else:
            self.on_end_of_data(mail)
        return True

    # --- commands ---

    def on_ehlo(self, _line):
        extensions = {"full": [b"PIPELINING", b"8BITMIME", b"SMTPUTF8"], "plain": [],
                      "narrow": [b"PIPELINING", b"8BITMIME", b"LIMITS MAILMAX=7"]}[self.form]
        lines = [b"soak.example", *extensions, b"SIZE 50000000"]
        self.say(b"\r\n".join(b"250-" + line for line in lines[:-1]) + b"\r\n250 " + lines[-1])

    def on_mail(self, line):
        self.forget()
        self.sender = line[line.index("<") + 1:line.index("@")]
        self.mails += 1
        if self.form == "narrow" and self.mails > 7:
            self.say(b"421 4.3.2 enough")
            return self.close()
        what = self.chance.choice(TROUBLES["mail"]) if self.chance.random() < MAIL else None
        refusal = self.chance.choice(REFUSALS["mail"])
        if what == "refuse":
            self.sender = None
            return self.say(refusal)
        self.answer("mail", what)

    def on_rcpt(self, line):
        if self.sender is None:
            return self.say(b"503 5.5.1 MAIL first")
        address = line[line.index("<") + 1:line.index(">")].lower()
        self.where, self.what = self.server.trouble(address)
        self.recipient = address
        what = self.what if self.where == "rcpt" else None
        if isinstance(what, bytes):
            self.log("refused", what[:3].decode())
            self.recipient = None
            return self.say(what)
        self.log("rcpt")
        self.answer("rcpt", what)

    def on_data(self, _line):
        if self.recipient is None and self.chance.random() < 0.7:
            return self.say(b"554 5.5.1 no valid recipients")
        what = self.what if self.where == "data" else None
        if isinstance(what, bytes):
            self.log("refused", what[:3].decode())
            return self.say(what)
        if what in (None, "slow"):
            if self.recipient is not None:
                self.log("data")
            self.in_data = True
        self.answer("data", what)

    def on_end_of_data(self, mail):
        self.log("end", hashlib.md5(mail).hexdigest())
        what = self.what if self.where == "dot" else None
        good = what in (None, "slow", "split", "reset", "last")
        code = what[:3].decode() if isinstance(what, bytes) else "421" if what == "e421" else "none"
        self.log("reply", "250" if good else code)
        if isinstance(what, bytes):
            return self.say(what)
        self.answer("dot", what)

    def on_rset(self, _line):
        self.forget()
        self.say(b"250 2.0.0 ok")

    def on_quit(self, _line):
        self.say(b"221 2.0.0 bye")
        self.close()

    # --- what goes out ---

    def answer(self, where, what):
        good = GOOD[where]
        if what in ("slow", "split"):
            self.waiting = True
            pieces = [bytes([byte]) for byte in good + b"\r\n"] if what == "split" else [good + b"\r\n"]
            return self.trickle(pieces, 0.003 if what == "split" else self.chance.uniform(0.05, 1.0))
        if what == "e421":
            self.say(b"421 4.3.2 going down")
        elif what == "half":
            self.transport.write(good[:self.chance.randrange(1, len(good))])
        elif what == "garbage":
            return self.say(self.chance.choice([*GARBAGE, OUT_OF_PLACE[where]]))
        elif what == "unended":
            self.say(good[:3] + b"-and more")
        elif what != "drop":
            self.say(good)
        if what == "twice":
            self.say(good)
        if what in ("drop", "e421", "half", "unended", "reset", "last"):
            self.close(reset=what == "reset")

    def trickle(self, pieces, delay):
        def next_piece():
            if self.closed:
                return
            self.transport.write(pieces.pop(0))
            if pieces:
                return self.trickle(pieces, delay)
            self.waiting = False
            self.go_on()
        asyncio.get_running_loop().call_later(delay, next_piece)


async def main(options):
    loop, end = asyncio.get_running_loop(), asyncio.Event()
    server = Server(options.record, options.seed)
    for form in ("full", "plain", "narrow"):
        listener = await loop.create_server(lambda form=form: Session(server, form), "127.0.0.1", 0, backlog=512)
        print(listener.sockets[0].getsockname()[1], flush=True)
    loop.add_reader(sys.stdin, lambda: os.read(0, 1024) or end.set())
    await end.wait()
    os._exit(0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--record", required=True)
    parser.add_argument("--seed", type=int, required=True)
    asyncio.run(main(parser.parse_args()))
