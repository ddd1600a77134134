"""`tocsin send` into a Maildir: once to everybody, whatever is done to it."""

import unittest

from workspace import CAMPAIGN, HTML, TEXT, WorkspaceTest, parse


class SendTest(WorkspaceTest):
    def send(self, code=0, **options):
        return self.expect(code, "send", "alert", "--yes", **options)

    def test_one_mail_for_each_recipient(self):
        self.send()
        mails = [parse(raw) for raw in self.outbox()]
        self.assertEqual(["ann@one.example", "bob@two.example", "cy@three.example"],
                         sorted(mail["To"] for mail in mails))
        self.assertEqual(3, self.status()["states"]["accepted"])

    def test_a_second_send_sends_nothing(self):
        self.send()
        again = self.send()
        self.assertIn("nothing to send", again.out)
        self.assertEqual(3, len(self.outbox()))

    def test_without_a_terminal_and_without_yes_nothing_is_sent(self):
        result = self.expect(77, "send", "alert")
        self.assertIn("--yes", result.err)
        self.assertEqual([], self.outbox())

    def test_limit_sends_so_many_and_says_that_there_is_more(self):
        self.expect(75, "send", "alert", "--yes", "--limit", "2")
        self.assertEqual(2, len(self.outbox()))
        self.send()
        self.assertEqual(3, len(self.outbox()))

    def test_a_suppressed_address_is_skipped(self):
        self.expect(0, "suppress", "add", "Bob@TWO.example")
        self.send()
        status = self.status()
        self.assertEqual(1, status["skipped_by_reason"]["suppressed"])
        self.assertEqual(2, len(self.outbox()))

    def test_a_suppression_of_another_list_does_not_count(self):
        self.expect(0, "suppress", "add", "bob@two.example", "--scope", "newsletter")
        self.send()
        self.assertEqual(3, len(self.outbox()))

    def test_a_suppression_after_the_plan_is_honoured(self):
        self.expect(0, "plan", "alert")
        self.expect(0, "suppress", "add", "bob@two.example")
        self.send()
        self.assertEqual(2, len(self.outbox()))
        self.assertEqual(1, self.status()["skipped_by_reason"]["suppressed"])

    def test_an_excluded_address_is_skipped(self):
        self.write("campaigns/alert.yaml", CAMPAIGN.replace(
            "  lists: [lists/members.csv]",
            "  lists: [lists/members.csv]\n  exclude: [lists/signed.csv]"))
        self.write("lists/signed.csv", "email\nANN@one.example\n")
        self.send()
        self.assertEqual(1, self.status()["skipped_by_reason"]["excluded"])
        self.assertEqual(2, len(self.outbox()))

    def test_a_duplicate_in_another_case_is_one_mail(self):
        self.write_list("lists/members.csv", self.people + [("Ann@One.Example", "Anna")])
        self.send()
        self.assertEqual(3, len(self.outbox()))
        self.assertEqual(1, self.status()["duplicates"])

    def test_dry_run_sends_and_records_nothing(self):
        result = self.expect(0, "send", "alert", "--dry-run", "--out", "dry")
        self.assertIn("3 mails rendered, none sent", result.out)
        self.assertEqual(3, len(list((self.folder / "dry").iterdir())))
        self.assertEqual([], self.outbox())
        self.assertFalse((self.folder / "state/tocsin.db").exists())
        self.assertFalse((self.folder / "tocsin.lock").exists())


class InvalidRowsTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.write("lists/members.csv", "email,first_name\nann@one.example,Ann\nnot-an-address,Bob\n")

    def test_a_bad_row_stops_the_campaign_before_the_first_mail(self):
        result = self.expect(65, "send", "alert", "--yes")
        self.assertIn("lists/members.csv:3:1: error", result.err)
        self.assertEqual([], self.outbox())

    def test_skip_invalid_counts_it_and_goes_on(self):
        self.expect(0, "send", "alert", "--yes", "--skip-invalid")
        status = self.status()
        self.assertEqual(1, status["skipped_by_reason"]["invalid"])
        self.assertEqual(2, status["total"])
        self.assertEqual(1, len(self.outbox()))


class DearCommaTest(WorkspaceTest):
    """"Dear ," cannot happen."""

    def setUp(self):
        super().setUp()
        self.write("templates/alert.txt.mustache",
                   "Hello,\nDear {{first_name}},\n" + TEXT.partition("\n")[2])

    def test_an_empty_field_that_would_be_printed_is_an_error_at_its_place(self):
        result = self.expect(65, "check", "alert")
        self.assertIn("templates/alert.txt.mustache:2:6: error", result.err)
        self.assertIn("1 person", result.err)
        self.expect(65, "send", "alert", "--yes")
        self.assertEqual([], self.outbox())

    def test_skip_broken_leaves_them_out_and_says_so(self):
        result = self.expect(0, "send", "alert", "--yes", "--skip-broken")
        self.assertIn("1 broken", result.err)
        self.assertEqual(1, self.status()["skipped_by_reason"]["broken"])
        self.assertEqual(2, len(self.outbox()))

    def test_a_fallback_mends_it(self):
        self.write("campaigns/alert.yaml", CAMPAIGN + "fallbacks: {first_name: Friend}\n")
        self.expect(0, "send", "alert", "--yes")
        texts = [parse(raw).get_body(("plain",)).get_content() for raw in self.outbox()]
        self.assertEqual(1, sum("Dear Friend," in text for text in texts))


