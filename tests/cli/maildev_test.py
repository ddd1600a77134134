"""Proofs in the local test inbox of docs/proofs.md: maildev from npm, read back through its API."""

import re
import unittest

from npm_tools import MailDev
from proofs import HARMLESS, assert_proof, of_raw
from workspace import CONFIG, SampleTest, WorkspaceTest

INBOX = "me@inbox.example"


class MailDevTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.maildev = self.enterContext(MailDev(self.folder / "maildev"))
        self.write("tocsin.yaml", CONFIG.replace(
            "outbox: {type: maildir, path: state/outbox}",
            f"outbox: {{type: smtp, host: 127.0.0.1, port: {self.maildev.smtp_port}, tls: none}}"))

    def test_a_proof_is_there_with_both_parts_subject_and_headers(self):
        self.expect(0, "test", "alert", "--to", INBOX, "--as", "ann@one.example")
        [mail] = self.maildev.mails()
        self.assertEqual("[TEST] Ann, act now", mail["subject"])
        self.assertEqual([INBOX], [one["address"] for one in mail["to"]])
        self.assertEqual(INBOX, mail["envelope"]["to"][0]["address"])
        self.assertEqual([{"address": "campaigns@harbour.example", "name": "Reem and Mark"}], mail["from"])
        self.assertIn("Dear Ann", mail["text"])
        self.assertIn("<p>Dear Ann", mail["html"])
        self.assertIn(HARMLESS, mail["headers"]["list-unsubscribe"])
        assert_proof(self, of_raw(self.maildev.source(mail)), "Ann")

    def test_several_inboxes_and_people(self):
        self.expect(0, "test", "alert", "--to", INBOX, "--to", "you@inbox.example", "--as", "ann@one.example",
                    "--as", "bob@two.example")
        self.assertEqual({(to, f"[TEST] {name}, act now") for to in (INBOX, "you@inbox.example") for name in ("Ann", "Bob")},
                         {(mail["to"][0]["address"], mail["subject"]) for mail in self.maildev.mails()})


class SampleMailDevTest(SampleTest):
    def test_the_samples_transport_inbox_is_ready_for_it(self):
        """As the page tells, but for the port."""
        maildev = self.enterContext(MailDev(self.folder / "maildev"))
        config = (self.folder / "tocsin.yaml").read_text()
        self.assertRegex(config, r"inbox:\n    type: smtp\n    host: 127\.0\.0\.1\n    port: 1025\n    tls: none\n")
        self.write("tocsin.yaml", config.replace("port: 1025", f"port: {maildev.smtp_port}"))
        self.expect(0, "test", "night-buses", "--transport", "inbox", "--to", INBOX, "--as", "william@millpond.example")
        [mail] = maildev.mails()
        self.assertRegex(mail["subject"], r"^\[TEST\] William, ")
        self.assertIn("William", mail["text"])
        self.assertEqual({"https://u.commonway.example/u/preview"},
                         set(re.findall(r"https://u\.commonway\.example/u/[a-z2-7]+", mail["html"] + mail["text"])))
        self.assertEqual([], self.outbox())


if __name__ == "__main__":
    unittest.main()
