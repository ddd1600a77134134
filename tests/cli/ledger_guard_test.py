"""A ledger that is not what it was: on another machine, a restored backup, an older copy than its witness knows. What
would mail somebody twice is refused with the way out; what only looks, and the brakes, work."""

import os
import pathlib
import re
import shutil
import sqlite3
import stat
import unittest
from unittest import mock

from workspace import CAMPAIGN, CONFIG, ROOT, WorkspaceTest

HERE, THERE = "1" * 32, "2" * 32


class LedgerTest(WorkspaceTest):
    """Runs on a machine that the test can exchange."""

    def setUp(self):
        super().setUp()
        self.shipped = os.environ["TOCSIN"]
        self.machine = self.write("machine-id", HERE + "\n")
        patch = mock.patch.dict(os.environ, TOCSIN=os.environ["TOCSIN_TESTING"], TOCSIN_MACHINE_ID=str(self.machine))
        patch.start()
        self.addCleanup(patch.stop)
        self.ledger = self.folder / "state/tocsin.db"

    def move_to(self, machine):
        self.machine.write_text(machine)

    def witness(self, text):
        self.write("tocsin.yaml", CONFIG + f"witness: {text}\n")

    def campaign(self, name, rate=None):
        self.write(f"campaigns/{name}.yaml", CAMPAIGN.replace("id: alert", f"id: {name}") + (f"rate: {rate}\n" if rate else ""))

    def files(self):
        return [path for path in self.ledger.parent.glob("tocsin.db*") if path.is_file()]

    def keep_copy(self):
        """As `cp state/tocsin.db*` does."""
        kept = self.folder / "kept"
        kept.mkdir()
        for path in self.files():
            shutil.copy(path, kept)

    def put_copy_back(self):
        for path in self.files():
            path.unlink()
        for path in (self.folder / "kept").iterdir():
            shutil.copy(path, self.ledger.parent)

    def restore(self, backup):
        for path in self.files():
            path.unlink()
        shutil.copy(self.folder / backup, self.ledger)

    def refused(self, *arguments, way_out="tocsin ledger adopt"):
        result = self.expect(74, *arguments)
        self.assertIn(way_out, result.err)
        return result.err


class MachineTest(LedgerTest):
    def setUp(self):
        super().setUp()
        self.expect(0, "send", "alert", "--yes")
        self.campaign("second")
        self.expect(0, "plan", "second")
        self.move_to(THERE)

    def test_another_machine_mails_nobody(self):
        self.write("mail.eml", "From: a@one.example\n\nhello\n")
        for command in (["send", "second", "--yes"], ["plan", "second"], ["inbound", "mail.eml"], ["suppress", "add", "ann@one.example"]):
            self.assertIn("another machine", self.refused(*command))
        self.assertEqual(3, len(self.outbox()))

    def test_who_looks_and_who_brakes_may(self):
        for command in (["status"], ["report", "alert"], ["explain", "alert", "ann@one.example"], ["suppress", "list"],
                        ["check", "second"], ["hold", "second"], ["release", "second"], ["cancel", "second"]):
            self.expect(0, *command)

    def test_another_ledger_is_accepted_another_machine_is_not(self):
        self.refused("send", "second", "--yes", "--new-ledger")

    def test_adopted_it_waits_for_a_release(self):
        self.assertIn("--yes", self.expect(77, "ledger", "adopt").err)
        self.refused("send", "second", "--yes")
        told = self.expect(0, "ledger", "adopt", "--yes")
        self.assertIn("held: second, 3 of 3", told.out)
        self.assertNotIn("alert", told.out)
        self.assertIn("adopted", self.expect(77, "send", "second", "--yes").err)
        self.expect(0, "release", "second")
        self.expect(0, "send", "second", "--yes")
        self.assertEqual(6, len(self.outbox()))
        self.move_to(HERE)
        self.refused("send", "second", "--yes")

    def test_a_container_without_an_id_is_no_other_machine(self):
        for none in ("", "uninitialized\n"):
            self.move_to(none)
            self.expect(0, "send", "second", "--yes")
        self.machine.unlink()
        self.expect(0, "suppress", "add", "ann@one.example")

    def test_the_id_itself_is_kept_nowhere(self):
        kept = b"".join(path.read_bytes() for path in self.files())
        self.assertNotIn(HERE.encode(), kept)

    def test_the_command_that_is_installed_cannot_be_told_another_machine(self):
        own = pathlib.Path("/etc/machine-id")
        if not own.exists() or not re.fullmatch("[0-9a-f]{32}\n", own.read_text()):
            self.skipTest("this machine has no id")
        with mock.patch.dict(os.environ, TOCSIN=self.shipped):
            self.expect(74, "send", "second", "--yes")  # it reads /etc/machine-id, whatever the variable says
            self.expect(0, "ledger", "adopt", "--yes", "-q")
            self.move_to(HERE)
            self.expect(0, "plan", "second")


