"""Commands that are measured. All die with the benchmark, even when it is killed."""

import contextlib
import dataclasses
import json
import pathlib
import signal
import subprocess
import tempfile

DIE_WITH_US = ["setpriv", "--pdeathsig", "TERM"]


class Failed(Exception):
    """A command did not do what it was started for."""


@dataclasses.dataclass
class Run:
    """What a command took. Times are CLOCK_MONOTONIC."""

    start_ns: int
    end_ns: int
    user_us: int
    system_us: int
    max_rss_kib: int
    status: int

    @property
    def seconds(self):
        return (self.end_ns - self.start_ns) / 1e9

    @property
    def cpu_seconds(self):
        return (self.user_us + self.system_us) / 1e6


class Programs:
    """What the build made, and a folder for results."""

    def __init__(self, build, folder):
        self.tocsin = build / "tocsin"
        self.sink = build / "bench" / "bench_sink"
        self.proxy = build / "bench" / "bench_delay_proxy"
        self.measure = build / "bench" / "bench_measure"
        self.dkim = build / "bench" / "bench_dkim"
        self.folder = folder

    def start(self, command, cwd=None):
        """A measured command; `finish` waits for it."""
        result = tempfile.NamedTemporaryFile(dir=self.folder, prefix="run-")
        errors = tempfile.TemporaryFile(dir=self.folder)
        process = subprocess.Popen([*DIE_WITH_US, self.measure, result.name, *map(str, command)], cwd=cwd,
                                   stdin=subprocess.DEVNULL, stdout=errors, stderr=errors)
        return Measured(command, process, result, errors)

    def run(self, command, cwd=None, accept=(0,)):
        return self.start(command, cwd).finish(accept)


class Measured:
    def __init__(self, command, process, result, output):
        self.command, self.process, self.result, self.output = command, process, result, output

    def running(self):
        return self.process.poll() is None

    def finish(self, accept=(0,), within=None):
        """The measurements; a command that takes longer than `within` seconds is asked to end."""
        try:
            self._wait(within)
        except BaseException:
            self.process.kill()  # and with it the command
            raise
        with self.result, self.output:
            run = Run(**json.loads(pathlib.Path(self.result.name).read_text()))
            if run.status not in accept:
                self.output.seek(0)
                said = self.output.read().decode(errors="replace")[-2000:]
                raise Failed(f"{' '.join(map(str, self.command))} ended with {run.status}:\n{said}")
        return run

    def _wait(self, within):
        try:
            self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait()


@contextlib.contextmanager
def server(command, **options):
    """A server for as long as the block; it is asked to end, and waited for."""
    process = subprocess.Popen([*DIE_WITH_US, *map(str, command)], stdin=subprocess.DEVNULL, **options)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()
