"""`plan`: who gets it, who does not and why, what changed, and the hash that people compare."""

import unittest

from workspace import CAMPAIGN, CONFIG, HTML, TEXT, WorkspaceTest

WITH_EXCLUSIONS = CAMPAIGN.replace("  lists: [lists/members.csv]", "  lists: [lists/members.csv]\n"
                                   "  exclude: [lists/signed.csv, lists/left.csv]")


class PlanTest(WorkspaceTest):
    def plan(self, *arguments):
        return self.expect(0, "plan", "alert", *arguments).out

    def json(self, *arguments):
        return self.expect(0, "plan", "alert", "--json", *arguments).json()


class SkippedTest(PlanTest):
    def setUp(self):
        super().setUp()
        self.write("campaigns/alert.yaml", WITH_EXCLUSIONS)
        self.write("lists/signed.csv", "email\nANN@one.example\nzoe@nowhere.example\n")
        self.write("lists/left.csv", "email\nbob@two.example\n")

    def test_each_list_that_excludes_is_named_with_its_count(self):
        out = self.plan()
        self.assertIn("alert: 1 mail planned, 2 excluded\n", out)
        self.assertIn("\n  excluded    1  lists/signed.csv\n  excluded    1  lists/left.csv\n", out)
        self.assertEqual([{"reason": "excluded", "detail": "lists/signed.csv", "count": 1, "places": []},
                          {"reason": "excluded", "detail": "lists/left.csv", "count": 1, "places": []}],
                         self.json()["skipped"])

    def test_bad_rows_are_shown_by_their_places_first_some_then_counted(self):
        bad = [(f"nonsense{i}", "") for i in range(15)]
        self.write_list("lists/members.csv", self.people + bad)
        out = self.plan("--skip-invalid")
        self.assertRegex(out, r"\n  invalid     15  this is no mail address: it has no @: lists/members.csv:5, .*"
                              r"lists/members.csv:14 and 5 more\n")
        group = self.json("--skip-invalid")["skipped"][-1]
        self.assertEqual(("invalid", 15, 10), (group["reason"], group["count"], len(group["places"])))

    def test_broken_mails_are_shown_by_the_place_in_the_template(self):
        self.write("templates/alert.txt.mustache", TEXT + "{{first_name}}\n")
        self.assertRegex(self.plan("--skip-broken"),
                         r"\n  broken      1  templates/alert.txt.mustache:5: `first_name` is empty")

    def test_somebody_suppressed(self):
        self.expect(0, "suppress", "add", "cy@three.example")
        self.assertRegex(self.plan(), r"\n  suppressed  1\b")


class ChangesTest(PlanTest):
    def test_a_first_plan_replaces_none(self):
        self.assertNotIn("since", self.plan())
        first = self.json()
        self.assertEqual([], first["changes"])

    def test_nothing_has_changed(self):
        before = self.json()
        self.assertIsNone(before["replaced"])
        self.assertRegex(self.plan(), r"\nnothing has changed since the plan of 20\d\d-\S+Z\n")
        again = self.json()
        self.assertIsNotNone(again["replaced"])
        self.assertEqual((before["hash"], []), (again["hash"], again["changes"]))

    def test_all_kinds_of_changes_are_told(self):
        before = self.json()
        self.write("templates/alert.html.mustache", HTML.replace("Dear", "Hello"))
        self.write("campaigns/alert.yaml", CAMPAIGN.replace("Reem and Mark", "Reem") + "data: {url: x}\n")
        self.write("tocsin.yaml", CONFIG.replace("state/outbox", "state/elsewhere"))
        self.write_list("lists/members.csv", self.people[1:] + [("d@four.example", ""), ("e@five.example", "")])
        after = self.json()
        self.assertEqual(
            ["`from` was “Reem and Mark <campaigns@harbour.example>”, and is “Reem <campaigns@harbour.example>”",
             "templates/alert.html.mustache has changed",
             "`data.url` is new: “x”",
             "lists/members.csv has changed",
             "2 people more, 1 fewer",
             "`transports.outbox.path` was “state/outbox”, and is “state/elsewhere”"], after["changes"])
        for part in ("hash", "content_hash", "audience_hash", "settings_hash"):
            self.assertNotEqual(before[part], after[part], part)

    def test_what_has_no_effect_is_no_change(self):
        before = self.json()
        self.write("tocsin.yaml", "# reviewed\n" + CONFIG)
        self.write("campaigns/alert.yaml", "# reviewed\n\n" + CAMPAIGN)
        self.write("lists/members.csv", "note,first_name,email\nx,,cy@three.example\n,Bob,bob@two.example\n"
                                        ",Ann,ann@one.example\n")
        after = self.json()
        self.assertEqual((before["hash"], []), (after["hash"], after["changes"]))

    def test_one_cell_changes_the_audience_alone(self):
        before = self.json()
        self.write_list("lists/members.csv", [("ann@one.example", "Anna")] + self.people[1:])
        after = self.json()
        self.assertNotEqual(before["audience_hash"], after["audience_hash"])
        self.assertEqual(before["content_hash"], after["content_hash"])
        self.assertEqual(["lists/members.csv has changed",
                          "the data of people, or why some are skipped, has changed"], after["changes"])

    def test_send_tells_the_same_when_it_plans_anew(self):
        self.plan()
        self.write("templates/alert.html.mustache", HTML.replace("Dear", "Hello"))
        self.assertIn("  - templates/alert.html.mustache has changed\n",
                      self.expect(0, "send", "alert", "--yes", "--replan").err)


class HashTest(PlanTest):
    def test_it_is_shown_short_and_whole_in_json(self):
        whole = self.json()["hash"]
        self.assertRegex(whole, "^[0-9a-f]{64}$")
        self.assertIn(f"\nhash {whole[:16]}, of content, audience and settings\n", self.plan())

    def test_another_workspace_with_the_same_files_has_the_same_hash(self):
        here = self.json()["hash"]
        self.setUp()
        self.assertEqual(here, self.json()["hash"])


if __name__ == "__main__":
    unittest.main()
