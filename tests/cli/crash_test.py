"""kill -9 at each named step, and the second sender."""

import os
import signal
import time
import unittest

from workspace import WorkspaceTest, parse


def recipients(mails):
    return sorted(parse(raw)["To"] for raw in mails)


class CrashTest(WorkspaceTest):
    people = [(f"p{i}@one.example", f"P{i}") for i in range(40)]

    def everybody(self):
        return sorted(address for address, _ in self.people)

    def send(self, failpoint=None):
        return self.tocsin("send", "alert", "--yes", failpoint=failpoint)

    def assert_killed(self, result):
        self.assertEqual(-signal.SIGKILL, result.code, result.out + result.err)

    def test_killed_before_the_plan_is_ready_leaves_no_plan(self):
        self.assert_killed(self.send("w0-before-ready"))
        self.assertEqual(0, self.status()["total"])
        self.assertEqual(0, self.send().code)
        self.assertEqual(self.everybody(), recipients(self.outbox()))

    def test_killed_after_the_plan_is_ready_sends_it_on_resume(self):
        self.assert_killed(self.send("w0-after-ready"))
        self.assertEqual(40, self.status()["states"]["planned"])
        self.assertEqual(0, self.send().code)
        self.assertEqual(self.everybody(), recipients(self.outbox()))

    def test_killed_between_claim_and_intent_everybody_is_reached_once(self):
        self.assert_killed(self.send("w2-before-commit"))
        self.assertEqual(0, self.send().code)
        self.assertEqual(self.everybody(), recipients(self.outbox()))

    def test_killed_between_intent_and_the_end_of_data_everybody_is_reached_once(self):
        for step in ("w2-after-commit", "w2-durable"):
            with self.subTest(step):
                self.setUp()
                self.assert_killed(self.send(step))
                self.assertEqual(0, self.send().code)
                self.assertEqual(self.everybody(), recipients(self.outbox()))

    def test_killed_between_the_answer_and_its_record_the_next_send_records_it(self):
        """What was just being delivered meanwhile may be in doubt, nobody else is, and nobody gets two."""
        for step in ("w3-reply-parsed", "w3-before-commit"):
            with self.subTest(step):
                self.setUp()
                self.assert_killed(self.send(step))
                result = self.send()
                states = self.status()["states"]
                self.assertEqual(3 if states["in_doubt"] else 0, result.code, result.err)
                self.assertEqual(40, states["accepted"] + states["in_doubt"])
                reached = recipients(self.outbox())
                self.assertEqual(sorted(set(reached)), reached, "somebody was mailed twice")
                self.assertGreaterEqual(len(reached), states["accepted"])

    def test_killed_after_the_end_of_data_says_who_is_in_doubt(self):
        for step in ("end-of-data-left",):
            with self.subTest(step):
                self.setUp()
                self.assert_killed(self.send(step))
                result = self.send()
                self.assertEqual(3, result.code, result.err)
                status = self.status()
                in_doubt = status["states"]["in_doubt"]
                self.assertGreater(in_doubt, 0)
                self.assertEqual(40 - in_doubt, status["states"]["accepted"])
                named = [line.strip() for line in result.err.splitlines() if line.startswith("  p")]
                self.assertEqual(in_doubt, len(named), result.err)
                reached_once = set(self.everybody()) - set(named)
                self.assertLessEqual(reached_once, set(recipients(self.outbox())))
                reached = recipients(self.outbox())
                self.assertEqual(len(set(reached)), len(reached), "somebody was mailed twice")

    def test_killed_after_the_record_nothing_is_lost(self):
        self.assert_killed(self.send("w3-after-commit"))
        result = self.send()
        self.assertIn(result.code, (0, 3))
        status = self.status()
        self.assertEqual(40, status["states"]["accepted"] + status["states"]["in_doubt"])
        reached = recipients(self.outbox())
        self.assertEqual(len(set(reached)), len(reached))

    def test_killed_during_recovery_recovers_again(self):
        self.assert_killed(self.send("end-of-data-left"))
        self.assert_killed(self.send("recover-before-commit"))
        self.assertEqual(3, self.send().code)
        self.assertEqual(40, self.status()["total"])


class SecondSenderTest(WorkspaceTest):
    def test_the_second_says_who_holds_it_and_comes_back_later(self):
        import fcntl
        self.expect(75, "send", "alert", "--yes", "--limit", "1")
        locks = list((self.folder / "state").rglob("*.lock"))
        self.assertEqual(1, len(locks), locks)
        with open(locks[0], "r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            result = self.expect(75, "send", "alert", "--yes")
        self.assertIn("process", result.err)
        self.assertEqual(1, len(self.outbox()))


if __name__ == "__main__":
    unittest.main()
