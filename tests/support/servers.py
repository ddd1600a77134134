"""Mail servers on 127.0.0.1 that a test starts and stops: Postfix's smtp-sink, and smtp_server.py.

    with SmtpSink(folder) as sink:      # or test.enterContext(SmtpSink(folder))
        ... sink.port ...
        mails = sink.mails()
"""

import contextlib
import dataclasses
import json
import os
import pathlib
import pwd
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time

SMTP_SERVER = pathlib.Path(__file__).with_name("smtp_server.py")
PATIENCE = 20  # seconds for a server to start


@dataclasses.dataclass
class Arrived:
    """One mail as a server got it."""

    sender: str
    recipients: list
    raw: bytes


def find_program(name):
    """A server's program: these lie in folders that are not in everybody's PATH."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/lib/postfix/sbin")
    if not found:
        raise FileNotFoundError(f"{name} is not installed (scripts/packages names what tests need)")
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as connection:
            connection.settimeout(PATIENCE)
            return connection.recv(3) == b"220"
    except OSError:
        return False


def answers_tls(port):
    """Speaks TLS from the first byte."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
            with context.wrap_socket(connection):
                return True
    except OSError:
        return False


def start_listening(command, port, answers=answers, **options):
    """Starts a server that is told its port; nothing where it ended at once, as when the port was taken."""
    # It dies with us, even when we are killed.
    process = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *command], stdin=subprocess.DEVNULL, **options)
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        if answers(port):
            return process
        time.sleep(0.05)
    stop(process)
    return None


def stop(process):
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def start_on_free_port(start, attempts=5):
    """(process, port) by `start(port)`, tried again on another port: somebody else may take one in between."""
    for _ in range(attempts):
        port = free_port()
        if process := start(port):
            return process, port
    raise RuntimeError("the server does not start")


class SmtpSink:
    """Postfix's smtp-sink, which keeps each mail in a file of its own."""

    def __init__(self, folder, *options):
        self.folder = pathlib.Path(folder)
        self.options = options

    def __enter__(self):
        self.folder.mkdir(parents=True)
        self.process, self.port = start_on_free_port(self._start)
        return self

    def __exit__(self, *_):
        stop(self.process)

    def _start(self, port):
        as_user = ["-u", pwd.getpwuid(0).pw_name] if os.geteuid() == 0 else []
        return start_listening([find_program("smtp-sink"), *as_user, *self.options, "-d", f"{self.folder}/",
                                f"127.0.0.1:{port}", "100"], port)

    def mails(self):
        return [parse_dump(path.read_bytes()) for path in sorted(self.folder.iterdir())]

    def forget(self):
        for path in self.folder.iterdir():
            path.unlink()


def parse_dump(dump):
    """Takes off what smtp-sink writes around a mail: headers up to a Received of three lines, an empty line
    after it. It keeps lines but not their ends."""
    ours, found, mail = dump.partition(b"\nReceived: ")
    if not found or not dump.endswith(b"\n\n"):
        raise ValueError(f"this is no whole dump of smtp-sink: {dump[:500]!r}")
    mail = mail.split(b"\n", 3)[3]
    arguments = re.findall(rb"^X-(Mail|Rcpt)-Args: <(.*?)>", ours, re.M)
    sender, *recipients = [address.decode() for _, address in arguments]
    return Arrived(sender, recipients, mail[:-1])


class ScriptedServer:
    """tests/support/smtp_server.py: records all, and misbehaves as its recipients ask for."""

    def __init__(self, folder, *options):
        self.folder = pathlib.Path(folder)
        self.options = list(map(str, options))

    def __enter__(self):
        # It ends when its standard input does, so that it cannot outlive the test.
        self.process = subprocess.Popen([sys.executable, "-B", SMTP_SERVER, "--store", self.folder, *self.options],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        stop(self.process)
        self.process.stdout.close()

    @contextlib.contextmanager
    def paused(self):
        """While it says nothing, a send is under way for as long as a test needs."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def events(self, *kinds):
        lines = (self.folder / "events.jsonl").read_bytes().splitlines(keepends=True)
        events = [json.loads(line) for line in lines if line.endswith(b"\n")]
        return [event for event in events if not kinds or event["event"] in kinds]

    def received(self):
        """The recipients of all mails whose end of data came, whatever was answered."""
        return [address for event in self.events("end_of_data") for address in event["to"]]

    def mails(self):
        mails = []
        for path in sorted(self.folder.glob("*.json")):
            envelope = json.loads(path.read_text())
            mails.append(Arrived(envelope["from"], envelope["to"], path.with_suffix(".eml").read_bytes()))
        return mails

    def wait_for(self, kind, count):
        """Until so many events of a kind have happened."""
        until = time.monotonic() + PATIENCE
        while len(self.events(kind)) < count:
            if time.monotonic() > until:
                raise TimeoutError(f"no {count} events `{kind}` in {PATIENCE} s: {self.events()[-5:]}")
            time.sleep(0.01)
