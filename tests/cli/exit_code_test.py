"""Every exit code of the contract that this program can give, and what is said with it."""

import unittest

from workspace import CAMPAIGN, CONFIG, WorkspaceTest


class ExitCodeTest(WorkspaceTest):
    def test_0_done(self):
        self.expect(0, "check", "alert")

    def test_0_help_and_version(self):
        self.assertIn("Usage", self.expect(0, "--help").out)
        self.assertIn("--skip-invalid", self.expect(0, "send", "--help").out)
        self.assertRegex(self.expect(0, "--version").out, r"^tocsin \d+\.\d+\.\d+\n$")

    def test_64_usage(self):
        self.expect(64)
        self.assertIn("there is no command `fly`", self.expect(64, "fly").err)
        self.expect(64, "send")
        self.expect(64, "send", "alert", "--no-such-flag")
        self.expect(64, "send", "alert", "--limit", "many")
        self.expect(64, "status", "--watch")
        for count in ("-1", "1.5", ""):
            self.expect(64, "send", "alert", "--yes", "--limit", count)
            self.expect(64, "preview", "alert", "--sample", count)
        self.assertIn("--sample: expects a number of people",
                      self.expect(64, "preview", "alert", "--sample", "0").err)
        self.expect(64, "send", "alert", "--replan", "--top-up")
        self.expect(64, "test", "alert", "--to", "no address")
        self.expect(64, "preview", "alert", "--as", "stranger@one.example")

    def test_64_options_that_lack_what_they_need(self):
        self.expect(64, "check", "alert", "--dns-server", "127.0.0.1")
        self.expect(64, "suppress", "pull", "https://u.harbour.example")
        self.expect(64, "suppress", "undo")

    def test_64_only_a_provider_has_a_sandbox(self):
        result = self.expect(64, "test", "alert", "--to", "me@one.example", "--sandbox")
        self.assertIn("transport `outbox` has no sandbox", result.err)

    def test_65_bad_input(self):
        self.write("campaigns/alert.yaml", CAMPAIGN + "fromm: x\n")
        for command in (["check", "alert"], ["plan", "campaigns/alert.yaml"],
                        ["test", "campaigns/alert.yaml", "--to", "me@one.example"],
                        ["send", "campaigns/alert.yaml", "--yes"]):
            self.expect(65, *command)

    def test_66_missing_file(self):
        self.expect(66, "check", "no-such-campaign")
        self.expect(66, "check", "campaigns/none.yaml")
        for command in ("hold", "release", "cancel", "status"):
            result = self.expect(66, command, "alerts")
            self.assertIn("did you mean `alert`", result.err)
        self.expect(66, "explain", "alerts", "ann@one.example")
        self.assertFalse((self.folder / "state").exists())
        (self.folder / "lists/members.csv").unlink()
        self.expect(66, "check", "alert")
        self.expect(66, "render", "none.mustache")
        self.expect(66, "suppress", "import", "none.csv")

    def test_65_where_66_applies_too(self):
        (self.folder / "lists/members.csv").unlink()
        self.write("campaigns/alert.yaml", CAMPAIGN + "fromm: x\n")
        self.expect(65, "check", "alert")

    def test_69_unreachable_server(self):
        self.write("tocsin.yaml", CONFIG.replace(
            "{type: maildir, path: state/outbox}",
            "{type: smtp, host: 127.0.0.1, port: 1, tls: none}"))
        result = self.expect(69, "send", "alert", "--yes")
        self.assertIn("127.0.0.1:1", result.err)
        self.assertEqual(3, self.status()["states"]["planned"])
        self.expect(69, "test", "alert", "--to", "me@one.example")

    def test_70_a_fault_of_the_program_loses_nobody(self):
        result = self.expect(70, "send", "alert", "--yes", fault="w1-claimed")
        self.assertIn("please report it", result.err)
        self.expect(0, "send", "alert", "--yes")
        self.assertEqual(3, len(self.outbox()))

    def test_74_a_ledger_that_cannot_be_used(self):
        self.write("state/tocsin.db", "this is no database, but it is long enough to be read\n" * 40)
        self.expect(74, "plan", "alert")
        self.expect(74, "status", "alert")

    def test_75_not_finished(self):
        self.expect(75, "send", "alert", "--yes", "--limit", "1")

    def test_77_not_confirmed(self):
        self.expect(77, "send", "alert")

    def test_78_no_workspace(self):
        (self.folder / "tocsin.yaml").unlink()
        for command in (["check", "alert"], ["status"], ["send", "alert", "--yes"]):
            self.expect(78, *command)

    def test_78_bad_workspace(self):
        self.write("tocsin.yaml", CONFIG + "organization: {}\n")
        result = self.expect(78, "check", "alert")
        self.assertIn("did you mean `organisation`", result.err)
        self.expect(78, "send", "alert", "--yes")

    def test_78_a_secret_that_cannot_be_had(self):
        self.write("tocsin.yaml", CONFIG + "secret: {env: TOCSIN_TEST_NO_SUCH_VARIABLE}\n")
        self.expect(78, "send", "alert", "--yes")
        self.expect(0, "check", "alert")
        self.expect(0, "status", "alert")

    def test_config_names_a_workspace_elsewhere(self):
        result = self.expect(0, "check", "alert", "--config", self.folder / "tocsin.yaml", cwd="/")
        self.assertIn("3 recipients", result.out)


if __name__ == "__main__":
    unittest.main()
