#!/usr/bin/env python3
"""Sends campaign after campaign through a server that misbehaves, kills, stops and disturbs the senders at random,
and proves after each from the server's record that nobody was mailed twice, left out, or told a lie about.

    soak.py BINARY [SECONDS] [--seed N]        (scripts/soak builds and finds BINARY)

Deferred mails come due because each run's clock is further ahead. One line at the end; a violation ends it with 1,
a report, and the workspace kept. Runs of one seed differ all the same: whom a kill hits is the machine's to say.
"""

import argparse
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

from campaign import FORMS, Campaign, Violation, write_workspace
from proof import ACCEPT, IN_DOUBT, Proof, read_rows
from record import Record

SERVER = pathlib.Path(__file__).with_name("server.py")
MOST_SHOWN = 20


class World:
    """What all campaigns of a soak share."""

    def __init__(self, binary, folder, seed, brief):
        self.binary, self.folder = pathlib.Path(binary).resolve(), folder
        self.chance = random.Random(seed)
        self.shared = [f"shared{i}@d{i % 500}.example" for i in range(1000)]
        self.suppressed = {}  # address: when the command that suppressed it had ended
        self.ahead = 0  # seconds that the senders' clock is ahead
        self.sizes = [200, 300] if brief else [300, 600, 1000, 3000]
        self.disturbed_runs = (3, 7) if brief else (4, 16)
        self.pause = 0.1 if brief else 0.3  # seconds between disturbances, about

    def pass_time(self, least, most):
        self.ahead += int(self.chance.uniform(least, most) * 3600)


class Totals:
    def __init__(self):
        self.campaigns = self.mails = self.runs = self.kills = self.in_doubt = self.resends = self.accepts = 0

    def add(self, campaign, rows, record):
        self.campaigns += 1
        self.mails += sum(len(mail.ends) for key, mail in record.mails.items() if key[0] == campaign.name)
        self.runs += len(campaign.starts)
        self.kills += campaign.kills
        for row in rows.values():
            self.in_doubt += sum(attempt[0] == IN_DOUBT for attempt in row.attempts)
            self.resends += row.resends()
            self.accepts += row.resolutions.count(ACCEPT)

    def line(self):
        return (f"{self.campaigns} campaigns, {self.mails} mails, {self.runs} runs, {self.kills} killed; "
                f"{self.in_doubt} in doubt, of which {self.resends} resent and {self.accepts} accepted by command")


def prove(campaign, world, record):
    record.read_all()
    rows = read_rows(world.folder / "state/tocsin.db", campaign.name)
    proof = Proof(campaign.name, record, rows, people=campaign.people, kills=campaign.kills,
                  connections=FORMS[campaign.form], suppressed=world.suppressed, starts=campaign.starts)
    violations = proof.check(campaign.status())
    if violations:
        raise Violation(f"{campaign.name} ({campaign.form}): {len(violations)} violations\n" +
                        "\n".join(violations[:MOST_SHOWN]))
    return rows


class Server:
    def __init__(self, folder, seed):
        self.record = folder / "record.tsv"
        command = [sys.executable, "-B", SERVER, "--record", self.record, "--seed", str(seed)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.ports = [int(self.process.stdout.readline()) for _ in FORMS]

    def stop(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


def soak(world, server, until, totals):
    """What went wrong, or nothing."""
    record = Record(server.record)
    while time.monotonic() < until:
        campaign = Campaign(world, totals.campaigns + 1)
        try:
            campaign.go()
            rows = prove(campaign, world, record)
        except (Violation, TimeoutError) as fault:
            runs = "\n".join(f"{code:4} {what}  {err.strip()[-300:]}" for code, what, err in campaign.runs[-40:])
            return f"{fault}\nThe last runs:\n{runs}"
        totals.add(campaign, rows, record)
        record.forget(campaign.name)
    return None


def main(options):
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1_000_000)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tocsin-soak-"))
    brief = options.seconds < 60
    world, totals, server = World(options.binary, folder, seed, brief), Totals(), Server(folder, seed)
    write_workspace(folder, server.ports)
    fault = soak(world, server, time.monotonic() + options.seconds, totals)
    server.stop()
    print(f"soak of {options.seconds:g} s, seed {seed}: {totals.line()}")
    if fault:
        print(f"\nVIOLATION\n{fault}\nthe workspace and the server's record are kept in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("seconds", nargs="?", type=float, default=600)
    parser.add_argument("--seed", type=int)
    sys.exit(main(parser.parse_args()))
