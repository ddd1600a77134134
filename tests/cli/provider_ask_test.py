"""A send that asks a provider about the requests of an earlier one: what may happen meanwhile, and what is left behind."""

import os
import time
import unittest

from provider_send import ENVIRONMENT, ProviderSendTest

DAY = 24 * 3600


class AskTest(ProviderSendTest):
    provider = "resend"
    batch = 2

    def setUp(self):
        super().setUp()
        self.people_called("ann", "bob")
        self.server.always = "lost"
        self.send(69)
        self.server.always = None
        self.assertEqual({"in_doubt": 2}, self.states())
        self.outstanding = self.folder / "state" / "outstanding"

    def kept(self):
        return [file for file in self.outstanding.rglob("*") if file.is_file()]

    def test_nobody_is_mailed_again_by_another_command_meanwhile(self):
        self.server.hold_after(0)
        process = self.start_sending()
        self.server.wait_until_holding()
        result = self.tocsin("resolve", "alert", "--in-doubt", "resend", "--yes", env=ENVIRONMENT)
        self.assertEqual(75, result.code, result.out + result.err)
        self.server.release()
        _, err = process.communicate(timeout=60)
        self.assertEqual(0, process.returncode, err.decode())
        self.assertEqual({"accepted": 2}, self.states())
        self.assert_matches_the_server()
        self.assertEqual([], self.kept())

    def test_who_is_to_be_mailed_again_is_not_asked_about(self):
        self.expect(0, "resolve", "alert", "--in-doubt", "resend", "--yes", env=ENVIRONMENT)
        before = len(self.server.events)
        self.send(0)
        self.assertEqual(before + 1, len(self.server.events))
        self.assertEqual({"accepted": 2}, self.states())
        self.assertEqual([1, 1], [len(taken) for taken in self.server.accepted.values()])
        self.assertEqual([], self.kept())

    def test_whole_mails_are_private_and_go_after_a_day_whoever_sends(self):
        (file,) = self.kept()
        self.assertEqual(0o600, file.stat().st_mode & 0o777)
        self.assertEqual(0o700, file.parent.stat().st_mode & 0o777)
        gone = self.outstanding / "gone"
        file.parent.rename(gone)  # a transport that no campaign uses any more
        file = gone / file.name
        self.send(3)
        self.assertTrue(file.exists())
        os.utime(file, times=(time.time() - DAY - 60,) * 2)
        self.send(3)
        self.assertEqual([], self.kept())
        self.assertEqual({"in_doubt": 2}, self.states())


if __name__ == "__main__":
    unittest.main()
