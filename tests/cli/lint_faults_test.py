"""A campaign with a planted fault of each kind, in settings, campaign, templates and list: one `check` shows all of
them, each where it was written, and nothing else.

The files below carry marks: `«long-subject»` stands right before the byte at which the finding must stand. They are
taken out before the files are written.
"""

import re
import unittest

from workspace import SampleTest, WorkspaceTest

MARK = re.compile("«([a-z, -]+)»")
TOKEN = "a2" * 26

CONFIG = """\
«no-postal-address»organisation:
  name: Harbour Action
«no-list-unsubscribe»unsubscribe:
  mailto: leave@harbour.example
transport: outbox
transports:
  outbox: {type: maildir, path: state/outbox}
"""

CAMPAIGN = """\
id: faults
from: «empty-from-name, freemail-from»harbour.action@gmail.com
reply_to: «no-reply-address»No replies <no-reply@harbour.example>
subject: "«subject-fake-reply, subject-upper-case, long-subject»RE: THE HARBOUR CLOSES ON FRIDAY UNLESS EVERY ONE OF US SAYS NO TO IT"
preheader: «preheader-length»On Friday.
html: faults.html.mustache
text: faults.txt.mustache
data:
  ask: "Write to {{councillor}}"
  second: "Ask {{somebody}} else"
audience:
  lists: [lists/faults.csv]
"""

# One fault a line; what the whole lacks stands at <html>, <head> and <body>.
HTML = """\
<!doctype html>
«no-lang»<html>«no-charset, no-viewport, no-color-scheme»<head><title>Harbour</title>
«base-element»<base href="https://harbour.example/">
«external-css»<link rel="stylesheet" href="https://harbour.example/mail.css">
«meta-refresh»<meta http-equiv="refresh" content="5; url=https://harbour.example/">
</head>
«no-unsubscribe-link, no-privacy-link, no-reason»<body>
«style-in-body»<style>p { margin: 0 }</style>
«active-content»<script>alert(1)</script>
<p style="«unsafe-css»position: absolute">«empty-greeting»Dear {{#first_name}}{{first_name}}{{/first_name}},</p>
<p>«unresolved-tag»{{ask}} before Friday.</p>
<p><a href="«insecure-link»http://harbour.example/map">The map</a></p>
<p><a href="«script-link»javascript:history.back()">Back</a></p>
<p><a href="«foreign-unsubscribe-link»mailto:leave+TOKEN@harbour.example">Leave</a></p>
<p><a href="«relative-url»/donate">Give</a></p>
<p><a href="«misleading-link, text-lacks-link»https://elsewhere.example/sign">harbour.example/sign</a></p>
<p><a href="«url-shortener, text-lacks-link»https://bit.ly/harbour">Sign</a></p>
<p><a href="https://harbour.example/find?q=«unencoded-link-field»{{town}}">Your town</a></p>
<p>«image-without-alt»<img src="https://harbour.example/quay.png" width="300"></p>
<p>«image-without-width»<img src="https://harbour.example/pier.png" alt="The pier"></p>
<p><img src="«data-url»data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="A dot" width="1"></p>
<p>«unsafe-element»<svg width="10" height="10"></svg></p>
«long-line»LONG
</body></html>
"""

TEXT = """\
«no-unsubscribe-link, dear-friend»Dear friend,
«unresolved-tag»{{second}} before Friday: «links-differ»https://harbour.example/only-here
Read «insecure-link»http://harbour.example/map and «url-shortener, links-differ»https://tinyurl.com/harbour now.
«foreign-unsubscribe-link»mailto:leave+TOKEN@harbour.example
https://harbour.example/find?q={{#urlencode}}{{town}}{{/urlencode}}
«long-line»LONG
"""

LIST = """\
email,first_name,town
ann@one.example,Ann,Anwen
bob@two.example,,Anwen
«placeholder-value»cy@three.example,N/A,Anwen
«unresolved-tag»di@four.example,{{first_name}},Anwen
"""

FILES = {
    "tocsin.yaml": CONFIG,
    "campaigns/faults.yaml": CAMPAIGN,
    "templates/faults.html.mustache": HTML,
    "templates/faults.txt.mustache": TEXT,
    "lists/faults.csv": LIST,
}


def planted(name, marked):
    """The file without its marks, and what they say: (file, line, column, id) for each."""
    marked = marked.replace("TOKEN", TOKEN).replace("LONG", "The quay is for everybody. " * 38)
    text, faults = "", []
    for number, piece in enumerate(MARK.split(marked)):
        if number % 2 == 0:
            text += piece
            continue
        line = text.count("\n") + 1
        column = len(text.rpartition("\n")[2].encode()) + 1
        faults += [(name, line, column, rule) for rule in piece.split(", ")]
    return text, faults


