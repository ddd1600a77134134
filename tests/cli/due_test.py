"""`due`: what is due goes out once, and otherwise nothing happens and nothing is printed."""

import datetime
import os
import signal
import time
import unittest

from servers import ScriptedServer
from workspace import CAMPAIGN, CONFIG, TEXT, WorkspaceTest


def campaign(id, schedule, more=""):
    return CAMPAIGN.replace("id: alert", f"id: {id}") + f"schedule: {schedule}\n{more}"


class DueTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        (self.folder / "campaigns/alert.yaml").unlink()

    def at(self, clock, *arguments, code=None, **options):
        """Runs the command at that time of the 1st of December, or of the day that it names, UTC."""
        clock = f"2026-12-{clock}Z" if "T" in clock else f"2026-12-01T{clock}Z"
        result = self.tocsin(*arguments, env={"TOCSIN_CLOCK": clock, **options.pop("env", {})}, **options)
        if code is not None:
            self.assertEqual(code, result.code, f"{clock} {arguments}\n{result.out}{result.err}")
        return result

    def silent(self, clock, *arguments, code=0):
        result = self.at(clock, "due", *arguments, code=code)
        self.assertEqual(("", ""), (result.out, result.err))

    def counts(self, mailing):
        return self.at("23:59:59", "status", mailing, "--json", code=0).json()["states"]


class OnTimeTest(DueTest):
    def test_not_before_its_time_then_once_then_nothing(self):
        self.write("campaigns/a.yaml", campaign("a", "{at: 2026-12-01 09:00}"))
        self.silent("08:59:59")
        self.assertEqual("a: 3 accepted; 0 left\n", self.at("09:00:00", "due", code=0).out)
        self.silent("09:01:00")
        self.silent("11T09:00:00")
        self.assertEqual(3, len(self.outbox()))

    def test_quiet_says_nothing_when_all_is_well(self):
        self.write("campaigns/a.yaml", campaign("a", "{at: 2026-12-01 09:00}"))
        self.silent("09:00:00", "-q")
        self.assertEqual(3, len(self.outbox()))

    def test_a_campaign_without_a_schedule_is_left_alone_half_sent_or_not(self):
        self.write("campaigns/b.yaml", CAMPAIGN.replace("id: alert", "id: b"))
        self.silent("09:00:00")
        self.at("09:00:00", "send", "b", "--yes", "--limit", "1", code=75)
        self.silent("09:01:00")
        self.assertEqual(1, len(self.outbox()))

    def test_the_order_is_that_of_the_files(self):
        for name in ("c", "a", "b"):
            self.write(f"campaigns/{name}.yaml", campaign(f"id-{name}", "{at: 2026-12-01 09:00}"))
        said = self.at("09:00:00", "due", code=0).out
        self.assertEqual(["id-a", "id-b", "id-c"], [line.split(":")[0] for line in said.splitlines()])

    def test_another_folder(self):
        self.write("blasts/a.yaml", campaign("a", "{at: 2026-12-01 09:00}"))
        self.silent("09:00:00")
        self.at("09:00:00", "due", "--campaigns", "nowhere", code=66)
        self.at("09:00:00", "due", "--campaigns", "blasts", code=0)
        self.assertEqual(3, len(self.outbox()))

    def test_two_files_with_one_id_send_nothing(self):
        for name in ("a", "b"):
            self.write(f"campaigns/{name}.yaml", campaign("twin", "{at: 2026-12-01 09:00}"))
        result = self.at("09:00:00", "due", code=65)
        self.assertIn("campaigns/a.yaml", result.err)
        self.assertIn("campaigns/b.yaml", result.err)
        self.assertEqual([], self.outbox())


class LateTest(DueTest):
    def setUp(self):
        super().setUp()
        self.write("campaigns/a.yaml", campaign("a", "{at: 2026-12-01 09:00, grace: 2 hours}"))

    def test_within_the_grace_it_goes(self):
        self.at("10:59:30", "due", code=0)
        self.assertEqual(3, len(self.outbox()))

    def test_overdue_it_is_told_once_and_goes_by_hand(self):
        first = self.at("11:00:01", "due", "-q", code=77)
        self.assertIn("a is overdue", first.err)
        self.assertIn("tocsin send a", first.err)
        self.silent("11:01:01", "-q", code=77)
        self.at("11:02:00", "send", "a", "--yes", code=0)
        self.silent("11:03:00")
        self.assertEqual(3, len(self.outbox()))

    def test_overdue_and_released_it_goes(self):
        self.at("11:00:01", "due", "-q", code=77)
        self.at("15:00:00", "release", "a", code=0)
        self.at("15:01:00", "due", code=0)
        self.assertEqual(3, len(self.outbox()))

    def test_past_not_after_the_rest_is_not_sent(self):
        self.write("campaigns/a.yaml", campaign("a", "{at: 2026-12-01 09:00, not_after: 2026-12-01 10:00}"))
        self.at("09:30:00", "due", "--max-messages", "1", code=75)
        result = self.at("10:00:01", "due", "-q", code=77)
        self.assertIn("`not_after` was 2026-12-01T10:00", result.err)
        self.silent("10:01:00", "-q", code=77)
        self.assertEqual(1, len(self.outbox()))

    def test_left_alone_for_long_it_is_held_until_release(self):
        self.at("04:00:00", "due", code=0)
        held = self.at("10:30:00", "due", "-q", code=77)
        self.assertIn("a is held: `due` last ran at 2026-12-01T04:00", held.err)
        self.silent("10:31:00", "-q", code=77)
        self.at("10:32:00", "send", "a", "--yes", code=77)
        self.at("10:33:00", "release", "a", code=0)
        self.at("10:34:00", "due", code=0)
        self.assertEqual(3, len(self.outbox()))


