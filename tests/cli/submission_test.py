"""Sending through a server that wants STARTTLS and a password: Dovecot's, which relays to smtp-sink.

Whatever is wrong with certificate or login: nothing is sent, nobody is charged, and no secret is told."""

import base64
import pathlib
import shutil
import tempfile
import unittest

from relay_workspace import PASSWORD, USER, RelayTest
from servers import ScriptedServer, SmtpSink
from submission_server import Authority, SubmissionServer

LOGIN = "Info: Login: "


class TransportTest(RelayTest):
    people = [(f"p{i}@n{i % 4}.example", f"P{i}") for i in range(30)]

    def assert_nothing_sent(self):
        self.assertEqual(30, self.status()["states"]["planned"])
        self.assertEqual([], self.sink.mails())

    def assert_tells_no_secret(self, result, *secrets):
        spellings = [text.encode() for text in secrets]
        spellings += [base64.b64encode(text).rstrip(b"=") for text in spellings]
        spellings.append(base64.b64encode(b"\0" + "\0".join(secrets).encode()).rstrip(b"="))
        said = (result.out + result.err).encode()
        kept = [path for path in (self.folder / "state").rglob("*") if path.is_file()]
        for text in spellings:
            self.assertNotIn(text, said)
            self.assertEqual([], [path for path in kept if text in path.read_bytes()])


class SubmissionTest(TransportTest):
    @classmethod
    def setUpClass(cls):
        cls.common = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="tocsin-test-")))
        cls.authority = Authority(cls.common / "ca")
        cls.sink = cls.enterClassContext(SmtpSink(cls.common / "sink"))
        cls.usual_server = cls.enterClassContext(cls.server_with(cls.authority.issue()))

    @classmethod
    def server_with(cls, identity):
        return SubmissionServer(identity, {USER: PASSWORD}, cls.sink.port)

    def setUp(self):
        super().setUp()
        self.sink.forget()
        self.usual_server.forget()
        shutil.copy(self.authority.certificate, self.folder / "ca.pem")
        self.use(self.usual_server, connections=3)

    def use(self, server, **more):
        self.server = server
        self.configure(server.port, **{"ca_file": "ca.pem"} | more)

    def assert_everything_arrived(self):
        reached = sorted(address for mail in self.sink.mails() for address in mail.recipients)
        self.assertEqual(sorted(address for address, _ in self.people), reached)
        self.assertEqual(30, self.status()["states"]["accepted"])

    def test_with_the_right_certificate_and_password_everything_arrives(self):
        result = self.send(0, "-v")
        self.assert_everything_arrived()
        for login in self.server.logged(LOGIN):
            self.assertIn(f"user=<{USER}>", login)
            self.assertIn(", TLS,", login)
        self.assert_tells_no_secret(result, USER, PASSWORD)

    def test_a_second_send_does_not_even_log_in(self):
        self.send(0)
        self.send(0, password="wrong")
        self.assert_everything_arrived()

    def test_login_instead_of_plain(self):
        self.use(self.server, auth="login")
        self.send(0)
        self.assertIn("method=LOGIN", self.server.logged(LOGIN)[0])
        self.assert_everything_arrived()

    def test_password_from_a_file(self):
        path = self.write("relay-password", PASSWORD + "\n")
        path.chmod(0o600)
        self.use(self.server, password="{file: relay-password}")
        self.expect(0, "send", "alert", "--yes")
        self.assert_everything_arrived()

    def test_a_password_file_that_others_can_read_is_refused(self):
        self.write("relay-password", PASSWORD + "\n").chmod(0o644)
        self.use(self.server, password="{file: relay-password}")
        self.expect(78, "send", "alert", "--yes")
        self.assert_nothing_sent()

    def test_a_password_that_is_not_there(self):
        result = self.expect(78, "send", "alert", "--yes")
        self.assertIn("TOCSIN_TEST_PASSWORD", result.err)
        self.assert_nothing_sent()

    def test_another_authority(self):
        Authority(self.folder / "other")
        self.use(self.server, ca_file="other/ca.pem")
        self.assert_certificate_refused()

    def test_an_authority_that_the_system_does_not_know(self):
        self.use(self.server, ca_file=None)
        self.assert_certificate_refused()

    def test_a_certificate_for_another_host(self):
        identity = Authority(self.folder / "ca").issue("DNS:other.example")
        self.use(self.enterContext(self.server_with(identity)), ca_file="ca/ca.pem")
        self.assert_certificate_refused()

    def assert_certificate_refused(self):
        result = self.send(69, "-v")
        self.assertIn("certificate", result.err)
        self.assertIn(f"127.0.0.1:{self.server.port}", result.err)
        self.assert_nothing_sent()
        self.assertEqual([], self.server.logged_so_far(LOGIN))
        self.assert_tells_no_secret(result, USER, PASSWORD)

    def test_a_wrong_password(self):
        wrong = "not-the-right-one-5d20"
        result = self.send(69, "-v", password=wrong)
        self.assertIn("refused the login", result.err)
        self.assert_nothing_sent()
        self.assertEqual(1, len(self.server.logged("auth failed")), "it stops at the first refusal")
        self.assertEqual([], self.server.logged_so_far(LOGIN))
        self.assert_tells_no_secret(result, USER, wrong)
        self.send(0)
        self.assert_everything_arrived()

    def test_a_proof_with_a_wrong_password(self):
        result = self.expect(69, "test", "alert", "--to", "me@harbour.example", "-v",
                             env={"TOCSIN_TEST_PASSWORD": "wrong-5d20"})
        self.assertEqual([], self.sink.mails())
        self.assert_tells_no_secret(result, USER, "wrong-5d20")

    def test_check_logs_in_where_it_is_asked_to(self):
        self.expect(0, "check", "alert")
        self.assertEqual([], self.server.logged_so_far(LOGIN))
        self.expect(0, "check", "alert", "--connect", env={"TOCSIN_TEST_PASSWORD": PASSWORD})
        self.assertEqual(1, len(self.server.logged(LOGIN)))
        wrong = "wrong-5d20"
        result = self.expect(69, "check", "alert", "--connect", env={"TOCSIN_TEST_PASSWORD": wrong})
        self.assertIn("refused the login", result.err)
        self.assert_tells_no_secret(result, USER, wrong)
        self.assertEqual([], self.sink.mails())

    def test_a_proof(self):
        self.expect(0, "test", "alert", "--to", "me@harbour.example", env={"TOCSIN_TEST_PASSWORD": PASSWORD})
        self.assertEqual([["me@harbour.example"]], [mail.recipients for mail in self.sink.mails()])


