"""What `check` holds against a schedule, and that nothing of it stops whoever plans and sends by hand."""

import unittest

from workspace import CAMPAIGN, CONFIG, WorkspaceTest

SLOW = CONFIG.replace("path: state/outbox", "path: state/outbox, rate: 1/h")


class CheckScheduleTest(WorkspaceTest):
    def schedule(self, text, config=CONFIG):
        """Gives the campaign this schedule; what the flow map holds stands from column 12 of line 10 on."""
        self.write("tocsin.yaml", config)
        self.write("campaigns/alert.yaml", CAMPAIGN + "schedule: {" + text + "}\n")

    def people_in(self, zones):
        rows = "".join(f"p{i}@x{i}.example,P,{zone}\n" for i, zone in enumerate(zones))
        self.write("lists/members.csv", "email,first_name,timezone\n" + rows)

    def findings(self, code):
        """Of `check`, as (id, file:line:column, message)."""
        result = self.expect(code, "check", "alert", "--json").json()
        return [(found["id"], f"{found['file']}:{found['line']}:{found['column']}", found["message"])
                for found in result["findings"]]

    def only(self, code):
        found = self.findings(code)
        self.assertEqual(1, len(found), found)
        return found[0]

    def test_nothing_is_said_of_a_schedule_that_can_be_kept(self):
        self.schedule("at: 2090-12-01 09:00, window: 08:00-20:00, days: mon-fri, not_after: 2090-12-02 18:00")
        self.assertEqual([], self.findings(0))
        self.schedule('every: "0 9 * * mon", timezone: Europe/London')
        self.assertEqual([], self.findings(0))

    def test_an_at_in_the_past_says_how_long_ago(self):
        self.schedule("at: 2020-12-01 09:00")
        kind, place, message = self.only(0)
        self.assertEqual(("schedule-past", "campaigns/alert.yaml:10:16"), (kind, place))
        self.assertRegex(message, r"^`at` was [1-9],\d{3} days \d+ h ago$")
        result = self.expect(0, "check", "alert")
        self.assertIn("hint: `tocsin due` leaves it alone; `tocsin send alert` sends it by hand\n", result.err)

    def test_a_window_that_never_opens_is_an_error(self):
        self.schedule("at: 2090-12-02 09:00, days: mon-fri, not_after: 2090-12-03 18:00")
        self.assertEqual(
            ("schedule-never", "campaigns/alert.yaml:10:40",
             "nothing would go out: `days` let it go first at 2090-12-04 00:00, when `not_after` has passed"),
            self.only(65))

    def test_a_rate_that_cannot_finish_shows_its_arithmetic(self):
        self.people_in(["Europe/London"] * 12)
        self.schedule("at: 2090-12-01 09:00, not_after: 2090-12-01 18:00", SLOW)
        self.assertEqual(
            ("schedule-too-slow", "campaigns/alert.yaml:10:45",
             "`not_after` comes too soon: 12 mails at 1/h need 11 h 0 min; from 2090-12-01 09:00 to "
             "2090-12-01 18:00 there are 9 h 0 min: enough for 9"),
            self.only(0))

    def test_the_window_counts_in_the_arithmetic(self):
        self.people_in(["Europe/London"] * 12)
        self.schedule("at: 2090-12-01 09:00, window: 08:00-12:00, not_after: 2090-12-02 12:00", SLOW)
        self.assertIn("there are 27 h 0 min, of which `window` leaves 7 h 0 min: enough for 7", self.only(0)[2])

    def test_people_who_cannot_be_mailed_do_not_count(self):
        self.people_in(["Europe/London"] * 10)
        self.schedule("at: 2090-12-01 09:00, not_after: 2090-12-01 18:00", SLOW)
        self.assertEqual("schedule-too-slow", self.only(0)[0])
        self.write("lists/signed.csv", "email\np3@x3.example\n")
        text = (self.folder / "campaigns/alert.yaml").read_text()
        self.write("campaigns/alert.yaml", text.replace("lists/members.csv]", "lists/members.csv]\n"
                                                        "  exclude: [lists/signed.csv]"))
        self.assertEqual([], self.findings(0))

    def test_peoples_own_clocks_need_a_column(self):
        self.schedule("at: 2090-12-01 09:00, timezone: recipient")
        self.assertEqual(("schedule-column", "campaigns/alert.yaml:10:44",
                          "no list has a column `timezone`, by which each person's mail would go"), self.only(65))

    def test_cells_that_are_no_zone_are_counted(self):
        self.people_in(["Europe/London", "Europe/Londn", "", "GMT+25"])
        self.schedule("at: 2090-12-01 09:00, timezone: [recipient, Europe/Paris]")
        self.assertEqual(
            ("schedule-zone", "lists/members.csv:3:1",
             "`Europe/Londn` is no time zone; 2 people with such a `timezone` go by the clocks of Europe/Paris"),
            self.only(0))

    def test_people_whose_time_comes_after_not_after(self):
        self.people_in(["Europe/London", "America/Los_Angeles"])
        self.schedule("at: 2090-12-01 09:00, timezone: recipient, not_after: 2090-12-01 12:00")
        self.assertEqual(
            ("schedule-zone-late", "campaigns/alert.yaml:10:66",
             "`not_after` comes too soon for 1 person of 1 zone, America/Los_Angeles: they would get nothing"),
            self.only(0))

    def test_the_workspaces_zone_counts_where_the_campaign_names_none(self):
        self.people_in(["Nowhere"])
        self.schedule("at: 2090-12-02 20:00, timezone: recipient", CONFIG + "schedule: {timezone: Asia/Tokyo}\n")
        self.assertIn("1 person with such a `timezone` goes by the clocks of Asia/Tokyo", self.only(0)[2])

    def test_whoever_plans_and_sends_by_hand_is_free_of_it(self):
        for text in ("at: 2020-12-01 09:00", "at: 2090-12-02 09:00, days: mon-fri, not_after: 2090-12-03 18:00",
                     "at: 2090-12-01 09:00, timezone: recipient"):
            with self.subTest(text):
                self.schedule(text)
                self.assertNotIn("schedule-", self.expect(0, "plan", "alert").err)
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(3, len(self.outbox()))

    def test_a_schedule_with_a_fault_stops_everything(self):
        self.schedule("at: 2090-12-01 09:00, windw: 08:00-20:00")
        self.assertEqual("unknown-key", self.only(65)[0])
        for command in (("plan", "alert"), ("send", "alert", "--yes")):
            self.assertIn("[unknown-key]", self.expect(65, *command).err)
        self.assertEqual([], self.outbox())


if __name__ == "__main__":
    unittest.main()
