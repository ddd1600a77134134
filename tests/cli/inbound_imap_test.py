"""`tocsin inbound imaps://…` against a real Dovecot."""

import json
import unittest

from imap_server import ImapServer
from returned_mail import ORDINARY, auto_reply, complaint, dsn, of_maildir
from submission_server import Authority
from workspace import CONFIG, WorkspaceTest

USER, PASSWORD = "bounces", "pass word%é&"


class ImapTest(WorkspaceTest):
    capability = ""  # Dovecot's own

    def setUp(self):
        super().setUp()
        self.write("tocsin.yaml", CONFIG + "bounce_address: bounces@b.harbour.example\n")
        self.expect(0, "send", "alert", "--yes")
        self.sent = {mail.recipient: mail for mail in map(of_maildir, self.outbox())}
        self.authority = Authority(self.folder / "ca")
        self.server = self.enterContext(ImapServer(self.authority.issue(), {USER: PASSWORD}, self.capability))
        self.word = self.write("word", PASSWORD + "\n")
        self.word.chmod(0o600)

    def deliver(self, *mails, folder=""):
        for mail in mails:
            self.server.deliver(USER, mail, folder)

    def four(self):
        ann = self.sent["ann@one.example"]
        return [dsn(ann, "5.1.1"), complaint(self.sent["bob@two.example"]), ORDINARY, auto_reply(ann)]

    kinds = ["bounce", "complaint", "other", "auto_reply"]

    def url(self, folder="INBOX", user=USER, host="127.0.0.1"):
        return f"imaps://{user}@{host}:{self.server.port}/{folder}"

    def run_inbound(self, *arguments, code=0, url=None, password=True, trust=True, **options):
        more = ["--password-file", self.word] if password else []
        more += ["--ca-file", self.authority.certificate] if trust else []
        return self.expect(code, "inbound", url or self.url(), *more, *arguments, **options)

    def inbound(self, *arguments, **options):
        return [json.loads(line) for line in self.run_inbound("--json", *arguments, **options).out.splitlines()]

    def assert_known(self):
        entries = self.expect(0, "suppress", "list", "--json").json()
        self.assertEqual([("ann@one.example", "bounce"), ("bob@two.example", "complaint")],
                         sorted((entry["address"], entry["reason"]) for entry in entries))


class ReadingTest(ImapTest):
    def test_unread_mails_are_read_once_and_marked(self):
        self.deliver(*self.four())
        lines = self.inbound()
        self.assertEqual(self.kinds, [line["kind"] for line in lines])
        self.assertEqual(f"imaps://127.0.0.1:{self.server.port}/INBOX;UID=1", lines[0]["source"])
        self.assert_known()
        self.assertEqual(["S", "S", "FS", "S"], self.server.mails(USER))
        self.assertEqual([], self.inbound())
        self.deliver(dsn(self.sent["cy@three.example"], "5.1.1", number=2))
        self.assertEqual(["cy@three.example"], [line["recipient"] for line in self.inbound()])

    def test_a_dry_run_marks_nothing(self):
        self.deliver(*self.four())
        for _ in range(2):
            self.assertEqual(self.kinds, [line["kind"] for line in self.inbound("--dry-run")])
        self.assertEqual(["", "", "", ""], self.server.mails(USER))
        self.assertEqual([], self.expect(0, "suppress", "list", "--json").json())

    def test_killed_at_any_step_and_run_again(self):
        self.deliver(*self.four())
        for failpoint in ("inbound-before-note", "inbound-after-note"):
            self.run_inbound(code=-9, failpoint=failpoint)
            self.assertEqual(["", "", "", ""], self.server.mails(USER), failpoint)
        said = self.run_inbound().out
        self.assertIn("0 noted, 2 known before\n1 kept for somebody to look at\n", said)
        self.assert_known()
        self.assertEqual(["S", "S", "FS", "S"], self.server.mails(USER))

    def test_a_folder_with_a_name_of_its_own(self):
        # As Dovecot stores it, and as one writes it.
        self.deliver(self.four()[0], folder='R&APw-ckl&AOQ-ufer &- "more"')
        lines = self.inbound(url=self.url("R%C3%BCckl%C3%A4ufer%20%26%20%22more%22"))
        self.assertEqual(["bounce"], [line["kind"] for line in lines])

    def test_a_large_mail_and_one_with_odd_bytes(self):
        large = self.four()[0] + b"x" * 70 + b"\r\n" + (b"y" * 998 + b"\r\n") * 7000
        self.deliver(large, b"\x00\xff" * 100, b"", b"{5}\r\nT1 OK\r\n* BYE\r\n")
        self.assertEqual(["bounce", "other", "other", "other"], [line["kind"] for line in self.inbound()])

    def test_hundreds_of_mails(self):
        ann = self.sent["ann@one.example"]
        self.deliver(*(dsn(ann, "5.1.1", number=n) for n in range(1200)))
        self.assertIn("1,200 noted", self.run_inbound().out)
        self.assertEqual({"S"}, set(self.server.mails(USER)))