class ScriptedTest(TransportTest):
    """What Dovecot cannot be made to do."""

    def serve(self, *options):
        self.server = self.enterContext(ScriptedServer(self.folder / "got", *options))
        self.sink = self.server
        self.configure(self.server.port)

    def test_no_credentials_in_clear_to_a_server_without_starttls(self):
        self.serve("--user", USER, "--password", PASSWORD)
        result = self.send(69, "-v")
        self.assertIn("STARTTLS", result.err)
        self.assert_nothing_sent()
        self.assertEqual([], self.server.events("tls", "auth", "mail", "rcpt"))
        self.assertGreater(len(self.server.events("ehlo")), 0)
        self.assert_tells_no_secret(result, USER, PASSWORD)

    def test_no_mail_without_the_login_that_is_configured(self):
        self.serve()
        self.configure(self.server.port, tls="none")
        result = self.send(69)
        self.assertIn("offers no login", result.err)
        self.assert_nothing_sent()
        self.assertEqual([], self.server.events("mail"))

    def test_implicit_tls(self):
        certificate, key = Authority(self.folder / "ca").issue()
        self.serve("--cert", certificate, "--key", key, "--implicit-tls", "--user", USER, "--password", PASSWORD)
        self.configure(self.server.port, tls="implicit", ca_file="ca/ca.pem")
        self.send(0)
        self.assertEqual(sorted(address for address, _ in self.people), sorted(self.server.received()))


if __name__ == "__main__":
    unittest.main()
