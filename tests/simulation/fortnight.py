#!/usr/bin/env python3
"""A fortnight of `tocsin due -q` by two crons at once, in which the clocks of London and of New York change, the machine
dies in the middle of a send, stands still for a day, has its clock set back by two hours, and gets back its ledger of
the day before. Everybody must be mailed exactly once and in time, nobody twice, and nothing said that is no news.

    fortnight.py BINARY [autumn|spring] [--every-minute]

BINARY is build/PRESET/tests/cli/tocsin_testing. Without --every-minute the crons run each minute around what is due
and each quarter of an hour in between. It prints nothing where all is well.
"""

import argparse
import datetime
import pathlib
import shutil
import sys

from local_time import utc
from mailings import WORKING_DAYS, Campaign
from proof import Proof, report
from world import World

LONDON, NEW_YORK = "Europe/London", "America/New_York"
ZONES = ("Asia/Tokyo", "Asia/Kolkata", LONDON, "", NEW_YORK, "America/Los_Angeles", "Mars/Olympus")
PUT_OFF = "once-r450"

AUTUMN = [
    Campaign("once", at="2026-10-21 09:00", zone=LONDON),
    Campaign("once-doubled", at="2026-10-25 01:30", zone=LONDON),
    Campaign("once-doubled-ny", at="2026-11-01 01:30", zone=NEW_YORK),
    Campaign("daily", every="0 9 * * *", zone=LONDON, joined="2026-10-24 00:00"),
    Campaign("weekly", every="30 8 * * mon", zone=NEW_YORK),
    Campaign("sundays", every="0 * * * sun", zone=NEW_YORK, people=("p0", "p1")),
    Campaign("night", every="*/30 0-3 25 10 *", zone=LONDON),
    Campaign("fridays", every="*/30 9-13 * * fri", people=("p0", "p1")),
    Campaign("opened", at="2026-10-23 21:30", zone=LONDON, window="08:00-20:00", days=frozenset(WORKING_DAYS)),
    Campaign("everywhere", at="2026-10-22 10:00", zone=LONDON, zones=ZONES, people=tuple(f"p{i}" for i in range(len(ZONES)))),
    Campaign("put-off", at="2026-10-22 14:00", people=("p0", PUT_OFF, "p1"), settings="transport: relay\n"),
    Campaign("half-sent", at="2026-10-27 12:00", people=tuple(f"p{i}" for i in range(6)), settings="rate: 2/s\n"),
    Campaign("overdue", at="2026-10-27 18:00", zone=LONDON),
    Campaign("gone-by", at="2026-10-27 19:00", zone=LONDON, not_after="2026-10-28 08:00"),
    Campaign("late", at="2026-10-28 11:00"),
    Campaign("lived-twice", at="2026-10-30 11:00"),
    Campaign("around", at="2026-10-31 18:00", zone=LONDON, zones=ZONES, people=tuple(f"p{i}" for i in range(len(ZONES)))),
    Campaign("forgotten", at="2026-11-01 11:00"),
]

# The hours that are doubled, or lived twice, or come after the ledger was put back.
AUTUMN_CLOSELY = [("2026-10-25", "00:00", "03:00"), ("2026-10-30", "10:00", "12:30"), ("2026-11-01", "05:00", "08:00"),
                  ("2026-11-01", "15:00", "16:30")]


def autumn(world):
    """What happens; gives the mailings that it may have kept from going out in time, and until when at most."""
    excused = {}
    for day, begin, end in AUTUMN_CLOSELY:
        world.watch_closely(utc(f"{day} {begin}"), utc(f"{day} {end}"))
    world.live(utc("2026-10-22 07:59"))
    excused |= power_fails(world)
    world.live(utc("2026-10-24 00:00"))
    world.write_lists(world.machine.now)
    world.live(utc("2026-10-27 11:59"))
    excused |= stands_still(world)
    world.live(utc("2026-10-29 08:10"))
    world.machine.set_clock(minutes=90)
    world.live(utc("2026-10-30 12:10"))
    world.machine.set_clock(hours=-2)
    world.live(utc("2026-10-31 15:00"))
    copy = copy_ledger(world)
    world.live(utc("2026-11-01 15:20"))
    restore_ledger(world, copy)
    excused |= due_between(world, "2026-10-31 15:00", "2026-11-01 15:20")
    excused |= {"around": None}
    world.live(world.end)
    return excused


