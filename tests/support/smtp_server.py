#!/usr/bin/env python3
"""A scripted SMTP server for the black-box tests. Standard library only.

    smtp_server.py --store DIR [--port N] [--pipelining] [--cert PEM --key PEM [--implicit-tls]]
                   [--user NAME --password TEXT] [--delay SECONDS] [--life SECONDS]
                   [--trouble WHAT-at-WHERE[:N]]... [--late SECONDS] [--patience SECONDS]

Listens on 127.0.0.1, prints the port as its first line, and ends after --life seconds (default 120),
when its standard input is a pipe that is closed, or on SIGTERM. With --pipelining it announces that;
without, a client that does not wait for a reply is noted.

In DIR:
  events.jsonl      one object a line, flushed at once: {"time", "at", "session", "event", ...}, `at`
                    by the monotonic clock, with the events
                    connect, ehlo, tls, auth {ok}, mail, rcpt, end_of_data {n, from, to, message_id},
                    accepted {n}, trouble, violation, drop, quit
  000001.eml ...    each message whose end of data came, as raw bytes, dots unstuffed; its number is `n`
  000001.json       its envelope: {"n", "session", "from", "to": [...], "tls", "user"}

`end_of_data` is logged before any answer: it tells what the server got, `accepted` what it said 250 to.
Its `at` is when the final dot came, before --delay.

A recipient's local part asks for trouble ("WHAT-at-WHERE", anything after a `+` is ignored):
  r550, r554, r450, e421, slow     the reply to RCPT (421 closes the connection)
  WHAT: drop           the connection ends without a reply
        hang           no reply, and the end of the connection after --patience seconds (an hour)
        late           the right reply, --late seconds (10) late
        garbage        a line that is no reply
        nul            a reply with a NUL
        huge           a reply line of a megabyte
        split          the right reply, byte by byte
        r550, r554, r450, e421, slow ("450 4.7.28 you send too quickly")
  WHERE: rcpt, data (instead of 354), body (unasked, after 354), dot
`once-` in front of it all means only the first time that this address is asked for, so that a retry
succeeds: once-drop-at-dot@example.org.

--trouble does the same for greeting, ehlo, starttls, auth and mail: always, or the N-th time only.
"""

import argparse
import asyncio
import base64
import json
import os
import re
import signal
import socket
import ssl
import stat
import time

from smtp_trouble import Drop, Troubles


class Store:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0
        os.makedirs(folder, exist_ok=True)
        self.events = open(os.path.join(folder, "events.jsonl"), "a", encoding="utf-8")

    def log(self, session, event, **more):
        line = {"time": time.time(), "at": time.monotonic(), "session": session, "event": event, **more}
        self.events.write(json.dumps(line) + "\n")
        self.events.flush()

    def keep(self, envelope, data):
        self.count += 1
        base = os.path.join(self.folder, f"{self.count:06}")
        with open(base + ".eml", "wb") as file:
            file.write(data)
        with open(base + ".json", "w", encoding="utf-8") as file:
            json.dump({"n": self.count, **envelope}, file)
        return self.count