class FaultyTest(WorkspaceTest):
    """Writes marked files and knows what `check` must find."""

    maxDiff = None

    def plant(self, files):
        self.faults = []
        for name, marked in files.items():
            text, faults = planted(name, marked)
            self.write(name, text)
            self.faults += faults
        self.faults.sort()

    def found(self, code, *arguments):
        """What `check --json` finds, like `self.faults`; and the whole answer."""
        answer = self.expect(code, "check", *arguments, "--json").json()
        keys = ("file", "line", "column", "id")
        return sorted(tuple(finding[key] for key in keys) for finding in answer["findings"]), answer


class PlantedFaultsTest(FaultyTest):
    def setUp(self):
        super().setUp()
        self.plant(FILES)

    def test_one_check_shows_every_fault_at_its_place(self):
        self.assertGreaterEqual(len({rule for *_, rule in self.faults}), 20)
        found, answer = self.found(65, "faults")
        self.assertEqual(self.faults, found)
        # Di's mail would hold braces: it is broken, and hers alone.
        self.assertEqual((3, 0), (answer["recipients"], answer["ignored"]))

    def test_what_people_read_has_the_same_places(self):
        said = self.expect(65, "check", "faults").err
        lines = re.findall(r"^([^\s:]+):(\d+):(\d+): (?:error|warning): .* \[([a-z-]+)\]$", said, re.MULTILINE)
        self.assertEqual(self.faults, sorted((file, int(line), int(column), rule) for file, line, column, rule in lines))
        self.assertIn("\n  ^\n", said)

    def test_every_command_that_mails_refuses(self):
        for command in (("plan", "faults"), ("test", "faults", "--to", "me@inbox.example"), ("send", "faults", "--yes")):
            with self.subTest(command):
                self.assertIn("[insecure-link]", self.expect(65, *command).err)
        self.assertEqual([], self.outbox())

    def test_ignoring_drops_exactly_what_is_named(self):
        ignored = {"long-subject", "insecure-link", "no-postal-address", "placeholder-value"}
        config = (self.folder / "tocsin.yaml").read_text()
        campaign = (self.folder / "campaigns/faults.yaml").read_text()
        self.write("tocsin.yaml", config + "lint: {ignore: [no-postal-address, placeholder-value]}\n")
        self.write("campaigns/faults.yaml", campaign + "lint: {ignore: [long-subject, insecure-link]}\n")
        found, answer = self.found(65, "faults")
        left = [fault for fault in self.faults if fault[3] not in ignored]
        self.assertEqual(left, found)
        self.assertEqual(len(self.faults) - len(left), answer["ignored"])
        counts = self.expect(65, "check", "faults").out
        self.assertRegex(counts, rf"^3 recipients, \d+ errors, \d+ warnings, {answer['ignored']} ignored\n$")

    def test_all_ignored_is_a_mail_that_may_go(self):
        rules = sorted({rule for *_, rule in self.faults})
        campaign = (self.folder / "campaigns/faults.yaml").read_text()
        self.write("campaigns/faults.yaml", campaign + f"lint: {{ignore: [{', '.join(rules)}]}}\n")
        found, answer = self.found(0, "faults")
        self.assertEqual(([], len(self.faults)), (found, answer["ignored"]))
        self.expect(0, "send", "faults", "--yes")
        self.assertEqual(4, len(self.outbox()))


SOUND_CONFIG = """\
organisation: {name: Harbour Action, postal_address: "12 Quay Street, Harbourtown"}
unsubscribe: {url: "https://u.harbour.example/u/", mailto: leave@harbour.example}
transport: outbox
transports:
  outbox: {type: maildir, path: state/outbox}
"""

SOUND_CAMPAIGN = """\
id: people
from: Reem and Mark <campaigns@harbour.example>
subject: "{{#first_name}}{{first_name}}, keep{{/first_name}}{{^first_name}}Keep{{/first_name}} the harbour open"
preheader: On Friday the county decides whether the harbour stays open.
html: people.html.mustache
text: people.txt.mustache
audience:
  lists: [lists/people.csv]
"""

