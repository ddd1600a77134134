"""The proof of the simulation finds what it is there for."""

import unittest

from local_time import utc
from machine import Run
from mailings import Campaign
from proof import Arrival, Proof

DAILY = Campaign("daily", every="0 9 * * *", people=("p0",))
P0 = "p0@daily.example"


def runs(*said):
    """One each minute from 08:55 to 09:09; `said`: what some say on standard error."""
    errors = dict(said)
    return [Run(utc(f"2026-12-01 {time}"), ("due", "-q"), 77 if time in errors else 0, "", errors.get(time, ""))
            for time in [f"08:{m}" for m in range(55, 60)] + [f"09:0{m}" for m in range(10)]]


class ProofTest(unittest.TestCase):
    def violations(self, *arrivals, runs=runs(), **options):
        due = DAILY.due(utc("2026-12-01 00:00"), utc("2026-12-02 00:00"))
        came = [Arrival(utc(f"2026-12-01 {time}"), P0) for time in arrivals]
        return [what for _, what in Proof(due, came, runs, **options).check()]

    def test_in_time(self):
        self.assertEqual([], self.violations("09:00"))
        self.assertEqual([], self.violations("09:01"))

    def assert_one(self, part, violations):
        self.assertEqual(1, len(violations), violations)
        self.assertIn(part, violations[0])

    def test_too_early_too_late_never_and_twice(self):
        early = self.violations("08:59")
        self.assertIn("before anything was due", early[0])
        self.assert_one("came at", self.violations("09:02"))
        self.assert_one("never came", self.violations())
        self.assert_one("2 times", self.violations("09:00", "09:05"))

    def test_an_excuse_is_good_only_where_it_was_said(self):
        mailing = "daily@2026-12-01T09:00"
        self.assert_one("no run has named it", self.violations(excused={mailing: None}))
        said = runs(("09:03", f"{mailing} is held\n"))
        self.assertEqual([], self.violations(runs=said, excused={mailing: None}))
        self.assertIn("2 times", self.violations("09:00", "09:05", runs=said, excused={mailing: None})[0])

    def test_what_was_let_go_on_goes_out(self):
        mailing = "daily@2026-12-01T09:00"
        said, excused = runs(("09:03", f"{mailing} is held\n")), {mailing: utc("2026-12-01 09:06")}
        self.assertEqual([], self.violations("09:06", runs=said, excused=excused))
        self.assert_one("let go on", self.violations("09:07", runs=said, excused=excused))
        self.assert_one("let go on", self.violations(runs=said, excused=excused))

    def test_what_is_no_news_is_not_said(self):
        self.assert_one("no news", self.violations("09:00", runs=runs(("09:03", "warning: something\n"))))
        example = "warning: `unsubscribe.url` is an example\n  hint: another\n"
        self.assertEqual([], self.violations("09:00", runs=runs(("09:03", example))))
        self.assert_one("twice", self.violations("09:00", runs=runs(("09:03", example), ("09:04", example))))
        self.assert_one("no news", self.violations("09:00", runs=runs(("09:03", example + "something\n"))))
        again = runs(*((time, "daily@2026-12-01T09:00 is held\n") for time in ("09:03", "09:04")))
        self.assert_one("again", self.violations("09:00", runs=again, excused={"daily@2026-12-01T09:00": None}))
        mute = [Run(run.at, run.argv, 77, "", "") for run in runs()[:1]] + runs()[1:]
        self.assert_one("nobody has said why", self.violations("09:00", runs=mute))


if __name__ == "__main__":
    unittest.main()
