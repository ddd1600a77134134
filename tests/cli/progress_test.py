"""How far a send is, on a real terminal: a line that fits, goes, and is in nobody's way."""

import signal
import time
import unittest

from servers import ScriptedServer
from terminal import CTRL_C, Terminal
from workspace import CONFIG, WorkspaceTest


class ProgressTest(WorkspaceTest):
    people = [(f"p{i}@one.example", f"P{i}") for i in range(100)]

    def setUp(self):
        super().setUp()
        self.server = self.enterContext(ScriptedServer(self.folder / "got", "--delay", 0.02))
        self.write("tocsin.yaml", CONFIG.replace(
            "{type: maildir, path: state/outbox}",
            f"{{type: smtp, host: 127.0.0.1, port: {self.server.port}, tls: none, connections: 2}}"))

    def on_terminal(self, *arguments, columns=80, **environment):
        environment = {"TERM": "xterm", "LC_ALL": "C", **environment}
        terminal = Terminal(columns)
        return terminal, self.start(*arguments, env=environment, **terminal.options)

    def send(self, **options):
        return self.on_terminal("send", "alert", "--yes", **options)

    def wait_for_frames(self, terminal, count):
        until = time.monotonic() + 20
        while len(terminal.frames) < count:
            self.assertLess(time.monotonic(), until, terminal.text)
            time.sleep(0.02)

    def assert_clean(self, terminal):
        """Of the line that was drawn nothing is left."""
        self.assertEqual([], [line for line in terminal.lines if "%" in line])
        self.assertNotIn("\033", "\n".join(terminal.lines))

    # --- A send to its end ---

    def test_the_line_fits_its_terminal_and_goes(self):
        for columns in (200, 80, 40, 20):
            with self.subTest(columns):
                self.setUp()
                began = time.monotonic()
                terminal, process = self.send(columns=columns)
                self.assertEqual(0, terminal.finish(process), terminal.text)
                seconds = time.monotonic() - began
                self.assertGreater(len(terminal.frames), 3)
                self.assertLessEqual(len(terminal.frames), 10 * seconds + 1)
                self.assertLess(max(map(len, terminal.frames)), columns)
                self.assert_clean(terminal)
                self.assertIn("alert: 100 accepted; 0 left", terminal.lines)
                self.assertEqual(100, len(self.server.received()))

    def test_it_counts_what_goes_wrong(self):
        self.write_list("lists/members.csv", [(f"{what}@one.example", "X") for what in (
            "r550", "r450", "drop-at-dot")] + self.people)
        terminal, process = self.send(columns=120)
        self.assertEqual(75, terminal.finish(process), terminal.text)
        self.assertRegex(terminal.frames[-1], r"^alert  \[#+-*\]  \d+ %  \d+/103  .*1 deferred  1 rejected  1 in doubt$")
        self.assert_clean(terminal)
        self.assertIn("alert: 100 accepted, 1 rejected, 1 deferred, 1 in doubt; 1 left", terminal.lines)

    def test_it_tells_whose_receivers_are_slowed(self):
        self.write_list("lists/members.csv", [("slow@busy.example", "X")] + self.people)
        terminal, process = self.send(columns=140)
        self.assertEqual(75, terminal.finish(process), terminal.text)
        self.assertRegex(terminal.frames[-1], r" 1 deferred  busy\.example slowed to [\d.]+/(s|min)$")

    def test_a_limit_is_its_whole(self):
        terminal, process = self.on_terminal("send", "alert", "--yes", "--limit", "40")
        self.assertEqual(75, terminal.finish(process), terminal.text)
        self.assertIn("/40", terminal.frames[-1])

    def test_a_terminal_that_becomes_narrow_gets_a_shorter_line(self):
        terminal, process = self.send(columns=100)
        self.wait_for_frames(terminal, 3)
        self.assertGreater(len(terminal.frames[-1]), 40)
        terminal.resize(30)
        before = len(terminal.frames) + 1
        self.assertEqual(0, terminal.finish(process), terminal.text)
        self.assertGreater(len(terminal.frames), before)
        self.assertLess(max(map(len, terminal.frames[before:])), 30)

    def test_blocks_are_drawn_where_utf8_is_read(self):
        terminal, process = self.send(LC_ALL="C.UTF-8")
        self.assertEqual(0, terminal.finish(process))
        self.assertIn("█", terminal.frames[-1])
        self.assertLess(max(map(len, terminal.frames)), 80)

    # --- Where no line is wanted ---

    def test_a_short_run_says_nothing_extra_without_a_terminal(self):
        result = self.expect(0, "send", "alert", "--yes")
        self.assertNotIn("\033", result.err)
        self.assertNotIn("of 100", result.err)
        self.assertEqual("", self.expect(0, "send", "alert", "--yes", "-q").err)

    def test_quiet_and_a_dumb_terminal_draw_nothing(self):
        # An example of a link, which works for nobody, is worth a warning even so.
        config = (self.folder / "tocsin.yaml").read_text()
        self.write("tocsin.yaml", config.replace("  url: https://u.harbour.example/u/\n", "") +
                   "lint: {ignore: [no-list-unsubscribe]}\n")
        terminal, process = self.on_terminal("send", "alert", "--yes", "-q")
        self.assertEqual(0, terminal.finish(process))
        self.assertEqual("", terminal.text)
        self.setUp()
        terminal, process = self.send(TERM="dumb")
        self.assertEqual(0, terminal.finish(process))
        self.assertNotIn("\033", terminal.text)

    # --- Ctrl-C ---

    def test_ctrl_c_leaves_a_clean_screen_and_75(self):
        terminal, process = self.send()
        self.wait_for_frames(terminal, 3)
        terminal.type(CTRL_C)
        self.assertEqual(75, terminal.finish(process), terminal.text)
        self.assert_clean(terminal)
        sent = len(self.server.received())
        self.assertEqual(["stopping when the mails under way are done; once more stops at once",
                          f"alert: {sent} accepted; {100 - sent} left", "alert: stopped; run send again to go on",
                          ""], terminal.lines[-4:])
        self.assertEqual(sent, self.status()["states"]["accepted"])

    def test_a_second_ctrl_c_ends_it_at_once(self):
        terminal, process = self.send()
        self.wait_for_frames(terminal, 3)
        with self.server.paused():
            terminal.type(CTRL_C)
            time.sleep(0.5)
            terminal.type(CTRL_C)
            self.assertEqual(-signal.SIGINT, terminal.finish(process, 10), terminal.text)
        self.assert_clean(terminal)

    # --- status --watch ---

    def test_watch_follows_a_send_to_its_end(self):
        sending = self.start("send", "alert", "--yes")
        self.server.wait_for("end_of_data", 10)
        terminal, process = self.on_terminal("status", "alert", "--watch")
        self.assertEqual(0, terminal.finish(process), terminal.text)
        sending.communicate()
        self.assertRegex(terminal.frames[0], r"^alert  \[#*-+\]  \d+ %  \d+/100")
        self.assert_clean(terminal)
        self.assertIn("  accepted             100", terminal.lines)

    def test_ctrl_c_ends_watching_with_0(self):
        self.expect(0, "plan", "alert")
        terminal, process = self.on_terminal("status", "alert", "--watch")
        self.wait_for_frames(terminal, 1)
        terminal.type(CTRL_C)
        self.assertEqual(0, terminal.finish(process, 5), terminal.text)
        self.assert_clean(terminal)
        self.assertIn("  planned              100", terminal.lines)

    def test_there_is_nothing_to_watch_in_what_is_finished_or_not_planned(self):
        self.assertIn("not planned yet", self.expect(0, "status", "alert", "--watch").out)
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(100, self.expect(0, "status", "alert", "--watch", "--json").json()["states"]["accepted"])


if __name__ == "__main__":
    unittest.main()