class ChangedTest(WorkspaceTest):
    """What was planned is what is sent, or somebody is asked."""

    def setUp(self):
        super().setUp()
        self.expect(0, "plan", "alert")

    def change_list(self):
        self.write_list("lists/members.csv", self.people + [("dee@four.example", "Dee")])

    def test_a_changed_list_refuses_with_the_difference(self):
        self.change_list()
        result = self.expect(77, "send", "alert", "--yes")
        self.assertIn("lists/members.csv has changed", result.err)
        self.assertIn("1 person new, 0 people gone", result.err)
        self.assertEqual([], self.outbox())

    def test_replan_takes_the_list_as_it_is_now(self):
        self.change_list()
        self.expect(0, "send", "alert", "--yes", "--replan")
        self.assertEqual(4, len(self.outbox()))

    def test_as_planned_sends_what_was_planned(self):
        self.change_list()
        self.expect(0, "send", "alert", "--yes", "--as-planned")
        self.assertEqual(3, len(self.outbox()))

    def test_a_changed_template_refuses(self):
        self.write("templates/alert.txt.mustache", "Something else {{unsubscribe_url}}\n")
        result = self.expect(77, "send", "alert", "--yes")
        self.assertIn("templates/alert.txt.mustache has changed", result.err)

    def test_a_comment_in_the_campaign_changes_nothing(self):
        self.write("campaigns/alert.yaml", CAMPAIGN + "# a note\n")
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(3, len(self.outbox()))

    def test_after_the_first_mail_the_frozen_plan_is_finished_and_the_difference_told(self):
        self.expect(75, "send", "alert", "--yes", "--limit", "1")
        self.write("templates/alert.txt.mustache", "Something else {{unsubscribe_url}}\n")
        result = self.expect(0, "send", "alert", "--yes")
        self.assertIn("templates/alert.txt.mustache has changed", result.err)
        texts = [parse(raw).get_body(("plain",)).get_content() for raw in self.outbox()]
        self.assertEqual(3, len(texts))
        self.assertFalse(any("Something else" in text for text in texts))

    def test_replan_is_refused_after_the_first_mail(self):
        self.expect(75, "send", "alert", "--yes", "--limit", "1")
        self.expect(77, "send", "alert", "--yes", "--replan")

    def test_top_up_adds_only_who_is_new(self):
        self.expect(0, "send", "alert", "--yes")
        self.change_list()
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(3, len(self.outbox()))
        self.expect(0, "send", "alert", "--yes", "--top-up")
        self.assertEqual(4, len(self.outbox()))
        self.assertEqual(4, self.status()["states"]["accepted"])

    def test_who_joins_a_plan_is_looked_at_with_the_mail_that_it_froze(self):
        self.write_list("lists/members.csv", self.people[:2])
        sections = "{{#first_name}}{{first_name}}{{/first_name}}{{^first_name}}neighbour{{/first_name}}"
        self.assertIn(sections, HTML)
        self.write("templates/alert.html.mustache", HTML.replace(sections, "{{first_name}}"))
        self.expect(75, "send", "alert", "--yes", "--limit", "1", "--replan")
        self.write("templates/alert.html.mustache", HTML)
        self.write_list("lists/members.csv", self.people[:2] + [("cy@three.example", "")])
        result = self.expect(65, "send", "alert", "--yes", "--top-up")
        self.assertIn("`first_name` is empty", result.err)
        self.expect(0, "send", "alert", "--yes")


class ControlTest(WorkspaceTest):
    def test_a_held_campaign_is_not_sent_until_released(self):
        self.expect(0, "hold", "alert", "--reason", "typo in the title")
        result = self.expect(77, "send", "alert", "--yes")
        self.assertIn("typo in the title", result.err)
        self.expect(0, "release", "alert")
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(3, len(self.outbox()))

    def test_a_cancelled_campaign_is_never_sent(self):
        self.expect(0, "plan", "alert")
        self.expect(0, "cancel", "alert")
        self.expect(77, "send", "alert", "--yes")
        self.expect(77, "release", "alert")
        self.assertEqual(3, self.status()["skipped_by_reason"]["cancelled"])
        self.assertEqual([], self.outbox())


if __name__ == "__main__":
    unittest.main()
