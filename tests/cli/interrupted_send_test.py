"""A send over SMTP that is killed, stopped, held, or meets a server that misbehaves: nobody gets a mail twice,
and whoever might have got none is in doubt."""

import signal
import time
import unittest

from scripted_send import ScriptedSendTest


class KilledTest(ScriptedSendTest):
    people = [(f"p{i}@one.example", f"P{i}") for i in range(200)]
    delay = 0.02

    def kill_after(self, count):
        process = self.start_sending(count)
        process.kill()
        process.communicate()

    def finish(self, most_in_doubt):
        result = self.tocsin("send", "alert", "--yes")
        states = self.states()
        in_doubt = states.pop("in_doubt", 0)
        self.assertEqual({"accepted": 200 - in_doubt}, states)
        self.assertEqual(3 if in_doubt else 0, result.code, result.out + result.err)
        self.assertLessEqual(in_doubt, most_in_doubt)
        missing = {address for address, _ in self.people} - self.assert_nobody_twice()
        for address in missing:
            self.assertIn("in_doubt", self.expect(0, "explain", "alert", address).out)

    def test_killed_half_way_and_run_again(self):
        self.kill_after(100)
        self.assertLess(len(self.server.received()), 150)
        self.finish(2 * self.connections)

    def test_killed_again_and_again(self):
        for count in (20, 60, 100, 140):
            self.kill_after(count)
        self.finish(4 * 2 * self.connections)


class KilledAtTest(ScriptedSendTest):
    """Killed while the server has not answered yet, at a place that is known."""

    def killed_at(self, address):
        self.write_list("lists/members.csv", self.people + [(address, "X")])
        process = self.start("send", "alert", "--yes")
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        self.server.wait_for("trouble", 1)
        while self.status()["states"]["accepted"] < len(self.people):
            self.assertIsNone(process.poll())
        process.kill()
        process.communicate()  # on a busy machine it holds the campaign for a moment yet

    def test_before_the_end_of_data_it_is_sent_by_the_next_run(self):
        for where in ("rcpt", "data"):
            with self.subTest(where):
                self.setUp()
                self.killed_at(f"once-hang-at-{where}@one.example")
                self.send(0)
                self.assertEqual({"accepted": 4}, self.states())
                self.assertEqual(4, len(self.assert_nobody_twice()))

    def test_after_the_end_of_data_it_is_in_doubt_and_not_sent_again(self):
        self.killed_at("once-hang-at-dot@one.example")
        result = self.send(3)
        self.assertIn("in doubt", result.err)
        self.assertIn("in_doubt", self.expect(0, "explain", "alert", "once-hang-at-dot@one.example").out)
        self.assertEqual(4, len(self.assert_nobody_twice()))


class StoppedTest(ScriptedSendTest):
    people = [(f"p{i}@one.example", f"P{i}") for i in range(60)]
    delay = 0.005

    def assert_stopped_at_once(self, before, rest):
        """Only what was under way was sent, all of it is on record, and all others are in the state `rest`."""
        received = self.assert_nobody_twice()
        self.assertLessEqual(len(received), before + 2 * self.connections)
        self.assertEqual({"accepted": len(received), rest: 60 - len(received)}, self.states())

    def assert_the_rest_follows(self):
        self.send(0)
        self.assertEqual(60, len(self.assert_nobody_twice()))
        self.assertEqual({"accepted": 60}, self.states())

    def stop_by(self, signal_number):
        process = self.start_sending(20)
        with self.server.paused():
            before = len(self.server.received())
            process.send_signal(signal_number)
        self.assertIn("run send again", self.ended(process, 75))
        self.assert_stopped_at_once(before, "planned")
        self.assert_the_rest_follows()

    def test_sigterm_lets_finish_what_is_under_way(self):
        self.stop_by(signal.SIGTERM)

    def test_sigint_does_the_same(self):
        self.stop_by(signal.SIGINT)

    def test_a_second_signal_ends_it_at_once(self):
        process = self.start_sending(20)
        with self.server.paused():
            process.terminate()
            time.sleep(0.3)  # two signals at the same time are one
            process.terminate()
            process.communicate(timeout=10)
        self.assertEqual(-signal.SIGTERM, process.returncode)
        self.assertIn(self.tocsin("send", "alert", "--yes").code, (0, 3))
        states = self.states()
        self.assertEqual(60, states["accepted"] + states.get("in_doubt", 0))
        self.assertLessEqual(60 - len(self.assert_nobody_twice()), states.get("in_doubt", 0))

    def test_hold_stops_a_running_send_before_its_next_mail(self):
        process = self.start_sending(20)
        with self.server.paused():
            before = len(self.server.received())
            self.expect(0, "hold", "alert", "--reason", "wrong date")
        self.assertIn("wrong date", self.ended(process, 77))
        self.assert_stopped_at_once(before, "planned")
        self.expect(77, "send", "alert", "--yes")
        self.expect(0, "release", "alert")
        self.assert_the_rest_follows()

    def test_cancel_ends_a_running_send(self):
        process = self.start_sending(20)
        with self.server.paused():
            before = len(self.server.received())
            self.expect(0, "cancel", "alert")
        self.ended(process, 77)
        self.assert_stopped_at_once(before, "skipped")

    def test_an_unsubscribe_during_the_send_is_honoured(self):
        process = self.start_sending(20)
        with self.server.paused():
            self.expect(0, "suppress", "add", "p59@one.example")
        self.ended(process, 0)
        self.assertNotIn("p59@one.example", self.assert_nobody_twice())
        self.assertEqual({"accepted": 59, "skipped": 1}, self.states())

    def test_a_second_sender_leaves_it_alone(self):
        process = self.start_sending(20)
        with self.server.paused():
            result = self.expect(75, "send", "alert", "--yes")
        self.assertIn(f"process {process.pid}", result.err)
        self.ended(process, 0)
        self.assertEqual(60, len(self.assert_nobody_twice()))


