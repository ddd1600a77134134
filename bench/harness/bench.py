"""What the rows share: programs, sizes, workspaces that are made once, and what one row has found for another."""

import sys
import time

from harness import peers
from harness.servers import epoll_sink
from harness.workspace import Workspace

TRIED = 200  # mails, to learn how large one is


class Bench:
    def __init__(self, programs, sizes, nodemailer=None):
        self.programs, self.sizes, self.nodemailer = programs, sizes, nodemailer
        self.started = time.monotonic()
        self.workspaces = {}
        self.wire_size = None
        self.plans, self.check, self.has_plan = [], None, False
        self._payload = None

    def say(self, what):
        print(f"[{time.monotonic() - self.started:5.0f} s] {what}", file=sys.stderr, flush=True)

    def rounds(self, what):
        for number in range(1, self.sizes.rounds + 1):
            self.say(f"{what}, round {number} of {self.sizes.rounds}")
            yield number

    def workspace(self, name, people):
        if name not in self.workspaces:
            self.workspaces[name] = Workspace(self.programs, name, people)
        return self.workspaces[name]

    def large(self):
        return self.workspace("large", self.sizes.people)

    def fewer(self):
        return self.workspace("fewer", self.sizes.fewer_people)

    def payload(self):
        """The payload with which smtp-source's mails, headers included, are as large as ours."""
        if self._payload is None:
            self.wire_size = self._size_of(self._send_ours)
            headers = self._size_of(self._send_theirs(self.wire_size)) - self.wire_size
            self._payload = self.wire_size - headers
        return self._payload

    def _size_of(self, send):
        with epoll_sink(self.programs) as sink:
            send(sink.port)
            return sink.expect(TRIED).bytes // TRIED

    def _send_ours(self, port):
        tried = self.workspace("tried", TRIED)
        tried.point_at(port)
        tried.send()

    def _send_theirs(self, payload):
        return lambda port: peers.smtp_source(self.programs, port, TRIED, payload)
