"""`approve`, and what `approval: required` lets through: exactly what somebody has said yes to."""

import sqlite3
import subprocess
import unittest

from terminal import Terminal
from workspace import CAMPAIGN, CONFIG, HTML, TEXT, WorkspaceTest

REQUIRED = CONFIG + "approval: required\n"


class ApprovalTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.write("tocsin.yaml", REQUIRED)

    def approve(self, code=0, *arguments, **options):
        return self.expect(code, "approve", "alert", "--by", "Ann Reviewer", *arguments, **options)

    def refused(self, *arguments):
        before = len(self.outbox())
        result = self.expect(77, "send", "alert", "--yes", *arguments)
        self.assertEqual(before, len(self.outbox()), "a mail went out unapproved")
        return result.err

    def state(self):
        return self.status()["approval"]["state"]


class RequiredTest(ApprovalTest):
    def test_without_an_approval_nothing_goes_out(self):
        error = self.refused()
        self.assertIn("nobody has approved alert", error)
        self.assertIn("`tocsin approve alert`", error)
        self.assertEqual(3, self.status()["states"]["planned"])
        self.refused()
        self.assertEqual("none", self.state())

    def test_approved_it_goes_out_once(self):
        self.approve()
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(3, len(self.outbox()))
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(3, len(self.outbox()))

    def test_optional_needs_none(self):
        self.write("tocsin.yaml", CONFIG + "approval: optional\n")
        self.expect(0, "send", "alert", "--yes")

    def test_another_word_is_an_error_at_its_place(self):
        self.write("tocsin.yaml", CONFIG + "approval: always\n")
        error = self.expect(78, "check", "alert").err
        self.assertIn("`required` or `optional`", error)

    def test_a_campaign_cannot_say_so_yet(self):
        self.write("campaigns/alert.yaml", CAMPAIGN + "approval: required\n")
        self.assertIn("not supported yet", self.expect(65, "check", "alert").err)

    def test_proofs_dry_runs_and_previews_need_none(self):
        self.expect(0, "send", "alert", "--dry-run")
        self.expect(0, "test", "alert", "--to", "reviewer@harbour.example")
        self.expect(0, "preview", "alert")

    def test_a_finished_mailing_needs_none_to_say_so(self):
        self.approve()
        self.expect(0, "send", "alert", "--yes")
        self.write("tocsin.yaml", REQUIRED.replace("state/outbox", "state/elsewhere"))
        self.assertIn("nothing to send", self.expect(0, "send", "alert", "--yes").out)


