"""One campaign file with a fault among ten that are due: the nine go out, and the fault is told once."""

import os
import unittest

from local_time import utc
from mailings import Campaign
from world import World

BEGIN, END = utc("2026-12-01 08:30"), utc("2026-12-01 12:00")


class BrokenTest(unittest.TestCase):
    def setUp(self):
        campaigns = [Campaign(f"c{i}", at="2026-12-01 09:00", people=("p0",)) for i in range(10)]
        self.world = self.enterContext(World(os.environ["TOCSIN_TESTING"], campaigns, BEGIN, END, every_minute=True))
        self.sound = campaigns[5].file()

    def write(self, text):
        self.world.write("campaigns/c5.yaml", text, self.world.machine.now)

    def live(self, until):
        """What the runs until then have said, without those that said nothing."""
        before = len(self.world.rounds)
        self.world.live(utc(f"2026-12-01 {until}"))
        runs = self.world.rounds[before:]
        self.assertEqual([], [str(run) for run in runs if run.out])
        return [run for run in runs if run.err]

    def reached(self):
        return sorted(int(arrival.address[len("p0@c")]) for arrival in self.world.arrivals)

    def assert_told_once(self, runs, *parts, code=65):
        self.assertEqual(1, len(runs), "\n".join(map(str, runs)))
        self.assertEqual(code, runs[0].code)
        for part in ("c5.yaml", *parts):
            self.assertIn(part, runs[0].err)

    def test_the_others_go_out_and_the_fault_is_told_once(self):
        self.assertEqual([], self.live("08:50"))
        self.write(self.sound.replace("subject:", "subjekt:"))
        self.assert_told_once(self.live("09:10"), "subjekt")
        others = [0, 1, 2, 3, 4, 6, 7, 8, 9]
        self.assertEqual(others, self.reached())

        self.write(self.sound.replace("lists/c5.csv", "lists/c6.xyz"))
        self.assert_told_once(self.live("09:20"), "c6.xyz", code=66)
        self.assertEqual(others, self.reached())

        self.write(self.sound)
        self.assertEqual([], self.live("09:30"))
        self.assertEqual(list(range(10)), self.reached())

    def test_a_fault_that_comes_back_is_told_again(self):
        self.world.every_minute = False
        for hour in ("10", "11"):
            self.write(": [")
            self.assert_told_once(self.live(f"{hour}:20"))
            self.write(self.sound)
            self.assertEqual([], self.live(f"{hour}:40"))


if __name__ == "__main__":
    unittest.main()
