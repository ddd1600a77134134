"""The mailings of a recurring campaign, as CAMPAIGN@OCCURRENCE names them."""

import datetime
import re
import sqlite3
import unittest

from workspace import CAMPAIGN, CONFIG, TEXT, WorkspaceTest

# On New Year's morning, so that no test runs while one comes due.
YEARLY = CAMPAIGN + 'schedule: {every: "0 9 1 1 *", timezone: Europe/London}\n'
YEAR = datetime.datetime.now(datetime.timezone.utc).year


def name(year):
    return f"{year}-01-01T09:00"


def mailing(year):
    return "alert@" + name(year)


LAST, NEXT = mailing(YEAR), mailing(YEAR + 1)


class OccurrencesTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        if datetime.datetime.now(datetime.timezone.utc).timetuple().tm_yday == 1:
            self.skipTest("it is New Year's Day")
        self.write("campaigns/alert.yaml", YEARLY)

    def counts(self, which):
        return self.expect(0, "status", which, "--json").json()

    def send(self, which, code=0, *arguments):
        return self.expect(code, "send", which, "--yes", *arguments)


class PlanTest(OccurrencesTest):
    def test_the_next_one_is_planned_and_it_is_said_which(self):
        self.assertIn(f"{NEXT}: 3 mails planned", self.expect(0, "plan", "alert").out)
        plan = self.expect(0, "plan", "alert", "--json").json()
        self.assertEqual(["alert", name(YEAR + 1)], [plan["campaign"], plan["occurrence"]])

    def test_one_that_is_named_by_id_or_file(self):
        self.assertIn(mailing(2020), self.expect(0, "plan", mailing(2020)).out)
        self.assertIn(mailing(2021),
                      self.expect(0, "plan", "campaigns/alert.yaml@2021-01-01 09:00").out)

    def test_a_time_at_which_nothing_recurs(self):
        result = self.expect(64, "plan", "alert@2020-01-02T09:00")
        self.assertIn("has no occurrence 2020-01-02T09:00", result.err)
        self.assertIn(NEXT, result.err)
        self.expect(64, "plan", "alert@tomorrow")

    def test_a_campaign_that_does_not_recur_has_none(self):
        self.write("campaigns/alert.yaml", CAMPAIGN)
        for command in ("plan", "send", "status", "report", "hold", "approve"):
            self.assertIn("no occurrences", self.expect(64, command, mailing(2020)).err, command)
        self.assertNotIn("occurrence", self.expect(0, "plan", "alert", "--json").json())

    def test_content_is_the_same_and_the_audience_read_afresh(self):
        first = self.expect(0, "plan", mailing(2020), "--json").json()
        self.write_list("lists/members.csv", self.people + [("zoe@four.example", "Zoe")])
        second = self.expect(0, "plan", mailing(2021), "--json").json()
        self.assertEqual(first["content_hash"], second["content_hash"])
        self.assertEqual([3, 4], [first["planned"], second["planned"]])
        self.assertEqual(3, self.counts(mailing(2020))["total"])


class ZonesTest(OccurrencesTest):
    def setUp(self):
        super().setUp()
        self.write("campaigns/alert.yaml",
                   YEARLY.replace("Europe/London", "[recipient, Europe/London]"))
        self.write("lists/members.csv", "email,first_name,timezone\n"
                   "ann@one.example,Ann,Asia/Kolkata\nbob@two.example,Bob,Mars\ncy@x.example,Cy,\n")

    def test_who_has_no_known_zone_is_counted(self):
        text = self.expect(0, "plan", "alert").out
        self.assertIn("2 people have no known time zone: they go by Europe/London", text)
        self.assertEqual(2, self.expect(0, "plan", "alert", "--json").json()["without_time_zone"])


