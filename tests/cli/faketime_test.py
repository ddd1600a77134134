"""The shipped command under `faketime`, which people use to try schedules out: it must not hang, and it must believe
what it sees."""

import os
import time
import unittest

from servers import find_program
from workspace import CAMPAIGN, Result, WorkspaceTest

SCHEDULE = 'schedule: {at: "2026-10-21 09:00", timezone: Europe/London}\n'


class FaketimeTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.write("campaigns/alert.yaml", CAMPAIGN + SCHEDULE)

    def at(self, when, *arguments):
        faketime, binary = find_program("faketime"), os.environ["TOCSIN"]
        process = self.start(when, binary, *arguments, binary=faketime, env={"TZ": "UTC"})
        out, err = process.communicate(timeout=60)
        return Result(process.returncode, out.decode(), err.decode())

    def test_a_campaign_goes_out_at_its_time_and_once(self):
        begun = time.monotonic()
        for when, mails in [("07:59:00", 0), ("08:00:05", 3), ("08:01:00", 3)]:
            self.assertEqual(Result(0, "", ""), self.at(f"2026-10-21 {when}", "due", "-q"))
            self.assertEqual(mails, len(self.outbox()), when)
        self.assertLess(time.monotonic() - begun, 60)

    def test_a_clock_that_is_set_back_sends_nothing_again(self):
        for when in ("08:00:05", "07:59:00", "08:00:05"):
            self.assertEqual(Result(0, "", ""), self.at(f"2026-10-21 {when}", "due", "-q"))
            self.assertEqual(3, len(self.outbox()), when)

    def test_a_paced_send_ends(self):
        self.write("campaigns/alert.yaml", CAMPAIGN + "rate: 5/s\n")
        self.assertEqual(0, self.at("2026-10-21 08:00:00", "send", "alert", "--yes", "-q").code)
        self.assertEqual(3, len(self.outbox()))


if __name__ == "__main__":
    unittest.main()
