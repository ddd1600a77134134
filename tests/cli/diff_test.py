"""`diff`: what changed in one person's rendered mail."""

import os
import pathlib
import subprocess
import tempfile
import unittest

from terminal import Terminal
from workspace import CAMPAIGN, CONFIG, HTML, TEXT, WorkspaceTest


class DiffTest(WorkspaceTest):
    def diff(self, *arguments, code=0):
        return self.expect(code, "diff", "alert", *arguments)

    def edit(self):
        self.write("templates/alert.txt.mustache", TEXT.replace("Dear", "Hello"))


class PlanTest(DiffTest):
    def test_the_template_was_edited_after_the_plan(self):
        self.expect(0, "plan", "alert")
        self.edit()
        out = self.diff().out
        self.assertRegex(out, r"^--- alert, the plan of 20\d\d-\S+Z\n\+\+\+ alert, as it is now\n"
                              r"for ann@one.example, lists/members.csv:2\n\ntext part\n@@")
        self.assertIn("\n-Dear Ann,\n+Hello Ann,\n you get this", out)
        self.assertNotIn("HTML part", out)
        self.assertNotIn("headers", out)

    def test_nothing_changed(self):
        self.expect(0, "plan", "alert")
        self.assertTrue(self.diff().out.endswith("\nno difference\n"))
        self.assertEqual([], self.diff("--json").json()["differences"])

    def test_the_persons_own_data_was_edited(self):
        self.expect(0, "plan", "alert")
        self.write_list("lists/members.csv", [("ann@one.example", "Anna")] + self.people[1:])
        self.assertIn("-Subject: Ann, act now\n+Subject: Anna, act now\n", self.diff().out)

    def test_a_person_who_came_later(self):
        self.expect(0, "plan", "alert")
        self.write_list("lists/members.csv", self.people + [("dd@four.example", "D")])
        out = self.diff("--as", "DD@four.example").out
        self.assertIn("this person is not in the plan", out)
        self.assertIn("no difference", out)

    def test_a_setting_that_is_part_of_the_mail(self):
        self.expect(0, "plan", "alert")
        self.write("tocsin.yaml", CONFIG.replace("unsubscribe@harbour", "leave@harbour"))
        self.assertIn("+List-Unsubscribe: <https://u.harbour.example/u/preview>, "
                      "<mailto:leave+preview@harbour.example>", self.diff().out)

    def test_json(self):
        self.expect(0, "plan", "alert")
        self.edit()
        found = self.diff("--json").json()
        self.assertEqual(("alert", "ann@one.example", "lists/members.csv", 2),
                         tuple(found[key] for key in ("campaign", "address", "file", "line")))
        self.assertEqual(["text part"], [part["part"] for part in found["differences"]])
        self.assertTrue(found["differences"][0]["diff"].startswith("@@ -1,4 +1,4 @@\n-Dear Ann,\n"))

    def test_nobody_of_that_address(self):
        self.assertIn("none of the campaign's lists", self.diff("--as", "x@y.example", code=64).err)
        self.diff("--as", "nonsense", code=64)

    def test_colours_on_a_terminal_only(self):
        self.expect(0, "plan", "alert")
        self.edit()
        self.assertNotIn("\033", self.diff().out)
        for environment, coloured in (({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False)):
            terminal = Terminal(columns=100)
            process = self.start("diff", "alert", env=environment, **terminal.options)
            self.assertEqual(0, terminal.finish(process))
            self.assertEqual(coloured, "\033[31m-\033[7mDear\033[27m Ann," in terminal.text)

    def test_the_ledger_and_the_mails_are_left_alone(self):
        self.diff(code=64)
        self.assertFalse((self.folder / "state").exists())


class FileTest(DiffTest):
    def test_another_campaign_file(self):
        self.write("campaigns/old.yaml", CAMPAIGN.replace("id: alert", "id: old").replace("Act", "Go")
                   .replace("act{{", "go{{"))
        out = self.diff("--against", "campaigns/old.yaml").out
        self.assertIn("--- alert, campaigns/old.yaml\n", out)
        self.assertIn("-Subject: Ann, go now\n+Subject: Ann, act now\n", out)

    def test_a_file_that_is_missing(self):
        self.diff("--against", "campaigns/nothing.yaml", code=66)

    def test_nothing_to_compare_with(self):
        self.assertIn("not planned, and the workspace is in no git repository", self.diff(code=64).err)


class GitTest(DiffTest):
    def setUp(self):
        super().setUp()
        self.write(".gitignore", "lists/\nstate/\n")
        self.git("init", "-q", ".")
        self.commit()

    def git(self, *arguments):
        subprocess.run(["git", "-c", "user.name=T", "-c", "user.email=t@x.test", *arguments],
                       cwd=self.folder, check=True, capture_output=True)

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")

    def test_without_a_plan_it_is_the_last_commit(self):
        self.assertIn("no difference", self.diff().out)
        self.edit()
        out = self.diff().out
        self.assertRegex(out, r"^--- alert, HEAD \([0-9a-f]{12}\)\n")
        self.assertIn("-Dear Ann,\n+Hello Ann,\n", out)

    def test_an_earlier_revision_with_its_partials_settings_and_attachments(self):
        self.write("files/brief.txt", "one")
        self.write("templates/sign.txt.mustache", "Reem\n")
        self.write("templates/alert.txt.mustache", TEXT + "{{> sign}}\n")
        self.write("campaigns/alert.yaml", CAMPAIGN + "attachments: [files/brief.txt]\n")
        self.commit()
        self.git("rm", "-q", "files/brief.txt", "templates/sign.txt.mustache")
        self.write("templates/alert.txt.mustache", TEXT)
        self.write("campaigns/alert.yaml", CAMPAIGN)
        self.write("tocsin.yaml", CONFIG.replace("Harbour Action", "Quay Action"))
        self.commit()
        out = self.diff("--against", "HEAD~1").out
        self.assertIn("-Attachment: brief.txt (text/plain, 3 bytes", out)
        self.assertIn("\n-Reem\n", out)
        self.assertIn("+List-Id: Quay Action", out)
        self.assertIn("no difference", self.diff("--against", "HEAD").out)

    def test_a_campaign_that_is_not_in_it(self):
        self.write("campaigns/new.yaml", CAMPAIGN.replace("id: alert", "id: new"))
        error = self.expect(66, "diff", "new").err
        self.assertIn("campaigns/new.yaml is not in revision", error)

    def test_a_revision_that_is_none(self):
        for revision in ("nope", "HEAD; touch x", "HEAD:templates"):
            self.assertIn("git knows no revision", self.diff("--against", revision, code=64).err)
        self.assertFalse((self.folder / "x").exists())

    def test_a_revision_that_was_broken_says_so(self):
        self.write("templates/alert.txt.mustache", "{{#first_name}}\n")
        self.commit()
        self.write("templates/alert.txt.mustache", TEXT)
        error = self.diff("--against", "HEAD", code=65).err
        self.assertRegex(error, r"^in revision [0-9a-f]{12}:\n.*templates/alert.txt.mustache:1:1: error")

    def test_nothing_is_left_behind(self):
        with tempfile.TemporaryDirectory() as temporary:
            self.expect(0, "diff", "alert", "--against", "HEAD", env={"TMPDIR": temporary})
            self.assertEqual([], os.listdir(temporary))
        self.assertEqual("", subprocess.run(["git", "status", "--porcelain"], cwd=self.folder, check=True,
                                            capture_output=True, text=True).stdout)

    def test_without_git_it_says_what_else_there_is(self):
        with tempfile.TemporaryDirectory() as empty:
            result = self.expect(64, "diff", "alert", "--against", "HEAD", env={"PATH": empty})
        self.assertIn("--against takes a file", result.err)
        self.assertTrue(pathlib.Path(self.folder / ".git").exists())


if __name__ == "__main__":
    unittest.main()