def power_fails(world):
    """Before any mail has left, as it happens; nobody can know that but who looks."""
    mailing = "daily@2026-10-22T09:00"
    dies(world, "w2-after-commit")
    world.machine.reboot(minutes=10)
    world.due_now()
    world.command("resolve", mailing, "--in-doubt", "resend", "--yes")
    world.live(utc("2026-10-22 08:20"))
    return {mailing: utc("2026-10-22 08:20")}


def stands_still(world):
    """For a day, in which half of a mailing has gone, and others come due."""
    dies(world, "w3-before-commit:3")
    world.machine.reboot(hours=24)
    excused = due_between(world, "2026-10-27 11:59", "2026-10-28 12:00")
    world.live(utc("2026-10-28 13:00"))
    for mailing in excused:
        by_hand = ["send", mailing, "--yes", "-q"] if mailing == "gone-by" else ["release", mailing]
        world.command(*by_hand)
    world.live(utc("2026-10-28 13:05"))
    return dict.fromkeys(excused, utc("2026-10-28 13:05"))


def dies(world, step):
    """Both crons, as if the power had failed there."""
    world.machine.pass_time(minutes=1)
    world.due_now(TOCSIN_FAILPOINT=step)


def due_between(world, begin, end):
    return {due.mailing: None for due in world.due if utc(begin) < due.at <= utc(end)}


def ledger_files(folder):
    """Those of SQLite; what lies beside them stays as it is."""
    return [path for path in folder.iterdir() if path.name in ("tocsin.db", "tocsin.db-wal", "tocsin.db-shm")]


def copy_ledger(world):
    copy = world.folder / "copy"
    copy.mkdir()
    for path in ledger_files(world.folder / "state"):
        shutil.copy2(path, copy)
    return copy


def restore_ledger(world, copy):
    for path in ledger_files(world.folder / "state"):
        path.unlink()
    for path in ledger_files(copy):
        shutil.copy2(path, world.folder / "state")


SPRING = [
    Campaign("once", at="2027-03-14 09:00", zone=LONDON),
    Campaign("once-skipped-ny", at="2027-03-14 02:30", zone=NEW_YORK),
    Campaign("once-skipped", at="2027-03-28 01:30", zone=LONDON),
    Campaign("daily", every="30 1 * * *", zone=LONDON),
    Campaign("night", every="*/30 0-3 28 3 *", zone=LONDON),
    Campaign("night-ny", every="0 * 14 3 *", zone=NEW_YORK),
    Campaign("weekly", every="15 2 * * sun", zone=NEW_YORK),
    Campaign("everywhere", at="2027-03-28 01:00", zone=LONDON, zones=ZONES, people=tuple(f"p{i}" for i in range(len(ZONES)))),
]


def spring(world):
    world.live(world.end)
    return {}


SEASONS = {"autumn": (AUTUMN, autumn, "2026-10-20 00:00", "2026-11-03 00:00"),
           "spring": (SPRING, spring, "2027-03-13 12:00", "2027-03-28 18:00")}


def main(options):
    campaigns, happens, begin, end = SEASONS[options.season]
    with World(pathlib.Path(options.binary).resolve(), campaigns, utc(begin), utc(end),
               every_minute=options.every_minute) as world:
        excused = happens(world)
        patience = {due.address: datetime.timedelta(hours=2) for due in world.due if due.address.startswith(PUT_OFF)}
        violations = Proof(world.due, world.arrivals, world.rounds, excused, patience).check()
        if violations:
            raise SystemExit(report(violations, world.machine.runs) + f"\nthe workspace is kept in {world.folder}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("season", nargs="?", choices=SEASONS, default="autumn")
    parser.add_argument("--every-minute", action="store_true")
    sys.exit(main(parser.parse_args()))
