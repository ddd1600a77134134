"""`notify:`: whoever wants to is told, once, and a send is neither held up nor failed by it."""

import datetime
import time
import unittest

from scripted_send import ScriptedSendTest
from workspace import CAMPAIGN, CONFIG, WorkspaceTest, parse

COMMAND = 'notify: {command: "cat >>told; echo \\"$TOCSIN_EVENT $TOCSIN_CAMPAIGN\\" >>told"}\n'


class ToldTest:
    def told(self):
        path = self.folder / "told"
        return path.read_text() if path.exists() else ""

    def events(self):
        """In their order."""
        words = ("done", "held", "paused", "in_doubt")
        return [line.split()[0] for line in self.told().splitlines() if line.split()[:1] and line.split()[0] in words]


class NotifyTest(ToldTest, WorkspaceTest):
    def notify(self, lines, transports=""):
        self.write("tocsin.yaml", CONFIG + transports + lines)

    def test_a_command_is_told_once_that_it_is_done(self):
        self.notify(COMMAND)
        self.expect(0, "send", "alert", "--yes")
        self.assertIn(f"alert is done: 3 accepted\n\n{self.folder} on ", self.told())
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(["done"], self.events())

    def test_a_mailing_that_is_not_done_is_not_told_of(self):
        self.notify(COMMAND)
        self.expect(75, "send", "alert", "--yes", "--limit", "1")
        self.assertEqual("", self.told())

    def test_only_what_is_wanted_is_told(self):
        self.notify(COMMAND.replace("{", "{on: [held, paused], ", 1))
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual("", self.told())

    def test_a_mail_goes_through_a_transport_of_the_workspace(self):
        self.notify("notify: {mail: {to: reem@harbour.example, transport: office}}\n",
                    "  office: {type: maildir, path: state/office}\n")
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(3, len(self.outbox()))
        [raw] = self.outbox("state/office")
        mail = parse(raw)
        self.assertEqual("[tocsin] alert is done: 3 accepted", mail["Subject"])
        self.assertEqual("reem@harbour.example", mail["To"])
        self.assertEqual("tocsin <campaigns@harbour.example>", mail["From"])
        self.assertEqual("auto-generated", mail["Auto-Submitted"])
        self.assertEqual("text/plain", mail.get_content_type())
        self.assertTrue(mail.get_content().startswith("alert is done: 3 accepted\r\n"))
        self.assertNotIn("ann@", raw.decode())

    def test_a_command_that_fails_fails_nothing_else(self):
        self.notify('notify: {command: "echo no network >&2; exit 4"}\n')
        result = self.expect(0, "send", "alert", "--yes")
        self.assertEqual(3, len(self.outbox()))
        self.assertIn("tocsin: cannot tell `done` of alert: the command ended with 4: no network; next try after 2",
                      result.err)

    def test_a_command_that_hangs_is_stopped(self):
        self.notify('notify: {command: "sleep 1000"}\n')
        begun = time.monotonic()
        result = self.expect(0, "send", "alert", "--yes", timeout=100)
        self.assertLess(time.monotonic() - begun, 60)
        self.assertIn("did not end within 30 seconds and was stopped", result.err)

    def test_in_doubt_after_a_crash(self):
        self.notify(COMMAND)
        self.assertEqual(-9, self.tocsin("send", "alert", "--yes", failpoint="end-of-data-left").code)
        self.assertEqual("", self.told())
        self.expect(3, "send", "alert", "--yes")
        self.assertEqual(["in_doubt", "done"], self.events())
        self.assertIn("`tocsin resolve alert`", self.told())
        self.assertNotIn("@", self.told())


class DueTest(ToldTest, WorkspaceTest):
    def schedule(self, ago, lines=COMMAND, more=""):
        self.write("tocsin.yaml", CONFIG + lines)
        at = datetime.datetime.now(datetime.timezone.utc) - ago
        self.write("campaigns/alert.yaml", CAMPAIGN + f'schedule: {{at: "{at:%Y-%m-%d %H:%M}"{more}}}\n')

    def due(self, code):
        result = self.expect(code, "due", "-q")
        self.assertEqual("", result.out)
        return result.err

    def test_done_is_told_by_due_too(self):
        self.schedule(datetime.timedelta(minutes=2))
        self.assertEqual("", self.due(0))
        self.assertEqual("", self.due(0))
        self.assertEqual(["done"], self.events())

    def test_overdue_is_told_once_and_released_it_is_done(self):
        self.schedule(datetime.timedelta(hours=7))
        for _ in range(3):
            self.due(77)
        self.assertEqual(["held"], self.events())
        self.assertIn("alert is overdue: it was due at ", self.told())
        self.assertIn("`tocsin release alert`", self.told())
        self.expect(0, "release", "alert")
        self.due(0)
        self.assertEqual(["held", "done"], self.events())

    def test_what_could_not_be_told_is_told_by_a_later_run(self):
        """Although nobody looks at a mailing any more that is done."""
        self.schedule(datetime.timedelta(minutes=2), 'notify: {command: "exit 1"}\n')
        self.assertIn("cannot tell `done` of alert: the command ended with 1", self.due(0))
        self.write("tocsin.yaml", CONFIG + COMMAND)
        self.assertEqual("", self.due(0))
        self.assertEqual([], self.events())
        result = self.tocsin("due", "-q", failpoint="none", env={"TOCSIN_CLOCK_AHEAD": "601"})
        self.assertEqual((0, "", ""), (result.code, result.out, result.err))
        self.assertEqual(["done"], self.events())


class StoppedTest(ToldTest, ScriptedSendTest):
    def notify(self, lines=COMMAND, port=None, transports=""):
        self.configure(transports + lines, port)

    def test_a_server_that_is_down_is_told_of_once_and_again_after_it_was_up(self):
        with self.make_server("gone") as gone:
            port = gone.port
        self.notify(port=port)
        for _ in range(3):
            self.send(69)
        self.assertEqual(["paused"], self.events())
        self.assertIn("alert is paused: cannot send by `outbox`: ", self.told())
        self.notify()
        self.send(0)
        self.assertEqual(["paused", "done"], self.events())

    def test_the_very_transport_that_is_down_is_said_in_bounded_time(self):
        with self.make_server("gone") as gone:
            port = gone.port
        self.notify("notify: {mail: {to: reem@harbour.example, transport: outbox}}\n", port)
        begun = time.monotonic()
        result = self.send(69)
        self.assertLess(time.monotonic() - begun, 20)
        self.assertIn("cannot tell `paused` of alert: by mail through `outbox`: ", result.err)
        # It rests, in silence.
        self.assertNotIn("cannot tell", self.send(69).err)
        self.notify("notify: {mail: {to: reem@harbour.example, transport: outbox}}\n")
        self.send(0)

    def test_the_breaker_is_told_of_and_once_more_after_a_release(self):
        self.write_list("lists/members.csv", [(f"r550+{i}@n{i}.example", "X") for i in range(60)])
        self.notify()
        self.send(77)
        self.assertEqual(["held"], self.events())
        self.assertIn("alert is held: breaker: 20 of 20 rejected\n", self.told())
        self.send(77)
        self.assertEqual(["held"], self.events())
        self.expect(0, "release", "alert")
        self.send(77)
        self.assertEqual(["held", "held"], self.events())


if __name__ == "__main__":
    unittest.main()
