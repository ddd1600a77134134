"""A workspace on a simulated machine where crons run `tocsin due -q`, and a record of what arrived when."""

import contextlib
import datetime
import os
import pathlib
import shutil
import tempfile

from local_time import MINUTE
from machine import Machine
from mailings import CONFIG
from proof import Arrival
from servers import ScriptedServer
from workspace import HTML, TEXT

MEMORY = pathlib.Path("/dev/shm")
QUARTER = 15  # minutes between two runs where nothing happens
BEFORE, AFTER = 3 * MINUTE, 8 * MINUTE  # of what is due, in which they run every minute


def new_folder():
    """In memory where that can be: nobody pulls the plug on it, and ten thousand runs wait for no disk."""
    return pathlib.Path(tempfile.mkdtemp(prefix="tocsin-simulation-", dir=MEMORY if MEMORY.is_dir() else None))


class World:
    """`campaigns`: mailings.Campaign. `due` holds all that must arrive in [begin, end). The transport `relay` is a server
    that refuses whoever is called `once-r450` once."""

    def __init__(self, binary, campaigns, begin, end, crons=2, every_minute=False):
        self.folder = new_folder()
        self.campaigns, self.end, self.every_minute = campaigns, end, every_minute
        self.due = [due for campaign in campaigns for due in campaign.due(begin, end)]
        self.busy = {due.at for due in self.due}
        self.arrivals, self.rounds, self.relayed = [], [], 0
        self.outbox, self.read = self.folder / "state/outbox/new", self.folder / "read"
        with contextlib.ExitStack() as stack:
            self.relay = stack.enter_context(ScriptedServer(self.folder / "relay", "--life", 3600))
            self.write_files(begin)
            self.machine = stack.enter_context(Machine(binary, self.folder, begin, crons))
            self.parts = stack.pop_all()

    def write_files(self, begin):
        for name in ("campaigns", "lists", "templates", "state", "read"):
            (self.folder / name).mkdir(mode=0o700)
        self.write("tocsin.yaml", CONFIG.format(port=self.relay.port), begin)
        self.write("templates/letter.txt.mustache", TEXT, begin)
        self.write("templates/letter.html.mustache", HTML, begin)
        for campaign in self.campaigns:
            self.write(f"campaigns/{campaign.id}.yaml", campaign.file(), begin)
        self.write_lists(begin)

    def write_lists(self, now):
        for campaign in self.campaigns:
            self.write(f"lists/{campaign.id}.csv", campaign.list_file(now), now)

    def write(self, name, text, now):
        """A file of the workspace, as old as the simulation says."""
        path = self.folder / name
        path.write_text(text)
        os.utime(path, (now.timestamp(), now.timestamp()))

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.parts.close()
        if failure[0] is None:
            shutil.rmtree(self.folder)

    def due_now(self, *options, **environment):
        """All crons at once."""
        runs = self.machine.run_all("due", "-q", *options, **environment)
        self.rounds += runs
        self.take_arrivals()
        return runs

    def command(self, *argv):
        """What somebody does by hand, who looks at it only where it fails."""
        run = self.machine.run(*argv)
        if run.code:
            raise AssertionError(f"by hand: {run}")
        self.take_arrivals()

    def take_arrivals(self):
        for path in self.outbox.iterdir() if self.outbox.exists() else ():
            address = path.read_bytes().partition(b"Delivered-To: ")[2].partition(b"\r\n")[0]
            self.arrivals.append(Arrival(self.machine.now, address.decode()))
            path.rename(self.read / path.name)
        accepted = self.relay.events("accepted")
        for event in accepted[self.relayed:]:
            self.arrivals += [Arrival(self.machine.now, address) for address in event["to"]]
        self.relayed = len(accepted)

    def live(self, until):
        """From now on until then."""
        while self.machine.now < until:
            self.machine.pass_time(minutes=self.step(until))
            self.due_now()

    def step(self, until):
        now = self.machine.now
        if self.every_minute:
            return 1
        minutes = 1
        while now + minutes * MINUTE < until and not self.is_busy(now + minutes * MINUTE) and minutes < QUARTER:
            minutes += 1
        return minutes

    def is_busy(self, at):
        minute, first = at.replace(second=0, microsecond=0), -int(AFTER / MINUTE)
        return any(minute + offset * MINUTE in self.busy for offset in range(first, int(BEFORE / MINUTE) + 1))

    def watch_closely(self, begin, end):
        """Runs each minute there, too, where nothing is due: what must not be due once more."""
        while begin < end:
            self.busy.add(begin)
            begin += datetime.timedelta(minutes=10)
