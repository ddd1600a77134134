"""A campaign arrives over SMTP at a server that is not ours: Postfix's smtp-sink."""

import csv
import re
import shutil
import time
import unittest
import urllib.parse
from html import unescape

from servers import SmtpSink
from unsubscribe_token import is_token_for
from workspace import CAMPAIGN, CONFIG, HTML, ROOT, TEXT, WorkspaceTest, parse

SECRET = "a secret for tests, long enough"
TOKEN = re.compile(r"https://u\.harbour\.example/u/([a-z2-7]{52})(?![a-z2-7])")

BODY_HTML = HTML.replace("</body>", '<p><a href="https://act.harbour.example/{{#urlencode}}{{page}}{{/urlencode}}">Act</a></p>'
                         "<p>" + "a line that no editor broke " * 60 + "</p></body>")
BODY_TEXT = TEXT + "act: https://act.harbour.example/{{#urlencode}}{{page}}{{/urlencode}}\n.a line that begins with a dot\n"


class SinkTest(WorkspaceTest):
    connections = 1

    def setUp(self):
        super().setUp()
        self.sink = self.enterContext(SmtpSink(self.folder / "sink"))
        self.write("tocsin.yaml", CONFIG.replace(
            "outbox: {type: maildir, path: state/outbox}",
            f"outbox: {{type: smtp, host: 127.0.0.1, port: {self.sink.port}, tls: none,"
            f" connections: {self.connections}}}") + "secret: {env: TOCSIN_TEST_SECRET}\n")
        self.write("templates/alert.html.mustache", BODY_HTML)
        self.write("templates/alert.txt.mustache", BODY_TEXT)
        self.write("campaigns/alert.yaml", CAMPAIGN.replace(
            "  lists: [lists/members.csv]", "  lists: [lists/members.csv]\n  exclude: [lists/signed.csv]")
            + "lint: {ignore: [long-line]}  # the point of one of the tests\n")
        self.write_people()

    def write_people(self):
        """Sixty people who get a mail, and four rows that do not: a duplicate, one excluded, two suppressed."""
        self.names = {f"p{i}+alerts@n{i % 7}.example": f"Ngũgĩ{i}" for i in range(58)}
        self.names.update({"o'brien@one.example": "O'Brien", "no.name@one.example": ""})
        others = {"P3+ALERTS@N3.example": "Again", "signed@one.example": "Signed",
                  "gone@one.example": "Gone", "left@one.example": "Left"}
        rows = [f"{address},{name},page-of-{address.split('@')[0].split('+')[0]}"
                for address, name in (self.names | others).items()]
        self.write("lists/members.csv", "email,first_name,page\n" + "\n".join(rows) + "\n")
        self.write("lists/signed.csv", "email\nSigned@one.example\n")
        self.write("suppressed.csv", "address,scope,reason\ngone@one.example,all,bounce\n"
                                     "left@one.example,action-alerts,unsubscribe\n")

    def start(self, *arguments, **options):
        return super().start(*arguments, env={"TOCSIN_TEST_SECRET": SECRET}, **options)

    def send(self):
        self.expect(0, "suppress", "import", "suppressed.csv")
        return self.expect(0, "send", "alert", "--yes")

    def by_recipient(self):
        mails = {}
        for mail in self.sink.mails():
            self.assertEqual(1, len(mail.recipients))
            self.assertNotIn(mail.recipients[0], mails, "mailed twice")
            mails[mail.recipients[0]] = mail
        return mails


class CampaignTest(SinkTest):
    def test_exactly_the_eligible_people_get_one_mail_each(self):
        self.send()
        self.assertEqual(set(self.names), set(self.by_recipient()))
        status = self.status()
        self.assertEqual(60, status["states"]["accepted"])
        self.assertEqual({"suppressed": 2, "excluded": 1},
                         {why: n for why, n in status["skipped_by_reason"].items() if n})
        self.assertEqual(1, status["duplicates"])

    def test_each_has_its_own_name_and_link(self):
        self.send()
        for address, mail in self.by_recipient().items():
            name, page = self.names[address], address.split("@")[0].split("+")[0]
            message = parse(mail.raw)
            self.assertEqual([], message.defects)
            self.assertEqual(address, message["To"])
            self.assertEqual(f"{name}, act now" if name else "Act now", message["Subject"])
            text = message.get_body(("plain",)).get_content()
            html = message.get_body(("html",)).get_content()
            self.assertTrue(text.startswith(f"Dear {name or 'neighbour'},\n"), text)
            self.assertIn(f"<p>Dear {name or 'neighbour'},</p>", unescape(html))
            for body in (text, html):
                self.assertEqual([f"page-of-{urllib.parse.quote(page)}"],
                                 re.findall(r"https://act\.harbour\.example/([^\s\"<]*)", unescape(body)))

    def test_each_has_its_own_token_in_all_its_places(self):
        self.send()
        for address, mail in self.by_recipient().items():
            message = parse(mail.raw)
            places = (message["List-Unsubscribe"], message.get_body(("plain",)).get_content(),
                      message.get_body(("html",)).get_content())
            tokens = [TOKEN.search(place)[1] for place in places]
            self.assertEqual(1, len(set(tokens)), tokens)
            self.assertTrue(is_token_for(tokens[0], address, SECRET.encode()), address)
            self.assertIn(f"<mailto:unsubscribe+{tokens[0]}@harbour.example>", message["List-Unsubscribe"])
            self.assertEqual("List-Unsubscribe=One-Click", message["List-Unsubscribe-Post"])

    def test_lines_are_short_and_dots_survive(self):
        self.send()
        for mail in self.sink.mails():
            self.assertLessEqual(max(map(len, mail.raw.split(b"\n"))), 998)
            text = parse(mail.raw).get_body(("plain",)).get_content()
            self.assertIn("\n.a line that begins with a dot\n", text)

    def test_a_second_send_sends_nothing(self):
        self.send()
        again = self.expect(0, "send", "alert", "--yes")
        self.assertIn("nothing to send", again.out)
        self.assertEqual(60, len(self.sink.mails()))

    def test_a_proof_reaches_the_reviewer_only(self):
        result = self.expect(0, "test", "alert", "--to", "me@harbour.example", "--as", "p3+alerts@n3.example")
        self.assertIn("1 proof sent", result.out)
        mails = self.by_recipient()
        self.assertEqual({"me@harbour.example"}, set(mails))
        message = parse(mails["me@harbour.example"].raw)
        self.assertEqual("[TEST] Ngũgĩ3, act now", message["Subject"])
        self.assertIn("page-of-p3\n", message.get_body(("plain",)).get_content())
        self.assertIsNone(TOKEN.search(message.as_string()), "a proof's link could suppress somebody")
        self.send()
        self.assertEqual(set(self.names) | {"me@harbour.example"}, set(self.by_recipient()))