class MisbehavingServerTest(ScriptedSendTest):
    """Each recipient's local part asks the server for trouble."""

    connections = 3
    good = [f"p{i}@one.example" for i in range(30)]

    def send_to(self, code, *others):
        mixed = self.good[:10] + list(others) + self.good[10:]
        self.write_list("lists/members.csv", [(address, "X") for address in mixed])
        result = self.send(code)
        self.assertLessEqual(set(self.good), self.assert_nobody_twice())
        return result

    def test_everything_at_once(self):
        self.send_to(75, "r550@a.example", "r550-at-dot@a.example", "r450@a.example", "r450-at-data@a.example",
                     "drop-at-dot@a.example", "garbage-at-dot@a.example")
        self.assertEqual({"accepted": 30, "rejected": 2, "deferred": 2, "in_doubt": 2}, self.states())
        for address, what in {"r550": "rejected", "r450": "deferred", "drop-at-dot": "in_doubt"}.items():
            self.assertIn(what, self.expect(0, "explain", "alert", f"{address}@a.example").out)

    def test_only_doubt_is_left(self):
        result = self.send_to(3, "drop-at-dot@a.example")
        self.assertIn("in doubt", result.err)
        self.assertEqual({"accepted": 30, "in_doubt": 1}, self.states())
        self.send(3)
        self.assertEqual(31, len(self.assert_nobody_twice()))

    def test_only_rejections_are_left(self):
        self.send_to(0, "r550@a.example")
        self.assertEqual({"accepted": 30, "rejected": 1}, self.states())

    def test_a_connection_lost_before_the_end_of_data_leaves_no_doubt(self):
        self.send_to(75, "drop-at-rcpt@a.example", "drop-at-data@a.example", "e421-at-rcpt@a.example")
        states = self.states()
        self.assertEqual({"accepted": 30, "deferred": 3}, states)
        self.assertEqual(set(self.good), set(self.server.received()))

    def test_replies_in_pieces_and_with_rubbish(self):
        self.send_to(75, "split-at-dot@a.example", "nul-at-rcpt@a.example", "huge-at-rcpt@a.example")
        self.assertEqual({"accepted": 31, "deferred": 2}, self.states())

    def test_a_server_that_hangs_up_instead_of_listening(self):
        # Whether the end of data was written by then is a race. Either way nobody is called accepted.
        lost = "drop-at-body@a.example"
        self.write_list("lists/members.csv", [(address, "X") for address in [*self.good, lost]])
        result = self.tocsin("send", "alert", "--yes")
        states = self.states()
        self.assertEqual(30, states.pop("accepted"))
        self.assertIn((result.code, states), [(75, {"deferred": 1}), (3, {"in_doubt": 1})])
        self.assertEqual(set(self.good), self.assert_nobody_twice())


class WireTest(ScriptedSendTest):
    def test_lines_end_with_cr_lf_only_and_are_short(self):
        self.send(0)
        mails = self.server.mails()
        self.assertEqual(3, len(mails))
        for mail in mails:
            self.assertTrue(mail.raw.endswith(b"\r\n"))
            lines = mail.raw[:-2].split(b"\r\n")
            self.assertEqual([], [line for line in lines if b"\r" in line or b"\n" in line or len(line) > 998])

    def test_nobody_sees_another_recipient(self):
        self.send(0)
        for mail in self.server.mails():
            others = [address for address, _ in self.people if address not in mail.recipients]
            self.assertEqual(2, len(others))
            for address in others:
                self.assertNotIn(address.encode(), mail.raw)


if __name__ == "__main__":
    unittest.main()
