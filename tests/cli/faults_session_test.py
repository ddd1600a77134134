"""A server that fails before it knows whom a mail is for: at the greeting, EHLO, STARTTLS, the login, or MAIL.

That is the connection's fault or the sender's. Nobody is charged for it, and nobody's mail is lost by it."""

import pathlib
import shutil
import tempfile
import unittest

from relay_workspace import PASSWORD, USER, RelayTest
from scripted_send import ScriptedSendTest
from servers import ScriptedServer
from submission_server import Authority

PEOPLE = [(f"p{i}@n{i % 4}.example", f"P{i}") for i in range(20)]
BROKEN = ("drop", "hang", "garbage", "nul", "huge", "e421", "r450", "r554")


class SessionTest(ScriptedSendTest):
    """Each trouble meets a workspace and a server of its own, all at the same time: what fails is tried again after
    seconds."""

    people = PEOPLE

    def meet(self, trouble):
        """A child of this test that has this trouble, and a send under way."""
        one = type(self)()
        one.server_options = ["--trouble", trouble, "--patience", 0.3, "--late", 1]
        self.addCleanup(one.doCleanups)
        one.setUp()
        one.trouble = trouble
        one.process = one.start("send", "alert", "--yes")
        return one

    def meet_each(self, troubles, code, then):
        for one in [self.meet(trouble) for trouble in troubles]:
            with self.subTest(one.trouble):
                err = one.ended(one.process, code)
                self.assertNotEqual([], one.server.events("trouble"))
                then(one, err)

    def runTest(self):
        """What `meet` makes runs no test of its own."""

    def assert_nobody_charged(self):
        self.assertEqual({"planned": len(PEOPLE)}, self.states())
        self.assertEqual([], self.server.received())
        self.assertEqual([], self.story(PEOPLE[0][0])["attempts"])

    def assert_all_mailed(self):
        self.assertEqual({"accepted": len(PEOPLE)}, self.states())
        self.assertEqual(set(), self.assert_matches_the_server([address for address, _ in PEOPLE[:3]]))
        self.assertEqual(len(PEOPLE), len(self.assert_nobody_twice()))

    def never_right(self, where):
        def then(one, err):
            self.assertIn("127.0.0.1", err)
            one.assert_nobody_charged()
            self.assertLessEqual(len(one.server.events("connect")), 5)
        self.meet_each([f"{what}-at-{where}" for what in BROKEN], 69, then)

    def well_in_the_end(self, *troubles):
        self.meet_each(troubles, 0, lambda one, _: one.assert_all_mailed())


class ConnectionFaultsTest(SessionTest):
    def test_a_greeting_that_is_never_right(self):
        self.never_right("greeting")

    def test_an_ehlo_that_is_never_answered_right(self):
        self.never_right("ehlo")

    def test_a_greeting_or_ehlo_that_is_slow_or_in_pieces(self):
        self.well_in_the_end("split-at-greeting", "late-at-greeting:1", "split-at-ehlo", "late-at-ehlo:1")

    def test_a_connection_that_fails_once_is_made_again(self):
        self.well_in_the_end("drop-at-greeting:1", "drop-at-ehlo:1", "e421-at-greeting:1", "drop-at-greeting:2",
                             "garbage-at-ehlo:2")


class MailFaultsTest(SessionTest):
    """At MAIL it is known whose mail it is, but the answer says nothing of that person."""

    def test_one_answer_to_mail_that_is_none_costs_a_connection(self):
        self.well_in_the_end("drop-at-mail:7", "hang-at-mail:7", "garbage-at-mail:7", "nul-at-mail:7",
                             "huge-at-mail:7", "e421-at-mail:7", "split-at-mail", "late-at-mail:7")

    def test_one_4xx_to_mail_defers_one(self):
        def then(one, _):
            self.assertEqual({"accepted": 19, "deferred": 1}, one.states())
            self.assertEqual(set(), one.assert_matches_the_server([address for address, _ in PEOPLE]))
            self.assertEqual(19, len(one.assert_nobody_twice()))
        self.meet_each(["r450-at-mail:7"], 75, then)

    def test_a_5xx_to_mail_stops_the_run_and_charges_nobody(self):
        def then(one, err):
            self.assertIn("554 5.7.1 not from you", err)
            self.assertIn("no recipient was charged", err)
            one.assert_nobody_charged()
            self.assertLessEqual(len(one.server.events("mail")), 2 * self.connections)
        self.meet_each(["r554-at-mail"], 69, then)

    def test_a_5xx_to_mail_in_the_middle_of_a_run(self):
        def then(one, _):
            self.assertEqual({"accepted", "planned"}, set(one.states()))
            self.assertEqual(set(), one.assert_matches_the_server([address for address, _ in PEOPLE]))
            one.send(0)
            one.assert_all_mailed()
        self.meet_each(["r554-at-mail:7"], 69, then)

    def test_mail_that_is_never_answered(self):
        """Whoever was tried on two connections is deferred; the run stops at the third."""
        def then(one, _):
            states = one.states()
            self.assertLessEqual(states.get("deferred", 0), self.connections)
            self.assertEqual(len(PEOPLE), states["planned"] + states.get("deferred", 0))
            self.assertEqual([], one.server.received())
        self.meet_each(["drop-at-mail", "garbage-at-mail", "e421-at-mail"], 69, then)


class PipelinedMailFaultsTest(MailFaultsTest):
    pipelining = True


class SecuredTest(RelayTest, SessionTest):
    """STARTTLS and AUTH: whatever comes there, no password and no mail leave in clear."""

    identity = None

    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="tocsin-test-")))
        cls.authority = Authority(folder / "ca")
        cls.identity = cls.authority.issue()

    def make_server(self, name="got"):
        certificate, key = self.identity
        return ScriptedServer(self.folder / name, "--cert", certificate, "--key", key, "--user", USER,
                              "--password", PASSWORD, *self.server_options)

    def configure(self, _):
        RelayTest.configure(self, self.server.port, ca_file="ca.pem")
        shutil.copy(self.authority.certificate, self.folder / "ca.pem")

    def start(self, *arguments, **options):
        return super().start(*arguments, env={"TOCSIN_TEST_PASSWORD": PASSWORD}, **options)

    def never_right(self, where):
        def then(one, _):
            self.assertEqual(len(PEOPLE), one.status()["states"]["planned"])
            self.assertEqual([], one.server.events("mail", "rcpt", "end_of_data"))
            if where == "starttls":
                self.assertEqual([], one.server.events("auth", "tls"))
            if one.trouble.startswith("r554"):
                self.assertEqual(1, len(one.server.events("trouble")), "it stops at the first")
        self.meet_each([f"{what}-at-{where}" for what in BROKEN], 69, then)

    def test_a_starttls_that_is_never_answered_right(self):
        self.never_right("starttls")

    def test_a_login_that_is_never_answered_right(self):
        self.never_right("auth")

    def test_a_login_that_fails_once_in_the_middle(self):
        self.well_in_the_end("drop-at-auth:2")


if __name__ == "__main__":
    unittest.main()
