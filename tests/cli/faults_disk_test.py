"""A disk that is full, or fails, at each write of a send (W0 to W3): no mail leaves that is not recorded, and what
was answered is recorded when there is room again."""

import unittest

from scripted_send import ScriptedSendTest
from small_disk import SmallDisk

PEOPLE = [(f"p{i}@n{i % 4}.example", f"P{i}") for i in range(60)]


class DiskTest(ScriptedSendTest):
    people = PEOPLE
    connections = 3
    delay = 0.005

    def stopped_by_the_disk(self, result):
        self.assertEqual(74, result.code, result.out + result.err)
        self.assertIn("ledger", result.err)
        self.assertIn("Free space", result.err)

    def assert_next_run_ends_it(self):
        """Everybody whose mail was answered is on record, nobody is in doubt, nobody was mailed twice."""
        before = {event["to"][0] for event in self.server.events("accepted")}
        self.send(0)
        self.assertEqual({"accepted": len(self.people)}, self.states())
        self.assertEqual(set(), self.assert_matches_the_server(before))
        self.assertEqual(len(self.people), len(self.assert_nobody_twice()))


class FullDiskTest(DiskTest):
    """A small file system that somebody else fills."""

    def full_while_sending(self):
        disk = self.enterContext(SmallDisk(self.folder / "state", "8m"))
        process = self.start_sending(20)
        with self.server.paused():
            disk.fill()
        err = self.ended(process, 74)
        self.assertIn("Free space", err)
        return disk

    def test_while_planning_there_is_no_plan_and_no_mail(self):
        disk = self.enterContext(SmallDisk(self.folder / "state", "1m"))
        self.write_list("lists/members.csv", [(f"q{i}@n.example", "x" * 100) for i in range(20_000)])
        self.stopped_by_the_disk(self.tocsin("send", "alert", "--yes"))
        self.assertEqual([], self.server.events("connect"))
        self.assertEqual(0, self.status()["total"])
        disk.grow("64m")
        self.write_list("lists/members.csv", PEOPLE)
        self.assert_next_run_ends_it()

    def test_before_the_ledger_is_made(self):
        disk = self.enterContext(SmallDisk(self.folder / "state", "1m"))
        disk.fill()
        self.expect(74, "send", "alert", "--yes")
        self.assertEqual([], self.server.events("connect"))
        disk.free()
        disk.grow("8m")
        self.assert_next_run_ends_it()

    def test_before_the_first_intent(self):
        disk = self.enterContext(SmallDisk(self.folder / "state", "8m"))
        self.expect(0, "plan", "alert")
        disk.fill()
        self.expect(74, "send", "alert", "--yes")
        self.assertEqual([], self.server.received())
        disk.free()
        self.assert_next_run_ends_it()

    def test_while_sending(self):
        disk = self.full_while_sending()
        received = self.assert_nobody_twice()
        self.assertLess(len(received), len(PEOPLE))
        self.assertEqual(len(received), len(self.server.events("accepted")), "what had begun was not finished")
        disk.free()
        self.assert_next_run_ends_it()

    def test_while_the_disk_stays_full_nothing_more_leaves(self):
        disk = self.full_while_sending()
        received = self.server.received()
        for _ in range(2):
            disk.fill()  # what the run before had used for a while
            self.expect(74, "send", "alert", "--yes")
        self.assertEqual(received, self.server.received())
        disk.free()
        self.assert_next_run_ends_it()


class PipelinedFullDiskTest(FullDiskTest):
    pipelining = True


class FailingWriteTest(DiskTest):
    """From a named step on no file takes another byte."""

    def anew(self):
        one = type(self)()
        one.transport = self.transport
        self.addCleanup(one.doCleanups)
        one.setUp()
        return one

    def runTest(self):
        """What `anew` makes runs no test of its own."""

    def fail_at(self, *steps):
        for step in steps:
            with self.subTest(step):
                one = self.anew()
                one.stopped_by_the_disk(one.tocsin("send", "alert", "--yes", full=step))
                one.assert_nobody_twice()
                self.assertEqual(len(one.server.received()), len(one.server.events("accepted")))
                yield one

    def test_at_w0(self):
        for one in self.fail_at("w0-rows", "w0-before-ready"):
            self.assertEqual([], one.server.events("connect"))
            self.assertEqual(0, one.status()["total"])
            one.assert_next_run_ends_it()

    def test_at_w1(self):
        self.transport = "    rate: 500/s\n"  # what is spent of it is what W1 writes
        for one in self.fail_at("w1-before-commit"):
            self.assertEqual([], one.server.received())
            one.assert_next_run_ends_it()
        for one in self.fail_at("w1-before-commit:2"):
            one.assert_next_run_ends_it()

    def test_at_the_first_w2(self):
        for one in self.fail_at("w2-before-commit"):
            self.assertEqual([], one.server.received())
            self.assertEqual({"planned": len(PEOPLE)}, one.states())
            one.assert_next_run_ends_it()

    def test_at_a_later_w2_or_w3(self):
        for one in self.fail_at("w2-before-commit:6", "w3-before-commit", "w3-before-commit:6"):
            self.assertGreater(len(one.server.received()), 0)
            one.assert_next_run_ends_it()

    def test_while_recovering(self):
        one = self.anew()
        one.tocsin("send", "alert", "--yes", full="w3-before-commit:4")
        one.stopped_by_the_disk(one.tocsin("send", "alert", "--yes", full="recover-before-commit"))
        one.assert_next_run_ends_it()

    def test_an_answer_that_came_while_the_disk_was_full_survives_a_kill_right_after(self):
        """W3 failed, answers are kept; recovery is killed before and after its commit."""
        one = self.anew()
        one.tocsin("send", "alert", "--yes", full="w3-before-commit:4")
        for step in ("recover-before-commit", "recover-after-commit"):
            self.assertEqual(-9, one.tocsin("send", "alert", "--yes", failpoint=step).code)
        one.assert_next_run_ends_it()


class PipelinedFailingWriteTest(FailingWriteTest):
    pipelining = True


if __name__ == "__main__":
    unittest.main()
