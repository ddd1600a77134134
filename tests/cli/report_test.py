"""What came back: explain, status and report."""

import contextlib
import csv
import sqlite3
import unittest

from workspace import WorkspaceTest

BOUNCE, DELAY, COMPLAINT, UNSUBSCRIBE, AUTO_REPLY = range(5)
HARD, SOFT = 1, 2
NOON = 1_795_521_600_000  # 2026-11-24T12:00:00Z


class ReportTest(WorkspaceTest):
    people = [("ann@one.example", "Ann"), ("bob@one.example", "Bob"), ("cy@three.example", ""),
              ("dee@three.example", "Dee")]

    def setUp(self):
        super().setUp()
        self.expect(0, "suppress", "add", "dee@three.example")
        self.expect(0, "send", "alert", "--yes")

    def note(self, address, kind, bounce=0, status="", text="", row=True):
        """What `inbound` or `serve` would have noted."""
        with contextlib.closing(sqlite3.connect(self.folder / "state/tocsin.db")) as ledger, ledger:
            found = ledger.execute("SELECT id FROM recipient WHERE key = ?", (address,)).fetchone()
            number, = ledger.execute("SELECT count(*) FROM feedback").fetchone()
            ledger.execute("INSERT INTO feedback VALUES (NULL, ?, ?, ?, 'alert', ?, ?, ?, ?, 'file b.eml', ?)",
                           (f"report {number}", address, found[0] if found and row else 0, kind, bounce, status,
                            text, NOON))

    def report(self):
        report = self.expect(0, "report", "alert", "--json").json()
        for counts in [report["outcome"], *report["domains"]]:
            self.assertEqual(counts["total"], sum(counts[name] for name in
                                                  ("delivered", "bounced", "in_doubt", "expired", "waiting", "skipped")))
        self.assertEqual(report["total"], report["outcome"]["total"])
        self.assertEqual(report["total"], sum(domain["total"] for domain in report["domains"]))
        return report

    def test_who_bounced_after_acceptance_was_not_delivered(self):
        self.note("ann@one.example", BOUNCE, HARD, "5.1.1", "no such user")
        self.note("ann@one.example", BOUNCE, HARD, "5.1.1", "no such user")
        self.note("bob@one.example", COMPLAINT, row=False)
        self.note("bob@one.example", UNSUBSCRIBE)
        self.note("cy@three.example", DELAY, SOFT, "4.2.2")
        self.note("cy@three.example", AUTO_REPLY)
        self.note("gone@one.example", BOUNCE, HARD)
        report = self.report()
        self.assertEqual({"total": 4, "delivered": 2, "bounced": 1, "in_doubt": 0, "expired": 0, "waiting": 0,
                          "skipped": 1, "bounced_after_acceptance": 1, "complaints": 1, "unsubscribes": 1},
                         report["outcome"])
        self.assertEqual(3, report["states"]["accepted"])
        self.assertEqual(1, report["unmatched_feedback"])
        self.assertEqual([("one.example", 1, 1, 1), ("three.example", 1, 0, 0)],
                         [(domain["domain"], domain["delivered"], domain["bounced"], domain["complaints"])
                          for domain in report["domains"]])
        self.assertEqual({("bounced", "5.1.1", 1), ("skipped", "suppressed", 1)},
                         {(reason["outcome"], reason["reason"], reason["count"]) for reason in report["reasons"]})

        status = self.status()
        self.assertEqual({"bounced": 1, "delayed": 1, "complained": 1, "unsubscribed": 1,
                          "delivered": 0}, status["feedback"])
        self.assertEqual(3, status["states"]["accepted"])
        self.assertIn("came back: 1 bounced, 1 delayed, 1 complained, 1 unsubscribed",
                      self.expect(0, "status", "alert").out)

        text = self.expect(0, "report", "alert").out
        self.assertRegex(text, r"delivered +2 +50\.0 %")
        self.assertRegex(text, r"bounced +1 +25\.0 % +1 of them after they were accepted")
        self.assertRegex(text, r"complaints +1 +50\.0 %")
        self.assertRegex(text, r"one\.example +2 +1 +1 +1\n")
        self.assertRegex(text, r"1  bounced +5\.1\.1: \w+")

    def test_a_campaign_without_feedback(self):
        report = self.report()
        self.assertEqual((3, 0, 1), tuple(report["outcome"][name] for name in ("delivered", "bounced", "skipped")))
        self.assertNotIn("feedback", self.status())
        self.assertNotIn("came back", self.expect(0, "status", "alert").out)

    def test_explain_tells_everything(self):
        self.note("ann@one.example", BOUNCE, HARD, "5.1.1", "no such\x1b[31m user")
        self.note("ann@one.example", COMPLAINT)
        text = self.expect(0, "explain", "alert", "Ann@ONE.example").out
        self.assertIn("feedback  2026-11-24T12:00:00Z bounce, hard, 5.1.1, by file b.eml\n", text)
        self.assertNotIn("\x1b", text)
        self.assertIn("complaint, by file b.eml", text)
        story = self.expect(0, "explain", "alert", "ann@one.example", "--json").json()
        self.assertEqual([("bounce", "hard", "5.1.1"), ("complaint", None, None)],
                         [(one["kind"], one["class"], one["status"]) for one in story["feedback"]])
        self.assertEqual("accepted", story["state"])
        self.assertEqual([], self.expect(0, "explain", "alert", "bob@one.example", "--json").json()["feedback"])

    def test_a_table_for_a_spreadsheet(self):
        self.note("ann@one.example", BOUNCE, HARD, "5.1.1")
        self.assertEqual("", self.expect(0, "report", "alert", "--csv", "out.csv").out)
        with open(self.folder / "out.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertNotIn("@", (self.folder / "out.csv").read_text())
        self.assertEqual(["all", "domain", "domain", "reason", "reason"], [row["table"] for row in rows])
        self.assertEqual(("4", "2", "1"), tuple(rows[0][name] for name in ("total", "delivered", "bounced")))
        bounce, = [row for row in rows if row["of"].startswith("5.1.1")]
        self.assertEqual(("1", "1", ""), tuple(bounce[name] for name in ("total", "bounced", "skipped")))

    def test_what_cannot_be_reported(self):
        self.expect(66, "report", "nobody")
        self.expect(64, "report")
        self.assertIn("not supported yet", self.expect(64, "report", "alert", "--html", "out.html").err)
        self.write("campaigns/later.yaml", (self.folder / "campaigns/alert.yaml").read_text()
                   .replace("id: alert", "id: later"))
        self.assertIn("not planned yet", self.expect(0, "report", "later").out)
        self.assertEqual(0, self.expect(0, "report", "later", "--json").json()["total"])


if __name__ == "__main__":
    unittest.main()
