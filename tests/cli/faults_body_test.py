"""A server that fails while a mail's body comes in: the end of data has not left, so that nobody is in doubt.

The mails are larger than what can be on its way unread."""

import os
import unittest

from scripted_send import ScriptedSendTest
from workspace import CAMPAIGN

SIZE = 4_000_000


class BodyFaultsTest(ScriptedSendTest):
    people = [("ann@one.example", "Ann"), ("bob@two.example", "Bob")]
    server_options = ("--patience", 0.5)

    def setUp(self):
        super().setUp()
        self.write("files/briefing.pdf", os.urandom(SIZE))
        self.write("campaigns/alert.yaml", CAMPAIGN + "attachments: [files/briefing.pdf]\n")

    def meet(self, what, state, reply=None):
        address = f"{what}-at-body@{what}.example"
        people = [self.people[0], (address, "X"), self.people[1]]
        self.write_list("lists/members.csv", people)
        self.send(0 if state == "rejected" else 75)
        self.assertEqual({"accepted": 2, state: 1}, self.states())
        story = self.story(address)
        self.assertEqual([(state, "body", reply)], [(one["state"], one["phase"], one.get("reply"))
                                                    for one in story["attempts"]], story)
        self.assertEqual([what], [event["what"] for event in self.server.events("trouble")])
        taken = [event["to"] for event in self.server.events("accepted")]
        self.assertEqual(sorted([one] for one, _ in self.people), sorted(taken))
        self.assertEqual({one for one, _ in self.people}, self.assert_nobody_twice())

    def test_drop(self):
        self.meet("drop", "deferred")

    def test_hang(self):
        self.meet("hang", "deferred")

    def test_garbage(self):
        self.meet("garbage", "deferred")

    def test_nul(self):
        self.meet("nul", "deferred")

    def test_huge(self):
        self.meet("huge", "deferred")

    def test_a_250_before_the_end_is_no_acceptance(self):
        self.meet("split", "deferred")

    def test_421(self):
        self.meet("e421", "deferred", "421 4.3.2 closing")

    def test_4xx(self):
        self.meet("r450", "deferred", "450 4.2.0 try later")

    def test_5xx(self):
        self.meet("r550", "rejected", "550 5.1.1 no such user")


class PipelinedBodyFaultsTest(BodyFaultsTest):
    pipelining = True


if __name__ == "__main__":
    unittest.main()
