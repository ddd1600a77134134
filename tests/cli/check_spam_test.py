"""`check --spam`, with the real SpamAssassin and with programs in its place."""

import os
import pathlib
import unittest

from workspace import TEXT, SampleTest, WorkspaceTest

# What every copy of SpamAssassin takes for spam: the test string that its documentation names.
GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"


def spam_findings(result):
    return [found for found in result["findings"] if found["id"] == "spam-score"]


class CheckSpamTest(WorkspaceTest):
    def test_a_sound_mail_shows_its_score_and_no_finding(self):
        result = self.expect(0, "check", "alert", "--spam", "--json").json()
        self.assertEqual([], spam_findings(result))
        [verdict] = result["spam"]
        self.assertEqual("alert", verdict["campaign"])
        self.assertLess(verdict["score"], verdict["threshold"])
        self.assertIn("NO_RELAYS", [rule["name"] for rule in verdict["rules"]])
        shown = self.expect(0, "check", "alert", "--spam").out
        self.assertRegex(shown, r"spam score of alert: -?\d+\.\d, spam from 5\.0 on\n")

    def test_spam_is_a_warning_that_names_the_heaviest_rules(self):
        self.write("templates/alert.txt.mustache", TEXT + GTUBE + "\n")
        result = self.expect(0, "check", "alert", "--spam", "--json").json()
        [found] = spam_findings(result)
        self.assertEqual(("warning", "campaigns/alert.yaml"), (found["severity"], found["file"]))
        self.assertIn("GTUBE (1000.0)", found["message"])
        self.assertEqual("GTUBE", result["spam"][0]["rules"][0]["name"])

    def test_an_ignored_score_says_nothing(self):
        self.write("templates/alert.txt.mustache", TEXT + GTUBE + "\n")
        self.write("campaigns/alert.yaml", (self.folder / "campaigns/alert.yaml").read_text() +
                   "lint: {ignore: [spam-score]}\n")
        self.assertEqual([], spam_findings(self.expect(0, "check", "alert", "--spam", "--json").json()))

    def path_with(self, script):
        """A PATH whose only spamassassin is this script."""
        folder = self.folder / "programs"
        folder.mkdir()
        if script is not None:
            program = folder / "spamassassin"
            program.write_text("#!/bin/sh\n" + script)
            program.chmod(0o755)
            return {"PATH": f"{folder}:{os.environ['PATH']}"}
        return {"PATH": str(folder)}

    def test_without_spamassassin_it_says_so_and_succeeds(self):
        result = self.expect(0, "check", "alert", "--spam", env=self.path_with(None))
        self.assertIn("SpamAssassin is not installed, so nobody was asked about spam [spam-score]", result.err)
        result = self.expect(0, "check", "alert", "--spam", "--json", env={"PATH": str(self.folder / "programs")})
        self.assertIsNone(result.json()["spam"][0]["score"])

    def test_a_spamassassin_that_fails_is_told(self):
        result = self.expect(0, "check", "alert", "--spam", env=self.path_with("echo 'no rules' >&2; exit 2\n"))
        self.assertIn("SpamAssassin failed with exit code 2: no rules", result.err)

    def test_the_mail_is_the_first_persons_with_harmless_links(self):
        kept = self.folder / "kept.eml"
        self.expect(0, "check", "alert", "--spam",
                    env=self.path_with(f"cat >{kept}; printf 'X-Spam-Score: 1.0 5.0\\n\\n'\n"))
        mail = pathlib.Path(kept).read_text()
        self.assertIn("To: ann@one.example", mail)
        self.assertIn("Dear Ann", mail)
        self.assertIn("https://u.harbour.example/u/preview", mail)

    def test_a_campaign_that_cannot_be_rendered_is_not_asked_about(self):
        self.write("templates/alert.txt.mustache", "{{no_such_field}}")
        result = self.expect(65, "check", "alert", "--spam", "--json").json()
        self.assertEqual([], result["spam"])


class SampleSpamTest(SampleTest):
    def test_the_sample_campaign_is_no_spam(self):
        result = self.expect(0, "check", "night-buses", "--spam", "--json").json()
        self.assertEqual([], spam_findings(result))
        self.assertLess(result["spam"][0]["score"], 1)


if __name__ == "__main__":
    unittest.main()
