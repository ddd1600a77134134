"""What ends a send through a provider before everybody got their mail: nonsense for answers, nobody there, signals.
Nobody gets a mail twice, and the next run goes on. It is the same for all: one without batches, one with, one with keys."""

import signal
import time
import unittest

from provider_send import ProviderSendTest, of_each
from servers import free_port

PEOPLE = [f"p{i}" for i in range(60)]


class StopTest(ProviderSendTest):
    batch = 2

    def setUp(self):
        super().setUp()
        self.people_called(*PEOPLE)

    def assert_rest_follows(self):
        self.send(0)
        self.assertEqual({"accepted": len(self.everybody)}, self.states())
        self.assert_matches_the_server()
        self.assertEqual(set(self.everybody), set(self.server.accepted))

    def test_nothing_but_nonsense_stops_the_run_before_the_list_is_in_doubt(self):
        for trouble in ("void-html", "unclear-500", "lost"):
            with self.subTest(trouble):
                self.setUp()
                self.server.always = trouble
                self.send(69)
                self.assert_matches_the_server()
                self.assertGreaterEqual(self.states()["planned"], len(PEOPLE) // 2)

    def test_nobody_listens(self):
        self.configure(endpoint=f"http://127.0.0.1:{free_port()}")
        result = self.send(69)
        self.assertIn("127.0.0.1", result.err)
        self.assertEqual({"planned": len(PEOPLE)}, self.states())
        self.configure()
        self.assert_rest_follows()

    def test_a_signal_lets_finish_what_is_under_way(self):
        self.server.hold_after(10)
        process = self.start_sending()
        self.server.wait_until_holding()
        process.send_signal(signal.SIGTERM)
        time.sleep(0.2)  # it must not depend on when the signal comes; this makes the usual order likely
        self.server.release()
        _, err = process.communicate(timeout=60)
        self.assertEqual(75, process.returncode, err.decode())
        states = set(self.assert_matches_the_server().values())
        self.assertEqual({"accepted", "planned"}, states)
        self.assert_rest_follows()


of_each(StopTest, globals(), ["sendgrid", "mailjet", "resend"])

if __name__ == "__main__":
    unittest.main()
