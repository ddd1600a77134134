"""kill -9 at each named step of a send over SMTP, with PIPELINING and without, and what the next run makes of it:
everybody has exactly one end of data, or is in doubt and named."""

import signal
import unittest

from scripted_send import ScriptedSendTest

PEOPLE = [(f"p{i}@n{i % 4}.example", f"P{i}") for i in range(40)]


class KilledAtStepTest(ScriptedSendTest):
    people = PEOPLE
    connections = 3
    delay = 0.003

    def runTest(self):
        """What `anew` makes runs no test of its own."""

    def anew(self):
        """The same once more, with a workspace and a server of its own."""
        one = type(self)()
        self.addCleanup(one.doCleanups)
        one.setUp()
        return one

    def kill_at(self, step, *passages):
        """Killed at the N-th passage of a step."""
        for passage in passages or (1,):
            with self.subTest(step, passage=passage):
                one = self.anew()
                one.die_at(f"{step}:{passage}")
                yield one

    def die_at(self, failpoint):
        result = self.tocsin("send", "alert", "--yes", failpoint=failpoint)
        self.assertEqual(-signal.SIGKILL, result.code, result.out + result.err)

    def assert_next_run_ends_it(self, most_in_doubt):
        result = self.tocsin("send", "alert", "--yes")
        states = self.states()
        in_doubt = states.pop("in_doubt", 0)
        self.assertEqual({"accepted": len(PEOPLE) - in_doubt}, states)
        self.assertLessEqual(in_doubt, most_in_doubt)
        self.assertEqual(3 if in_doubt else 0, result.code, result.out + result.err)
        named = {line.strip() for line in result.err.splitlines() if line.startswith("  p")}
        self.assertEqual(in_doubt, len(named), result.err)
        self.assertLessEqual({address for address, _ in PEOPLE} - self.assert_nobody_twice(), named)
        for address in named:
            self.assertEqual("in_doubt", self.state(address))
        return named

    def assert_nobody_mailed(self):
        self.assertEqual([], self.server.received())

    def test_while_the_plan_is_written(self):
        for step in ("w0-rows", "w0-before-ready"):
            for one in self.kill_at(step):
                one.assert_nobody_mailed()
                self.assertEqual(0, one.status()["total"])
                one.assert_next_run_ends_it(0)

    def test_when_the_plan_is_ready(self):
        for one in self.kill_at("w0-after-ready"):
            one.assert_nobody_mailed()
            self.assertEqual({"planned": 40}, one.states())
            one.assert_next_run_ends_it(0)

    def test_while_rows_are_claimed(self):
        for step in ("w1-before-commit", "w1-after-claim", "w1-claimed"):
            for one in self.kill_at(step):
                one.assert_nobody_mailed()
                one.assert_next_run_ends_it(0)

    def test_around_the_first_intents(self):
        for step in ("w2-before-commit", "w2-after-commit", "w2-durable"):
            for one in self.kill_at(step):
                one.assert_nobody_mailed()
                one.assert_next_run_ends_it(0)

    def test_around_intents_in_the_middle_of_a_run(self):
        for step in ("w2-before-commit", "w2-after-commit", "w2-durable"):
            for one in self.kill_at(step, 6):
                one.assert_next_run_ends_it(self.connections)

    def test_between_the_end_of_data_and_its_answer(self):
        for one in self.kill_at("end-of-data-left", 1, 7):
            self.assertGreater(len(one.assert_next_run_ends_it(self.connections)), 0)

    def test_between_the_answer_and_its_record(self):
        for step in ("w3-reply-parsed", "w3-before-commit"):
            for one in self.kill_at(step, 1, 6):
                answered = one.server.events("accepted")
                self.assertGreater(len(answered), 0)
                one.assert_next_run_ends_it(self.connections)

    def test_after_an_answer_that_refused_the_sender(self):
        one = self.anew()
        one.write_list("lists/members.csv", [("once-r530-at-dot@n.example", "First"), *PEOPLE])
        one.die_at("sender-refused")
        result = one.tocsin("send", "alert", "--yes")
        story = one.story("once-r530-at-dot@n.example")
        self.assertEqual(("accepted", 1), (story["state"], len(story["attempts"])), result.err)
        mailed = [event["to"][0] for event in one.server.events("accepted")]
        self.assertEqual(1, mailed.count("once-r530-at-dot@n.example"))

    def test_after_the_record_nothing_is_lost(self):
        for one in self.kill_at("w3-after-commit", 1, 6):
            self.assertGreater(one.states().get("accepted", 0), 0)
            one.assert_next_run_ends_it(self.connections)

    def test_while_recovering(self):
        for step in ("recover-before-commit", "recover-after-commit"):
            for one in self.kill_at("end-of-data-left", 5):
                one.die_at(step)
                one.die_at(step)
                one.assert_next_run_ends_it(self.connections)

    def test_again_and_again(self):
        one = self.anew()
        steps = ("w2-durable", "end-of-data-left", "w3-reply-parsed", "w3-after-commit", "w2-after-commit")
        for step in steps:
            one.die_at(f"{step}:3")
        one.assert_next_run_ends_it(len(steps) * self.connections)


class PipelinedKilledAtStepTest(KilledAtStepTest):
    pipelining = True


if __name__ == "__main__":
    unittest.main()