class TroubleTest(DueTest):
    def test_a_bad_row_holds_only_its_campaign_and_is_told_once(self):
        self.write("lists/bad.csv", "email,first_name\nann@one.example,Ann\nnonsense,Bob\n")
        self.write("campaigns/a.yaml", campaign("a", "{at: 2026-12-01 09:00}").replace("members", "bad"))
        self.write("campaigns/b.yaml", campaign("b", "{at: 2026-12-01 09:00}"))
        result = self.at("09:00:00", "due", "-q", code=65)
        self.assertIn("lists/bad.csv:3", result.err)
        self.assertEqual(3, len(self.outbox()))
        self.silent("09:01:00", "-q", code=65)
        self.at("09:02:00", "due", "-q", "--skip-invalid", code=0)
        self.assertEqual(4, len(self.outbox()))

    def test_a_plan_that_somebody_made_is_not_replaced(self):
        self.write("campaigns/a.yaml", campaign("a", "{at: 2026-12-01 09:00}"))
        self.at("08:00:00", "plan", "a", code=0)
        self.write_list("lists/members.csv", [*self.people, ("dee@four.example", "Dee")])
        result = self.at("09:00:00", "due", "-q", code=77)
        self.assertIn("a has changed since it was planned", result.err)
        self.silent("09:01:00", "-q", code=77)
        self.assertEqual([], self.outbox())
        self.at("09:02:00", "plan", "a", code=0)
        self.at("09:03:00", "due", code=0)
        self.assertEqual(4, len(self.outbox()))

    def test_approval_required(self):
        self.write("tocsin.yaml", CONFIG + "approval: required\n")
        self.write("campaigns/a.yaml", campaign("a", "{at: 2026-12-01 09:00}"))
        result = self.at("09:00:00", "due", "-q", code=77)
        self.assertIn("nobody has approved a", result.err)
        self.silent("09:01:00", "-q", code=77)
        self.at("09:02:00", "approve", "a", "--by", "Reem", code=0)
        self.at("09:03:00", "due", code=0)
        self.assertEqual(3, len(self.outbox()))

    def test_a_server_that_is_down_is_told_once_and_again_after_it_was_up(self):
        self.write("tocsin.yaml", CONFIG.replace("{type: maildir, path: state/outbox}",
                                                 "{type: smtp, host: 127.0.0.1, port: 9, tls: none}"))
        self.write("campaigns/a.yaml", campaign("a", "{at: 2026-12-01 09:00}"))
        result = self.at("09:00:00", "due", "-q", code=69)
        self.assertIn("127.0.0.1", result.err)
        self.silent("09:01:00", "-q", code=69)

    def test_held_by_hand_it_waits_and_says_nothing_under_q(self):
        self.write("campaigns/a.yaml", campaign("a", "{at: 2026-12-01 09:00}"))
        self.at("08:00:00", "hold", "a", "--reason", "look first", code=0)
        self.silent("09:00:00", "-q", code=77)
        self.assertEqual("a: held\n", self.at("09:01:00", "due", code=77).out)
        self.at("09:02:00", "release", "a", code=0)
        self.at("09:03:00", "due", "-q", code=0)
        self.assertEqual(3, len(self.outbox()))


