"""A machine whose time a test says: crons that run the command on it, and what has arrived when.

    with Machine(binary, folder, utc("2026-10-20 00:00"), crons=2) as machine:
        machine.pass_time(minutes=1)
        runs = machine.run_all("due", "-q")     # every cron at once
"""

import dataclasses
import datetime
import json
import os
import select
import subprocess

PATIENCE = 120  # seconds that one run may take


@dataclasses.dataclass
class Run:
    at: datetime.datetime  # what the machine's clock showed when it began
    argv: tuple
    code: int
    out: str
    err: str

    def __str__(self):
        said = "".join(f"\n    {line}" for line in (self.out + self.err).splitlines())
        return f"{self.at:%Y-%m-%d %H:%M}Z {self.code:4} {' '.join(self.argv)}{said}"


class Cron:
    """One process that runs the command again and again (tests/support/run_server.h)."""

    def __init__(self, binary, folder):
        self.folder = str(folder)
        self.process = subprocess.Popen([binary], env=dict(os.environ, TOCSIN_TEST_SERVER="1"), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)

    def begin(self, at, argv, env):
        self.at, self.argv = at, argv
        request = {"argv": argv, "cwd": self.folder, "env": env}
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()

    def end(self):
        if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
            self.process.kill()
            raise TimeoutError(f"after {PATIENCE} s it still runs: {self.at} {self.argv}")
        return Run(self.at, self.argv, **json.loads(self.process.stdout.readline()))

    def stop(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


class Machine:
    def __init__(self, binary, folder, now, crons=1):
        self.now = now
        self.up = datetime.timedelta(hours=1)  # since it was started
        self.starts = 1
        self.runs = []  # all of them, for the report
        self.crons = [Cron(binary, folder) for _ in range(crons)]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for cron in self.crons:
            cron.stop()

    def pass_time(self, **span):
        self.now += datetime.timedelta(**span)
        self.up += datetime.timedelta(**span)

    def set_clock(self, **by):
        """The wall clock jumps. The time since boot knows nothing of it."""
        self.now += datetime.timedelta(**by)

    def reboot(self, **downtime):
        self.now += datetime.timedelta(**downtime)
        self.up = datetime.timedelta(minutes=1)
        self.starts += 1

    def run_all(self, *argv, **env):
        """Runs the command by all crons at the same time."""
        return self._run(self.crons, argv, env)

    def run(self, *argv, **env):
        return self._run(self.crons[:1], argv, env)[0]

    def _run(self, crons, argv, env):
        clock = {"TOCSIN_CLOCK": self.now.strftime("%Y-%m-%dT%H:%M:%SZ"), "TOCSIN_BOOT_ID": f"boot-{self.starts}",
                 "TOCSIN_CLOCK_BOOT": str(int(self.up.total_seconds()))}
        for cron in crons:
            cron.begin(self.now, argv, clock | env)
        runs = [cron.end() for cron in crons]
        self.runs += runs
        return runs
