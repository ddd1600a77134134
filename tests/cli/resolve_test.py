"""Mails in doubt, resolved: by the log of a relay that took them, or by a decision."""

import gzip
import json
import os
import re
import time
import unittest
from datetime import datetime, timedelta, timezone

from interrupted_send_test import ScriptedSendTest

ANN = "ann@one.example"
DOUBT = ["drop-at-dot@one.example", "drop-at-dot@two.example"]


class ResolveTest(ScriptedSendTest):
    people = [(ANN, "Ann")] + [(address, "X") for address in DOUBT]

    def setUp(self):
        super().setUp()
        self.send(3)

    def resolve(self, code, *arguments):
        return self.expect(code, "resolve", "alert", "--json", *arguments).json()

    def doubts(self):
        return self.resolve(3)["in_doubt"]

    def message_id(self, address):
        doubt = next(doubt for doubt in self.doubts() if doubt["address"] == address)
        return doubt["message_ids"][0]

    def line(self, seconds, text):
        """One line of rsyslog, so long after now."""
        stamp = (datetime.now(timezone.utc) + timedelta(seconds=seconds)).isoformat(timespec="microseconds")
        return f"{stamp} relay {text}\n"

    def postfix(self, message_id, queue_id="4XyZab1c2D"):
        return (self.line(-9, f"postfix/smtpd[19]: {queue_id}: client=localhost[127.0.0.1]")
                + self.line(0, f"postfix/cleanup[22]: {queue_id}: message-id=<{message_id}>")
                + self.line(0, f"postfix/qmgr[57]: {queue_id}: from=<campaigns@harbour.example>, size=342, nrcpt=1 "
                               "(queue active)")
                + self.line(1, f"postfix/smtp[23]: {queue_id}: to=<x@y.example>, relay=none, delay=0.04, "
                               "delays=0.03/0.01/0/0, dsn=2.0.0, status=sent (250 2.0.0 Ok)"))

    def story(self, address):
        return self.expect(0, "explain", "alert", address, "--json").json()


class ListTest(ResolveTest):
    def test_who_is_in_doubt_is_listed_and_nothing_is_changed(self):
        before = self.states()
        text = self.expect(3, "resolve", "alert")
        for address in DOUBT:
            self.assertIn(address, text.out)
        self.assertNotIn(ANN, text.out)
        self.assertIn("--in-doubt resend", text.err)
        listed = self.doubts()
        self.assertEqual(DOUBT, [doubt["address"] for doubt in listed])
        self.assertEqual({"outbox"}, {doubt["transport"] for doubt in listed})
        for doubt in listed:
            self.assertRegex(doubt["message_ids"][0], r"^[a-z2-7]{26}@harbour\.example$")
            self.assertIn(doubt["message_ids"][0], text.out)
        self.assertEqual(before, self.states())

    def test_the_message_ids_are_those_that_the_server_saw(self):
        sent = {re.search(rb"^Message-ID: <(.*)>", mail.raw, re.M)[1].decode() for mail in self.server.mails()}
        self.assertLessEqual({doubt["message_ids"][0] for doubt in self.doubts()}, sent)

    def test_without_the_secret_they_are_listed_without_message_ids(self):
        secret = next((self.folder / "state").glob("*secret*"))
        secret.rename(self.folder / "elsewhere")
        result = self.expect(3, "resolve", "alert")
        self.assertIn(DOUBT[0], result.out)
        self.assertNotIn("Message-ID", result.out)
        self.assertIn("without Message-IDs", result.err)
        self.write("mail.log", "")
        self.assertEqual(78, self.tocsin("resolve", "alert", "--relay-log", "mail.log").code)

    def test_a_campaign_that_nobody_knows(self):
        self.expect(66, "resolve", "nobody")


