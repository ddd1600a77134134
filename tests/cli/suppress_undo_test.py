"""Suppressions that servers' replies gave: shown, and taken back without what a person said."""

import contextlib
import sqlite3
import unittest

from workspace import WorkspaceTest

NOON = 1_795_521_600_000  # 2026-11-24T12:00:00Z
HOUR = 3_600_000


class SuppressUndoTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.expect(0, "plan", "alert")
        self.expect(0, "suppress", "add", "manual@one.example")
        for hour, address in enumerate(("a@one.example", "b@one.example", "c@one.example")):
            self.insert("suppression(address, scope, reason, source, time, campaign)",
                        (address, "all", "bounce", "reply", NOON + hour * HOUR, "alert" if hour < 2 else "other"))

    def insert(self, into, values):
        """What a send would have noted."""
        with contextlib.closing(sqlite3.connect(self.folder / "state/tocsin.db")) as ledger, ledger:
            ledger.execute(f"INSERT INTO {into} VALUES ({', '.join('?' * len(values))})", values)

    def standing(self):
        return [entry["address"][0] for entry in self.expect(0, "suppress", "list", "--json").json()]

    def undo(self, *arguments):
        return self.expect(0, "suppress", "undo", *arguments).out

    def test_by_campaign(self):
        self.assertEqual("2 entries that replies gave taken back\n", self.undo("--campaign", "alert"))
        self.assertEqual(["c", "m"], self.standing())
        self.assertEqual("0 entries that replies gave taken back\n", self.undo("--campaign", "alert"))
        story = self.expect(0, "explain", "alert", "a@one.example", "--json").json()
        self.assertEqual([("command line", True)],
                         [(entry["source"], entry["lifted"]) for entry in story["suppressions"]])

    def test_by_time(self):
        self.undo("--since", "2026-11-24T13:00:00Z", "--until", "2026-11-24T14:00:00Z")
        self.assertEqual(["a", "c", "m"], self.standing())
        self.undo("--since", "2026-11-24")
        self.assertEqual(["m"], self.standing())

    def test_what_a_person_said_stays(self):
        self.expect(0, "suppress", "add", "a@one.example", "--reason", "complaint")
        self.undo("--since", "2000-01-01")
        self.assertEqual(["a", "m"], self.standing())

    def test_it_must_be_said_which(self):
        for arguments in ((), ("--until", "2026-11-24"), ("--since", "yesterday"), ("--since", "2026-02-30")):
            with self.subTest(arguments):
                self.expect(64, "suppress", "undo", *arguments)
        self.expect(66, "suppress", "undo", "--campaign", "nobody")
        self.assertEqual(["a", "b", "c", "m"], self.standing())

    def test_what_is_only_noted_is_told_apart_and_blocks_nobody(self):
        self.insert("provisional", (1, "ann@one.example", "all", "bounce", "reply", NOON, "alert", 1))
        self.insert("suppression_event(change, address, scope, reason, source, time, campaign, run)",
                    (2, "ann@one.example", "all", "bounce", "reply", NOON, "alert", 1))
        self.assertNotIn("ann", "".join(self.standing()))
        story = self.expect(0, "explain", "alert", "ann@one.example", "--json").json()
        self.assertEqual([], story["suppressions"])
        self.assertEqual([("reply", False)],
                         [(entry["source"], entry["forgotten"]) for entry in story["provisional_suppressions"]])
        self.assertIn("noted", self.expect(0, "explain", "alert", "ann@one.example").out)
        self.undo("--campaign", "alert")
        self.assertIn("forgotten", self.expect(0, "explain", "alert", "ann@one.example").out)
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(3, self.status()["states"]["accepted"])


if __name__ == "__main__":
    unittest.main()