class Server:
    def __init__(self, options):
        self.options = options
        self.store = Store(options.store)
        self.sessions = 0
        self.troubles = Troubles(options.trouble, options.late, options.patience)
        self.tls = None
        if options.cert:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(options.cert, options.key)

    async def serve(self, reader, writer):
        self.sessions += 1
        session = Session(self, self.sessions, reader, writer)
        try:
            await session.run()
        except (Drop, ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            self.store.log(session.number, "drop")
        finally:
            writer.close()


class Session:
    def __init__(self, server, number, reader, writer):
        self.server, self.number = server, number
        self.reader, self.writer = reader, writer
        self.encrypted = server.options.implicit_tls
        self.user = None
        self.sender, self.recipients = None, []
        self.newest = ""  # recipient that was named

    def log(self, event, **more):
        self.server.store.log(self.number, event, **more)

    async def say(self, line):
        self.note_impatience()
        self.writer.write(line + b"\r\n")
        await self.writer.drain()

    def note_impatience(self):
        """A client may have sent more than what is answered now only where that was announced."""
        if not self.server.options.pipelining and self.reader._buffer:
            self.log("violation", what="a command before the reply to the one before it")

    async def say_at(self, where, right_reply):
        """The right reply, or what --trouble wants at this place. True if it was the right one."""
        what = self.server.troubles.at_place(where)
        if what:
            self.log("trouble", what=what, where=where)
        return await self.server.troubles.act(what or "nothing", right_reply + b"\r\n", self.writer)

    async def hear(self):
        return (await self.reader.readuntil(b"\r\n"))[:-2].decode("utf-8", "replace")

    async def run(self):
        self.log("connect")
        await self.say_at("greeting", b"220 test.example ESMTP")
        while True:
            line = await self.hear()
            verb = line.split(" ")[0].upper()
            handler = getattr(self, "on_" + verb.lower(), None)
            if handler is None or not verb.isalpha():
                await self.say(b"500 5.5.2 what?")
                continue
            await handler(line)
            if verb == "QUIT":
                return

    async def on_ehlo(self, line):
        self.log("ehlo", name=line[5:])
        options = self.server.options
        lines = ["test.example", "8BITMIME", "SMTPUTF8", "SIZE 50000000"]
        if options.pipelining:
            lines.append("PIPELINING")
        if self.server.tls and not self.encrypted:
            lines.append("STARTTLS")
        elif options.user:
            lines.append("AUTH PLAIN LOGIN")
        reply = [f"250-{text}" for text in lines] + ["250 HELP"]
        await self.say_at("ehlo", "\r\n".join(reply).encode())

    async def on_starttls(self, _line):
        if not self.server.tls or self.encrypted:
            return await self.say(b"503 5.5.1 not here")
        if not await self.say_at("starttls", b"220 2.0.0 go ahead"):
            return
        # asyncio.StreamWriter.start_tls came with Python 3.11; Debian 12 has it.
        await self.writer.start_tls(self.server.tls)
        self.encrypted = True
        self.log("tls")

    async def on_auth(self, line):
        options = self.server.options
        words = line.split(" ")
        user = password = ""
        if words[1].upper() == "PLAIN":
            initial = words[2] if len(words) > 2 else await self.ask(b"")
            user, password = base64.b64decode(initial).decode().split("\0")[1:]
        elif words[1].upper() == "LOGIN":
            initial = words[2] if len(words) > 2 else await self.ask(b"Username:")
            user = base64.b64decode(initial).decode()
            password = base64.b64decode(await self.ask(b"Password:")).decode()
        good = bool(options.user) and (user, password) == (options.user, options.password)
        self.log("auth", ok=good)
        right_reply = b"235 2.7.0 welcome" if good else b"535 5.7.8 wrong user or password"
        self.user = user if await self.say_at("auth", right_reply) and good else None

    async def ask(self, what):
        await self.say(b"334 " + base64.b64encode(what))
        return await self.hear()

    async def on_mail(self, line):
        if self.server.options.user and not self.user:
            return await self.say(b"530 5.7.0 log in first")
        if self.sender is not None:
            self.log("violation", what="MAIL within a transaction")
            return await self.say(b"503 5.5.1 reset first")
        sender = re.search(r"<(.*?)>", line)[1]
        self.log("mail", sender=sender)
        self.note_impatience()
        if await self.say_at("mail", b"250 2.1.0 ok"):
            self.sender, self.recipients = sender, []

    async def on_rcpt(self, line):
        if self.sender is None:
            return await self.say(b"503 5.5.1 who writes?")
        self.newest = re.search(r"<(.*?)>", line)[1]
        self.log("rcpt", to=self.newest)
        if await self.answer("rcpt", b"250 2.1.5 ok"):
            self.recipients.append(self.newest)

    async def on_data(self, _line):
        if not self.recipients:
            return await self.say(b"503 5.5.1 nobody to give it to")
        if not await self.answer("data", b"354 go ahead"):
            return
        if self.server.troubles.of_recipient(self.newest)[1] == "body":
            await self.answer("body", b"250 2.0.0 too early")
        data = await self.read_data()
        at = time.monotonic()
        await asyncio.sleep(self.server.options.delay)
        message_id = re.search(rb"^message-id:\s*(\S+)", data, re.I | re.M)
        n = self.server.store.keep({"session": self.number, "from": self.sender, "to": self.recipients,
                                    "tls": self.encrypted, "user": self.user}, data)
        self.log("end_of_data", at=at, n=n, sender=self.sender, to=self.recipients,
                 message_id=message_id[1].decode() if message_id else None)
        await self.answer("dot", b"250 2.0.0 queued as %d" % n, n)
        self.sender, self.recipients = None, []

    async def read_data(self):
        lines = []
        while (line := await self.reader.readuntil(b"\r\n")) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    async def on_rset(self, _line):
        self.sender, self.recipients = None, []
        await self.say(b"250 2.0.0 ok")

    async def on_noop(self, _line):
        await self.say(b"250 2.0.0 ok")

    async def on_quit(self, _line):
        self.log("quit")
        await self.say(b"221 2.0.0 bye")

    async def answer(self, where, right_reply, n=None):
        """Says the right reply, or does what the newest recipient asks for at this place. True if the
        right reply was given, so that the dialogue goes on."""
        troubles = self.server.troubles
        what, at = troubles.of_recipient(self.newest)
        if at != where:
            what = "nothing"
        else:
            troubles.asked_once.add(self.newest)
            self.log("trouble", what=what, where=where, to=self.newest)
        if n and what in ("nothing", "late", "split"):
            self.log("accepted", n=n, to=self.recipients)
        if where != "body":
            self.note_impatience()
        return await troubles.act(what, right_reply + b"\r\n", self.writer)


def listening_socket(port):
    """With a small window: a body of some megabytes cannot leave before it is read."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # asyncio unsets Nagle only so
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 << 10)
    listener.bind(("127.0.0.1", port))
    return listener


async def main(options):
    server = Server(options)
    listener = await asyncio.start_server(server.serve, sock=listening_socket(options.port), limit=64 << 10, backlog=256,
                                          ssl=server.tls if options.implicit_tls else None)
    print(listener.sockets[0].getsockname()[1], flush=True)
    loop, end = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, end.set)
    if stat.S_ISFIFO(os.fstat(0).st_mode):
        loop.add_reader(0, lambda: os.read(0, 1024) or end.set())
    try:
        await asyncio.wait_for(end.wait(), options.life)
    except asyncio.TimeoutError:
        pass
    os._exit(0)  # sessions that hang are not waited for


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--store", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--pipelining", action="store_true")
    parser.add_argument("--trouble", action="append", default=[])
    parser.add_argument("--late", type=float, default=10)
    parser.add_argument("--patience", type=float, default=3600)
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--implicit-tls", action="store_true")
    parser.add_argument("--user")
    parser.add_argument("--password", default="")
    parser.add_argument("--delay", type=float, default=0)
    parser.add_argument("--life", type=float, default=120)
    asyncio.run(main(parser.parse_args()))
