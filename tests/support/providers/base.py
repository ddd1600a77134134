"""What a provider is made of. provider_server.py decides who is accepted; this is how it is said."""

import dataclasses
import hmac
import json

from providers.checks import Wrong, demand


@dataclasses.dataclass
class Request:
    method: str
    path: str
    query: str
    headers: dict  # names in lower case
    body: bytes
    number: int = 0
    connection: int = 0
    turn: int = 0  # on its connection, from 1

    def json(self):
        demand(self.headers.get("content-type", "").split(";")[0].strip() == "application/json",
               f"the content type is {self.headers.get('content-type')}")

        def once(pairs):
            demand(len({name for name, _ in pairs}) == len(pairs), "a name stands twice in an object")
            return dict(pairs)
        try:
            return json.loads(self.body.decode("utf-8"), object_pairs_hook=once)
        except ValueError as error:
            raise Wrong(f"the body is no JSON: {error}") from None


@dataclasses.dataclass
class Reply:
    status: int
    body: object = b""  # bytes, or what becomes JSON
    headers: dict = dataclasses.field(default_factory=dict)

    def bytes(self):
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()

    def media_type(self):
        return "text/html" if isinstance(self.body, bytes) else "application/json"


HTML = Reply(200, b"<!doctype html><html><body>Please wait</body></html>")
# Answers that look like a success and are none. To be in doubt is all that is left.
GARBAGE = {
    "html": HTML,
    "empty": Reply(200, b""),
    "array": Reply(200, []),
    "number": Reply(200, 7),
    "null": Reply(200, b"null"),
    "object": Reply(200, {}),
    "truncated": Reply(200, b'{"id": "4f2b'),
    "binary": Reply(200, bytes(range(256))),
    "201": Reply(201, {"hello": "world"}),
    "204": Reply(204, b""),
}
UNCLEAR = {
    "500": Reply(500, {"message": "Internal Server Error"}),
    "502": Reply(502, b"<html><h1>502 Bad Gateway</h1></html>"),
    "504": Reply(504, b"<html><h1>504 Gateway Time-out</h1></html>"),
    "599": Reply(599, b""),
}


class ProviderBase:
    """The module of a provider has a class `Provider` with `name`, `path` and these methods."""

    most = 1  # messages in a request
    most_bytes = 40 << 20
    idempotent = False  # a request with the key of an earlier one is not carried out again
    tells_again = True  # … and its answer is given again
    partial = False  # one request may take some and refuse others
    # By what a recipient's local part asks for: how the whole request is answered; a Reply, or what makes one of the
    # mails.
    refusals, throttles, accounts, garbage, laters = {}, {}, {}, {}, {"503": Reply(503, {"message": "try later"})}

    def __init__(self, api_key="", secret_key="", session_token="", **more):
        self.api_key, self.secret_key, self.session_token = api_key, secret_key, session_token
        self.__dict__.update(more)

    def is_send(self, request):
        return request.method == "POST" and request.path == self.path

    def authorised(self, request):
        """True where the credentials are right."""
        raise NotImplementedError

    def mails(self, request):
        """What it asks to be sent; raises Wrong."""
        raise NotImplementedError

    def key(self, request):
        """The idempotency key or nothing."""
        return None

    def unauthorised(self):
        return Reply(401, {"message": "Unauthorized"})

    def malformed(self, what):
        return Reply(400, {"message": what})

    def success(self, mails, number):
        raise NotImplementedError

    def mixed(self, mails, refused, number):
        """Of a `partial` one: the addresses in `refused` were not taken; each with the name of a refusal."""
        raise NotImplementedError

    def takes_others(self, request):
        """Of a `partial` one: this request takes the others where some are refused."""
        return True

    def repeated(self, stored):
        """To a key that it knows already: `stored` was answered then."""
        return stored

    def conflicting(self):
        """To a known key with another body."""
        return Reply(409, {"message": "the key was used with another body"})

    def look(self, request):
        """The answer to what is no send: of the account, its domains. Nothing where there is no such path."""
        return None


def same(one, other):
    return hmac.compare_digest(one.encode(), other.encode())


def bearer(request, key):
    return same(request.headers.get("authorization", ""), f"Bearer {key}")
