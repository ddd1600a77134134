"""`tocsin serve` for a test, and requests to it.

    with Serving(self) as site:             # self is a WorkspaceTest
        answer = site.post(token, "List-Unsubscribe=One-Click")
"""

import dataclasses
import http.client
import re
import signal
import subprocess
import urllib.parse

from workspace import parse

TOKEN = re.compile(r"https://u\.harbour\.example/u/([a-z2-7]{52})\b")
FORM = "application/x-www-form-urlencoded"


@dataclasses.dataclass
class Answer:
    status: int
    headers: dict  # names in lower case
    body: str


class Serving:
    def __init__(self, test, *options, **more):
        self.test, self.options, self.more = test, options, more

    def __enter__(self):
        self.process = self.test.start("serve", "--listen", "127.0.0.1:0", *self.options, **self.more)
        line = self.process.stdout.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if not found:
            _, err = self.process.communicate()
            raise RuntimeError(f"serve did not start: {line}{err.decode()}")
        self.port = int(found[1])
        return self

    def __exit__(self, *_):
        if self.process.returncode is None:
            self.stop()

    def stop(self, how=signal.SIGTERM):
        """Its exit code and what it said on stderr."""
        self.process.send_signal(how)
        try:
            _, err = self.process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise
        return self.process.returncode, err.decode()

    def request(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, names, response.read().decode())
        finally:
            connection.close()

    def get(self, token, **headers):
        return self.request("GET", f"/u/{token}", **headers)

    def post(self, token, body, content_type=FORM):
        return self.request("POST", f"/u/{token}", body, **{"Content-Type": content_type})

    def one_click(self, token):
        return self.post(token, "List-Unsubscribe=One-Click")

    def choose(self, token, choice):
        return self.post(token, urllib.parse.urlencode({"choice": choice}))


def tokens_of(mails):
    """The unsubscribe token of each raw mail, by the address that it went to."""
    found = {}
    for raw in mails:
        mail = parse(raw)
        found[mail["To"].addresses[0].addr_spec] = TOKEN.search(mail["List-Unsubscribe"])[1]
    return found