class RelayLogTest(ResolveTest):
    def test_a_mail_that_the_relay_took_is_accepted_with_its_line_as_evidence(self):
        self.write("mail.log", self.postfix(self.message_id(DOUBT[0])))
        result = self.resolve(3, "--relay-log", "mail.log")
        self.assertEqual([DOUBT[1]], [doubt["address"] for doubt in result["in_doubt"]])
        [resolved] = result["resolved"]
        self.assertEqual((DOUBT[0], "accept"), (resolved["address"], resolved["resolution"]))
        self.assertRegex(resolved["evidence"], r"^Postfix took it as 4XyZab1c2D at \S+Z and delivered it$")
        self.assertEqual({"accepted": 2, "in_doubt": 1}, self.states())
        story = self.story(DOUBT[0])
        self.assertEqual("accepted", story["state"])
        self.assertEqual("relay log", story["resolutions"][0]["source"])
        self.assertEqual(resolved["evidence"], story["resolutions"][0]["evidence"])
        self.assertIn("4XyZab1c2D", self.expect(0, "explain", "alert", DOUBT[0]).out)

    def test_all_are_found_in_rotated_logs_and_nothing_is_in_doubt_any_more(self):
        cleanup, *rest = self.postfix(self.message_id(DOUBT[0])).splitlines(keepends=True)[1:]
        # Rotated in between; the shell names the newer first.
        self.write("mail.log", "".join(rest) + self.postfix(self.message_id(DOUBT[1]), "4XyZab1c2E"))
        old = self.write("mail.log.1.gz", gzip.compress(cleanup.encode()))
        os.utime(old, (time.time() - 60, time.time() - 60))
        result = self.resolve(0, "--relay-log", "mail.log", "mail.log.1.gz")
        self.assertEqual([], result["in_doubt"])
        self.assertEqual({"accepted": 3}, self.states())
        self.assertIn("nobody is in doubt", self.expect(0, "resolve", "alert").out)
        self.send(0)
        self.assert_nobody_twice()

    def test_a_log_without_it_says_whether_it_covers_the_time(self):
        self.write("early.log", self.line(-900, "postfix/anvil[1]: statistics: x"))
        self.write("around.log", self.line(-900, "postfix/anvil[1]: statistics: x")
                   + self.line(900, "postfix/anvil[1]: statistics: x"))
        for log, covers in (("early.log", False), ("around.log", True)):
            with self.subTest(log):
                result = self.resolve(3, "--relay-log", log)
                self.assertEqual([covers, covers], [doubt["logs_cover"] for doubt in result["in_doubt"]])
        self.assertIn("cover the time and do not have it",
                      self.expect(3, "resolve", "alert", "--relay-log", "around.log").out)
        self.assertEqual({"accepted": 1, "in_doubt": 2}, self.states())

    def test_a_missing_log_changes_nothing(self):
        self.write("mail.log", self.postfix(self.message_id(DOUBT[0])))
        self.expect(66, "resolve", "alert", "--relay-log", "mail.log", "none.log", "--in-doubt", "accept")
        self.assertEqual({"accepted": 1, "in_doubt": 2}, self.states())

    def test_the_rest_is_decided_after_the_logs(self):
        self.write("mail.log", self.postfix(self.message_id(DOUBT[0])))
        result = self.resolve(0, "--relay-log", "mail.log", "--in-doubt", "resend", "--yes")
        self.assertEqual(["accept", "resend"], [resolved["resolution"] for resolved in result["resolved"]])
        self.assertEqual({"accepted": 2, "deferred": 1}, self.states())


class DecisionTest(ResolveTest):
    def test_resent_they_are_mailed_again_with_the_same_bytes(self):
        self.resolve(0, "--in-doubt", "resend", "--yes")
        self.assertEqual({"accepted": 1, "deferred": 2}, self.states())
        self.send(3)  # This server drops them again.
        received = self.server.received()
        self.assertEqual([1, 2, 2], [received.count(address) for address, _ in self.people])
        raw = {}
        for mail in self.server.mails():
            raw.setdefault(mail.recipients[0], []).append(mail.raw)
        for address in DOUBT:
            self.assertEqual(2, len(raw[address]))
            self.assertEqual(*raw[address])
        self.assertEqual(["in_doubt", "in_doubt"], [attempt["state"] for attempt in self.story(DOUBT[0])["attempts"]])

    def test_nobody_is_mailed_again_without_a_yes(self):
        result = self.expect(77, "resolve", "alert", "--in-doubt", "resend")
        self.assertIn("--yes", result.err)
        self.assertEqual({"accepted": 1, "in_doubt": 2}, self.states())

    def test_accepted_they_are_final(self):
        self.resolve(0, "--in-doubt", "accept")
        self.assertEqual({"accepted": 3}, self.states())
        self.send(0)
        self.assert_nobody_twice()

    def test_held_they_stay_in_doubt_and_the_decision_is_kept(self):
        result = self.resolve(3, "--in-doubt", "hold")
        self.assertEqual(2, len(result["in_doubt"]))
        self.assertEqual({"accepted": 1, "in_doubt": 2}, self.states())
        [resolution] = self.story(DOUBT[0])["resolutions"]
        self.assertEqual(("hold", "command line"), (resolution["resolution"], resolution["source"]))

    def test_a_cancelled_campaign_is_not_sent_again(self):
        self.expect(0, "cancel", "alert")
        self.expect(77, "resolve", "alert", "--in-doubt", "resend", "--yes")
        self.assertEqual({"accepted": 1, "in_doubt": 2}, self.states())

    def test_another_word_is_refused(self):
        self.expect(64, "resolve", "alert", "--in-doubt", "forget")


class KilledTest(ScriptedSendTest):
    """Nobody runs send again in between: what a dead one left is found all the same."""

    people = [("once-hang-at-dot@one.example", "X")]

    def test_what_a_dead_send_left_is_in_doubt(self):
        process = self.start("send", "alert", "--yes")
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        self.server.wait_for("trouble", 1)
        self.assertIn("nobody is in doubt", self.expect(0, "resolve", "alert").out)
        self.expect(0, "resolve", "alert", "--in-doubt", "resend", "--yes")
        process.kill()
        process.wait()
        [doubt] = json.loads(self.expect(3, "resolve", "alert", "--json").out)["in_doubt"]
        self.assertEqual("once-hang-at-dot@one.example", doubt["address"])
        self.expect(0, "resolve", "alert", "--in-doubt", "resend", "--yes")
        self.send(0)
        self.assertEqual({"accepted": 1}, self.states())


if __name__ == "__main__":
    unittest.main()
