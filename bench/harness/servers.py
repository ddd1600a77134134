"""The servers that mails go to. Each tells, when it is asked, how many have arrived."""

import array
import contextlib
import dataclasses
import json
import os
import pwd
import re
import signal
import subprocess

from servers import find_program, start_on_free_port, start_listening, stop

from harness.processes import Failed, server


@dataclasses.dataclass
class Summary:
    """As bench_sink prints it (bench/sink/arrivals.h)."""

    connections: int
    mails: int
    bytes: int
    first_mail_ns: int
    first_end_ns: int
    last_end_ns: int


class Sink:
    """The epoll sink. Knows who was reached, so that a mail too many or too few is found."""

    def __init__(self, process, log):
        self.process, self.log = process, log
        self.port = int(process.stdout.readline())

    def summary(self):
        self.process.send_signal(signal.SIGUSR1)
        return Summary(**json.loads(self.process.stdout.readline()))

    def expect(self, mails):
        """Demands exactly so many mails since it started, none twice to one address."""
        summary = self.summary()
        records = array.array("Q")
        records.frombytes(self.log.read_bytes())
        people = len(set(records[1::2]))
        if (summary.mails, people) != (mails, mails):
            raise Failed(f"{mails} mails were to arrive; {summary.mails} did, for {people} people")
        return summary


@contextlib.contextmanager
def epoll_sink(programs, delay_ms=0):
    log = programs.folder / "sink.log"
    command = [programs.sink, "--delay-ms", delay_ms, "--log", log]
    with server(command, stdout=subprocess.PIPE) as process:
        yield Sink(process, log)


class SmtpSink:
    """Postfix's smtp-sink, which only counts."""

    def __init__(self, port, counters):
        self.port, self.counters = port, counters

    def expect(self, mails):
        counted = re.findall(r"mesg=(\d+)", self.counters.read_text())
        arrived = int(counted[-1]) if counted else 0
        if arrived != mails:
            raise Failed(f"{mails} mails were to arrive; {arrived} did")


@contextlib.contextmanager
def smtp_sink(programs, *options):
    counters = programs.folder / "smtp-sink.counters"
    as_user = ["-u", pwd.getpwuid(0).pw_name] if os.geteuid() == 0 else []

    def start(port):
        with open(counters, "w") as output:
            command = [find_program("smtp-sink"), *as_user, "-c", *options, f"127.0.0.1:{port}", "100"]
            return start_listening(command, port, stdout=output)

    process, port = start_on_free_port(start)
    try:
        yield SmtpSink(port, counters)
    finally:
        stop(process)


@contextlib.contextmanager
def delay_proxy(programs, port, rtt_ms):
    """A port that is `rtt_ms` away from the given one."""
    command = [programs.proxy, "--to", port, "--rtt-ms", rtt_ms]
    with server(command, stdout=subprocess.PIPE) as process:
        yield int(process.stdout.readline())