class VoidTest(ApprovalTest):
    def test_a_template_edited_after_the_approval(self):
        self.approve()
        self.write("templates/alert.txt.mustache", TEXT + "Now.\n")
        self.assertIn("templates/alert.txt.mustache has changed", self.refused())
        error = self.refused("--replan")
        self.assertIn("by Ann Reviewer", error)
        self.assertIn("- templates/alert.txt.mustache has changed", error)
        self.assertEqual("void", self.state())
        self.approve()
        self.expect(0, "send", "alert", "--yes")

    def test_the_frozen_plan_that_was_approved_may_go_all_the_same(self):
        self.approve()
        self.write("templates/alert.txt.mustache", TEXT + "Now.\n")
        self.expect(0, "send", "alert", "--yes", "--as-planned")
        self.assertNotIn(b"Now.", b"".join(self.outbox()))

    def test_one_person_more_and_one_fewer(self):
        self.approve()
        self.write_list("lists/members.csv", self.people[1:] + [("dd@four.example", "D"),
                                                                ("ee@five.example", "E")])
        error = self.refused("--replan")
        self.assertIn("- lists/members.csv has changed", error)
        self.assertIn("- 2 people more, 1 fewer", error)

    def test_the_name_of_one_person(self):
        self.approve()
        self.write_list("lists/members.csv", [("ann@one.example", "Anna")] + self.people[1:])
        self.assertIn("the data of people", self.refused("--replan"))

    def test_somebody_who_left_between_two_plans(self):
        self.approve()
        self.expect(0, "suppress", "add", "bob@two.example")
        self.assertIn("- 1 person fewer", self.refused("--replan"))

    def test_somebody_who_left_after_the_plan_voids_nothing_and_gets_nothing(self):
        self.approve()
        self.expect(0, "suppress", "add", "bob@two.example")
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(2, len(self.outbox()))

    def test_tocsin_yamls_transport_changed(self):
        self.approve()
        self.write("tocsin.yaml", REQUIRED.replace("state/outbox", "state/elsewhere"))
        error = self.refused()
        self.assertIn("`transports.outbox.path` was “state/outbox”, and is “state/elsewhere”", error)
        self.assertEqual([], self.outbox("state/elsewhere"))
        self.write("tocsin.yaml", REQUIRED)
        self.expect(0, "send", "alert", "--yes")

    def test_a_half_sent_mailing_goes_on_by_the_approved_transport_only(self):
        self.approve()
        self.expect(75, "send", "alert", "--yes", "--limit", "1")
        self.write("templates/alert.txt.mustache", TEXT + "Later.\n")
        self.write("tocsin.yaml", REQUIRED.replace("state/outbox", "state/elsewhere"))
        self.assertIn("state/elsewhere", self.refused())
        self.approve()
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual((1, 2), (len(self.outbox()), len(self.outbox("state/elsewhere"))))
        self.assertNotIn(b"Later.", b"".join(self.outbox("state/elsewhere")))

    def test_a_comment_changed_nothing(self):
        self.approve()
        self.write("tocsin.yaml", "# reviewed\n" + REQUIRED)
        self.write("campaigns/alert.yaml", "# reviewed\n" + CAMPAIGN)
        self.write("lists/members.csv", "email,first_name,note\n"
                   "cy@three.example,,unused\nbob@two.example,Bob,\nann@one.example,Ann,\n")
        self.expect(0, "send", "alert", "--yes", "--replan")
        self.assertEqual(3, len(self.outbox()))

    def test_approved_then_top_up(self):
        self.approve()
        self.expect(75, "send", "alert", "--yes", "--limit", "1")
        self.write_list("lists/members.csv", self.people + [("dd@four.example", "D")])
        self.assertIn("- 1 person more", self.refused("--top-up"))
        self.assertIn("- 1 person more", self.refused())
        self.approve()
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(4, len(self.outbox()))

    def test_a_top_up_that_brings_nobody_voids_nothing(self):
        self.approve()
        self.expect(0, "send", "alert", "--yes", "--top-up")
        self.assertEqual(3, len(self.outbox()))

    def test_changed_and_changed_back_is_what_was_approved(self):
        self.approve()
        self.write("templates/alert.html.mustache", HTML.replace("Dear", "Hello"))
        self.refused("--replan")
        self.write("templates/alert.html.mustache", HTML)
        self.expect(0, "send", "alert", "--yes", "--replan")


