"""What the lint says of single people, and that its errors stop every command that could mail them."""

import unittest

from workspace import CAMPAIGN, CONFIG, HTML, TEXT, WorkspaceTest, parse

INSECURE = HTML.replace("</body>", '<p><a href="http://act.harbour.example/">Act</a></p></body>')
WITH_PAGE = HTML.replace("</body>", '{{#page}}<p><a href="{{page}}">Your page</a></p>{{/page}}</body>')
TEXT_WITH_PAGE = TEXT + "{{#page}}Your page: {{page}}\n{{/page}}"


class LintTest(WorkspaceTest):
    def write_people(self, *rows):
        self.write("lists/members.csv", "email,first_name,page\n" + "".join(f"{row}\n" for row in rows))

    def lint(self, code=65, *options):
        """What `check` finds, as "file:line id"."""
        found = self.expect(code, "check", "alert", "--json", *options).json()
        return [f"{one['file']}:{one['line']} {one['id']}" for one in found["findings"]]


class RefusalTest(LintTest):
    def test_an_error_stops_check_plan_test_and_send(self):
        self.write("templates/alert.html.mustache", INSECURE)
        for command in (["check"], ["plan"], ["test", "--to", "me@harbour.example"], ["send", "--yes"],
                        ["send", "--dry-run"]):
            result = self.expect(65, command[0], "alert", *command[1:])
            self.assertIn("templates/alert.html.mustache:7:65: error:", result.err, command)
            self.assertIn("[insecure-link]", result.err, command)
        self.assertEqual([], self.outbox())
        self.assertFalse((self.folder / "state/outbox/new").exists())

    def test_ignored_it_stops_nothing_and_check_says_how_many(self):
        self.write("templates/alert.html.mustache", INSECURE)
        self.write("campaigns/alert.yaml", CAMPAIGN + "lint: {ignore: [insecure-link, text-lacks-link]}\n")
        self.assertEqual("3 recipients, 0 errors, 0 warnings, 2 ignored\n", self.expect(0, "check", "alert").out)
        self.assertEqual(2, self.expect(0, "check", "alert", "--json").json()["ignored"])
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(3, len(self.outbox()))

    def test_warnings_are_one_line_but_in_check(self):
        self.write("tocsin.yaml", CONFIG)
        self.write("campaigns/alert.yaml", CAMPAIGN.replace("first_name}} now", "first_name}} now, before the council "
                                                            "decides about all of the harbour on Thursday"))
        self.assertIn("[long-subject]", self.expect(0, "check", "alert").err)
        line = "alert: 1 warning: see `tocsin check alert`\n"
        for command in (["plan"], ["test", "--to", "me@harbour.example"], ["send", "--yes", "--replan"],
                        ["send", "--dry-run"]):
            result = self.expect(0, command[0], "alert", *command[1:])
            self.assertEqual(1, result.err.count(line), f"{command}\n{result.err}")
            self.assertNotIn("long-subject", result.err)
        self.assertNotIn("warning", self.expect(0, "send", "alert", "--dry-run", "--quiet").err)


class PeopleTest(LintTest):
    def setUp(self):
        super().setUp()
        self.write("templates/alert.html.mustache", WITH_PAGE)
        self.write("templates/alert.txt.mustache", TEXT_WITH_PAGE)

    def test_each_fault_stands_at_its_row(self):
        good = [f"p{i}@one.example,Ann,https://act.harbour.example/{i}" for i in range(4)]
        self.write_people(*good, "a@x.example,{{first_name}},", "b@x.example,N/A,",
                          "c@x.example,Cy,http://act.harbour.example/c", "d@x.example,Dee,javascript:alert(1)",
                          "e@x.example,Eve,https://evil.example/", "f@x.example,Flo,act.harbour.example")
        found = [one for one in self.lint() if one.startswith("lists/")]
        self.assertEqual(["lists/members.csv:10 stray-link", "lists/members.csv:11 relative-url",
                          "lists/members.csv:6 unresolved-tag", "lists/members.csv:7 placeholder-value",
                          "lists/members.csv:8 insecure-link", "lists/members.csv:9 script-link"], sorted(found))

    def test_skip_broken_leaves_them_out_and_says_so(self):
        self.write_people("a@x.example,*|FNAME|*,", "b@x.example,Bob,", "c@x.example,Cy,http://act.harbour.example/")
        self.expect(65, "send", "alert", "--yes", "--skip-invalid")
        result = self.expect(0, "send", "alert", "--yes", "--skip-broken")
        self.assertIn("lists/members.csv:2:1: warning: `first_name` holds `*|FNAME|*`, which nothing fills in: this "
                      "person is left out [unresolved-tag]", result.err)
        self.assertIn("lists/members.csv:4:1: warning: the link in `page` begins with `http:`: this person is left out "
                      "[insecure-link]", result.err)
        self.assertIn("2 broken", result.err)
        self.assertEqual(["b@x.example"], [parse(raw)["To"] for raw in self.outbox()])
        self.assertEqual(2, self.status()["skipped_by_reason"]["broken"])

    def test_who_has_unsubscribed_stops_nobody(self):
        self.write_people("a@x.example,{{name}},", "b@x.example,Bob,")
        self.expect(0, "suppress", "add", "a@x.example")
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(["b@x.example"], [parse(raw)["To"] for raw in self.outbox()])

    def test_a_cell_in_which_nobody_sees_anything_is_empty(self):
        self.write_people("a@x.example,\u200b,", "b@x.example,\u00a0\u3000,")
        self.assertEqual([], self.lint(0))
        self.expect(0, "send", "alert", "--yes")
        for raw in self.outbox():
            self.assertIn("Dear neighbour,", parse(raw).get_body(("plain",)).get_content())

    def test_no_address_is_in_what_is_found(self):
        self.write_people(*(f"p{i}@one.example,Ann,https://act.harbour.example/{i}" for i in range(4)),
                          "secret.person@x.example,{{name}},https://evil.example/")
        self.assertNotIn("secret.person", self.expect(65, "check", "alert").err)


