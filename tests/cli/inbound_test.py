"""Bounces, complaints and unsubscribe mails: from a mail that was sent to what is known of its recipient."""

import json
import os
import unittest

from returned_mail import ORDINARY, SentMail, auto_reply, complaint, dsn, leave, of_maildir
from servers import SmtpSink
from workspace import CAMPAIGN, CONFIG, WorkspaceTest, parse

SEPARATOR = b"From MAILER-DAEMON Tue Nov 24 10:00:00 2026\n"


class InboundTest(WorkspaceTest):
    """Three people were mailed under return paths of their own."""

    bounce_address = "bounce_address: bounces@b.harbour.example\n"

    def setUp(self):
        super().setUp()
        self.write("tocsin.yaml", CONFIG + self.bounce_address)
        self.expect(0, "send", "alert", "--yes")
        self.mails = self.sent()

    def sent(self):
        return {mail.recipient: mail for mail in map(of_maildir, self.outbox())}

    def inbound(self, *arguments, code=0, **options):
        """One dictionary for each mail."""
        result = self.expect(code, "inbound", "--json", *arguments, **options)
        return [json.loads(line) for line in result.out.splitlines()]

    def standing(self):
        """(address, scope, reason) of each entry."""
        entries = self.expect(0, "suppress", "list", "--json").json()
        return sorted((entry["address"], entry["scope"], entry["reason"]) for entry in entries)

    def story(self, address, campaign="alert"):
        return self.expect(0, "explain", campaign, address, "--json").json()

    def ledger(self):
        """All that feedback may change."""
        return self.standing(), [self.story(address)["feedback"] for address in self.mails]

    def mail_again(self, campaign):
        self.write(f"campaigns/{campaign}.yaml", CAMPAIGN.replace("id: alert", f"id: {campaign}"))
        before = set(self.outbox())
        self.expect(0, "send", campaign, "--yes")
        return {mail.recipient: mail for mail in map(of_maildir, set(self.outbox()) - before)}


