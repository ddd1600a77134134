"""Leaving while the ledger is elsewhere: serve --standalone, pulls, and what a send does about them."""

import os
import pathlib
import re
import shutil
import signal
import tempfile
import threading
import time
import unittest

from scripted_send import ScriptedSendTest
from serving import Serving
from workspace import parse

TOKEN = re.compile(r"/u/([a-z2-7]{52})\b")


class StandaloneTest(ScriptedSendTest):
    """The workspace is the laptop; `self.remote` is a machine that has the secret and nothing else."""

    people = [(f"p{number}@one.example", "") for number in range(6)]
    url_options = ""

    def setUp(self):
        super().setUp()
        self.remote = pathlib.Path(tempfile.mkdtemp(prefix="tocsin-test-"))
        self.addCleanup(shutil.rmtree, self.remote, ignore_errors=True)

    def start_site(self):
        """Serves with the workspace's secret, and lets the workspace know where."""
        self.make_secret()
        shutil.copy(self.folder / "state/secret", self.remote / "secret")
        site = self.enterContext(self.site())
        self.point_at(site)
        return site

    def make_secret(self):
        self.write("nobody.csv", "address\n")
        self.expect(0, "suppress", "import", "nobody.csv")

    def site(self, *more):
        return Serving(self, "--standalone", "--secret", "secret", *more, cwd=self.remote)

    def point_at(self, site):
        config = (self.folder / "tocsin.yaml").read_text()
        config = re.sub(r"  url: .*\n(  (require_live|pull_every): .*\n)*",
                        f"  url: http://127.0.0.1:{site.port}/u/\n{self.url_options}", config)
        if "lint:" not in config:
            config += "lint: {ignore: [no-list-unsubscribe, insecure-link]}  # http:, on this machine\n"
        self.write("tocsin.yaml", config)

    def tokens(self):
        """By address, of what has arrived."""
        mails = [parse(mail.raw) for mail in self.server.mails()]
        return {mail["To"]: TOKEN.search(mail["List-Unsubscribe"])[1] for mail in mails}

    def journal(self):
        return (self.remote / "state/unsubscribes.log").read_text()

    def suppressed(self):
        return {entry["address"]: entry for entry in self.expect(0, "suppress", "list", "--json").json()}

    def next_campaign(self):
        text = (self.folder / "campaigns/alert.yaml").read_text()
        self.write("campaigns/next.yaml", text.replace("id: alert", "id: next"))
        return self.expect(0, "send", "next", "--yes")


