"""The repository's sample campaign, sent into a folder: every mail of it is read and judged."""

import csv
import re
import unittest

from workspace import SampleTest, parse

UNSUBSCRIBE = re.compile(r"https://u\.commonway\.example/u/([a-z2-7]{52})(?![a-z2-7])")
MAILTO = re.compile(r"<mailto:unsubscribe\+([a-z2-7]{52})@commonway\.example>")
ACTION = "https://act.commonway.example/night-buses"
HEADERS = {"Return-Path", "Delivered-To", "From", "Reply-To", "To", "Subject", "Date", "Message-ID",
           "MIME-Version", "Content-Type", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
           "Feedback-ID", "Precedence", "X-Auto-Response-Suppress"}


def on_the_wire(address):
    """An address as a header shows it: its domain lower-case and in ASCII."""
    local, _, domain = address.rpartition("@")
    return local + "@" + domain.encode("idna").decode().lower()


class Mail:
    """One mail of the outbox, taken apart."""

    def __init__(self, raw):
        self.raw = raw
        self.mail = parse(raw)
        self.to = self.mail["To"].addresses[0].addr_spec
        self.html = self.mail.get_body(("html",)).get_content()
        self.text = self.mail.get_body(("plain",)).get_content()


class SampleCampaignTest(SampleTest):
    def setUp(self):
        super().setUp()
        with (self.folder / "lists/members.csv").open(encoding="utf-8", newline="") as members:
            self.people = {}
            for row in csv.DictReader(members):
                self.people.setdefault(row["email"].lower(), row)
        for left_out in ("gone.fishing@pier.example", "signed.already@terrace.example"):
            del self.people[left_out]

    def send(self):
        self.expect(0, "suppress", "import", "lists/suppressed.csv")
        self.expect(0, "send", "night-buses", "--yes")
        return [Mail(raw) for raw in self.outbox()]

    def row(self, mail):
        return next(row for row in self.people.values()
                    if on_the_wire(row["email"]).lower() == mail.to.lower())

    def test_check_finds_nothing(self):
        result = self.expect(0, "check", "night-buses")
        self.assertIn("0 errors, 0 warnings", result.out)
        self.assertEqual("", result.err)
        self.assertEqual([], self.expect(0, "check", "night-buses", "--json").json()["findings"])

    def test_preview(self):
        self.expect(0, "preview", "night-buses", "--as", "william@millpond.example",
                    "--as", "bobby.tables@schoolhouse.example")
        folder = self.folder / "state/preview/night-buses"
        self.assertEqual(2, len(list(folder.glob("*.eml"))))
        page = (folder / "index.html").read_text()
        self.assertIn("William, help keep the night buses running", page)
        self.assertEqual(1, page.count("<script"))
        self.assertFalse((self.folder / "state/outbox").exists())

    def test_everybody_eligible_gets_one_mail(self):
        mails = self.send()
        self.assertEqual(sorted(on_the_wire(row["email"]) for row in self.people.values()),
                         sorted(mail.to for mail in mails))
        status = self.status("night-buses")
        self.assertEqual(len(self.people), status["states"]["accepted"])
        self.assertEqual((1, 1, 1), (status["skipped_by_reason"]["suppressed"],
                                     status["skipped_by_reason"]["excluded"], status["duplicates"]))
        self.expect(0, "send", "night-buses", "--yes")
        self.assertEqual(len(mails), len(self.outbox()))

    def test_each_has_its_own_names_and_links(self):
        mails = self.send()
        tokens = set()
        for mail in mails:
            with self.subTest(mail.to):
                row = self.row(mail)
                salutation = row["salutation"] or "neighbour"
                self.assertIn(f"Dear {salutation},", mail.text)
                self.assertIn(f"Dear {escaped(salutation)},", mail.html)
                if row["first_name"]:
                    name = row["first_name"][0].upper() + row["first_name"][1:]
                    self.assertIn(f"{name}, in a time when", mail.text)
                    self.assertIn(f"{escaped(name)}, in a time when", mail.html)
                self.assertEqual({self.token(mail)}, set(UNSUBSCRIBE.findall(mail.html)))
                self.assertEqual({self.token(mail)}, set(UNSUBSCRIBE.findall(mail.text)))
                self.assertEqual(4, mail.html.count(f'href="{ACTION}"'))
                self.assertEqual(4, mail.text.count(ACTION))
                tokens.add(self.token(mail))
        self.assertEqual(len(mails), len(tokens))
        self.assertEqual(len(mails), len({mail.mail["Message-ID"] for mail in mails}))

    def token(self, mail):
        """The token of the headers, the same in both of its addresses."""
        header = mail.mail["List-Unsubscribe"]
        url, mailto = UNSUBSCRIBE.findall(header), MAILTO.findall(header)
        self.assertEqual((1, url), (len(url), mailto), header)
        self.assertEqual("List-Unsubscribe=One-Click", mail.mail["List-Unsubscribe-Post"])
        return url[0]

    def test_nothing_of_a_template_is_left(self):
        for mail in self.send():
            for part in (mail.html, mail.text, str(mail.mail["Subject"])):
                self.assertNotIn("{{", part)
                self.assertNotIn("}}", part)
                self.assertNotRegex(part, r"Dear\s*,")

    def test_bytes_and_headers(self):
        for mail in self.send():
            with self.subTest(mail.to):
                self.assertNotRegex(mail.raw, rb"\r(?!\n)|(?<!\r)\n")
                self.assertLessEqual(max(map(len, mail.raw.split(b"\r\n"))), 998)
                self.assertEqual([], mail.mail.defects)
                self.assertEqual(sorted(HEADERS), sorted(mail.mail.keys()))

    def test_william(self):
        mail = next(mail for mail in self.send() if mail.to == "william@millpond.example")
        self.assertEqual("William, help keep the night buses running", mail.mail["Subject"])
        self.assertIn("Dear William,", mail.text)
        self.assertIn("Dear William,", mail.html)
        self.assertEqual("Noor and Tomasz, Commonway",
                         mail.mail["From"].addresses[0].display_name)

    def test_without_a_name(self):
        mail = next(mail for mail in self.send() if mail.to == "quiet.reader@lighthouse.example")
        self.assertEqual("Help keep the night buses running", mail.mail["Subject"])
        self.assertIn("Dear neighbour,", mail.text)

    def test_markup_in_a_name_is_text(self):
        mail = next(mail for mail in self.send() if mail.to == "bobby.tables@schoolhouse.example")
        self.assertIn("&lt;script&gt;alert(1)", mail.html)
        self.assertNotIn("<script", mail.html)
        self.assertIn("<script>alert(1)</script>", mail.text)


def escaped(text):
    """As the templates put a cell into HTML."""
    return (text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            .replace('"', "&quot;").replace("'", "&#39;"))


if __name__ == "__main__":
    unittest.main()
