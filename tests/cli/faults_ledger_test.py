"""A ledger, or what lies beside it, that is read-only, damaged, gone, or cut short: refused before any connection,
or made good without a mail too many; and output that nobody takes."""

import os
import pathlib
import subprocess
import unittest

from scripted_send import ScriptedSendTest
from small_disk import read_only

PEOPLE = [(f"p{i}@n{i % 4}.example", f"P{i}") for i in range(40)]


class LedgerTest(ScriptedSendTest):
    people = PEOPLE
    pipelining = True
    connections = 3
    delay = 0.003

    def begin(self):
        self.send(75, "--limit", "10")
        self.connections_before = len(self.server.events("connect"))

    def assert_refused(self, *texts):
        """Before any connection, and nothing is made anew."""
        before = self.server.received()
        result = self.send(74)
        for text in texts:
            self.assertIn(text, result.err)
        self.assertEqual(self.connections_before, len(self.server.events("connect")))
        self.assertEqual(before, self.server.received())

    def assert_the_rest_follows(self, in_doubt=0):
        self.send(3 if in_doubt else 0)
        self.assertEqual(in_doubt, self.states().get("in_doubt", 0))
        self.assertEqual(40 - in_doubt, self.states()["accepted"])
        self.assertEqual(40, len(self.assert_nobody_twice()))

    def state_file(self, pattern):
        found = sorted((self.folder / "state").rglob(pattern))
        self.assertEqual(1, len(found), found)
        return found[0]


class DamagedLedgerTest(LedgerTest):
    def test_gone(self):
        self.begin()
        ledger = self.state_file("tocsin.db")
        ledger.rename(self.folder / "kept.db")
        self.assert_refused("tocsin.lock")
        self.assertFalse(ledger.exists())
        (self.folder / "kept.db").rename(ledger)
        self.assert_the_rest_follows()

    def test_damaged(self):
        self.begin()
        ledger = self.state_file("tocsin.db")
        sound = ledger.read_bytes()
        for damaged in (b"", b"no ledger at all" * 1000, b"\0" * 4096 + sound[4096:], sound[:5000]):
            ledger.write_bytes(damaged)
            self.assert_refused("ledger")
        ledger.write_bytes(sound)
        self.assert_the_rest_follows()

    def test_read_only(self):
        self.begin()
        with read_only(self.state_file("tocsin.db").parent):
            self.assert_refused("writable")
        self.assert_the_rest_follows()


class LostRecordTest(LedgerTest):
    """The lock file and the flight record, between two runs."""

    def test_lock_file_removed(self):
        self.begin()
        self.state_file("alert.lock").unlink()
        self.assert_the_rest_follows()

    def test_flight_record_removed_or_cut_short_after_a_good_run(self):
        for change in (pathlib.Path.unlink, lambda file: os.truncate(file, 100), lambda file: os.truncate(file, 0),
                       lambda file: file.write_bytes(os.urandom(4096 + 256 * 1024))):
            one = self.anew()
            one.begin()
            change(one.state_file("alert.flight"))
            one.assert_the_rest_follows()

    def test_without_the_flight_record_of_a_killed_run_all_that_was_sending_is_in_doubt(self):
        for change in (pathlib.Path.unlink, lambda file: os.truncate(file, 100),
                       lambda file: file.write_bytes(os.urandom(4096 + 256 * 1024))):
            one = self.anew()
            one.tocsin("send", "alert", "--yes", failpoint="w2-durable:5")
            sending = one.states()["sending"]
            change(one.state_file("alert.flight"))
            one.send(3)
            self.assertEqual(sending, one.states()["in_doubt"])
            self.assertLessEqual(sending, 2 * self.connections)
            one.assert_nobody_twice()
            missing = {address for address, _ in PEOPLE} - set(one.server.received())
            for address in missing:
                self.assertEqual("in_doubt", one.state(address))

    def anew(self):
        one = type(self)()
        self.addCleanup(one.doCleanups)
        one.setUp()
        return one

    def runTest(self):
        """What `anew` makes runs no test of its own."""


class OutputTest(LedgerTest):
    def test_output_closed_from_the_start(self):
        binary = os.environ["TOCSIN"]
        subprocess.run(["sh", "-c", f"exec '{binary}' send alert --yes >&- 2>&-"], cwd=self.folder, timeout=60)
        self.assertEqual({"accepted": 40}, self.states())
        self.assertEqual(40, len(self.assert_nobody_twice()))

    def test_readers_that_go_away(self):
        process = self.start_sending(5)
        process.stdout.close()
        process.stderr.close()
        process.wait(30)
        self.assertEqual({"accepted": 40}, self.states())
        process.communicate = lambda *_: None
        self.assertEqual(40, len(self.assert_nobody_twice()))

    def test_a_log_on_a_full_disk(self):
        with open("/dev/full", "wb") as full:
            process = self.start("send", "alert", "--yes", "-v", stdout=full, stderr=full)
            process.communicate(timeout=30)
        self.assertEqual({"accepted": 40}, self.states())
        self.assertEqual(40, len(self.assert_nobody_twice()))
        self.assertEqual(0, process.returncode)


if __name__ == "__main__":
    unittest.main()