class WhatFollowsTest(InboundTest):
    def test_a_hard_bounce_suppresses_everywhere(self):
        ann = self.mails["ann@one.example"]
        self.write("in/1.eml", dsn(ann, "5.1.1", "No such user"))
        self.assertEqual([{"source": "in/1.eml", "kind": "bounce", "class": "hard", "recipient": "ann@one.example",
                           "status": "5.1.1", "matched": True}], self.inbound("in"))
        self.assertEqual([("ann@one.example", "all", "bounce")], self.standing())
        (feedback,) = self.story("ann@one.example")["feedback"]
        self.assertEqual(("bounce", "hard", "5.1.1"), (feedback["kind"], feedback["class"], feedback["status"]))
        self.assertNotIn("ann@one.example", self.mail_again("second"))

    def test_the_return_path_is_proof_enough(self):
        """The report quotes nothing, and names another address."""
        ann = self.mails["ann@one.example"]
        report = dsn(ann, "5.1.1", returned=False).replace(b"ann@one.example", b"other@elsewhere.example")
        self.write("1.eml", report.replace(b"To: bounces", b"To: BOUNCES"))
        self.assertEqual(["ann@one.example"], [mail["recipient"] for mail in self.inbound("1.eml")])
        self.assertEqual([("ann@one.example", "all", "bounce")], self.standing())

    def test_a_policy_bounce_is_counted_only(self):
        self.write("1.eml", dsn(self.mails["ann@one.example"], "5.7.1", "Message looks like spam"))
        (line,) = self.inbound("1.eml")
        self.assertEqual(("bounce", "policy"), (line["kind"], line["class"]))
        self.assertEqual([], self.standing())
        self.assertEqual(1, len(self.story("ann@one.example")["feedback"]))

    def test_the_third_mailing_to_a_full_mailbox_suppresses(self):
        self.write("1.eml", dsn(self.mails["ann@one.example"], "5.2.2", "Mailbox full"))
        self.write("2.eml", dsn(self.mail_again("second")["ann@one.example"], "5.2.2", "Mailbox full", number=2))
        self.write("2b.eml", dsn(self.mails["ann@one.example"], "5.2.2", "Mailbox full", number=3))
        self.inbound("1.eml", "2.eml", "2b.eml")
        self.assertEqual([], self.standing(), "three reports about two mailings")
        self.write("3.eml", dsn(self.mail_again("third")["ann@one.example"], "5.2.2", "Mailbox full", number=4))
        self.inbound("3.eml")
        self.assertEqual([("ann@one.example", "all", "bounce")], self.standing())

    def test_a_delay_is_noted_and_an_auto_reply_is_not(self):
        ann = self.mails["ann@one.example"]
        self.write("1.eml", dsn(ann, "4.4.1", "Connection timed out", action="delayed"))
        self.write("2.eml", auto_reply(ann))
        self.assertEqual(["delay", "auto_reply"], [mail["kind"] for mail in self.inbound("1.eml", "2.eml")])
        self.assertEqual(["delay"], [one["kind"] for one in self.story("ann@one.example")["feedback"]])
        self.assertEqual([], self.standing())

    def test_a_complaint_that_names_nobody(self):
        self.write("1.eml", complaint(self.mails["bob@two.example"]))
        (line,) = self.inbound("1.eml")
        self.assertEqual(("complaint", "bob@two.example", True), (line["kind"], line["recipient"], line["matched"]))
        self.assertEqual([("bob@two.example", "all", "complaint")], self.standing())

    def test_an_unsubscribe_mail_leaves_its_list(self):
        self.write("1.eml", leave(self.mails["bob@two.example"].token))
        (line,) = self.inbound("1.eml")
        self.assertEqual(("unsubscribe", "bob@two.example", True), (line["kind"], line["recipient"], line["matched"]))
        self.assertEqual([("bob@two.example", "action-alerts", "unsubscribe")], self.standing())

    def test_what_is_forged_concerns_nobody(self):
        ann = self.mails["ann@one.example"]
        other = "a" if ann.token[20] != "a" else "b"
        altered = ann.return_path[:20] + ("a" if ann.return_path[20] != "a" else "b") + ann.return_path[21:]
        self.write("1.eml", leave(ann.token[:20] + other + ann.token[21:], sender="ann@one.example"))
        self.write("2.eml", dsn(ann, "5.1.1", to=altered, returned=False))
        self.write("3.eml", dsn(ann, "5.1.1", to="bounces@b.harbour.example", returned=False))
        # Who saw a return path cannot make a token of it.
        self.write("4.eml", leave(ann.return_path.split("+")[1].split("@")[0].replace(".", "")))
        self.assertEqual([False] * 4, [mail["matched"] for mail in self.inbound("1.eml", "2.eml", "3.eml", "4.eml")])
        self.assertEqual([], self.standing())
        self.inbound("2.eml", "3.eml", "--trust-addresses")
        self.assertEqual([("ann@one.example", "all", "bounce")], self.standing())

    def test_a_person_whose_row_is_gone_is_suppressed_by_the_hash(self):
        """The ledger is lost; address and numbers are known to nobody any more."""
        for name in ("tocsin.db", "tocsin.db-wal", "tocsin.db-shm"):
            (self.folder / "state" / name).unlink(missing_ok=True)
        self.expect(0, "suppress", "add", "x@y.example", "--new-ledger")
        self.write("1.eml", dsn(self.mails["ann@one.example"], "5.1.1"))
        self.write("2.eml", leave(self.mails["bob@two.example"].token))
        self.assertEqual([True, True], [mail["matched"] for mail in self.inbound("1.eml", "2.eml")])
        self.assertEqual({"cy@three.example"}, set(self.mail_again("second")))

    def test_another_ledger_gave_the_row_to_somebody_else(self):
        for name in ("tocsin.db", "tocsin.db-wal", "tocsin.db-shm"):
            (self.folder / "state" / name).unlink(missing_ok=True)
        self.write_list("lists/members.csv", [(f"new{n}@four.example", "") for n in range(5)])
        self.expect(0, "send", "alert", "--yes", "--new-ledger")
        self.write("1.eml", dsn(self.mails["ann@one.example"], "5.1.1"))
        self.inbound("1.eml")
        self.assertEqual([], [entry for entry in self.standing() if "new" in (entry[0] or "")])

    def test_after_a_change_of_keys_old_return_paths_count(self):
        (self.folder / "state/secret").rename(self.folder / "state/old")
        self.write("tocsin.yaml", CONFIG + self.bounce_address + "previous_secrets: [{file: state/old}]\n")
        self.expect(0, "suppress", "add", "x@y.example", "--new-ledger")
        self.write("1.eml", dsn(self.mails["ann@one.example"], "5.1.1"))
        self.assertEqual([True], [mail["matched"] for mail in self.inbound("1.eml")])
        self.assertIn(("ann@one.example", "all", "bounce"), self.standing())


