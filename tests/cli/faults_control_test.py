"""A send with PIPELINING that is stopped, held, cancelled, started twice, or told to slow down."""

import time
import unittest

from interrupted_send_test import StoppedTest
from scripted_send import ScriptedSendTest


class PipelinedStoppedTest(StoppedTest):
    pipelining = True

    def test_a_signal_while_nobody_answers_and_a_second_one(self):
        """Mails whose end of data is out and unanswered are in doubt, no others."""
        process = self.start_sending(20)
        with self.server.paused():
            process.terminate()
            time.sleep(0.5)
            self.assertIsNone(process.poll(), "it does not wait for the mails under way")
            process.terminate()
            process.communicate(timeout=10)
        self.assertEqual(-15, process.returncode)
        self.tocsin("send", "alert", "--yes")
        states = self.states()
        in_doubt = states.pop("in_doubt", 0)
        self.assertLessEqual(in_doubt, self.connections)
        self.assertEqual({"accepted": 60 - in_doubt}, states)
        missing = {address for address, _ in self.people} - self.assert_nobody_twice()
        self.assertLessEqual(len(missing), in_doubt)

    def test_started_twice_at_the_same_moment(self):
        both = [self.start("send", "alert", "--yes") for _ in range(2)]
        codes = []
        for process in both:
            process.communicate(timeout=30)
            codes.append(process.returncode)
        self.assertEqual(0, min(codes), codes)
        self.assertIn(max(codes), (0, 75), codes)  # 0: the first had ended
        self.assertEqual({"accepted": 60}, self.states())
        self.assertEqual(60, len(self.assert_nobody_twice()))


del StoppedTest  # its own file runs it


class ThrottledTest(ScriptedSendTest):
    """One domain says that mail comes too quickly: it alone is slowed."""

    connections = 3
    slow = [f"slow+{i}@busy.example" for i in range(30)]
    others = [f"p{i}@n{i % 4}.example" for i in range(90)]

    def throttle(self):
        mixed = [one for i, slow in enumerate(self.slow) for one in (slow, *self.others[3 * i:3 * i + 3])]
        self.write_list("lists/members.csv", [(address, "X") for address in mixed])
        process = self.start_sending(1)
        begun = time.monotonic()
        self.server.wait_for("accepted", len(self.others))
        took = time.monotonic() - begun
        time.sleep(0.5)
        process.terminate()  # it may wait for the domain
        self.ended(process, 75)
        return took

    def test_it_alone_is_slowed(self):
        took = self.throttle()
        self.assertLess(took, 5, "the others were held up")
        states = self.states()
        self.assertEqual(90, states["accepted"])
        self.assertEqual(30, states["deferred"] + states["planned"])
        self.assertLessEqual(states["deferred"], 4 * self.connections, "it was asked again during its pause")
        self.assertEqual(set(self.others), self.assert_nobody_twice())

    def test_explain_tells_the_decision(self):
        self.throttle()
        stories = [self.story(address) for address in self.slow[:6]]
        deferred = [story for story in stories if story["state"] == "deferred"]
        self.assertGreater(len(deferred), 0)
        attempt = deferred[0]["attempts"][0]
        self.assertEqual("450 4.7.28 you send too quickly", attempt["reply"])
        self.assertIn("throttled (4.7.28): next try in about", attempt["decision"])
        self.assertIn("its domain slows down", attempt["decision"])


class PipelinedThrottledTest(ThrottledTest):
    pipelining = True


if __name__ == "__main__":
    unittest.main()