class RecurringTest(DueTest):
    def setUp(self):
        super().setUp()
        self.write("campaigns/daily.yaml", campaign("daily", '{every: "0 9 * * *", timezone: Europe/London}'))
        self.at("08:00:00", "due", code=0)

    def test_each_occurrence_reads_its_audience_afresh(self):
        self.assertIn("daily@2026-12-01T09:00: 3 accepted", self.at("09:00:00", "due", code=0).out)
        self.write_list("lists/members.csv", [*self.people, ("dee@four.example", "Dee")])
        self.assertIn("daily@2026-12-02T09:00: 4 accepted", self.at("02T09:00:00", "due", code=0).out)
        self.assertEqual(7, len(self.outbox()))

    def test_of_several_that_came_due_the_latest_goes_and_the_others_are_told(self):
        self.write("campaigns/daily.yaml", campaign("daily", '{every: "0 * * * *", timezone: Europe/London}'))
        self.at("08:10:00", "due", code=0)
        result = self.at("11:10:00", "due", code=77)
        self.assertIn("daily@2026-12-01T11:00: 3 accepted", result.out)
        self.assertIn("daily@2026-12-01T09:00, daily@2026-12-01T10:00", result.err)
        self.silent("11:11:00", "-q")
        self.at("11:12:00", "send", "daily@2026-12-01T10:00", "--yes", code=0)
        self.assertEqual(6, len(self.outbox()))

    def test_a_series_is_approved_once_for_every_audience(self):
        self.write("tocsin.yaml", CONFIG + "approval: required\n")
        self.assertIn("approve", self.at("09:00:00", "due", "-q", code=77).err)
        self.at("09:01:00", "approve", "daily", "--by", "Reem", code=0)
        self.at("09:02:00", "due", code=0)
        self.write_list("lists/members.csv", [*self.people, ("dee@four.example", "Dee")])
        self.at("02T09:00:00", "due", code=0)
        self.assertEqual(7, len(self.outbox()))
        self.write("templates/alert.txt.mustache", TEXT + "Changed.\n")
        self.assertIn("alert.txt.mustache has changed", self.at("03T09:00:00", "due", code=77).err)
        self.assertEqual(7, len(self.outbox()))

    def test_a_series_that_is_held_begins_nothing(self):
        self.at("08:30:00", "hold", "daily", code=0)
        self.at("09:00:00", "due", "-q", code=77)
        self.at("02T08:00:00", "release", "daily", code=0)
        self.at("02T09:00:00", "due", "-q")
        self.assertEqual(3, len(self.outbox()))

    def test_a_new_campaign_begins_with_what_has_just_come_due(self):
        self.write("campaigns/often.yaml", campaign("often", '{every: "*/5 * * * *", timezone: Europe/London}'))
        result = self.at("08:30:10", "due", code=0)
        self.assertEqual("often@2026-12-01T08:30: 3 accepted; 0 left\n", result.out)
        self.assertEqual("", result.err)

    def test_a_schedule_that_is_moved_sends_nothing_twice(self):
        self.at("09:00:00", "due", code=0)
        path = self.write("campaigns/daily.yaml", campaign("daily", '{every: "2 9 * * *", timezone: Europe/London}'))
        written = datetime.datetime(2026, 12, 1, 9, 5, tzinfo=datetime.timezone.utc).timestamp()
        os.utime(path, (written, written))
        self.silent("09:06:00")
        self.assertEqual(3, len(self.outbox()))

    def test_a_file_that_is_copied_here_sends_nothing_of_this_morning(self):
        path = self.write("campaigns/late.yaml", campaign("late", '{every: "0 7 * * *", timezone: Europe/London}'))
        os.utime(path, (0, 0))
        self.silent("08:01:00", "-q")
        self.assertEqual([], self.outbox())


class RecipientTest(DueTest):
    """A schedule of the people's own clocks, where nobody's is known: all go by the campaign's."""

    def setUp(self):
        super().setUp()
        self.write("campaigns/a.yaml",
                   campaign("a", "{at: 2026-12-02 09:00, timezone: [recipient, America/New_York]}"))

    def goes_at_nine_in_new_york(self):
        for clock in ("01T19:00:00", "02T00:00:00", "02T06:00:00", "02T09:00:00", "02T13:59:00"):
            self.at(clock, "due", "-q")
            self.assertEqual([], self.outbox(), clock)
        self.at("02T14:00:00", "due", "-q", code=0)
        self.assertEqual(3, len(self.outbox()))

    def test_a_column_of_names_that_are_no_zones(self):
        self.write("lists/members.csv", "email,first_name,timezone\na@x.example,A,\nb@x.example,B,Mars\nc@x.example,C,\n")
        self.goes_at_nine_in_new_york()

    def test_a_list_without_the_column(self):
        self.goes_at_nine_in_new_york()

    def test_a_plan_that_somebody_made_before_the_schedule_went_by_people(self):
        self.write("campaigns/a.yaml", campaign("a", "{at: 2026-12-02 09:00, timezone: America/New_York}"))
        self.at("01T10:00:00", "plan", "a", code=0)
        self.write("campaigns/a.yaml",
                   campaign("a", "{at: 2026-12-02 09:00, timezone: [recipient, America/New_York]}"))
        result = self.at("01T19:00:00", "due", "-q", code=77)
        self.assertIn("without anybody's time zone", result.err)
        self.assertEqual([], self.outbox())
        self.at("01T19:01:00", "plan", "a", code=0)
        self.goes_at_nine_in_new_york()


