"""Crons that come seldom, look elsewhere, or meet again and again at what cannot be sent."""

import os
import unittest

from local_time import utc
from mailings import Campaign
from proof import Proof, report
from world import World

BEGIN, END = utc("2026-12-01 08:00"), utc("2026-12-01 12:00")


class CronsTest(unittest.TestCase):
    def world(self, *campaigns, **options):
        return self.enterContext(World(os.environ["TOCSIN_TESTING"], campaigns, BEGIN, END, **options))

    def assert_proved(self, world, excused=None):
        violations = Proof(world.due, world.arrivals, world.rounds, excused).check()
        self.assertEqual([], violations, report(violations, world.machine.runs))

    def test_each_quarter_of_an_hour(self):
        world = self.world(Campaign("once", at="2026-12-01 09:07"), Campaign("hourly", every="50 * * * *"), crons=1)
        world.busy.clear()
        world.live(END)
        self.assertEqual(16, len(world.rounds))
        self.assert_proved(world)

    def test_of_several_that_came_due_at_once_the_latest_goes_out_and_the_others_are_named(self):
        world = self.world(Campaign("often", every="*/10 * * * *", people=("p0",)), crons=2)
        world.live(utc("2026-12-01 08:30"))
        world.machine.pass_time(minutes=45)
        world.live(utc("2026-12-01 09:30"))
        self.assertEqual(["08:01", "08:10", "08:20", "08:30", "09:16", "09:20", "09:30"],
                         [f"{one.at:%H:%M}" for one in world.arrivals])
        (told,) = [run.err for run in world.rounds if run.err]
        for time, is_missed in {"08:30": 0, "08:40": 1, "08:50": 1, "09:00": 1, "09:10": 0}.items():
            self.assertEqual(bool(is_missed), f"often@2026-12-01T{time}" in told.partition("hint")[0], told)

    def test_another_folder_is_another_agenda(self):
        world = self.world(Campaign("once", at="2026-12-01 09:00"), crons=1)
        (world.folder / "campaigns").rename(world.folder / "others")
        (world.folder / "campaigns").mkdir()
        world.live(utc("2026-12-01 09:01"))
        self.assertEqual([], world.arrivals)
        world.due_now("--campaigns", "others")
        self.assertEqual(3, len(world.arrivals))
        self.assertEqual([], [run for run in world.rounds if run.code or run.out or run.err])

    def test_a_server_that_cannot_be_reached_is_told_once_by_two_crons(self):
        world = self.world(Campaign("once", at="2026-12-01 09:00", settings="transport: nowhere\n"), every_minute=True)
        world.live(utc("2026-12-01 09:04"))
        told = [run for run in world.rounds if run.err]
        self.assertEqual(1, len(told), "\n".join(map(str, told)))
        self.assertEqual(69, told[0].code)
        self.assertIn("once", told[0].err)

    def test_budgets_are_kept_and_the_rest_follows(self):
        world = self.world(Campaign("once", at="2026-12-01 09:00", people=tuple(f"p{i}" for i in range(7))), crons=1)
        world.live(utc("2026-12-01 08:59"))
        counts = []
        for _ in range(4):
            world.machine.pass_time(minutes=1)
            codes = [run.code for run in world.due_now("--max-messages", "3")]
            counts.append((len(world.arrivals), *codes))
        self.assertEqual([(3, 75), (6, 75), (7, 0), (7, 0)], counts)


if __name__ == "__main__":
    unittest.main()
