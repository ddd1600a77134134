"""Every way in which a server can fail over one recipient's mail, with PIPELINING and without: what becomes of
that mail, that all others go out, and that nobody is told another one's answer.

One send meets all faults of a phase, each in a domain of its own, among people whose mail is well."""

import unittest

from scripted_send import ScriptedSendTest

GOOD = [f"p{i}@good{i % 3}.example" for i in range(30)]
WHATS = ["drop", "hang", "garbage", "nul", "huge", "split", "late", "e421", "r450", "r550"]


class FaultsTest(ScriptedSendTest):
    connections = 3
    server_options = ("--patience", 1, "--late", 1)
    where = phase = None  # as the server calls it, as `explain` does
    shared = None

    @classmethod
    def setUpClass(cls):
        if cls.where is None:
            raise unittest.SkipTest("what its children share")
        cls.shared = cls("send_once")
        cls.addClassCleanup(cls.shared.doCleanups)
        ScriptedSendTest.setUp(cls.shared)
        cls.shared.send_once()

    def setUp(self):
        self.folder, self.server = self.shared.folder, self.shared.server

    def send_once(self):
        troubled = [self.address(what) for what in WHATS]
        mixed = [one for pair in zip(GOOD, troubled) for one in pair] + GOOD[len(troubled):]
        self.write_list("lists/members.csv", [(address, "X") for address in mixed])
        self.result = self.tocsin("send", "alert", "--yes")

    def address(self, what):
        return f"{what}-at-{self.where}@{what}.example"

    def assert_one(self, what, state, reply=None):
        """One attempt, which reached this phase and no more; the server's answer where it was one."""
        story = self.story(self.address(what))
        self.assertEqual(state, story["state"], story)
        self.assertEqual(1, len(story["attempts"]), story)
        attempt = story["attempts"][0]
        reached = "end of data" if state == "accepted" else self.phase
        self.assertEqual((reached, state), (attempt["phase"], attempt["state"]), story)
        if reply:
            self.assertEqual(reply, attempt["reply"])
        elif state != "accepted":
            self.assertNotIn("reply", attempt, story)
            self.assertTrue(attempt["error"])
        asked = [event["what"] for event in self.server.events("trouble") if event.get("to") == self.address(what)]
        self.assertEqual([what], asked, "the fault was not provoked, or more than once")

    def test_everybody_else_is_mailed_once(self):
        everybody = GOOD + [self.address(what) for what in WHATS]
        in_doubt = self.shared.assert_matches_the_server(everybody)
        self.assertLessEqual(set(GOOD), self.assert_nobody_twice())
        for address in GOOD:
            self.assertEqual("accepted", self.state(address), self.story(address))
        self.assertEqual(self.states().get("in_doubt", 0), len(in_doubt))

    def test_the_run_ends_with_what_is_left(self):
        result = self.shared.result
        self.assertEqual(75, result.code, result.out + result.err)
        states = self.states()
        self.assertEqual(40, sum(states.values()))
        named = [line.strip() for line in result.err.splitlines() if line.startswith("  ") and "-at-" in line]
        self.assertEqual(states.get("in_doubt", 0), len([one for one in named if "@" in one and " " not in one]))


class NoAnswerFaults:
    """Where no answer leaves no doubt: `unanswered` is what becomes of the mail."""

    unanswered = "deferred"

    def test_drop(self):
        self.assert_one("drop", self.unanswered)

    def test_hang(self):
        self.assert_one("hang", self.unanswered)

    def test_garbage(self):
        self.assert_one("garbage", self.unanswered)

    def test_nul(self):
        self.assert_one("nul", self.unanswered)

    def test_huge(self):
        self.assert_one("huge", self.unanswered)

    def test_split(self):
        self.assert_one("split", "accepted")

    def test_late(self):
        self.assert_one("late", "accepted")

    def test_421(self):
        self.assert_one("e421", "deferred", "421 4.3.2 closing")

    def test_4xx(self):
        self.assert_one("r450", "deferred", "450 4.2.0 try later")

    def test_5xx(self):
        self.assert_one("r550", "rejected", "550 5.1.1 no such user")


class RcptTest(NoAnswerFaults, FaultsTest):
    where = phase = "rcpt"


class DataTest(NoAnswerFaults, FaultsTest):
    where = phase = "data"


class EndOfDataTest(NoAnswerFaults, FaultsTest):
    where, phase, unanswered = "dot", "end of data", "in_doubt"


class PipelinedRcptTest(RcptTest):
    pipelining = True


class PipelinedDataTest(DataTest):
    pipelining = True


class PipelinedEndOfDataTest(EndOfDataTest):
    pipelining = True


if __name__ == "__main__":
    unittest.main()