class ApproveTest(ApprovalTest):
    def test_it_plans_where_there_is_no_plan_and_shows_it(self):
        result = self.approve()
        self.assertIn("alert: 3 mails planned", result.err)
        self.assertIn("Reem and Mark <campaigns@harbour.example>", result.err)
        self.assertIn("Ann, act now", result.err)
        self.assertRegex(result.err, r"Hash     [0-9a-f]{16}\n")
        self.assertIn("approved by Ann Reviewer (", result.out)

    def test_what_plan_shows_is_what_is_approved(self):
        planned = self.expect(0, "plan", "alert", "--json").json()
        approved = self.approve(0, "--json").json()
        self.assertEqual(planned["hash"], approved["hash"])
        self.assertEqual([planned["hash"]], [one["hash"] for one in approved["approval"]["approvals"]])
        again = self.expect(0, "plan", "alert", "--json").json()
        self.assertEqual("given", again["approval"]["state"])
        self.assertEqual((planned["hash"], []), (again["hash"], again["changes"]))

    def test_status_and_explain_say_by_whom_and_when(self):
        self.approve()
        for arguments in (["status", "alert"], ["explain", "alert", "ann@one.example"], ["plan", "alert"]):
            self.assertRegex(self.expect(0, *arguments).out, r"approved by Ann Reviewer \(20\d\d-.*Z\)")

    def test_files_that_changed_since_the_plan(self):
        self.expect(0, "plan", "alert")
        self.write("templates/alert.txt.mustache", TEXT + "Now.\n")
        error = self.approve(77).err
        self.assertIn("templates/alert.txt.mustache has changed", error)
        self.assertIn("`tocsin plan alert`", error)
        self.assertEqual("none", self.state())

    def test_settings_that_changed_since_the_plan(self):
        self.expect(0, "plan", "alert")
        self.write("tocsin.yaml", REQUIRED.replace("state/outbox", "state/elsewhere"))
        self.assertIn("`transports.outbox.path`", self.approve(77).err)
        self.expect(0, "plan", "alert")
        self.approve()

    def test_a_comment_since_the_plan(self):
        self.expect(0, "plan", "alert")
        self.write("tocsin.yaml", REQUIRED + "# reviewed\n")
        self.approve()

    def test_approving_twice_is_harmless(self):
        first = self.approve(0, "--json").json()
        self.assertEqual(first, self.approve(0, "--json").json())

    def test_two_approvers_at_once(self):
        self.expect(0, "plan", "alert")
        names = [f"Reviewer {i}" for i in range(4)]
        running = [self.start("approve", "alert", "--by", name) for name in names]
        for process in running:
            process.communicate(timeout=60)
        self.assertEqual([0] * 4, [process.returncode for process in running])
        approvals = self.status()["approval"]["approvals"]
        self.assertEqual(names, sorted(one["by"] for one in approvals))
        self.expect(0, "send", "alert", "--yes")

    def test_a_name_that_is_none(self):
        for name in (" ", "a\nb", "x" * 201):
            self.expect(64, "approve", "alert", "--by", name)
        self.assertNotIn("alert", self.expect(0, "status").out)

    def test_without_a_name_it_is_the_users(self):
        result = self.expect(0, "approve", "alert")
        user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
        fields = subprocess.run(["getent", "passwd", user], capture_output=True, text=True,
                                check=True).stdout.split(":")
        self.assertIn(f"approved by {fields[4].split(',')[0] or user} (", result.out)

    def test_bad_rows_refuse_as_they_do_elsewhere(self):
        self.write_list("lists/members.csv", self.people + [("nonsense", "")])
        self.approve(65)
        self.approve(0, "--skip-invalid")

    def test_a_cancelled_campaign(self):
        self.expect(0, "plan", "alert")
        self.expect(0, "cancel", "alert")
        self.approve(77)

    def test_a_campaign_that_nobody_knows(self):
        self.expect(66, "approve", "nothing")

    def test_killed_before_the_approval_is_on_record(self):
        self.expect(0, "plan", "alert")
        self.approve(-9, failpoint="approve-before-commit")
        self.assertIn("nobody has approved", self.refused())

    def test_killed_after_the_approval_is_on_record(self):
        self.expect(0, "plan", "alert")
        self.approve(-9, failpoint="approve-after-commit")
        self.expect(0, "send", "alert", "--yes")

    def test_an_address_is_nowhere_in_the_record_of_approvals(self):
        self.approve()
        rows = sqlite3.connect(self.folder / "state/tocsin.db").execute(
            "SELECT facts, people FROM approval").fetchall()
        self.assertEqual(1, len(rows))
        for value in rows[0]:
            self.assertNotIn(b"ann@one", bytes(value))


class TerminalTest(ApprovalTest):
    def ask(self, answer):
        terminal = Terminal(columns=100)
        process = self.start("approve", "alert", "--by", "Ann Reviewer", **terminal.options)
        terminal.type(answer)
        return terminal.finish(process), terminal.text

    def test_on_a_terminal_it_asks(self):
        code, text = self.ask(b"y\n")
        self.assertEqual(0, code)
        self.assertIn("Approve this as Ann Reviewer? [y/N]", text)
        self.assertEqual("given", self.state())

    def test_no_is_no(self):
        code, _ = self.ask(b"n\n")
        self.assertEqual(77, code)
        self.assertEqual("none", self.state())


if __name__ == "__main__":
    unittest.main()