class BackupTest(LedgerTest):
    def test_a_backup_is_one_private_sound_file(self):
        self.expect(0, "send", "alert", "--yes")
        result = self.expect(0, "ledger", "backup", "copy.db", "--json").json()
        copy = self.folder / "copy.db"
        self.assertEqual({"file": "copy.db", "time": result["time"], "bytes": copy.stat().st_size}, result)
        self.assertEqual(0o600, stat.S_IMODE(copy.stat().st_mode))
        self.assertEqual([copy], list(self.folder.glob("copy.db*")))
        with sqlite3.connect(copy) as database:
            self.assertEqual([("ok",)], database.execute("PRAGMA integrity_check").fetchall())

    def test_nothing_is_written_over_or_beside_a_missing_disk(self):
        self.expect(74, "ledger", "backup", "copy.db")
        self.expect(0, "plan", "alert")
        self.write("copy.db", "last night's")
        self.expect(77, "ledger", "backup", "copy.db")
        self.expect(77, "ledger", "backup", self.ledger)
        self.expect(66, "ledger", "backup", "usb/copy.db")
        self.assertEqual("last night's", (self.folder / "copy.db").read_text())

    def test_it_is_silent_when_quiet(self):
        self.expect(0, "plan", "alert")
        result = self.expect(0, "-q", "ledger", "backup", "copy.db")
        self.assertEqual("", result.out + result.err)

    def test_restored_it_mails_nobody_before_it_is_adopted(self):
        self.expect(0, "plan", "alert")
        self.campaign("second")
        self.expect(0, "ledger", "backup", "copy.db")
        self.expect(0, "send", "alert", "--yes")
        self.expect(0, "send", "second", "--yes")
        self.restore("copy.db")
        for command in (["send", "alert", "--yes"], ["send", "second", "--yes"], ["plan", "alert"]):
            self.assertRegex(self.refused(*command), r"is a backup of 20..-..-..T.*Z: whoever was mailed since")
        self.assertEqual(3, self.status()["states"]["planned"])
        adopted = self.expect(0, "ledger", "adopt", "--yes", "--json").json()
        self.assertEqual((["alert"], ["second"]), (adopted["held"], adopted["held_without_plan"]))
        self.assertIsNone(adopted["machine"])
        for campaign in ("alert", "second"):
            self.assertIn("adopted", self.expect(77, "send", campaign, "--yes").err)
        self.assertEqual(6, len(self.outbox()))

    def test_backups_while_a_send_runs_hold_up_and_lose_nothing(self):
        people = [(f"p{i}@one.example", f"P{i}") for i in range(400)]
        self.write_list("lists/members.csv", people)
        process = self.start("send", "alert", "--yes")
        copies = 0
        while process.poll() is None:
            if self.ledger.exists():
                self.expect(0, "ledger", "backup", f"copy-{copies}.db", "-q")
                copies += 1
        process.communicate()
        self.assertEqual(0, process.returncode)
        self.assertEqual(400, len(self.outbox()))
        for copy in self.folder.glob("copy-*.db"):
            with sqlite3.connect(copy) as database:
                self.assertEqual([("ok",)], database.execute("PRAGMA integrity_check").fetchall())

    def test_restored_over_a_killed_send_its_mails_are_in_doubt_not_sent_again(self):
        self.write_list("lists/members.csv", [(f"p{i}@one.example", f"P{i}") for i in range(40)])
        self.tocsin("send", "alert", "--yes", failpoint="w3-before-commit:1")
        self.expect(0, "ledger", "backup", "copy.db")
        self.tocsin("send", "alert", "--yes", failpoint="w3-before-commit:2")
        self.restore("copy.db")
        adopted = self.expect(0, "ledger", "adopt", "--yes", "--json").json()
        self.assertEqual(adopted["in_doubt"], self.status()["states"]["in_doubt"])
        self.assertGreater(adopted["in_doubt"], 0)
        self.assertEqual(["alert"], adopted["held"])