class SendTest(OccurrencesTest):
    def test_the_latest_that_has_come_due_goes_once(self):
        self.assertIn(f"{LAST}: 3 accepted", self.send("alert").out)
        refusal = self.send("alert", 77).err
        self.assertIn(f"`tocsin send {NEXT}`", refusal)
        self.assertEqual(3, len(self.outbox()))

    def test_the_latest_is_finished_before_an_earlier_one_is(self):
        self.send(mailing(2020), 75, "--limit", "1")
        self.send(LAST, 75, "--limit", "1")
        self.assertIn(f"{LAST}: 2 accepted", self.send("alert").out)
        self.assertIn(f"{mailing(2020)}: 2 accepted", self.send("alert").out)
        self.send("alert", 77)

    def test_a_planned_one_of_the_future_waits_until_it_is_named(self):
        self.expect(0, "plan", NEXT)
        self.assertIn(LAST, self.send("alert").out)
        self.send("alert", 77)
        result = self.send(NEXT)
        self.assertIn(f"Due      {YEAR + 1}-01-01T09:00:00Z", result.err)
        self.assertEqual(6, len(self.outbox()))

    def test_everybody_gets_a_mail_of_their_own_of_each(self):
        self.send(mailing(2020))
        self.send(mailing(2021))
        ids = re.findall(rb"(?im)^message-id: *(\S+)", b"\n".join(self.outbox()))
        links = re.findall(rb"(?im)^list-unsubscribe:\s*(<[^>]+>)", b"\n".join(self.outbox()))
        self.assertEqual([6, 6], [len(set(ids)), len(ids)])
        self.assertEqual(6, len(set(links)))

    def test_return_paths_of_two_occurrences_differ(self):
        self.write("tocsin.yaml", CONFIG + "bounce_address: bounces@harbour.example\n")
        self.send(mailing(2020))
        self.send(mailing(2021))
        paths = re.findall(rb"(?im)^return-path: *(\S+)", b"\n".join(self.outbox()))
        self.assertEqual([6, 6], [len(set(paths)), len(paths)])

    def test_a_sent_one_is_known_without_its_file(self):
        self.send(mailing(2020))
        (self.folder / "campaigns/alert.yaml").unlink()
        self.assertEqual(3, self.counts(mailing(2020))["states"]["accepted"])
        self.assertIn("nothing to send", self.send(mailing(2020)).out)
        self.assertIn(mailing(2020), self.expect(0, "report", "alert").out)
        self.expect(66, "status", "alert2@2020-01-01T09:00")


class LookTest(OccurrencesTest):
    def test_status_has_all_that_are_planned_the_newest_last(self):
        self.assertIn("no occurrence is planned yet", self.expect(0, "status", "alert").out)
        self.assertEqual([], self.expect(0, "status", "alert", "--json").json())
        for year in (2021, 2020):
            self.expect(0, "plan", mailing(year))
        text = self.expect(0, "status", "alert").out
        self.assertLess(text.index(mailing(2020)), text.index(mailing(2021)))
        found = self.expect(0, "status", "alert", "--json").json()
        self.assertEqual([name(2020), name(2021)], [one["occurrence"] for one in found])

    def test_status_shows_ten_and_how_many_more(self):
        for year in range(2010, 2022):
            self.expect(0, "plan", mailing(year))
        text = self.expect(0, "status", "alert").out
        self.assertIn("2 earlier ones are not shown", text)
        self.assertEqual([mailing(year) for year in range(2012, 2022)],
                         re.findall(r"alert@\S+", text))
        self.assertEqual(12, len(self.expect(0, "status", "alert", "--json").json()))

    def test_status_of_one_is_one_object(self):
        self.expect(0, "plan", mailing(2020))
        found = self.counts(mailing(2020))
        self.assertEqual(["alert", name(2020), 3],
                         [found["campaign"], found["occurrence"], found["total"]])

    def test_report_and_explain_are_of_the_latest_and_say_so(self):
        self.send(mailing(2020))
        self.expect(0, "plan", mailing(2021))
        self.assertTrue(self.expect(0, "report", "alert").out.startswith(mailing(2021)))
        self.assertEqual(name(2021), self.expect(0, "report", "alert", "--json").json()["occurrence"])
        self.assertIn(f"in {mailing(2021)}\n  state     planned",
                      self.expect(0, "explain", "alert", "ann@one.example").out)
        self.assertIn("state     accepted",
                      self.expect(0, "explain", mailing(2020), "ann@one.example").out)
        self.assertEqual(name(2021), self.expect(0, "resolve", "alert", "--json").json()["occurrence"])

    def test_diff_is_against_the_plan_of_the_latest(self):
        self.expect(0, "plan", mailing(2020))
        self.write("templates/alert.txt.mustache", TEXT + "Now.\n")
        self.expect(0, "plan", mailing(2021))
        self.assertIn("no difference", self.expect(0, "diff", "alert").out)
        self.assertIn("+Now.", self.expect(0, "diff", mailing(2020)).out)


