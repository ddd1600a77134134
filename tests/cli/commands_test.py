"""check, test, plan, status, explain, suppress, init: what they print and leave behind."""

import unittest

from workspace import CAMPAIGN, CONFIG, WorkspaceTest, parse


class CheckTest(WorkspaceTest):
    def test_json_names_places(self):
        self.write("campaigns/alert.yaml", CAMPAIGN.replace("reply_to", "x") + "fromm: x\n")
        result = self.tocsin("check", "alert", "--json")
        self.assertEqual(65, result.code)
        found = result.json()["findings"]
        self.assertEqual(1, len(found), found)
        self.assertEqual(("campaigns/alert.yaml", 10, 1, "error", "unknown-key"),
                         tuple(found[0][key] for key in ("file", "line", "column", "severity", "id")))

    def test_all_findings_of_all_files_in_one_run(self):
        self.write("tocsin.yaml", CONFIG + "organization: {}\n")
        self.write("campaigns/alert.yaml", CAMPAIGN + "fromm: x\n")
        self.write("templates/alert.html.mustache", "<p>{{#open}}</p>")
        self.write("templates/alert.txt.mustache", "{{frist_name}}")
        self.write("lists/members.csv", "email,first_name\nno-address,x\n")
        result = self.tocsin("check", "alert")
        for text in ("tocsin.yaml:", "campaigns/alert.yaml:", "templates/alert.html.mustache:1:",
                     "templates/alert.txt.mustache:1:", "did you mean `first_name`",
                     "lists/members.csv:2:"):
            self.assertIn(text, result.err)

    def test_check_needs_no_secret_and_leaves_nothing(self):
        self.expect(0, "check", "alert")
        self.assertFalse((self.folder / "state").exists())
        self.assertFalse((self.folder / "tocsin.lock").exists())

    def test_quiet_says_nothing_when_all_is_well(self):
        result = self.expect(0, "check", "alert", "-q")
        self.assertEqual("", result.out + result.err)


class ProofTest(WorkspaceTest):
    def test_proofs_go_to_the_reviewer_and_touch_nobody(self):
        self.expect(0, "test", "alert", "--to", "me@harbour.example", "--as", "ann@one.example")
        mail = parse(self.outbox()[0])
        self.assertEqual("me@harbour.example", mail["To"])
        self.assertEqual("[TEST] Ann, act now", mail["Subject"])
        self.assertNotIn("/u/" + "a" * 10, mail["List-Unsubscribe"])
        self.assertFalse((self.folder / "state/tocsin.db").exists())
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(4, len(self.outbox()))


class PlanTest(WorkspaceTest):
    def test_json(self):
        plan = self.expect(0, "plan", "alert", "--json").json()
        self.assertEqual(3, plan["planned"])
        self.assertEqual(64, len(plan["content_hash"]))

    def test_a_plan_can_be_made_anew_before_the_first_mail(self):
        self.expect(0, "plan", "alert")
        self.write_list("lists/members.csv", self.people[:1])
        self.expect(0, "plan", "alert")
        self.assertEqual(1, self.status()["total"])


class StatusTest(WorkspaceTest):
    def test_before_any_plan(self):
        self.assertIn("no campaign has been planned", self.expect(0, "status").out)
        status = self.expect(0, "status", "alert", "--json").json()
        self.assertEqual(0, status["total"])

    def test_shape_of_the_json(self):
        self.expect(0, "send", "alert", "--yes")
        status = self.status()
        self.assertEqual({"campaign", "total", "states", "skipped_by_reason", "duplicates"},
                         set(status))
        self.assertEqual({"planned", "skipped", "sending", "accepted", "deferred", "rejected",
                          "in_doubt", "expired"}, set(status["states"]))
        self.assertEqual({"suppressed", "excluded", "invalid", "broken", "cancelled"},
                         set(status["skipped_by_reason"]))

    def test_a_planned_campaign_is_known_without_its_file(self):
        self.expect(0, "plan", "alert")
        (self.folder / "campaigns/alert.yaml").unlink()
        self.assertEqual(3, self.status()["total"])
        self.expect(0, "hold", "alert")
        self.assertIn("held", self.expect(0, "status", "alert").out)


class ExplainTest(WorkspaceTest):
    def test_what_is_known(self):
        self.expect(0, "suppress", "add", "bob@two.example", "--reason", "asked by phone")
        self.expect(0, "send", "alert", "--yes")
        ann = self.expect(0, "explain", "alert", "ann@one.example").out
        self.assertIn("accepted", ann)
        self.assertIn("250", ann)
        bob = self.expect(0, "explain", "alert", "BOB@two.example").out
        self.assertIn("suppressed", bob)
        self.assertIn("asked by phone", bob)
        self.assertIn("not in the plan", self.expect(0, "explain", "alert", "x@y.example").out)


class SuppressTest(WorkspaceTest):
    def listed(self, *arguments):
        return self.expect(0, "suppress", "list", "--json", *arguments).json()

    def test_add_list_remove(self):
        self.expect(0, "suppress", "add", "Ann@One.example", "--reason", "asked")
        entries = self.listed()
        self.assertEqual(1, len(entries))
        self.assertEqual(("ann@one.example", "all", "asked"),
                         tuple(entries[0][key] for key in ("address", "scope", "reason")))
        self.expect(0, "suppress", "remove", "ann@one.example")
        self.assertEqual([], self.listed())
        history = self.expect(0, "explain", "alert", "ann@one.example").out
        self.assertIn("lifted", history)

    def test_import_never_lifts_and_export_gives_it_back(self):
        self.expect(0, "suppress", "add", "ann@one.example")
        self.write("out.csv", "address,scope,reason\nbob@two.example,action-alerts,unsubscribe\n")
        self.expect(0, "suppress", "import", "out.csv")
        self.expect(0, "suppress", "import", "out.csv")
        self.assertEqual(2, len(self.listed()))
        self.expect(0, "suppress", "export", "back.csv")
        other = self.folder / "back.csv"
        self.expect(0, "suppress", "remove", "ann@one.example", "bob@two.example")
        self.expect(0, "suppress", "import", other)
        self.assertEqual({("ann@one.example", "all"), ("bob@two.example", "action-alerts")},
                         {(entry["address"], entry["scope"]) for entry in self.listed()})

    def test_a_bad_row_imports_nothing(self):
        self.write("out.csv", "email\nann@one.example\nnobody\n")
        result = self.expect(65, "suppress", "import", "out.csv")
        self.assertIn("out.csv:3:1", result.err)
        self.assertEqual([], self.listed())


class InitTest(WorkspaceTest):
    def test_a_fresh_workspace_works(self):
        self.expect(0, "init", "fresh")
        fresh = self.folder / "fresh"
        self.expect(0, "check", "hello", cwd=fresh)
        self.expect(0, "preview", "hello", cwd=fresh)
        self.expect(0, "send", "hello", "--yes", cwd=fresh)
        self.assertEqual(2, len(self.outbox("fresh/state/outbox")))
        self.assertIn("/lists/", (fresh / ".gitignore").read_text())

    def test_it_overwrites_nothing(self):
        before = (self.folder / "tocsin.yaml").read_bytes()
        self.expect(64, "init")
        self.assertEqual(before, (self.folder / "tocsin.yaml").read_bytes())
        self.assertFalse((self.folder / "campaigns/hello.yaml").exists())


if __name__ == "__main__":
    unittest.main()
