"""A provider's API on 127.0.0.1 that refuses what is not as documented, remembers whom it took, and misbehaves.

    with ProviderServer("postmark", api_key=KEY) as server:
        ... server.endpoint ...
        server.accepted        address to the numbers of the requests in which it was really taken
        server.told            address to what its sender was told, in order: [(number of the request, word), ...]
        server.violations      what was wrong with requests; empty at the end of every good test

Words: accepted; refused; throttled, later and account (surely not taken); unclear (taken or not, nobody was told).

A recipient's local part asks for trouble, WHAT or WHAT-NAME with anything after a dot ignored (drop.3@n.example):

    refused-NAME      a refusal of that recipient, by the provider's table `refusals`; always
  the first time that this recipient is asked for, so that a retry succeeds, and for the whole request:
    throttled-NAME    by its table `throttles`, without Retry-After
    waiting-NAME      the same with `Retry-After: 1`
    account-NAME      by its table `accounts`
    later-NAME        by its table `laters`
    kept-NUMBER       taken, and then answered with that status
    unclear-NUMBER    not taken, and answered the same
    garbage-NAME      taken, and answered with what is no answer, by its table `garbage`
    void-NAME         not taken, and answered the same
    drop              taken, and the connection ends without a reply
    lost              not taken, and the connection ends without a reply
    slow              taken, and answered after `slowness` seconds
    close             taken and answered; then the connection ends unannounced
    echo-STATUS-N     not taken, and answered with that status and all headers of the request, behind N other bytes
    quote-STATUS      the same, where the words stand in the JSON of errors

`server.script` names such troubles by the number of the request instead, and `server.always` is for every request.
"""

import dataclasses
import threading
import time

import providers
from provider_http import Cut, HttpServer
from providers import mail
from providers.base import UNCLEAR, Reply
from providers.checks import Wrong

PATIENCE = 20  # seconds


@dataclasses.dataclass
class Event:
    """One request to send."""
    number: int
    connection: int
    turn: int
    key: str
    addresses: list
    trouble: str
    at: float