class PullTest(StandaloneTest):
    def test_what_was_chosen_there_is_in_the_ledger_here_once(self):
        site = self.start_site()
        self.send(75, "--limit", 3)
        (first, token), (second, other), _ = sorted(self.tokens().items())
        for _ in range(3):
            self.assertEqual(200, site.one_click(token).status)
        self.assertEqual(200, site.choose(other, "pause-30").status)
        self.assertEqual("2 choices pulled\n", self.expect(0, "suppress", "pull").out)
        self.assertEqual({"pulled": 0, "unknown": 0}, self.expect(0, "suppress", "pull", "--json").json())
        entries = self.suppressed()
        self.assertEqual({first, second}, set(entries))
        self.assertEqual(("action-alerts", "unsubscribe", "one-click"),
                         tuple(entries[first][key] for key in ("scope", "reason", "source")))
        self.assertEqual(("all", "pause"), tuple(entries[second][key] for key in ("scope", "reason")))
        self.assertIn("one-click", self.expect(0, "explain", "alert", first).out)

        self.assertEqual(200, site.choose(token, "undo").status)
        self.assertEqual("1 choice pulled\n", self.expect(0, "suppress", "pull").out)
        self.assertEqual({second}, set(self.suppressed()))
        self.assertEqual("3 choices pulled\n", self.expect(0, "suppress", "pull", "--all").out)
        self.assertEqual({second}, set(self.suppressed()))

    def test_whoever_leaves_again_after_the_entry_was_lifted_here_has_left(self):
        site = self.start_site()
        self.send(75, "--limit", 1)
        (address, token), = self.tokens().items()
        site.one_click(token)
        self.expect(0, "suppress", "pull")
        self.expect(0, "suppress", "remove", address)
        self.next_campaign()
        again = self.tokens()[address]
        self.assertNotEqual(token, again)
        self.assertEqual(200, site.one_click(again).status)
        self.expect(0, "suppress", "pull")
        self.assertEqual({address}, set(self.suppressed()))

    def test_the_remote_machine_keeps_no_address(self):
        site = self.start_site()
        self.send(75, "--limit", 1)
        site.one_click(*self.tokens().values())
        self.assertNotIn("@", self.journal())
        self.assertEqual(0o600, (self.remote / "state/unsubscribes.log").stat().st_mode & 0o777)

    def test_what_cannot_be_pulled_says_why(self):
        for arguments in (["https://u.harbour.example/u"], ["http://u.harbour.example/u/"]):
            self.expect(64, "suppress", "pull", *arguments)
        said = self.expect(69, "suppress", "pull", "http://127.0.0.1:1/u/").err
        self.assertIn("http://127.0.0.1:1", said)
        site = self.start_site()
        self.write("state/secret", "another secret, long enough")
        os.chmod(self.folder / "state/secret", 0o600)
        said = self.expect(69, "suppress", "pull", "--new-ledger").err
        self.assertIn("does not accept our key", said)
        self.assertEqual({}, self.suppressed())
        with Serving(self) as beside_the_ledger:
            said = self.expect(69, "suppress", "pull", f"http://127.0.0.1:{beside_the_ledger.port}/u/").err
            self.assertIn("serve --standalone", said)
        self.assertIsNone(site.process.poll())

    def test_killed_under_a_load_of_clicks_it_loses_none_that_it_answered(self):
        site = self.start_site()
        self.send(0)
        tokens = list(self.tokens().values())
        answered, lock = set(), threading.Lock()

        def click(mine):
            for token in mine:
                try:
                    if site.one_click(token).status == 200:
                        with lock:
                            answered.add(token)
                except OSError:
                    return

        threads = [threading.Thread(target=click, args=([token],)) for token in tokens]
        for thread in threads:
            thread.start()
        while not answered:
            time.sleep(0.001)
        site.stop(signal.SIGKILL)
        for thread in threads:
            thread.join()
        with self.site() as again:
            self.point_at(again)
            self.expect(0, "suppress", "pull")
        left = set(self.suppressed())
        self.assertLessEqual({address for address, token in self.tokens().items() if token in answered}, left)
        self.assertTrue(left)


class SendTest(StandaloneTest):
    def test_a_send_pulls_before_it_begins(self):
        site = self.start_site()
        self.send(75, "--limit", 1)
        (address, token), = self.tokens().items()
        site.one_click(token)
        self.assertIn("pulled from `unsubscribe.url`: 1 choice", self.next_campaign().err)
        self.assertEqual(1, self.server.received().count(address))
        self.assertEqual(1, self.status("next")["skipped_by_reason"]["suppressed"])

    def test_who_left_under_a_secret_that_is_forgotten_here_is_told_and_comes_with_it(self):
        site = self.start_site()
        self.send(75, "--limit", 1)
        (address, token), = self.tokens().items()
        site.stop()
        shutil.copy(self.remote / "secret", self.folder / "state/older")
        for file in (self.folder / "state/secret", self.remote / "new"):
            file.write_text("another secret, long enough")
            os.chmod(file, 0o600)
        both = self.enterContext(Serving(self, "--standalone", "--secret", "new", "--secret", "secret",
                                         cwd=self.remote))
        self.point_at(both)
        self.expect(0, "suppress", "import", "nobody.csv", "--new-ledger")
        self.assertEqual(200, both.one_click(token).status)
        said = self.next_campaign().err
        self.assertIn("warning: 1 choice at `unsubscribe.url` cannot be read here", said)
        self.assertIn("previous_secrets", said)
        config = (self.folder / "tocsin.yaml").read_text()
        self.write("tocsin.yaml", config + "previous_secrets: [{file: state/older}]\n")
        self.assertEqual("1 choice pulled\n", self.expect(0, "suppress", "pull").out)
        self.assertEqual({address}, set(self.suppressed()))

    def test_a_server_that_is_gone_is_told_and_the_send_goes_on(self):
        site = self.start_site()
        site.stop()
        said = self.send(0).err
        self.assertIn("warning: `unsubscribe.url` does not answer", said)
        self.assertIn("hint:", said)
        self.assertEqual(6, self.states()["accepted"])

    def test_mails_into_a_folder_ask_nobody(self):
        site = self.start_site()
        site.stop()
        config = (self.folder / "tocsin.yaml").read_text()
        self.write("tocsin.yaml", config[:config.index("transports:")]
                   + "transports:\n  outbox: {type: maildir, path: state/outbox}\n")
        self.assertNotIn("warning", self.send(0).err)


