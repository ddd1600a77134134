"""`tocsin test` through every transport: what arrives, and that it changes nobody's state."""

import unittest

from proofs import assert_proof, of_provider, of_raw
from provider_send import ProviderSendTest, of_each
from returned_mail import SentMail, complaint, dsn, leave, of_maildir
from servers import ScriptedServer, SmtpSink
from serving import Serving
from workspace import CAMPAIGN, CONFIG, WorkspaceTest

INBOXES = ("me@inbox.example", "you@inbox.example")
PEOPLE = {"ann@one.example": "Ann", "bob@two.example": "Bob"}
OUTBOX = "outbox: {type: maildir, path: state/outbox}"


class Everywhere:
    """What holds whatever carries them."""

    def prove(self, *arguments, code=0, **options):
        to = [word for inbox in INBOXES for word in ("--to", inbox)]
        people = [word for address in PEOPLE for word in ("--as", address)]
        result = self.run_command("test", "alert", *to, *people, *arguments, **options)
        self.assertEqual(code, result.code, result.out + result.err)
        return result

    def run_command(self, *arguments, **options):
        return self.tocsin(*arguments, **options)

    def record(self):
        """Everything that is known of anybody."""
        return {path.name: path.read_bytes() for path in (self.folder / "state").glob("tocsin.db*")
                if path.is_file()}

    def test_each_inbox_gets_each_persons_mail_and_nobodys_state_changes(self):
        self.expect(0, "plan", "alert")
        before, status = self.record(), self.status()
        self.assertIn("4 proofs sent", self.prove().out)
        proofs = sorted(self.arrived(), key=lambda proof: (proof.to, proof.subject))
        self.assertEqual([(inbox, name) for inbox in INBOXES for name in PEOPLE.values()],
                         [(proof.to, proof.subject.removeprefix("[TEST] ").partition(",")[0]) for proof in proofs])
        for proof in proofs:
            assert_proof(self, proof, proof.subject.removeprefix("[TEST] ").partition(",")[0])
        names = [proof.headers["message-id"] for proof in proofs if "message-id" in proof.headers]
        self.assertEqual(len(names), len(set(names)))
        self.assertEqual(before, self.record())
        self.assertEqual(status, self.status())
        self.assertEqual([], self.expect(0, "suppress", "list", "--json").json())

    def test_before_a_plan_no_ledger_is_made(self):
        self.prove()
        self.assertEqual({}, self.record())
        self.assertFalse((self.folder / "tocsin.lock").exists())


class MaildirProofs(Everywhere, WorkspaceTest):
    def arrived(self):
        return [of_raw(raw) for raw in self.outbox()]


class SmtpProofs(Everywhere, WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.sink = self.enterContext(SmtpSink(self.folder / "got"))
        self.write("tocsin.yaml", CONFIG.replace(
            OUTBOX, f"outbox: {{type: smtp, host: 127.0.0.1, port: {self.sink.port}, tls: none}}"))

    def arrived(self):
        return [of_raw(mail.raw) for mail in self.sink.mails()]

    def test_only_the_inboxes_are_in_the_envelopes(self):
        self.prove()
        self.assertEqual(sorted([[inbox] for inbox in INBOXES] * 2), sorted(mail.recipients for mail in self.sink.mails()))


class ProviderProofs(Everywhere, ProviderSendTest):
    def make_server(self, **settings):
        return super().make_server(proof=True, **settings)

    def run_command(self, *arguments, **options):
        return self.run_tocsin(*arguments, **options)

    def arrived(self):
        self.assertEqual([], self.server.violations)
        return [of_provider(mail) for mail in self.server.mails]


of_each(ProviderProofs, globals())


class HarmlessTest(WorkspaceTest):
    """Whatever comes back of a proof concerns nobody, the person least of all whose mail it shows."""

    def setUp(self):
        super().setUp()
        self.write("tocsin.yaml", CONFIG + "bounce_address: bounces@b.harbour.example\n")
        self.expect(0, "plan", "alert")
        self.expect(0, "test", "alert", "--to", "bob@two.example", "--as", "ann@one.example")
        [raw] = self.outbox()
        self.mail = of_maildir(raw)

    def assert_nobody_is_concerned(self):
        self.assertEqual([], self.expect(0, "suppress", "list", "--json").json())
        for address in ("ann@one.example", "bob@two.example"):
            story = self.expect(0, "explain", "alert", address, "--json").json()
            self.assertEqual(("planned", []), (story["state"], story["feedback"]))

    def test_its_link_shows_a_page_of_a_test(self):
        with Serving(self) as site:
            answers = [site.get("preview"), site.one_click("preview"), site.choose("preview", "all"),
                       site.get("preview/view")]
        for answer in answers:
            self.assertEqual(200, answer.status)
            self.assertIn("It belongs to nobody.", answer.body)
            self.assertNotIn("<form", answer.body)
        self.assert_nobody_is_concerned()

    def test_it_bounces_to_nobodys_return_path(self):
        self.assertEqual("bounces@b.harbour.example", self.mail.return_path)
        self.write("1.eml", dsn(self.mail, "5.1.1"))
        self.write("2.eml", complaint(self.mail, number=2))
        self.write("3.eml", leave(SentMail(self.mail.raw, self.mail.return_path, "bob@two.example")))
        result = self.expect(0, "inbound", "1.eml", "2.eml", "3.eml", "--json")
        self.assertNotIn('"matched":true', result.out)
        self.assert_nobody_is_concerned()


class RefusedTest(WorkspaceTest):
    def test_what_the_inbox_refuses_is_told_and_the_others_get_theirs(self):
        server = self.enterContext(ScriptedServer(self.folder / "got"))
        self.write("tocsin.yaml", CONFIG.replace(
            OUTBOX, f"outbox: {{type: smtp, host: 127.0.0.1, port: {server.port}, tls: none}}"))
        result = self.expect(69, "test", "alert", "--to", "r550@inbox.example", "--to", "me@inbox.example")
        self.assertIn("not accepted: to r550@inbox.example: 550", result.err)
        self.assertIn("1 proof sent", result.out)
        self.assertEqual([["me@inbox.example"]], [mail.recipients for mail in server.mails()])

    def test_a_mail_with_errors_is_shown_to_nobody(self):
        self.write("templates/alert.txt.mustache", "{{no_such_field}}")
        self.expect(65, "test", "alert", "--to", "me@inbox.example")
        self.assertEqual([], self.outbox())

    def test_an_error_of_the_lint_refuses_too(self):
        self.write("templates/alert.html.mustache", "<p>Dear friend</p>")
        result = self.expect(65, "test", "alert", "--to", "me@inbox.example")
        self.assertIn("[no-unsubscribe-link]", result.err)
        self.assertEqual([], self.outbox())

    def test_addresses_that_are_none_and_people_who_are_in_no_list(self):
        for arguments in (["--to", "nonsense"], ["--to", "me@inbox.example", "--as", "nobody@one.example"],
                          ["--to", "me@inbox.example", "--as", "nonsense"], []):
            self.expect(64, "test", "alert", *arguments)
        self.assertEqual([], self.outbox())

    def test_a_subject_that_is_marked_already_is_not_marked_twice(self):
        self.write("campaigns/alert.yaml", CAMPAIGN.replace('subject: "', 'subject: "[TEST] '))
        self.expect(0, "test", "alert", "--to", "me@inbox.example", "--as", "ann@one.example")
        self.assertEqual(["[TEST] Ann, act now"], [of_raw(raw).subject for raw in self.outbox()])


if __name__ == "__main__":
    unittest.main()