class ControlTest(OccurrencesTest):
    def test_a_held_series_holds_each(self):
        self.expect(0, "hold", "alert", "--reason", "wrong logo")
        for which in ("alert", mailing(2020)):
            error = self.send(which, 77).err
            self.assertIn("alert is held: wrong logo", error)
            self.assertIn("`tocsin release alert`", error)
        self.assertEqual([], self.outbox())
        self.expect(0, "release", "alert")
        self.send(mailing(2020))

    def test_one_that_is_held_stops_no_other(self):
        self.expect(0, "hold", mailing(2020))
        error = self.send(mailing(2020), 77).err
        self.assertIn(f"`tocsin release {mailing(2020)}`", error)
        self.send(mailing(2021))
        self.expect(0, "release", mailing(2020))
        self.send(mailing(2020))

    def test_to_release_one_of_a_held_series_lets_nothing_go(self):
        self.expect(0, "hold", "alert")
        self.assertIn("`tocsin release alert`", self.expect(0, "release", mailing(2020)).out)
        self.send(mailing(2020), 77)

    def test_a_cancelled_series_is_over_for_all(self):
        self.send(mailing(2020), 75, "--limit", "1")
        self.expect(0, "cancel", "alert")
        self.assertEqual(2, self.counts(mailing(2020))["skipped_by_reason"]["cancelled"])
        for which in ("alert", mailing(2020), mailing(2021)):
            self.assertIn("cancelled", self.send(which, 77).err)
        self.expect(77, "plan", mailing(2021))
        self.expect(77, "release", mailing(2020))

    def test_one_that_is_cancelled_ends_no_other(self):
        self.expect(0, "cancel", LAST)
        self.assertIn(NEXT, self.send("alert", 77).err)
        self.send(mailing(2020))

    def test_a_broken_file_does_not_keep_a_brake_from_working(self):
        self.expect(0, "plan", mailing(2020))
        self.write("campaigns/alert.yaml", YEARLY + "subjekt: x\n")
        self.expect(0, "hold", "alert")
        self.expect(0, "hold", mailing(2021))


class ApprovalTest(OccurrencesTest):
    def setUp(self):
        super().setUp()
        self.write("tocsin.yaml", CONFIG + "approval: required\n")

    def test_the_series_is_approved_and_nothing_planned(self):
        self.assertIn("`tocsin approve alert`", self.send(mailing(2020), 77).err)
        result = self.expect(0, "approve", "alert", "--by", "Ann")
        self.assertIn(f"Next     {name(YEAR + 1)} (Europe/London)", result.err)
        self.assertIn("3 mails", result.err)
        self.assertIn("approved by Ann", result.out)
        self.assertIsNone(self.plan_of(YEAR + 1))
        self.send(mailing(2020))
        self.write_list("lists/members.csv", [("zoe@four.example", "Zoe")])
        self.send(mailing(2021))
        self.assertEqual(4, len(self.outbox()))

    def test_what_was_approved_is_not_what_it_says_now(self):
        self.expect(0, "approve", "alert", "--by", "Ann")
        self.write("templates/alert.txt.mustache", TEXT + "Now.\n")
        error = self.send(mailing(2020), 77).err
        self.assertIn("templates/alert.txt.mustache has changed", error)
        self.assertEqual("void", self.counts(mailing(2020))["approval"]["state"])
        self.assertEqual([], self.outbox())

    def test_one_is_approved_alone(self):
        self.expect(0, "approve", mailing(2020), "--by", "Ann")
        self.send(mailing(2020))
        self.send(mailing(2021), 77)

    def plan_of(self, year):
        with sqlite3.connect(self.folder / "state/tocsin.db") as database:
            return database.execute("SELECT plan FROM mailing WHERE occurrence = ?",
                                    [name(year)]).fetchone()


if __name__ == "__main__":
    unittest.main()