class RequireLiveTest(StandaloneTest):
    url_options = "  require_live: true\n"

    def test_nothing_leaves_until_the_link_works(self):
        site = self.start_site()
        site.stop()
        said = self.send(77).err
        self.assertIn("does not answer", said)
        self.assertEqual([], self.server.received())
        (self.remote / "secret").write_text("another secret, long enough")
        with self.site("--journal", "other.log") as wrong:
            self.point_at(wrong)
            self.assertIn("our key", self.send(77, "--replan").err)
            self.assertEqual([], self.server.received())
            self.expect(65, "check", "alert", "--connect")
        shutil.copy(self.folder / "state/secret", self.remote / "secret")
        with self.site() as right:
            self.point_at(right)
            self.send(0, "--replan")
            self.assertEqual(6, self.states()["accepted"])
            self.assertEqual("", self.expect(0, "check", "alert", "--connect").err)


class CheckTest(StandaloneTest):
    def findings(self):
        return [(found["severity"], found["id"])
                for found in self.expect(0, "check", "alert", "--connect", "--json").json()["findings"]]

    def test_whether_the_link_works_is_proved_only_when_asked(self):
        self.assertEqual([("warning", "unsubscribe-not-live")], self.findings())
        site = self.start_site()
        self.assertEqual([], self.findings())
        journal = self.journal()
        site.stop()
        self.assertEqual([("warning", "unsubscribe-not-live")], self.findings())
        self.assertEqual("", self.expect(0, "check", "alert").err)
        self.assertEqual(journal, self.journal(), "a probe is nobody's choice")

    def test_two_servers_cannot_have_one_journal(self):
        self.start_site()
        result = self.tocsin("serve", "--standalone", "--secret", "secret", "--listen", "127.0.0.1:0", cwd=self.remote)
        self.assertEqual(75, result.code, result.err)

    def test_a_secret_that_others_can_read_or_that_is_missing_serves_nobody(self):
        self.start_site()
        os.chmod(self.remote / "secret", 0o644)
        for name in ("secret", "none"):
            self.assertEqual(78, self.tocsin("serve", "--standalone", "--secret", name, "--journal", "x",
                                             cwd=self.remote).code)
        self.assertEqual(64, self.tocsin("serve", "--secret", "secret", cwd=self.remote).code)


class DuringTest(StandaloneTest):
    people = [(f"p{number:03}@one.example", "") for number in range(30)]
    connections = 1
    url_options = "  pull_every: 1 second\n"
    transport = "    rate: 5/s\n"

    def leave_during_a_send(self, site):
        """Who is the last in the plan leaves when the send is under way, by a link of an earlier mail."""
        last = self.people[-1][0]
        self.write_list("lists/members.csv", [(last, "")])
        text = (self.folder / "campaigns/alert.yaml").read_text()
        self.write("campaigns/early.yaml", text.replace("id: alert", "id: early"))
        self.expect(0, "send", "early", "--yes")
        token = self.tokens()[last]
        self.write_list("lists/members.csv", self.people)
        process = self.start_sending(4)
        self.assertEqual(200, site.one_click(token).status)
        self.ended(process, 0)
        self.assertEqual(1, self.server.received().count(last), "mailed although they left during the send")
        self.assertEqual({"accepted": len(self.people) - 1, "skipped": 1}, self.states())
        self.assertEqual(1, self.status()["skipped_by_reason"]["suppressed"])

    def test_who_leaves_elsewhere_during_a_send_is_not_mailed(self):
        self.leave_during_a_send(self.start_site())

    def test_who_leaves_beside_the_ledger_during_a_send_is_not_mailed(self):
        self.make_secret()
        site = self.enterContext(Serving(self))
        self.point_at(site)
        self.leave_during_a_send(site)


if __name__ == "__main__":
    unittest.main()
