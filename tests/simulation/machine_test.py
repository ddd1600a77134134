"""The simulated machine itself: a command with another clock, run without being executed anew."""

import os
import re
import unittest

from local_time import utc
from machine import Machine
from workspace import WorkspaceTest, parse

BEGIN = utc("2026-10-20 09:00")


class MachineTest(WorkspaceTest):
    def machine(self, **options):
        return self.enterContext(Machine(os.environ["TOCSIN_TESTING"], self.folder, BEGIN, **options))

    def dates(self):
        return [parse(mail)["Date"].datetime for mail in self.outbox()]

    def test_it_is_the_time_that_the_machine_says(self):
        machine = self.machine()
        self.assertEqual(0, machine.run("send", "alert", "--yes", "-q").code)
        self.assertEqual(3, len(self.dates()))
        for date in self.dates():
            self.assertLess(abs((date - BEGIN).total_seconds()), 30)

    def test_each_run_has_its_own_output_environment_and_end(self):
        machine = self.machine()
        killed = machine.run("send", "alert", "--yes", TOCSIN_FAILPOINT="w2-durable")
        self.assertEqual(-9, killed.code)
        usage = machine.run("nonsense")
        self.assertEqual((64, ""), (usage.code, usage.out))
        self.assertIn("nonsense", usage.err)
        self.assertEqual(0, machine.run("send", "alert", "--yes", "-q").code)
        self.assertEqual(3, len(self.outbox()))
        version = machine.run("--version")
        self.assertEqual((0, ""), (version.code, version.err))
        self.assertRegex(version.out, r"^tocsin \d")

    def test_two_crons_at_once_send_to_nobody_twice(self):
        machine = self.machine(crons=2)
        self.assertIn(0, [run.code for run in machine.run_all("send", "alert", "--yes", "-q")])
        self.assertEqual(3, len(self.outbox()))

    def rated(self):
        config = (self.folder / "tocsin.yaml").read_text()
        self.write("tocsin.yaml", config.replace("path: state/outbox", "path: state/outbox, rate: [100/s, 3/h]"))
        self.write("campaigns/other.yaml", (self.folder / "campaigns/alert.yaml").read_text().replace("alert\n", "other\n", 1))

    def test_a_rate_sees_the_time_between_two_runs_even_when_the_clock_is_set_back(self):
        self.rated()
        machine = self.machine()
        self.assertEqual(0, machine.run("send", "alert", "--yes", "-q").code)
        machine.pass_time(minutes=1)
        self.assertEqual(75, machine.run("send", "other", "--yes", "-q").code)
        self.assertEqual(3, len(self.outbox()))
        machine.pass_time(minutes=90)
        machine.set_clock(hours=-2)
        self.assertEqual(0, machine.run("send", "other", "--yes", "-q").code)
        self.assertEqual(6, len(self.outbox()))

    def test_a_kill_with_a_reboot_leaves_in_doubt_what_a_kill_alone_does_not(self):
        # What had been answered is on no disk that survives a power loss.
        for reboots in (False, True):
            self.setUp()
            machine = self.machine()
            machine.run("send", "alert", "--yes", "-q", TOCSIN_FAILPOINT="w3-before-commit")
            if reboots:
                machine.reboot(minutes=10)
            self.assertEqual(3 if reboots else 0, machine.run("send", "alert", "--yes", "-q").code)
            self.assertEqual(3, len(self.outbox()))


if __name__ == "__main__":
    unittest.main()
