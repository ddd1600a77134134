"""A witness while campaigns are sent: no false alarm among several senders, copies of the ledger made meanwhile are
exposed, and a witness that is lost on the way stops the send."""

import signal
import time
import unittest

from ledger_guard_test import LedgerTest


class WitnessedSendTest(LedgerTest):
    def setUp(self):
        super().setUp()
        (self.folder / "elsewhere").mkdir()
        self.file = self.folder / "elsewhere/witness"
        self.witness("elsewhere/witness")

    def slow_campaign(self, people=40):
        self.write_list("lists/members.csv", [(f"p{i}@one.example", f"P{i}") for i in range(people)])
        self.campaign("slow", rate="1/s")

    def wait_for_mails(self, count):
        for _ in range(600):
            if len(self.outbox()) >= count:
                return
            time.sleep(0.1)
        self.fail(f"{len(self.outbox())} mails of {count}")

    def copy_while_it_stands_still(self, process):
        process.send_signal(signal.SIGSTOP)
        self.keep_copy()
        process.send_signal(signal.SIGCONT)

    def test_a_copy_from_before_a_send_is_exposed_at_once(self):
        self.expect(0, "plan", "alert")
        self.keep_copy()
        self.expect(0, "send", "alert", "--yes")
        self.put_copy_back()
        self.assertIn("older copy", self.refused("send", "alert", "--yes"))
        self.assertEqual(3, len(self.outbox()))

    def test_a_copy_from_the_middle_of_a_send_is_exposed_after_a_clean_end(self):
        self.slow_campaign(people=8)
        process = self.start("send", "slow", "--yes")
        self.wait_for_mails(2)
        self.copy_while_it_stands_still(process)
        process.communicate()
        self.assertEqual(0, process.returncode)
        self.put_copy_back()
        self.refused("send", "slow", "--yes")
        self.assertEqual(8, len(self.outbox()))

    def test_a_copy_from_the_middle_of_a_killed_send_is_exposed_after_ten_seconds(self):
        self.slow_campaign()
        process = self.start("send", "slow", "--yes")
        self.wait_for_mails(2)
        self.copy_while_it_stands_still(process)
        self.wait_for_mails(15)
        process.kill()
        process.communicate()
        sent = len(self.outbox())
        self.put_copy_back()
        self.refused("send", "slow", "--yes")
        self.assertEqual(sent, len(self.outbox()))
        self.expect(0, "ledger", "adopt", "--yes")
        self.expect(77, "send", "slow", "--yes")
        self.assertEqual(sent, len(self.outbox()))

    def test_a_killed_send_alone_is_no_older_copy(self):
        self.tocsin("send", "alert", "--yes", failpoint="w2-after-commit")
        self.tocsin("send", "alert", "--yes", failpoint="w3-before-commit")
        self.assertIn(self.tocsin("send", "alert", "--yes").code, (0, 3))

    def test_several_senders_are_never_taken_for_copies(self):
        for round_ in range(8):
            names = [f"c{round_}-{i}" for i in range(3)]
            for name in names:
                self.campaign(name)
            running = [self.start("send", name, "--yes") for name in names]
            for process in running:
                out, err = process.communicate(timeout=60)
                self.assertEqual(0, process.returncode, err.decode())
        self.assertEqual(8 * 3 * 3, len(self.outbox()))

    def test_a_witness_that_is_lost_on_the_way_stops_the_send(self):
        self.slow_campaign(people=100)
        self.witness('{command: "test ! -e down && read id n && echo $n"}')
        process = self.start("send", "slow", "--yes")
        self.wait_for_mails(2)
        self.write("down", "")
        out, err = process.communicate(timeout=80)
        self.assertEqual(74, process.returncode, err.decode())
        self.assertIn("the witness does not answer", err.decode())
        self.assertLess(len(self.outbox()), 60)
        self.expect(74, "send", "slow", "--yes")
        (self.folder / "down").unlink()
        states = self.status("slow")["states"]
        self.assertEqual((0, len(self.outbox())), (states["in_doubt"], states["accepted"]))


if __name__ == "__main__":
    unittest.main()