class ProviderServer:
    slowness = 2.0

    def __init__(self, name, proof=False, sender="campaigns@harbour.example", **settings):
        self.provider = providers.make(name, **settings)
        self.check = {"proof": proof, "sender": sender}
        self.lock = threading.RLock()
        self.accepted, self.told, self.keys = {}, {}, {}
        self.violations, self.events, self.looks, self.mails = [], [], [], []
        self.script, self.always = {}, None
        self.spent = set()  # troubles that were made
        self.hold_at = None
        self.holding, self.released = threading.Event(), threading.Event()

    def __enter__(self):
        self.http = HttpServer(self)
        self.port = self.http.server_address[1]
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.released.set()
        self.http.stop()
        self.thread.join(10)

    def hold_after(self, count):
        """From then on that so many are taken, requests wait after they were read, until `release`."""
        self.hold_at = count
        self.holding.clear()
        self.released.clear()

    def release(self):
        self.hold_at = None
        self.released.set()

    def wait_until_holding(self):
        if not self.holding.wait(PATIENCE):
            raise TimeoutError(f"nothing was held in {PATIENCE} s; {len(self.accepted)} accepted")

    # What provider_http.py asks.

    def before_body(self, request):
        with self.lock:
            if self.provider.is_send(request) and self.script.get(len(self.events) + 1) == "cut":
                self.events.append(Event(len(self.events) + 1, request.connection, request.turn, None, [], "cut",
                                         time.monotonic()))
                raise Cut

    def answer(self, request):
        """The reply, and whether the connection goes on."""
        self.hold(request)
        with self.lock:
            reply, trouble = self.decide(request)
        if trouble in ("drop", "lost"):
            raise Cut
        if trouble == "slow":
            time.sleep(self.slowness)
        return reply, trouble != "close" and request.wrong is None

    def hold(self, request):
        if self.hold_at is not None and len(self.accepted) >= self.hold_at and self.provider.is_send(request):
            self.holding.set()
            self.released.wait()

    def decide(self, request):
        if request.wrong is not None:
            return self.violation(request.wrong), None
        if not self.provider.authorised(request):
            self.looks.append((request.method, request.path, "unauthorised"))
            return self.provider.unauthorised(), None
        if self.provider.is_send(request):
            return self.send(request)
        reply = self.provider.look(request)
        self.looks.append((request.method, request.path, reply.status if reply else 404))
        if reply is None:
            return self.violation(f"{request.method} {request.path} is not known", Reply(404, {"message": "?"})), None
        return reply, None

    def violation(self, what, reply=None):
        self.violations.append(what)
        return reply or self.provider.malformed(what)

    def send(self, request):
        request.number = len(self.events) + 1
        event = Event(request.number, request.connection, request.turn, None, [], None, time.monotonic())
        self.events.append(event)
        try:
            if len(request.body) > self.provider.most_bytes:
                raise Wrong(f"the body has {len(request.body)} bytes")
            event.key = self.provider.key(request)
            mails = mail.checked(self.provider.mails(request), **self.check)
        except Wrong as wrong:
            return self.violation(str(wrong)), None
        event.addresses = [one.to for one in mails]
        if stored := self.keys.get(event.key):
            return self.repeated(request, event, stored)
        if not self.check["proof"]:  # an inbox gets several
            self.forbid_second_tries(event)
        trouble = event.trouble = self.trouble_of(event)
        return self.carry_out(request, event, mails, trouble), trouble and trouble.partition("-")[0]

    def forbid_second_tries(self, event):
        for address in event.addresses:
            last = self.last_told(address)
            if last == "refused" or last == "accepted" or last == "unclear" and not self.may_ask_again(event, address):
                self.violations.append(f"request {event.number}: {address} was {last} already")

    def may_ask_again(self, event, address):
        earlier = [one.key for one in self.events[:event.number - 1] if address in one.addresses]
        return self.provider.idempotent and event.key is not None and event.key == earlier[-1]

    def repeated(self, request, event, stored):
        body, reply, words = stored
        if body != request.body:
            self.violations.append(f"request {event.number}: the key of another body")
            return self.provider.conflicting(), None
        for address, word in words.items():
            self.tell(event, address, word if self.provider.tells_again else "unclear")
        return self.provider.repeated(reply), None

    def trouble_of(self, event):
        if self.always:
            return self.always
        if event.number in self.script:
            return self.script[event.number]
        for address in event.addresses:
            what = address.partition("@")[0].partition(".")[0]
            if what.partition("-")[0] in TROUBLES and address not in self.spent:
                self.spent.add(address)
                return what
        return None

    def carry_out(self, request, event, mails, trouble):
        what, _, name = (trouble or "").partition("-")
        if what in ("throttled", "waiting", "later", "account"):
            table = {"account": self.provider.accounts, "later": self.provider.laters}
            reply = table.get(what, self.provider.throttles)[name]
            reply = reply(mails) if callable(reply) else reply
            more = {"Retry-After": "1"} if what == "waiting" else {}
            return self.all_told(event, "throttled" if what == "waiting" else what,
                                 Reply(reply.status, reply.body, reply.headers | more))
        if what in ("echo", "quote"):
            return self.echo(request, event, *map(int, name.split("-")))
        if what in ("unclear", "void", "lost"):
            return self.all_told(event, "unclear", self.nonsense(what, name))
        reply, words = self.taken(request, event, mails)
        if what in ("kept", "garbage", "drop"):
            self.remember(request, event, reply, words)
            return self.all_told(event, "unclear", self.nonsense(what, name))
        for address, word in words.items():
            self.tell(event, address, word)
        self.remember(request, event, reply, words)
        return reply

    def nonsense(self, what, name):
        if what in ("garbage", "void"):
            return self.provider.garbage[name]
        return UNCLEAR.get(name, UNCLEAR["500"])

    def echo(self, request, event, status, padding=None):
        said = " ".join(f"{name}: {value}" for name, value in request.headers.items() if name not in DULL)
        word = {429: "throttled", 503: "later"}.get(status, "account" if 400 <= status < 500 else "unclear")
        one = {"message": said, "name": said, "code": said, "description": said, "ErrorMessage": said, "Message": said,
               "ErrorCode": 10}
        body = one | {"errors": [one]} if padding is None else (".".ljust(padding, ".") + said).encode()
        return self.all_told(event, word, Reply(status, body, {"x-amzn-ErrorType": said[:1000]}))

    def all_told(self, event, word, reply):
        for address in event.addresses:
            self.tell(event, address, word)
        return reply

    def tell(self, event, address, word):
        self.told.setdefault(address, []).append((event.number, word))

    def remember(self, request, event, reply, words):
        if event.key is not None and "accepted" in words.values():
            self.keys[event.key] = request.body, reply, words

    def taken(self, request, event, mails):
        """Takes those who are not refused; the reply, and the word for each."""
        refused = {one.to: name for one in mails if (name := refusal_of(one.to))}
        if refused and not (self.provider.partial and self.provider.takes_others(request)):
            name = next(iter(refused.values()))
            reply = self.provider.refusals[name]
            return (reply if isinstance(reply, Reply) else self.provider.malformed(reply),
                    dict.fromkeys(event.addresses, "refused"))
        for one in mails:
            if one.to not in refused:
                self.accepted.setdefault(one.to, []).append(event.number)
                self.mails.append(one)
        words = {one.to: "refused" if one.to in refused else "accepted" for one in mails}
        if refused:
            return self.provider.mixed(mails, refused, event.number), words
        return self.provider.success(mails, event.number), words

    def last_told(self, address):
        said = self.told.get(address)
        return said[-1][1] if said else None


DULL = {"host", "accept", "content-type", "content-length", "user-agent"}  # headers without a secret
TROUBLES = {"throttled", "waiting", "account", "later", "kept", "unclear", "garbage", "void", "drop", "lost", "slow",
            "close", "echo", "quote"}


def refusal_of(address):
    what, _, name = address.partition("@")[0].partition(".")[0].partition("-")
    return name if what == "refused" else None