class OutlierTest(LintTest):
    def test_a_branch_that_one_person_sees_and_one_very_large_mail(self):
        self.write("templates/alert.html.mustache", WITH_PAGE)
        self.write("templates/alert.txt.mustache", TEXT_WITH_PAGE)
        rows = [f"p{i}@one.example,Ann," for i in range(150)]
        # Broken into lines: one line of it would be an error of the mail itself.
        self.write_people(*rows, f'x@x.example,Xi,"https://act.harbour.example/{("x" * 90 + chr(10)) * 100}"')
        result = self.expect(0, "check", "alert")
        self.assertIn("templates/alert.html.mustache:7:53: warning: only 1 person sees `{{#page}}`: "
                      "lists/members.csv:152 [rare-branch]", result.err)
        self.assertIn("templates/alert.html.mustache:4:59: warning: nobody sees `{{^first_name}}`", result.err)
        self.assertIn("lists/members.csv:152:1: warning: this row's mail has", result.err)

    def test_html_that_one_cell_makes_too_large_stops_a_plan(self):
        self.write("templates/alert.html.mustache", WITH_PAGE)
        self.write("templates/alert.txt.mustache", TEXT_WITH_PAGE)
        self.write_people("a@x.example,Ann,", "b@x.example,Bob,https://act.harbour.example/" + "x" * 110_000)
        result = self.expect(65, "plan", "alert")
        self.assertIn("lists/members.csv:3:1: error: the HTML is over 102,400 bytes for 1 person", result.err)


class UnsoundTest(WorkspaceTest):
    """A fault of a template does not hide what the lint has to say."""

    def ids(self):
        return [finding["id"] for finding in self.expect(65, "check", "alert", "--json").json()["findings"]]

    def test_an_unknown_name_in_one_part(self):
        self.write("templates/alert.html.mustache", HTML.replace("<p>Dear", "<script>x()</script><p>Dear"))
        for tag in ("{{nope}}", "{{#open}}", "{{> missing}}"):
            with self.subTest(tag):
                self.write("templates/alert.txt.mustache", TEXT + tag)
                self.assertIn("active-content", self.ids())

    def test_rows_that_leave_nobody_and_an_exclusion_that_is_not_there(self):
        self.write("templates/alert.html.mustache", HTML.replace("<p>Dear", "<script>x()</script>{{city}}<p>Dear"))
        self.write("campaigns/alert.yaml", CAMPAIGN.replace(
            "lists: [lists/members.csv]", "lists: [lists/members.csv]\n  exclude: [lists/signed.csv]"))
        self.write("lists/members.csv", "email,first_name,city\nann@one.example,Ann,\nno address,Bob,Port\n")
        self.assertLessEqual({"missing-file", "invalid-address", "empty-field", "active-content"}, set(self.ids()))

    def test_an_unescaped_column_beside_a_script(self):
        self.write("templates/alert.html.mustache",
                   HTML.replace("<p>Dear", "<script>x()</script>{{{first_name}}}<p>Dear"))
        self.assertLessEqual({"unescaped-field", "active-content"}, set(self.ids()))


if __name__ == "__main__":
    unittest.main()