SOUND_HEAD = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Harbour</title></head><body>
"""

SOUND_FOOT = """\
<p>You get this mail because you asked us for news. <a href="https://harbour.example/privacy">Privacy notice</a></p>
<p>{{organisation.postal_address}} <a href="{{unsubscribe_url}}">Unsubscribe</a></p></body></html>
"""

TEXT_FOOT = """\
You get this mail because you asked us for news. Privacy notice: https://harbour.example/privacy
{{organisation.postal_address}} Unsubscribe: {{unsubscribe_url}}
"""

PEOPLE_HTML = SOUND_HEAD + """\
<p>{{#first_name}}Dear {{first_name}}{{/first_name}}{{^first_name}}Hello{{/first_name}},</p>
<p><a href="{{page}}">Your own page</a></p>
«rare-branch»{{#speaker}}<p>Will you speak on Friday?</p>
{{/speaker}}<p>{{#note}}{{note}}{{/note}}{{^note}}Write to us.{{/note}}</p>
""" + SOUND_FOOT

PEOPLE_TEXT = """\
{{#first_name}}Dear {{first_name}}{{/first_name}}{{^first_name}}Hello{{/first_name}},
Your own page: {{page}}
«rare-branch»{{#speaker}}Will you speak on Friday?
{{/speaker}}{{#note}}{{note}}{{/note}}{{^note}}Write to us.{{/note}}
""" + TEXT_FOOT


def people_list():
    """Two hundred people, of whom one each has a name, a page and a note that fall out of line."""
    rows = ["email,first_name,page,speaker,note"]
    for number in range(200):
        rows.append(f"p{number}@port.example,{'' if number % 2 else 'Ann'},https://act.harbour.example/{number},,"
                    + ("" if number % 3 else "A word from the quay."))
    rows[7] = "«long-outlier»p6@port.example," + "Wilhelmina " * 6 + ",https://act.harbour.example/6,,"
    rows[8] = "«stray-link»p7@port.example,,https://elsewhere.example/7,,"
    rows[9] = "«large-outlier»p8@port.example,Ann,https://act.harbour.example/8,," + "And then. " * 900
    rows[10] = "p9@port.example,,https://act.harbour.example/9,yes,"
    return "\n".join(rows) + "\n"


class AudienceFaultsTest(FaultyTest):
    def test_people_who_fall_out_of_line_are_named(self):
        self.plant({"tocsin.yaml": SOUND_CONFIG, "campaigns/people.yaml": SOUND_CAMPAIGN,
                    "templates/people.html.mustache": PEOPLE_HTML, "templates/people.txt.mustache": PEOPLE_TEXT,
                    "lists/people.csv": people_list()})
        self.assertEqual(self.faults, self.found(0, "people")[0])


class LargeFaultsTest(FaultyTest):
    """Faults of size, and of what is not there."""

    def check_html(self, code, campaign, html):
        text = "Keep the harbour open.\n" + TEXT_FOOT
        self.plant({"tocsin.yaml": SOUND_CONFIG, "campaigns/people.yaml": campaign,
                    "templates/people.html.mustache": html, "templates/people.txt.mustache": text})
        self.write("lists/people.csv", "email,first_name\nann@one.example,Ann\nbo@one.example,\n")
        self.assertEqual(self.faults, self.found(code, "people")[0])

    def body(self, size):
        line = "<p>The quay is for everybody, and so is the pier behind it.</p>\n"
        return SOUND_HEAD + line * (size // len(line)) + SOUND_FOOT

    def test_html_of_which_little_is_missing(self):
        self.check_html(0, SOUND_CAMPAIGN, "«html-large»" + self.body(94_000))

    def test_html_that_gmail_cuts_off(self):
        self.check_html(65, SOUND_CAMPAIGN, "«html-too-large»" + self.body(104_000))

    def test_a_mail_of_one_image_without_a_preheader(self):
        campaign = re.sub("preheader: .*\n", "", SOUND_CAMPAIGN).replace('subject: "', 'subject: "«no-preheader»')
        image = '<p>«mostly-image»<img src="https://harbour.example/all.png" alt="Come" width="600" height="900"></p>\n'
        self.check_html(0, campaign, SOUND_HEAD + image + SOUND_FOOT)

    def test_a_sound_mail(self):
        self.check_html(0, SOUND_CAMPAIGN, self.body(2_000))


class NothingToSayTest(SampleTest):
    def test_the_sample_campaign(self):
        result = self.expect(0, "check", "night-buses")
        self.assertEqual(("25 recipients, 0 errors, 0 warnings\n", ""), (result.out, result.err))

    def test_what_init_writes(self):
        self.expect(0, "init", "new")
        result = self.expect(0, "check", "hello", cwd=self.folder / "new")
        self.assertEqual(("2 recipients, 0 errors, 0 warnings\n", ""), (result.out, result.err))


if __name__ == "__main__":
    unittest.main()