class MovingTest(ImapTest):
    def test_what_is_handled_is_moved_and_the_rest_stays(self):
        self.deliver(*self.four())
        self.run_inbound("--move-to", "Done/bounces")
        self.assert_known()
        self.assertEqual(["FS"], self.server.mails(USER))
        self.assertEqual(3, len(self.server.mails(USER, "Done/bounces")))
        self.assertEqual([], self.inbound("--move-to", "Done/bounces"))


class OldServerTest(MovingTest):
    """It offers neither MOVE nor UIDPLUS: a copy, and a mark that it may be deleted."""

    capability = "IMAP4rev1"

    def test_what_is_handled_is_moved_and_the_rest_stays(self):
        self.deliver(*self.four())
        self.run_inbound("--move-to", "Done")
        self.assert_known()
        self.assertEqual(["ST", "ST", "FS", "ST"], self.server.mails(USER))
        self.assertEqual(3, len(self.server.mails(USER, "Done")))
        self.assertEqual([], self.inbound("--move-to", "Done"))


class RefusalTest(ImapTest):
    """69, with what to do about it, and never a word of the password."""

    def refused(self, *said, **options):
        self.deliver(self.four()[0])
        result = self.run_inbound(code=69, **options)
        for words in said:
            self.assertIn(words, result.err)
        self.assertNotIn(PASSWORD, result.err + result.out)
        self.assertEqual({""}, set(self.server.mails(USER)))

    def test_a_wrong_password(self):
        self.word.write_text("wrong\n")
        self.refused("refused the login", "check user and password")

    def test_a_certificate_of_an_unknown_authority(self):
        self.refused("certificate", "--ca-file", trust=False)

    def test_a_certificate_of_another_host(self):
        other = Authority(self.folder / "other")
        server = self.enterContext(ImapServer(other.issue("DNS:mail.example"), {USER: PASSWORD}))
        self.authority, self.server = other, server
        self.refused("--ca-file")

    def test_a_folder_that_is_not_there(self):
        self.refused("cannot open", "/Nowhere", url=self.url("Nowhere"))

    def test_a_mailbox_that_cannot_be_changed_is_handled_again_next_time(self):
        """The server refuses to move; what was noted is noted."""
        self.deliver(*self.four())
        self.run_inbound("--move-to", "a/../b", code=69)
        self.assert_known()
        self.assertEqual(3, self.server.mails(USER).count(""))
        self.assertIn("2 known before", self.run_inbound().out)

    def test_secrets_from_variable_and_command(self):
        self.deliver(*self.four())
        self.expect(0, "inbound", self.url(), "--ca-file", self.authority.certificate, "--password-env", "IMAP_WORD",
                    env={"IMAP_WORD": PASSWORD})
        self.expect(0, "inbound", self.url(), "--ca-file", self.authority.certificate, "--password-command",
                    f"cat '{self.word}'")
        self.assert_known()


if __name__ == "__main__":
    unittest.main()
