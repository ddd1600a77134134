"""`tocsin serve` as mail programs, link scanners, forgers and people meet it."""

import contextlib
import itertools
import resource
import shutil
import signal
import socket
import sqlite3
import threading
import unittest

from servers import SmtpSink
from serving import Serving, tokens_of
from workspace import CAMPAIGN, CONFIG, HTML, WorkspaceTest

MULTIPART = ('--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n')


class ServeTest(WorkspaceTest):
    def send(self, campaign="alert"):
        self.expect(0, "send", campaign, "--yes")
        return tokens_of(self.outbox())

    def entries(self):
        return [(entry["address"], entry["scope"], entry["reason"], entry["source"])
                for entry in self.expect(0, "suppress", "list", "--json").json()]

    def second_campaign(self):
        self.write("campaigns/second.yaml", CAMPAIGN.replace("id: alert", "id: second"))

    def everything(self):
        """All that is in the ledger."""
        with contextlib.closing(sqlite3.connect(self.folder / "state/tocsin.db")) as ledger:
            return list(ledger.iterdump())


class LeavingTest(ServeTest):
    def test_one_click_and_the_next_campaign_skips_who_left(self):
        tokens = self.send()
        with Serving(self) as site:
            for address, body, content_type in (("ann@one.example", "List-Unsubscribe=One-Click", "text/plain"),
                                                ("bob@two.example", MULTIPART, "multipart/form-data; boundary=b")):
                answer = site.post(tokens[address], body, content_type)
                self.assertEqual(200, answer.status)
                self.assertNotIn("set-cookie", answer.headers)
                self.assertNotIn("location", answer.headers)
        self.assertEqual([("ann@one.example", "action-alerts", "unsubscribe", "one-click"),
                          ("bob@two.example", "action-alerts", "unsubscribe", "one-click")], self.entries())
        self.second_campaign()
        self.send("second")
        self.assertEqual(1, self.status("second")["states"]["accepted"])
        self.assertEqual(2, self.status("second")["skipped_by_reason"]["suppressed"])

    def test_who_leaves_after_the_plan_gets_nothing_either(self):
        with SmtpSink(self.folder / "sink") as sink:
            self.write("tocsin.yaml", CONFIG.replace(
                "{type: maildir, path: state/outbox}",
                f"{{type: smtp, host: 127.0.0.1, port: {sink.port}, tls: none}}"))
            self.expect(0, "send", "alert", "--yes")
            tokens = tokens_of(mail.raw for mail in sink.mails())
            sink.forget()
            self.second_campaign()
            self.expect(0, "plan", "second")
            with Serving(self) as site:
                self.assertEqual(200, site.one_click(tokens["bob@two.example"]).status)
                self.expect(0, "send", "second", "--yes")
            self.assertEqual([["ann@one.example"], ["cy@three.example"]],
                             sorted(mail.recipients for mail in sink.mails()))

    def test_every_choice_of_the_page(self):
        token = self.send()["ann@one.example"]
        with Serving(self) as site:
            for choice, entry in (("all", ("all", "unsubscribe")), ("pause-30", ("all", "pause")),
                                  ("pause-90", ("all", "pause")), ("list", ("action-alerts", "unsubscribe"))):
                with self.subTest(choice):
                    answer = site.choose(token, choice)
                    self.assertEqual(200, answer.status)
                    self.assertIn('role="status"', answer.body)
                    self.assertEqual([("ann@one.example", *entry, "unsubscribe page")], self.entries())
                    self.assertIn('value="undo"', site.get(token).body)
                    self.assertEqual(200, site.choose(token, "undo").status)
                    self.assertEqual([], self.entries())

    def test_undo_leaves_what_others_said(self):
        token = self.send()["ann@one.example"]
        self.expect(0, "suppress", "add", "ann@one.example", "--reason", "complaint")
        with Serving(self) as site:
            site.choose(token, "list")
            site.choose(token, "undo")
        self.assertEqual([("ann@one.example", "all", "complaint", "command line")], self.entries())

    def test_a_person_whose_ledger_is_lost_is_honoured_and_answered_alike(self):
        tokens = self.send()
        with Serving(self) as site:
            before = site.choose(tokens["ann@one.example"], "all")
        for path in self.folder.glob("state/tocsin.db*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        with Serving(self, "--new-ledger") as site:
            after = site.choose(tokens["ann@one.example"], "all")
            self.assertEqual((200, 200), (before.status, after.status))
            self.assertIn("not available any more", site.request("GET", f"/u/{tokens['ann@one.example']}/view").body.lower())
        self.second_campaign()
        self.send("second")
        self.assertEqual(1, self.status("second")["skipped_by_reason"]["suppressed"])

    def test_links_of_old_mail_work_after_the_secret_was_exchanged(self):
        token = self.send()["ann@one.example"]
        (self.folder / "state/secret").rename(self.folder / "state/old")
        self.write("tocsin.yaml", CONFIG + "previous_secrets: [{file: state/old}]\n")
        self.expect(0, "suppress", "add", "x@x.example", "--new-ledger")
        with Serving(self) as site:
            self.assertEqual(200, site.get(token).status)
            self.assertEqual(200, site.one_click(token).status)
        self.assertIn("ann@one.example", [entry[0] for entry in self.entries()])


class NothingChangesTest(ServeTest):
    def test_ten_thousand_looks_at_valid_links(self):
        tokens = itertools.cycle(self.send().values())
        with Serving(self) as site:
            before = self.everything()
            for method, count in (("GET", 9_000), ("HEAD", 1_000)):
                for token in itertools.islice(tokens, count):
                    self.assertEqual(200, site.request(method, f"/u/{token}?click={count}").status)
        self.assertEqual(before, self.everything())

    def test_tokens_that_nobody_was_given(self):
        token = self.send()["ann@one.example"]
        (self.folder / "state/secret").rename(self.folder / "state/mine")
        self.expect(0, "suppress", "add", "x@x.example", "--new-ledger")  # another key
        with Serving(self) as site:
            before = self.everything()
            altered = token[:20] + ("a" if token[20] != "a" else "b") + token[21:]
            for bad in (token, altered, token[:-1], token[1:], token.upper(), token + "a", token + "%00", "a" * 52, "x"):
                with self.subTest(bad):
                    for answer in (site.get(bad), site.one_click(bad), site.choose(bad, "all")):
                        self.assertEqual(404, answer.status)
                        self.assertIn("damaged or incomplete", answer.body)
                        self.assertIn("mailto:unsubscribe@harbour.example", answer.body)
        self.assertEqual(before, self.everything())

    def test_other_methods_and_paths(self):
        token = self.send()["ann@one.example"]
        with Serving(self) as site:
            before = self.everything()
            for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
                self.assertEqual(405, site.request(method, f"/u/{token}").status)
            for path in ("/", "/u/", "/u/pull", "/favicon.ico", "/u/healthz", "/../../etc/passwd"):
                self.assertEqual(404, site.request("GET", path).status, path)
            self.assertEqual(400, site.choose(token, "nothing").status)
            self.assertEqual(413, site.post(token, "x" * 9000).status)
        self.assertEqual(before, self.everything())


class OperationTest(ServeTest):
    def test_kill_9_under_a_load_of_posts_loses_none_that_was_answered(self):
        people = [(f"p{i}@one.example", "P") for i in range(600)]
        self.write_list("lists/members.csv", people)
        tokens = self.send()
        for options, has_left in ((), self.left_in_ledger), (("--standalone",), self.left_on_page):
            with self.subTest(options), Serving(self, *options) as site:
                answered = self.post_until_killed(site, tokens)
                self.assertGreaterEqual(len(answered), 100)
                self.assertEqual(set(), answered - has_left(tokens))

    def post_until_killed(self, site, tokens):
        queue, answered, lock = iter(list(tokens.items())), set(), threading.Lock()
        enough = threading.Event()

        def post():
            while True:
                with lock:
                    address, token = next(queue, (None, None))
                if address is None:
                    return enough.set()
                try:
                    status = site.one_click(token).status
                except OSError:
                    return None
                with lock:
                    answered.update([address] if status == 200 else [])
                    if len(answered) >= 100:
                        enough.set()

        threads = [threading.Thread(target=post) for _ in range(8)]
        for thread in threads:
            thread.start()
        enough.wait(60)
        site.stop(signal.SIGKILL)
        for thread in threads:
            thread.join()
        return answered

    def left_in_ledger(self, _):
        return {entry[0] for entry in self.entries()}

    def left_on_page(self, tokens):
        with Serving(self, "--standalone") as site:
            return {address for address, token in tokens.items() if 'value="undo"' in site.get(token).body}

    def test_signals_end_it_gracefully(self):
        token = self.send()["ann@one.example"]
        for how in (signal.SIGTERM, signal.SIGINT):
            with Serving(self) as site, socket.create_connection(("127.0.0.1", site.port)) as slow:
                slow.sendall(f"GET /u/{token} HTTP/1.1\r\nHost: x\r\n".encode())
                while "tocsin_http_connections 2\n" not in site.request("GET", "/metrics").body:
                    pass  # until it was accepted
                site.process.send_signal(how)
                slow.sendall(b"\r\n")
                self.assertIn(b"200 OK", slow.recv(100))
                _, err = site.process.communicate(timeout=30)
                self.assertEqual((0, b""), (site.process.returncode, err))

    def test_neither_tokens_nor_addresses_are_logged(self):
        token = self.send()["ann@one.example"]
        with Serving(self, "-v") as site:
            site.one_click(token)
            site.get(token[:-1] + "z")
            metrics = site.request("GET", "/metrics")
            _, err = site.stop()
        self.assertIn('tocsin_leavings_total{choice="list"} 1', metrics.body)
        for text in (metrics.body, err):
            self.assertNotIn(token[:20], text)
            self.assertNotIn("ann", text)

    def test_a_full_disk_is_no_200(self):
        token = self.send()["ann@one.example"]
        for options in ((), ("--standalone",)):
            # Python ignores SIGXFSZ, and so does what it starts like this: writes fail with EFBIG.
            with self.subTest(options), Serving(self, *options, restore_signals=False) as site:
                soft, hard = resource.prlimit(site.process.pid, resource.RLIMIT_FSIZE)
                resource.prlimit(site.process.pid, resource.RLIMIT_FSIZE, (0, hard))
                for answer in (site.one_click(token), site.choose(token, "all")):
                    self.assertEqual(503, answer.status)
                    self.assertIn("Please try again", answer.body)
                    self.assertIn("mailto:unsubscribe+" + token, answer.body)
                self.assertEqual(503, site.request("GET", "/healthz").status)
                resource.prlimit(site.process.pid, resource.RLIMIT_FSIZE, (soft, hard))
                self.assertEqual(200, site.one_click(token).status)
                self.assertEqual(200, site.request("GET", "/healthz").status)

    def test_health(self):
        self.send()
        with Serving(self) as site:
            self.assertEqual((200, "ok\n"), (site.request("GET", "/healthz").status, site.request("GET", "/healthz").body))

    def test_view_in_the_browser(self):
        script = '<script>alert(1)</script><a href="{{view_url}}">look</a></body>'
        self.write("templates/alert.html.mustache", HTML.replace("</body>", script))
        self.write("campaigns/alert.yaml", CAMPAIGN + "lint: {ignore: [active-content]}\n")
        tokens = self.send()
        with Serving(self) as site:
            answer = site.request("GET", f"/u/{tokens['bob@two.example']}/view")
            self.assertEqual(200, answer.status)
            self.assertIn("Dear Bob", answer.body)
            self.assertIn(f"/u/{tokens['bob@two.example']}/view", answer.body)
            self.assertIn("sandbox", answer.headers["content-security-policy"])
            self.assertTrue(answer.headers["content-security-policy"].startswith("default-src 'none';"))

    def test_bad_arguments(self):
        for address in ("8080", "harbour.example:80", "127.0.0.1:99999"):
            self.expect(64, "serve", "--listen", address)
        with Serving(self) as site:
            result = self.expect(69, "serve", "--listen", f"127.0.0.1:{site.port}")
            self.assertIn("another program is there", result.err)

    def test_texts_of_the_workspace(self):
        self.write("tocsin.yaml", CONFIG.replace("unsubscribe:\n", "unsubscribe:\n  texts: {en: {title: Goodbye}}\n"))
        token = self.send()["ann@one.example"]
        with Serving(self) as site:
            self.assertIn("<h1>Goodbye</h1>", site.get(token).body)


if __name__ == "__main__":
    unittest.main()