class BudgetTest(DueTest):
    def test_so_many_messages_over_all_campaigns(self):
        for name in ("a", "b"):
            self.write(f"campaigns/{name}.yaml", campaign(name, "{at: 2026-12-01 09:00}"))
        self.at("09:00:00", "due", "--max-messages", "4", code=75)
        self.assertEqual((3, 1), (self.counts("a")["accepted"], self.counts("b")["accepted"]))
        self.at("09:01:00", "due", code=0)
        self.assertEqual(6, len(self.outbox()))

    def test_so_long_and_no_longer(self):
        self.write_list("lists/members.csv", [(f"p{i}@x.example", "P") for i in range(60)])
        self.write("campaigns/a.yaml", campaign("a", "{at: 2026-12-01 09:00}", "rate: 10/s\n"))
        begun = time.monotonic()
        self.at("09:00:00", "due", "--max-time", "2s", code=75)
        self.assertLess(time.monotonic() - begun, 5)
        sent = self.counts("a")["accepted"]
        self.assertTrue(5 < sent < 40, sent)
        self.at("09:01:00", "due", code=0)
        self.assertEqual(60, len(self.outbox()))

    def test_a_signal_stops_it_and_nothing_is_lost(self):
        self.write_list("lists/members.csv", [(f"p{i}@x.example", "P") for i in range(40)])
        self.write("campaigns/a.yaml", campaign("a", "{at: 2026-12-01 09:00}", "rate: 10/s\n"))
        self.write("campaigns/b.yaml", campaign("b", "{at: 2026-12-01 09:00}"))
        process = self.start("due", env={"TOCSIN_CLOCK": "2026-12-01T09:00:00Z"})
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        while not self.outbox():
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(75, process.wait(20))
        self.assertEqual(0, self.counts("a")["in_doubt"] + self.counts("a")["sending"])
        self.at("09:01:00", "due", code=0)
        self.assertEqual(80, len(self.outbox()))

    def test_a_second_one_takes_what_is_free(self):
        self.write_list("lists/members.csv", [(f"p{i}@x.example", "P") for i in range(40)])
        self.write("campaigns/a.yaml", campaign("a", "{at: 2026-12-01 09:00}", "rate: 10/s\n"))
        self.write("campaigns/b.yaml", campaign("b", "{at: 2026-12-01 09:00}"))
        process = self.start("due", "-q", env={"TOCSIN_CLOCK": "2026-12-01T09:00:00Z"})
        self.addCleanup(process.communicate)
        while not self.outbox():
            time.sleep(0.02)
        self.silent("09:00:01", "-q", code=75)
        self.assertEqual(40, self.counts("b")["accepted"])
        self.assertEqual(0, process.wait(30))
        self.assertEqual(80, len(self.outbox()))


class WindowTest(DueTest):
    def test_it_stops_when_the_window_closes_and_goes_on_when_it_opens(self):
        self.write_list("lists/members.csv", [(f"p{i}@x.example", "P") for i in range(60)])
        self.write("campaigns/a.yaml",
                   campaign("a", "{at: 2026-12-01 09:00, window: '08:00-20:00'}", "rate: 10/s\n"))
        self.at("19:59:58", "due", "-q", code=77)  # eleven hours late
        self.at("19:59:58", "release", "a", code=0)
        self.at("19:59:58", "due", "-q", code=75)
        sent = len(self.outbox())
        self.assertTrue(5 < sent < 40, sent)
        self.assertEqual("a: goes on at 2026-12-02T08:00 (UTC)\n", self.at("20:00:30", "due", code=75).out)
        self.assertEqual(sent, len(self.outbox()))
        self.at("02T08:00:00", "due", "-q", code=0)
        self.assertEqual(60, len(self.outbox()))


class RetryTest(DueTest):
    def test_deferred_mails_are_retried_when_they_are_due_and_not_before(self):
        server = self.enterContext(ScriptedServer(self.folder / "got"))
        self.write("tocsin.yaml", CONFIG.replace("{type: maildir, path: state/outbox}",
                                                 f"{{type: smtp, host: 127.0.0.1, port: {server.port}, tls: none}}"))
        self.write_list("lists/members.csv", [("ann@one.example", "Ann"), ("once-r450-at-rcpt@two.example", "Bob")])
        self.write("campaigns/a.yaml", campaign("a", "{at: 2026-12-01 09:00}"))
        self.assertEqual("a: 1 accepted, 1 deferred; 1 left\n", self.at("09:00:00", "due", code=75).out)
        self.assertIn("a: goes on at 2026-12-01T09:", self.at("09:01:00", "due", code=75).out)
        self.assertEqual("a: 1 accepted; 0 left\n", self.at("12:00:00", "due", code=0).out)


if __name__ == "__main__":
    unittest.main()
