"""The soak's proof finds each thing that it is there to find."""

import unittest

from proof import (ABANDONED, ACCEPT, ACCEPTED, DEFERRED, EXPIRED, IN_DOUBT, PLANNED, REJECTED, RESEND, SKIPPED, STATES,
                   SUPPRESSED, Proof, Row)
from record import End, Mail, Record

ANN = "ann@one.example"
DOUBT = (IN_DOUBT, 5, None, ABANDONED)


class ProofTest(unittest.TestCase):
    def setUp(self):
        self.record = Record("nowhere")
        self.record.opened = {1: 10.0, 2: 20.0}
        self.mail = self.record.mails["c1", ANN] = Mail()
        self.row = Row(ANN, ACCEPTED, 0, [], [])
        self.people, self.kills, self.suppressed = [ANN], 0, {}

    def ended(self, *replies):
        self.mail.bodies = len(replies)
        self.mail.ends = [End(11.0, 1, "digest", reply) for reply in replies]

    def violations(self):
        proof = Proof("c1", self.record, {ANN: self.row}, people=self.people, kills=self.kills, connections=1,
                      suppressed=self.suppressed, starts=[9.0, 19.0])
        states = {state: 0 for state in STATES}
        states[STATES[self.row.state]] = 1
        return [line.split("\n")[0] for line in proof.check({"total": 1, "states": states})]

    def assert_found(self, what):
        self.assertIn(f"{ANN}: {what}", self.violations())

    def test_nothing_where_all_is_well(self):
        self.ended("450", "250")
        self.assertEqual([], self.violations())

    def test_mailed_twice(self):
        for replies in (["250", "250"], ["none", "250"], ["250", "none"]):
            self.ended(*replies)
            self.assert_found("mailed twice")

    def test_mailed_again_by_command_is_no_fault_and_once_more_is(self):
        self.row.resolutions = [RESEND]
        self.ended("none", "250")
        self.assertEqual([], self.violations())
        self.ended("none", "none", "250")
        self.assert_found("mailed twice")

    def test_another_mail_the_second_time(self):
        self.ended("450", "250")
        self.mail.ends[1].digest = "another"
        self.assert_found("not the same mail each time")

    def test_left_out(self):
        for state in (PLANNED, DEFERRED):
            self.row.state = state
            self.assert_found("left out")

    def test_accepted_and_nobody_said_so(self):
        self.ended("none")
        self.assert_found("accepted, and the server never said so")
        self.row.resolutions = [ACCEPT]
        self.assertEqual([], self.violations())

    def test_taken_and_the_ledger_says_otherwise(self):
        self.ended("250")
        for state in (REJECTED, EXPIRED, SKIPPED):
            self.row.state = state
            self.assert_found("the server took it")

    def test_rejected_and_nobody_said_so(self):
        self.row.state = REJECTED
        self.mail.refused = ["450"]
        self.assert_found("rejected, and the server never said so")

    def test_in_doubt_without_a_body(self):
        self.row.state, self.kills = IN_DOUBT, 1
        self.row.attempts = [DOUBT]
        self.assert_found("in doubt, and no body was ever asked for")

    def test_more_in_doubt_than_connections(self):
        self.ended("250")
        self.row.attempts = [DOUBT]
        self.assertEqual(["1 in doubt by 0 kills, more than one a connection"], self.violations())

    def test_skipped_for_no_reason(self):
        self.row.state, self.row.skip = SKIPPED, SUPPRESSED
        self.assert_found("skipped")
        self.suppressed = {ANN: 5.0}
        self.assertEqual([], self.violations())

    def test_mailed_by_a_send_that_began_after_they_had_left(self):
        self.ended("250")
        self.suppressed = {ANN: 15.0}
        self.mail.taken = [(16.0, 1)]
        self.assertEqual([], self.violations())
        self.mail.taken = [(21.0, 2)]
        self.assert_found("mailed by a send that began after they had left")

    def test_somebody_is_missing_or_too_many(self):
        self.ended("250")
        self.people = [ANN, "bob@one.example"]
        self.assertIn("bob@one.example", self.violations()[0])
        self.people = [ANN]
        self.record.mails["c1", "eve@one.example"] = Mail()
        self.assertEqual(["eve@one.example: mailed, and not in the plan"], self.violations())


if __name__ == "__main__":
    unittest.main()