class ManyConnectionsTest(SinkTest):
    connections = 8

    def test_everybody_gets_their_own_mail(self):
        self.send()
        mails = self.by_recipient()
        self.assertEqual(set(self.names), set(mails))
        for address, mail in mails.items():
            message = parse(mail.raw)
            self.assertEqual(address, message["To"])
            self.assertTrue(is_token_for(TOKEN.search(message["List-Unsubscribe"])[1], address, SECRET.encode()))


class LessWillingSinkTest(SinkTest):
    """The sink refuses on request, or cannot do everything."""

    def restart(self, *options):
        self.sink.__exit__()
        self.sink = self.enterContext(SmtpSink(self.folder / f"got-{len(options)}-{time.monotonic_ns()}", *options))
        config = (self.folder / "tocsin.yaml").read_text()
        self.write("tocsin.yaml", re.sub(r"port: \d+", f"port: {self.sink.port}", config))

    def test_everybody_is_refused_for_good(self):
        """The breaker holds the campaign before the list is burnt; released, it starts anew."""
        self.restart("-f", "RCPT")
        result = self.expect(77, "send", "alert", "--yes")
        self.assertIn("breaker: 20 of 20 rejected", result.err)
        rejected = self.status()["states"]["rejected"]
        self.assertLess(rejected, 62)
        self.assertEqual([], self.sink.mails())
        self.assertEqual([], self.expect(0, "suppress", "list", "--json").json())
        self.expect(77, "send", "alert", "--yes")
        self.expect(0, "release", "alert")
        self.restart()
        self.expect(0, "send", "alert", "--yes")
        states = self.status()["states"]
        self.assertEqual((rejected, 62 - rejected), (states["rejected"], states["accepted"]))

    def test_a_server_of_the_old_protocol_takes_them(self):
        self.restart("-e")
        self.send()
        self.assertEqual(set(self.names), set(self.by_recipient()))

    def test_everybody_is_refused_for_now(self):
        """Each domain slows down by it: the run goes on, slowly."""
        self.restart("-r", "DATA")
        self.expect(0, "plan", "alert")
        process = self.start("send", "alert", "--yes")
        while self.status()["states"]["deferred"] < 7:
            self.assertIsNone(process.poll())
        process.terminate()
        process.communicate(timeout=30)
        self.assertEqual(75, process.returncode)
        states = self.status()["states"]
        self.assertEqual(62, states["deferred"] + states["planned"])
        self.assertEqual([], self.sink.mails())

    def test_a_server_that_hangs_up_at_the_end_of_data_leaves_doubt(self):
        self.restart("-q", ".")
        self.expect(75, "send", "alert", "--yes", "--limit", "5")
        self.assertEqual(5, self.status()["states"]["in_doubt"])


class SampleCampaignTest(WorkspaceTest):
    """The campaign that scripts/demo sends into a Maildir."""

    def setUp(self):
        super().setUp()
        for name in ("campaigns", "lists", "templates"):
            shutil.rmtree(self.folder / name)
            shutil.copytree(ROOT / name, self.folder / name)
        self.sink = self.enterContext(SmtpSink(self.folder / "sink"))
        config = (ROOT / "tocsin.yaml").read_text()
        config, changed = re.subn(r"type: maildir\n\s*path: \S+", f"type: smtp\n    host: 127.0.0.1\n"
                                  f"    port: {self.sink.port}\n    tls: none\n    connections: 3", config)
        self.assertEqual(1, changed)
        self.write("tocsin.yaml", config)

    def column(self, name, column):
        with open(self.folder / "lists" / name, encoding="utf-8") as file:
            return {on_the_wire(row[column]) for row in csv.DictReader(file)}

    def test_it_arrives(self):
        self.expect(0, "suppress", "import", "lists/suppressed.csv")
        self.expect(0, "send", "night-buses", "--yes")
        expected = (self.column("members.csv", "email") - self.column("already-signed.csv", "email")
                    - self.column("suppressed.csv", "address"))
        reached = [address.lower() for mail in self.sink.mails() for address in mail.recipients]
        self.assertEqual(sorted(expected), sorted(reached))
        self.assertEqual(1, sum(parse(mail.raw)["Subject"].startswith("William, ") for mail in self.sink.mails()))


def on_the_wire(address):
    local, domain = address.lower().split("@")
    return f"{local}@{domain.encode('idna').decode()}"


if __name__ == "__main__":
    unittest.main()
