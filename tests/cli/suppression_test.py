"""The suppression list: pauses, entries that are kept as keyed hashes, export and import."""

import base64
import contextlib
import csv
import re
import sqlite3
import stat
import unittest

from workspace import CAMPAIGN, CONFIG, WorkspaceTest

HASHED = CONFIG + "suppression: {hashed: true}\n"


class ListTest(WorkspaceTest):
    def listed(self, *arguments):
        return self.expect(0, "suppress", "list", "--json", *arguments).json()

    def hashes(self):
        return [entry["hash"] for entry in self.listed()]

    def skipped(self, campaign="alert"):
        return self.status(campaign)["skipped_by_reason"]["suppressed"]

    def execute(self, sql, *values):
        with contextlib.closing(sqlite3.connect(self.folder / "state/tocsin.db")) as ledger, ledger:
            return ledger.execute(sql, values).fetchall()

    def another_campaign(self, campaign="next"):
        self.write(f"campaigns/{campaign}.yaml", CAMPAIGN.replace("id: alert", f"id: {campaign}"))
        self.expect(0, "send", campaign, "--yes")


class PauseTest(ListTest):
    def test_a_pause_skips_until_it_is_over(self):
        out = self.expect(0, "suppress", "add", "Bob@two.example", "--pause", "30").out
        self.assertEqual("1 entry added, 0 known before\n", out)
        entry, = self.listed()
        self.assertEqual(("bob@two.example", "all", "pause"),
                         (entry["address"], entry["scope"], entry["reason"]))
        self.assertRegex(entry["until"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertIn("until " + entry["until"], self.expect(0, "suppress", "list").out)
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(1, self.skipped())
        self.assertIn("until " + entry["until"], self.expect(0, "explain", "alert", "bob@two.example").out)

        self.execute("UPDATE suppression SET until = time + 1")
        self.assertEqual([], self.listed())
        self.assertEqual([], self.listed("bob@two.example"))
        self.another_campaign()
        self.assertEqual(0, self.skipped("next"))

    def test_a_pause_never_weakens_an_entry_and_ends_in_one(self):
        self.expect(0, "suppress", "add", "ann@one.example", "--reason", "asked")
        self.expect(0, "suppress", "add", "bob@two.example", "--pause", "90")
        for days in ("30", "60"):
            out = self.expect(0, "suppress", "add", "ann@one.example", "bob@two.example", "--pause", days).out
            self.assertEqual("0 entries added, 2 known before\n", out)
        self.expect(0, "suppress", "add", "bob@two.example")
        self.assertEqual([("asked", False), ("manual", False)],
                         [(entry["reason"], "until" in entry) for entry in self.listed()])

    def test_no_pause_is_no_time(self):
        for days in ("0", "-1", "forever", "100000"):
            with self.subTest(days):
                self.expect(64, "suppress", "add", "bob@two.example", "--pause", days)
        self.assertEqual([], self.listed())

    def test_pauses_are_exported_and_come_back(self):
        self.expect(0, "suppress", "add", "bob@two.example", "--pause", "30")
        before = self.listed()
        self.expect(0, "suppress", "export", "out.csv")
        self.expect(0, "suppress", "remove", "bob@two.example")
        self.expect(0, "suppress", "import", "out.csv")
        self.assertEqual(before, self.listed())
        self.expect(0, "suppress", "add", "bob@two.example")
        out = self.expect(0, "suppress", "import", "out.csv").out
        self.assertEqual("0 entries imported, 1 known before\n", out)
        self.assertNotIn("until", self.listed()[0])

    def test_bad_times_and_hashes_import_nothing(self):
        self.write("in.csv", "address,until,hash\nann@one.example,,\nbob@two.example,soon,\n,,h:12\n")
        result = self.expect(65, "suppress", "import", "in.csv")
        self.assertIn("in.csv:3:17: error: `soon` is no time", result.err)
        self.assertIn("in.csv:4:3: error: this is no hash that `suppress export` wrote", result.err)
        self.assertEqual([], self.listed())


class NormalisedTest(ListTest):
    people = [("ann@one.example", "Ann"), ("cy@xn--bcher-kva.example", "Cy"), ("Dé@two.example", "D")]

    def test_an_address_is_known_in_every_spelling(self):
        self.write("in.csv", "email\nANN@ONE.EXAMPLE\ncy@B\u00dcCHER.example\nDe\u0301@TWO.example\n")
        for config in (CONFIG, HASHED):
            with self.subTest(config[-16:]):
                self.write("tocsin.yaml", config)
                self.expect(0, "suppress", "import", "in.csv")
                self.assertEqual(3, len(self.listed()))
                self.assertEqual(1, len(self.listed("Cy@b\u00fccher.EXAMPLE")))
                self.another_campaign("after-" + str(len(config)))
                self.assertEqual(3, self.skipped("after-" + str(len(config))))
                self.expect(0, "suppress", "remove", "ann@one.example", "cy@b\u00fccher.example", "D\u00e9@two.example")


    def test_what_export_could_not_write_is_not_added(self):
        for option in ("--reason", "--scope"):
            self.expect(64, "suppress", "add", "a@x.example", option, "a\nb")
            self.expect(64, "suppress", "add", "a@x.example", option, "\x1b[31mred")
        self.assertEqual([], self.listed())
        self.expect(0, "suppress", "add", "a@x.example")
        self.assertIn("a@x.example,all,manual", self.expect(0, "suppress", "export", "-").out)
        self.assertFalse((self.folder / "-").exists())


class HashedTest(ListTest):
    def setUp(self):
        super().setUp()
        self.write("tocsin.yaml", HASHED)
        self.key = self.folder / "state/suppression-key"

    def test_no_address_is_kept_and_everybody_is_still_left_out(self):
        self.expect(0, "suppress", "add", "Bob@Two.example", "--reason", "asked")
        entry, = self.listed()
        self.assertIsNone(entry["address"])
        self.assertRegex(entry["hash"], "^h:[0-9a-f]{16}:[0-9a-f]{32}$")
        self.assertEqual(0o600, stat.S_IMODE(self.key.stat().st_mode))
        self.assertRegex((self.folder / "tocsin.lock").read_text(), '(?m)^suppression_key: "[0-9a-f]{16}"$')
        for file in (self.folder / "state").glob("tocsin.db*"):
            self.assertNotIn(b"bob@two", file.read_bytes().lower())
        self.assertEqual([entry], self.listed("BOB@two.example"))
        self.assertEqual([], self.listed("ann@one.example"))
        self.assertIn("3 recipients", self.expect(0, "check", "alert").out)
        self.assertIn("2 mails rendered", self.expect(0, "send", "alert", "--dry-run").out)
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(1, self.skipped())
        self.assertIn("asked", self.expect(0, "explain", "alert", "bob@two.example").out)

    def test_entries_are_lifted_by_address_or_by_hash(self):
        self.expect(0, "suppress", "add", "ann@one.example", "bob@two.example")
        self.assertIn("1 entry lifted", self.expect(0, "suppress", "remove", "bob@two.example").out)
        self.assertIn("1 entry lifted", self.expect(0, "suppress", "remove", *self.hashes()).out)
        self.assertEqual([], self.listed())
        history = self.expect(0, "explain", "alert", "bob@two.example", "--json").json()["suppressions"]
        self.assertEqual([False, True], [entry["lifted"] for entry in history])

    def test_entries_of_before_and_after_count_alike(self):
        self.write("tocsin.yaml", CONFIG)
        self.expect(0, "suppress", "add", "ann@one.example")
        self.write("tocsin.yaml", HASHED)
        self.expect(0, "suppress", "add", "bob@two.example")
        self.assertIn("1 known before", self.expect(0, "suppress", "add", "ann@one.example").out)
        self.write("tocsin.yaml", CONFIG)
        self.assertIn("1 known before", self.expect(0, "suppress", "add", "bob@two.example").out)
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(2, self.skipped())

    def test_what_was_exported_comes_back(self):
        self.expect(0, "suppress", "add", "bob@two.example", "--reason", "asked", "--scope", "action-alerts")
        before = self.listed()
        self.expect(0, "suppress", "export", "out.csv")
        with open(self.folder / "out.csv", newline="") as file:
            row, = csv.DictReader(file)
        self.assertEqual(("", before[0]["hash"]), (row["address"], row["hash"]))
        self.assertIn("1 known before", self.expect(0, "suppress", "import", "out.csv").out)
        self.expect(0, "suppress", "remove", "bob@two.example")
        self.expect(0, "suppress", "import", "out.csv")
        self.assertEqual(before, self.listed())
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(1, self.skipped())

    def test_hashes_of_another_key_are_not_imported(self):
        self.expect(0, "suppress", "add", "bob@two.example")
        self.expect(0, "suppress", "export", "out.csv")
        self.expect(0, "suppress", "remove", "bob@two.example")
        self.key.write_text("0" * 64)
        result = self.expect(0, "suppress", "add", "x@y.example", "--new-ledger")
        result = self.expect(65, "suppress", "import", "out.csv")
        self.assertIn("1 entry of the file: hashes under another key", result.err)
        self.assertEqual(1, len(self.listed()))

    def test_a_lost_key_refuses_until_it_is_back_or_given_up(self):
        self.expect(0, "suppress", "add", "bob@two.example")
        kept = self.key.read_text()
        self.key.unlink()
        for config in (HASHED, CONFIG):
            self.write("tocsin.yaml", config)
            for command in (("send", "alert", "--yes"), ("suppress", "add", "x@y.example"),
                            ("suppress", "list", "bob@two.example"), ("explain", "alert", "bob@two.example")):
                self.expect(0, "hold", "alert")  # a brake needs no key
                self.expect(0, "release", "alert")
                result = self.expect(74, *command)
                self.assertIn("there is no key at state/suppression-key", result.err)
                self.assertIn("--new-ledger", result.err)
        self.assertEqual(1, len(self.listed()))
        self.assertFalse(self.key.exists())
        self.key.write_text("0" * 64)
        self.key.chmod(0o600)
        self.assertIn("not the one that tocsin.lock names", self.expect(74, "send", "alert", "--yes").err)
        self.key.write_text(kept)
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(1, self.skipped())

        self.write("tocsin.yaml", HASHED)
        self.key.unlink()
        self.expect(0, "suppress", "add", "ann@one.example", "--new-ledger")
        self.another_campaign()
        self.assertEqual(1, self.skipped("next"))

    def test_a_lost_key_is_noticed_without_its_line_in_the_lock(self):
        lock = self.folder / "tocsin.lock"
        self.expect(0, "suppress", "add", "bob@two.example")
        lock.write_text(re.sub("(?m)^suppression_key.*\n", "", lock.read_text()))
        self.key.rename(self.folder / "away")
        self.expect(74, "send", "alert", "--yes")
        (self.folder / "away").rename(self.key)
        self.expect(0, "send", "alert", "--yes")
        self.assertIn("suppression_key", lock.read_text())

    def test_the_key_outlives_an_exchange_of_the_secret(self):
        self.expect(0, "suppress", "add", "bob@two.example")
        (self.folder / "state/secret").rename(self.folder / "state/secret-old")
        self.write("tocsin.yaml", HASHED + "previous_secrets: [{file: state/secret-old}]\n")
        self.expect(0, "send", "alert", "--yes", "--new-ledger")
        self.assertEqual(1, self.skipped())

    def test_the_hash_of_an_old_token_blocks_its_address(self):
        """What somebody leaves behind whose row was erased."""
        self.expect(0, "send", "alert", "--yes")
        fingerprint = re.search('(?m)^key: "(.*)"', (self.folder / "tocsin.lock").read_text())[1]
        mail, = [mail for mail in self.outbox() if b"bob@two.example" in mail]
        token = re.search(rb"unsubscribe\+([a-z2-7]{52})@", mail.replace(b"=\r\n", b"").replace(b"\r\n ", b""))[1]
        digest = base64.b32decode(token.upper() + b"====")[12:20].hex()
        self.write("in.csv", f"hash,reason\nt:{fingerprint}:{digest},unsubscribe\n")
        self.expect(0, "suppress", "import", "in.csv")
        (self.folder / "state/secret").rename(self.folder / "state/secret-old")
        self.write("campaigns/next.yaml", CAMPAIGN.replace("id: alert", "id: next"))
        forgotten = self.expect(0, "plan", "next", "--new-ledger").err
        self.assertIn("1 entry of the suppression list blocks nobody", forgotten)
        self.assertIn("previous_secrets", forgotten)
        self.write("tocsin.yaml", CONFIG + "previous_secrets: [{file: state/secret-old}]\n")
        told = self.expect(0, "send", "next", "--yes", "--new-ledger").err
        self.assertNotIn("blocks nobody", told)
        self.assertEqual(1, self.skipped("next"))
        self.assertEqual(1, len(self.listed("bob@two.example")))

    def test_max_age_is_not_supported_yet(self):
        self.write("tocsin.yaml", CONFIG + "suppression: {max_age: 30 days}\n")
        self.assertIn("not supported yet", self.expect(78, "status").err)
        self.write("tocsin.yaml", CONFIG + "suppression: {hashed: perhaps}\n")
        self.expect(78, "status")


if __name__ == "__main__":
    unittest.main()