class WithoutReturnPathsTest(InboundTest):
    bounce_address = ""

    def test_the_message_id_says_whose_it_is(self):
        for name, change in (("named", lambda report: report),
                             ("unnamed", lambda report: report.replace(b"bob@two.example", b"x@relay.example"))):
            with self.subTest(name):
                mail = self.mails["bob@two.example"]
                report = dsn(mail, "5.1.1", to="campaigns@harbour.example")
                report = b"\n".join(line for line in report.split(b"\n") if b"nsubscribe" not in line)
                self.write(f"{name}.eml", change(report).replace(b"dsn-1", name.encode()))
                (line,) = self.inbound(f"{name}.eml")
                self.assertEqual(("bob@two.example", True), (line["recipient"], line["matched"]))
                self.assertEqual([("bob@two.example", "all", "bounce")], self.standing())
        self.assertEqual(1, len({one["source"] for one in self.story("bob@two.example")["feedback"]} &
                                {"inbound file named.eml"}))

    def test_who_only_saw_a_message_id_can_do_nothing_with_it(self):
        """Mallory got an answer to Ann's mail, and a server on the way saw it, too."""
        ann = self.mails["ann@one.example"]
        seen = parse(ann.raw)["Message-ID"]
        asks = (f"From: {{}}\nTo: campaigns@harbour.example\nSubject: Re: x\nIn-Reply-To: {seen}\n"
                "Message-ID: <{}@e.example>\n\nstop\n")
        self.write("1.eml", asks.format("mallory@elsewhere.example", "m1"))
        answer = dsn(ann, "5.1.1", to="campaigns@harbour.example", returned=False)
        self.write("2.eml", b"References: " + seen.encode() + b"\n" + answer.replace(b"ann@one", b"any@any"))
        self.assertEqual([False, False], [mail["matched"] for mail in self.inbound("1.eml", "2.eml")])
        self.assertEqual([], self.standing())
        self.write("3.eml", asks.format("Ann <Ann@One.example>", "m3"))
        self.write("4.eml", b"References: " + seen.encode() + b"\n" + answer)
        self.assertEqual([True, True], [mail["matched"] for mail in self.inbound("3.eml", "4.eml")])
        self.assertEqual([("ann@one.example", "action-alerts", "unsubscribe"), ("ann@one.example", "all", "bounce")],
                         self.standing())

    def test_a_foreign_message_id_says_nothing(self):
        report = dsn(self.mails["bob@two.example"], "5.1.1", to="campaigns@harbour.example", returned=False)
        foreign = b"--=b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <" + b"a" * 26 + b"@harbour.example>\n\n--=b--"
        self.write("1.eml", report.replace(b"--=b--", foreign))
        self.assertEqual([False], [mail["matched"] for mail in self.inbound("1.eml")])
        self.assertEqual([], self.standing())


