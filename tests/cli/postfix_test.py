"""Sending through a whole Postfix with STARTTLS and AUTH, with PIPELINING and without.

It rejects what comes in a group where none was allowed, and ends sessions with too many errors. Whatever it
refuses: everybody is accounted for, and nobody gets a mail twice."""

import collections
import email
import os
import pathlib
import shutil
import smtplib
import ssl
import tempfile
import unittest

from postfix_server import PostfixServer
from relay_workspace import PASSWORD, USER, RelayTest
from submission_server import Authority
from workspace import TEXT

GONE, LATER = "550 5.1.1 no such mailbox", "450 4.2.0 greylisted"
REFUSE = [("^gone", GONE), ("^later", LATER)]
DOTS = ".\n..\n.hidden files\n"


# It ends a session after so many errors in a row, and is not slowed by the first of them.
MOST_ERRORS = 6
PARAMETERS = {"smtpd_soft_error_limit": 1000, "smtpd_hard_error_limit": MOST_ERRORS}


@unittest.skipUnless(os.geteuid() == 0, "Postfix needs root")
class WithPipelining(RelayTest):
    people = [(f"p{i}@n{i % 4}.example", f"P{i}") for i in range(40)]
    pipelining = True

    @classmethod
    def setUpClass(cls):
        cls.common = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="tocsin-test-")))
        cls.authority = Authority(cls.common / "ca")
        hidden = {} if cls.pipelining else {"smtpd_discard_ehlo_keywords": "pipelining"}
        cls.server = cls.enterClassContext(
            PostfixServer(cls.authority.issue(), {USER: PASSWORD}, REFUSE, **PARAMETERS, **hidden))

    def setUp(self):
        super().setUp()
        self.server.forget()
        shutil.copy(self.authority.certificate, self.folder / "ca.pem")
        self.configure(self.server.port, ca_file="ca.pem", connections=3, messages_per_connection=7)

    def mail_to(self, *people):
        self.write_list("lists/members.csv", people)
        self.expected = {address for address, _ in people if not address.startswith(("gone", "later"))}

    def assert_each_has_one(self):
        self.server.settle()
        arrived = collections.Counter(address for mail in self.server.mails() for address in mail.recipients)
        self.assertEqual(dict.fromkeys(self.expected, 1), dict(arrived))

    def assert_states(self, **expected):
        states = self.status()["states"]
        self.assertEqual(expected, {state: count for state, count in states.items() if count})

    def assert_explained(self, address, state, reply):
        story = self.expect(0, "explain", "alert", address, "--json").json()
        self.assertEqual(state, story["state"])
        self.assertIn(reply.split(" ", 2)[2], story["attempts"][-1]["reply"])

    def test_the_server_is_what_this_test_is_about(self):
        with smtplib.SMTP("127.0.0.1", self.server.port) as client:
            client.starttls(context=ssl.create_default_context(cafile=self.authority.certificate))
            client.ehlo()
            self.assertEqual(self.pipelining, client.has_extn("pipelining"))

    def test_everybody_gets_one_mail_byte_for_byte(self):
        self.write("templates/alert.txt.mustache", DOTS + TEXT)
        self.mail_to(*self.people)
        self.send(0)
        self.assert_each_has_one()
        self.assert_states(accepted=40)
        names = dict(self.people)
        for mail in self.server.mails():
            text = email.message_from_bytes(mail.raw).get_payload(0).get_payload(decode=True).decode()
            self.assertTrue(text.startswith(DOTS + f"Dear {names[mail.recipients[0]]},\n"), text)
            self.assertEqual("campaigns@harbour.example", mail.sender)
        self.send(0)
        self.assert_each_has_one()

    def test_refused_recipients_among_others_on_the_same_connections(self):
        refused = [(f"{kind}{i}@n.example", "") for i in range(6) for kind in ("gone", "later")]
        mixed = [person for pair in zip(self.people, refused) for person in pair]
        self.mail_to(*mixed, *self.people[len(refused):])
        self.send(75)
        self.assert_states(accepted=40, rejected=6, deferred=6)
        self.assert_each_has_one()
        self.assert_explained("gone3@n.example", "rejected", GONE)
        self.assert_explained("later3@n.example", "deferred", LATER)

    def test_more_errors_in_a_row_than_the_server_bears_with(self):
        gone = [(f"gone{i}@n.example", "") for i in range(4 * MOST_ERRORS)]
        self.mail_to(*self.people[:1], *gone[:3 * MOST_ERRORS], *self.people[1:], *gone[3 * MOST_ERRORS:])
        self.write("tocsin.yaml", (self.folder / "tocsin.yaml").read_text() + "breaker: {rejected: 90%}\n")
        self.configure(self.server.port, ca_file="ca.pem", connections=1)
        self.send(0)
        self.assert_states(accepted=40, rejected=len(gone))
        self.assertTrue("too many errors" in self.server.log(), "the server has ended no session")
        self.assert_each_has_one()

    def test_only_refused_recipients(self):
        self.mail_to(*[(f"gone{i}@n.example", "") for i in range(5)])
        self.send(0)
        self.assert_states(rejected=5)
        self.assert_each_has_one()


class WithoutPipelining(WithPipelining):
    pipelining = False


if __name__ == "__main__":
    unittest.main()