class OlderCopyTest(LedgerTest):
    def setUp(self):
        super().setUp()
        (self.folder / "elsewhere").mkdir()
        self.file = self.folder / "elsewhere/witness"
        self.witness("elsewhere/witness")

    def numbers(self):
        return dict(line.split() for line in self.file.read_text().splitlines())

    def raise_witness(self):
        """As if the ledger had counted on."""
        self.file.write_text("".join(f"{ledger} {int(number) + 9}\n" for ledger, number in self.numbers().items()))

    def test_an_older_copy_mails_nobody_however_often_it_tries(self):
        self.expect(0, "plan", "alert")
        known = self.numbers()
        self.raise_witness()
        for _ in range(15):
            err = self.refused("send", "alert", "--yes")
        number, = known.values()
        self.assertIn(f"counted to {number}, its witness to {int(number) + 9}", err)
        self.expect(0, "suppress", "add", "ann@one.example")  # nobody who leaves must wait for a witness
        self.expect(0, "ledger", "adopt", "--yes")
        self.expect(0, "release", "alert")
        self.expect(0, "send", "alert", "--yes")
        self.assertGreater(int(self.numbers()[next(iter(known))]), int(number) + 9)

    def test_a_witness_that_is_gone_is_an_unmounted_disk_not_a_first_use(self):
        self.expect(0, "plan", "alert")
        self.file.rename(self.folder / "unplugged")
        self.assertIn("mounted", self.refused("send", "alert", "--yes"))
        self.assertFalse(self.file.exists())
        self.expect(77, "ledger", "adopt")
        self.refused("send", "alert", "--yes")
        shutil.rmtree(self.folder / "elsewhere")
        self.expect(74, "send", "alert", "--yes")
        self.expect(74, "ledger", "adopt", "--yes")
        self.assertEqual([], self.outbox())

    def test_a_witness_that_fails_or_talks_nonsense_mails_nobody(self):
        for command, why in (("exit 3", "ended with 3"), ("echo what?", "no number"), ("echo 1; echo 2", "no number"),
                             ("echo no route >&2; exit 255", "no route"), ("cat", "no number")):
            self.witness('{command: "%s"}' % command)
            self.assertIn(why, self.expect(74, "send", "alert", "--yes").err)
        self.assertEqual([], self.outbox())

    def test_a_witness_that_hangs_is_not_waited_for_for_ever(self):
        self.witness("{command: sleep 60}")
        self.assertIn("20 seconds", self.expect(74, "send", "alert", "--yes", timeout=50).err)
        self.assertEqual([], self.outbox())

    def test_the_example_of_the_documentation_is_a_witness(self):
        page = (ROOT / "docs/ledger.md").read_text()
        script = self.write("witness.sh", re.search(r"```sh\n(#!/bin/sh\n.*?)```", page, re.S).group(1))
        self.witness('{command: "HOME=$PWD/elsewhere sh %s"}' % script)
        (self.folder / "elsewhere/tocsin-witness").mkdir()
        self.expect(0, "send", "alert", "--yes")
        kept, = (path for path in (self.folder / "elsewhere/tocsin-witness").iterdir() if not path.suffix)
        kept.write_text(str(int(kept.read_text()) + 9) + "\n")
        self.refused("send", "alert", "--yes")


if __name__ == "__main__":
    unittest.main()