class SourcesTest(InboundTest):
    def reports(self):
        ann, bob = self.mails["ann@one.example"], self.mails["bob@two.example"]
        return [dsn(ann, "5.1.1"), complaint(bob), ORDINARY, dsn(ann, "5.7.1", "spam", number=2)]

    kinds = ["bounce", "complaint", "other", "bounce"]

    def maildir(self):
        for part in ("new", "cur", "tmp"):
            (self.folder / "Maildir" / part).mkdir(parents=True)
        for number, report in enumerate(self.reports()):
            self.write(f"Maildir/new/{number}.host", report)
        return self.folder / "Maildir"

    def files(self, folder, part):
        return sorted(path.name for path in (folder / part).iterdir())

    def assert_known(self):
        self.assertEqual([("ann@one.example", "all", "bounce"), ("bob@two.example", "all", "complaint")],
                         self.standing())
        self.assertEqual([2, 1, 0], [len(feedback) for feedback in self.ledger()[1]])

    def test_a_maildir_is_read_once(self):
        maildir = self.maildir()
        self.assertEqual(self.kinds, [mail["kind"] for mail in self.inbound("Maildir")])
        self.assert_known()
        self.assertEqual([], self.files(maildir, "new"))
        self.assertEqual(["0.host:2,S", "1.host:2,S", "2.host:2,FS", "3.host:2,S"], self.files(maildir, "cur"))
        self.assertEqual([], self.inbound("Maildir"))
        self.assert_known()

    def test_the_same_mails_from_elsewhere_change_nothing(self):
        self.write("mbox", b"\n".join(SEPARATOR + report for report in self.reports()))
        for number, report in enumerate(self.reports()):
            self.write(f"in/{number}.eml", report)
        self.maildir()
        self.assertEqual(self.kinds, [mail["kind"] for mail in self.inbound("mbox")])
        before = self.ledger()
        self.assert_known()
        for source in ("mbox", "in", "Maildir"):
            with self.subTest(source):
                said = self.expect(0, "inbound", source).out
                self.assertIn("4 mails: 2 bounces (1 hard, 1 policy), 1 complaint, 1 not understood\n"
                              "0 noted, 3 known before\n1 kept for somebody to look at\n", said)
                self.assertEqual(before, self.ledger())
        self.assertEqual(b"\n".join(SEPARATOR + report for report in self.reports()),
                         (self.folder / "mbox").read_bytes())

    def test_standard_input_keeps_a_copy_of_what_is_not_understood(self):
        bounce = self.inbound("-", input=self.reports()[0].decode())
        self.assertEqual(("-", "bounce", True), (bounce[0]["source"], bounce[0]["kind"], bounce[0]["matched"]))
        self.assertFalse((self.folder / "state/inbound/kept").exists())
        for _ in range(2):
            self.inbound("-", input=ORDINARY.decode())
        (kept,) = (self.folder / "state/inbound/kept").iterdir()
        self.assertEqual((ORDINARY, 0o600), (kept.read_bytes(), kept.stat().st_mode & 0o777))
        self.assertEqual(0o700, kept.parent.stat().st_mode & 0o777)

    def test_a_dry_run_changes_nothing_and_needs_nothing(self):
        maildir = self.maildir()
        before = self.ledger()
        lines = self.inbound("Maildir", "--dry-run")
        self.assertEqual(list(zip(self.kinds, (True, True, False, True))),
                         [(mail["kind"], mail["matched"]) for mail in lines])
        self.assertEqual(4, len(self.files(maildir, "new")))
        self.assertEqual(before, self.ledger())
        bare = self.folder / "bare"
        bare.mkdir()
        lines = self.inbound("../Maildir", "--dry-run", cwd=bare)
        self.assertEqual([(kind, False) for kind in self.kinds], [(mail["kind"], mail["matched"]) for mail in lines])
        self.assertEqual([], list(bare.iterdir()))

    def test_killed_at_any_step_and_run_again(self):
        maildir = self.maildir()
        for failpoint in ("inbound-before-note", "inbound-after-note"):
            with self.subTest(failpoint):
                self.expect(-9, "inbound", "Maildir", failpoint=failpoint)
                self.assertEqual(4, len(self.files(maildir, "new")))
        self.assert_known()
        self.assertEqual(4, len(self.inbound("Maildir")))
        self.assert_known()
        self.assertEqual([], self.files(maildir, "new"))

    def test_killed_between_two_sources_that_are_told(self):
        maildir = self.maildir()
        self.write("in/1.eml", self.reports()[0])
        self.expect(-9, "inbound", "in", "Maildir", failpoint="inbound-after-settle")
        self.assert_known()
        self.inbound("in", "Maildir")
        self.assert_known()
        self.assertEqual([], self.files(maildir, "new"))

    def test_a_kept_mail_of_standard_input_survives_a_kill(self):
        self.expect(-9, "inbound", "-", input=ORDINARY.decode(), failpoint="inbound-after-note")
        self.assertEqual(1, len(list((self.folder / "state/inbound/kept").iterdir())))

    def test_a_disk_that_is_full_leaves_everything_unread(self):
        maildir = self.maildir()
        self.expect(74, "inbound", "Maildir", full="inbound-before-note")
        self.assertEqual(4, len(self.files(maildir, "new")))
        self.assertEqual(4, len(self.inbound("Maildir")))
        self.assert_known()

    def test_thousands_of_mails_go_in_several_batches(self):
        mails = [dsn(self.mails["ann@one.example"], "5.1.1", number=n) for n in range(2500)]
        self.write("mbox", b"\n".join(SEPARATOR + mail for mail in mails))
        self.assertIn("2,500 noted, 0 known before", self.expect(0, "inbound", "mbox").out)
        self.expect(-9, "inbound", "mbox", failpoint="inbound-after-note:2")
        self.assertIn("0 noted, 2,500 known before", self.expect(0, "inbound", "mbox").out)


class EndToEndTest(WorkspaceTest):
    """Over SMTP: what the server was told is what comes back."""

    def test_from_the_envelope_to_the_next_campaign(self):
        sink = self.enterContext(SmtpSink(self.folder / "got"))
        self.write("tocsin.yaml", CONFIG.replace(
            "  outbox: {type: maildir, path: state/outbox}\n",
            f"  outbox: {{type: smtp, host: 127.0.0.1, port: {sink.port}, tls: none}}\n")
            + "bounce_address: bounces@b.harbour.example\n")
        self.expect(0, "send", "alert", "--yes")
        mails = {mail.recipients[0]: SentMail(mail.raw, mail.sender, mail.recipients[0]) for mail in sink.mails()}
        self.assertEqual(3, len({mail.return_path for mail in mails.values()}))
        for mail in mails.values():
            local, domain = mail.return_path.split("@")
            self.assertRegex(local, r"^bounces\+[a-z2-7]{24}\.[a-z2-7]{20}$")
            self.assertEqual("b.harbour.example", domain)
            self.assertEqual(f"{mail.return_path}; report=arf", parse(mail.raw)["CFBL-Address"])
        self.write("1.eml", dsn(mails["ann@one.example"], "5.1.1", returned=False))
        # To the address of CFBL-Address, without a word of whose mail it was.
        self.write("2.eml", complaint(mails["bob@two.example"], to=mails["bob@two.example"].return_path)
                   .replace(mails["bob@two.example"].token.encode(), b"redacted"))
        self.expect(0, "inbound", "1.eml", "2.eml")
        entries = self.expect(0, "suppress", "list", "--json").json()
        self.assertEqual([("ann@one.example", "bounce"), ("bob@two.example", "complaint")],
                         sorted((entry["address"], entry["reason"]) for entry in entries))
        self.assertIn("bounce, hard, 5.1.1, by inbound file 1.eml", self.expect(0, "explain", "alert", "ann@one.example").out)
        sink.forget()
        self.write("campaigns/second.yaml", CAMPAIGN.replace("id: alert", "id: second"))
        self.expect(0, "send", "second", "--yes")
        self.assertEqual([["cy@three.example"]], [mail.recipients for mail in sink.mails()])

    def test_proofs_bounce_to_the_bare_address(self):
        sink = self.enterContext(SmtpSink(self.folder / "got"))
        self.write("tocsin.yaml", CONFIG.replace(
            "  outbox: {type: maildir, path: state/outbox}\n",
            f"  outbox: {{type: smtp, host: 127.0.0.1, port: {sink.port}, tls: none}}\n")
            + "bounce_address: bounces@b.harbour.example\n")
        self.expect(0, "test", "alert", "--to", "me@harbour.example", "--as", "ann@one.example")
        self.assertEqual(["bounces@b.harbour.example"], [mail.sender for mail in sink.mails()])


class UsageTest(InboundTest):
    def test_what_is_wrong_with_a_source_is_said_before_anything_is_read(self):
        self.write("1.eml", dsn(self.mails["ann@one.example"], "5.1.1"))
        for code, source in ((66, "nowhere"), (64, "imap://me@127.0.0.1/INBOX"), (64, "imaps://127.0.0.1/INBOX"),
                             (64, "imaps://me:word@127.0.0.1/INBOX"), (64, "imaps://me@127.0.0.1/INBOX")):
            with self.subTest(source):
                result = self.expect(code, "inbound", "1.eml", source)
                self.assertNotIn("word@", result.err)
                self.assertEqual([], self.standing())
        self.expect(64, "inbound")
        self.expect(64, "inbound", "1.eml", "--move-to", "Done")
        self.expect(64, "inbound", "imaps://me@127.0.0.1/", "--password-env", "A", "--password-file", "B")

    def test_a_server_that_cannot_be_reached(self):
        self.write("word", "secret\n").chmod(0o600)
        result = self.expect(69, "inbound", "imaps://me@127.0.0.1:1/INBOX", "--password-file", "word")
        self.assertIn("imaps://127.0.0.1:1/INBOX", result.err)
        self.assertNotIn("secret", result.err)
        self.write("1.eml", dsn(self.mails["ann@one.example"], "5.1.1"))
        self.expect(69, "inbound", "1.eml", "imaps://me@127.0.0.1:1/INBOX", "--password-file", "word")
        self.assertEqual([("ann@one.example", "all", "bounce")], self.standing())
        self.expect(78, "inbound", "imaps://me@127.0.0.1:1/INBOX", "--password-env", "NO_SUCH_VARIABLE")

    def test_a_ledger_that_is_not_ours(self):
        self.write("1.eml", dsn(self.mails["ann@one.example"], "5.1.1"))
        (self.folder / "state/tocsin.db").unlink()
        self.expect(74, "inbound", "1.eml")

    def test_hostile_bytes(self):
        self.write("in/1", bytes(range(256)) * 40)
        self.write("in/2", b"From \x1b[2J Tue Nov 24 10:00:00 2026\n" * 3)
        self.write("in/3", b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 5000)
        self.write("in/4", b"")
        self.write("in/5", os.urandom(100_000))
        self.assertTrue(all(line["kind"] == "other" and not line["matched"] for line in self.inbound("in")))


if __name__ == "__main__":
    unittest.main()
