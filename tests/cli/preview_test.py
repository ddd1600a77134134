"""`tocsin preview`: whom it shows, and its page as a reviewer sees it, driven in headless Chromium."""

import os
import pathlib
import re
import stat
import time
import unittest

import html5lib

from chromium import Chromium
from workspace import SampleTest, WorkspaceTest, parse

VIEWS = ("light", "dark", "bare", "text", "headers", "source")
# Names that would like to be more than text, wherever the page puts them.
HOSTILE = {
    "script@one.example": "<script>document.title='pwned'</script>",
    "image@two.example": '"><img src=x onerror="document.title=1">',
    "frame@three.example": "</iframe></div></section><h1>out</h1>",
    "end@four.example": "</script></style></textarea><svg onload=alert(1)>",
    "tag@five.example": "{{unsubscribe_url}}{{{email}}}",
    "turn@six.example": "\u202egnorw yaw\u202c \u2067\u202e",
    "entity@seven.example": "&lt;b&gt;&#60;i&#62;&amp;",
    "quote@eight.example": "' onfocus='alert(1)' autofocus='",
    "long@nine.example": "W" * 300,
}
PICTURES = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><base href="https://evil.example/">
<meta http-equiv="refresh" content="0;url=https://evil.example/refresh">
<link rel="stylesheet" href="https://evil.example/style.css">
<style>body { background: url(https://evil.example/style.png) } p { color: #123456 }
@media (prefers-color-scheme: dark) { p { color: #abcdef } }</style></head>
<body background="https://evil.example/back.png">
<p id="name">Dear {{#first_name}}{{first_name}}{{/first_name}}{{^first_name}}friend{{/first_name}},</p>
<img src="https://evil.example/hero.png" width="300" height="80" alt="A bus at night">
<div style="background-image:url('https://evil.example/inline.png')">x</div>
<a href="https://evil.example/link" style="display:block;height:300px;background:#fed">Go there</a>
<a href="https://evil.example/self" target="_self" style="display:block;height:300px">Or there</a>
<p><a href="{{unsubscribe_url}}">Unsubscribe</a></p></body></html>
"""


def framed(html, page, item, view):
    """The document that a frame shows, as text: from the element, since no script can look in."""
    return page.evaluate(f"document.querySelector('#m{item}-{view} iframe').srcdoc")


class ChoiceTest(WorkspaceTest):
    """Whom it shows, and the files."""

    def reasons(self):
        page = (self.folder / "state/preview/alert/index.html").read_text()
        found = {}
        for section in re.split('<section class="item mail"', page)[1:]:
            address = re.search(r"to <bdi>(.*?)</bdi>", section)[1]
            chips = re.search(r'<ul class="reasons".*?</ul>', section, re.DOTALL)[0]
            found[address] = re.findall(r"<li[^>]*>(.*?)</li>", chips)
        return found

    def test_few_people_who_show_all(self):
        self.write("lists/members.csv", "email,first_name,lang\n" + "".join([
            "plain1@x.example,Bob,en\n", "plain2@x.example,Ben,en\n", "none@x.example,,en\n",
            "long@x.example,Wolfeschlegelsteinhausenbergerdorff,en\n", "rtl@x.example,ليلى,ar\n",
            "markup@x.example,Ann & Tom <3,fr\n", "short@x.example,X,fr\n", "plain3@x.example,Bea,en\n"]))
        result = self.expect(0, "preview", "alert")
        self.assertIn("mails to look at", result.out)
        told = [reason for reasons in self.reasons().values() for reason in reasons]
        for reason in ("longest first_name", "shortest first_name", "no first_name", "takes {{^first_name}}",
                       "takes {{#first_name}}", "right-to-left first_name", "markup in first_name", "largest mail",
                       "language ar", "language fr"):
            self.assertEqual(1, told.count(reason), reason)
        self.assertEqual({"none@x.example", "long@x.example", "rtl@x.example", "markup@x.example", "short@x.example"},
                         set(self.reasons()))

    def test_the_same_people_each_time(self):
        self.expect(0, "preview", "alert")
        before = self.reasons()
        self.expect(0, "preview", "alert")
        self.assertEqual(before, self.reasons())

    def test_as_shows_these_people_in_this_order_also_an_excluded_one(self):
        self.write("campaigns/alert.yaml", (self.folder / "campaigns/alert.yaml").read_text().replace(
            "lists: [lists/members.csv]", "lists: [lists/members.csv]\n  exclude: [lists/signed.csv]"))
        self.write("lists/signed.csv", "email\nann@one.example\n")
        self.expect(0, "preview", "alert", "--as", "bob@two.example", "--as", "Ann@one.example")
        self.assertEqual([("bob@two.example", ["asked for"]),
                          ("ann@one.example", ["asked for", "gets no mail: excluded by lists/signed.csv"])],
                         list(self.reasons().items()))
        self.expect(0, "preview", "alert")
        self.assertNotIn("ann@one.example", self.reasons())

    def test_as_nobody(self):
        result = self.expect(64, "preview", "alert", "--as", "stranger@nowhere.example")
        self.assertIn("stranger@nowhere.example is in none of the campaign's lists", result.err)
        self.assertFalse((self.folder / "state/preview").exists())

    def test_sample_fills_up_with_people_spread_over_the_lists(self):
        self.write_list("lists/members.csv", [(f"p{i:03}@x.example", "Ann") for i in range(100)])
        self.expect(0, "preview", "alert", "--sample", "5")
        reasons = self.reasons()
        self.assertEqual(5, len(reasons))
        self.assertEqual(4, list(reasons.values()).count(["spread over the lists"]))
        self.assertGreater(max(reasons), "p070")

    def test_files_are_private_and_those_of_an_earlier_preview_go(self):
        self.expect(0, "preview", "alert", "--out", "out", "--sample", "3")
        self.write("out/keep.eml", "mine")
        self.expect(0, "preview", "alert", "--out", "out", "--sample", "1")
        names = sorted(path.name for path in (self.folder / "out").iterdir())
        self.assertEqual(["001.eml", "index.html", "keep.eml"], names)
        modes = [stat.S_IMODE(os.stat(self.folder / "out" / name).st_mode) for name in ("", "001.eml", "index.html")]
        self.assertEqual([0o700, 0o600, 0o600], modes)
        mail = parse((self.folder / "out/001.eml").read_bytes())
        self.assertIn("https://u.harbour.example/u/preview", mail["List-Unsubscribe"])

    def test_nothing_is_recorded(self):
        self.expect(0, "preview", "alert")
        self.assertEqual(["preview"], [path.name for path in (self.folder / "state").iterdir()])

    def test_open_gives_the_page_to_the_desktop(self):
        self.write("bin/xdg-open", f'#!/bin/sh\nprintf %s "$1" > "{self.folder}/opened.part" && mv "{self.folder}/opened.part" "{self.folder}/opened"\n').chmod(0o755)
        path = f"{self.folder}/bin:{os.environ['PATH']}"
        self.expect(0, "preview", "alert", "--out", "it's $(touch pwned)", "--open", env={"PATH": path})
        deadline = time.monotonic() + 60
        while not (self.folder / "opened").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        self.assertEqual(str(self.folder / "it's $(touch pwned)/index.html"), (self.folder / "opened").read_text())
        self.assertFalse((self.folder / "pwned").exists())

    def test_a_mail_with_a_fault_is_shown_with_it(self):
        self.write("templates/alert.txt.mustache", "Dear {{first_name}},\nleave: {{unsubscribe_url}}\n")
        self.expect(65, "check", "alert")
        result = self.expect(0, "preview", "alert")
        self.assertIn("error", result.out)
        page = (self.folder / "state/preview/alert/index.html").read_text()
        self.assertIn("templates/alert.txt.mustache:1:6", page)
        self.assertIn("Dear <mark>{</mark>{first_name}},", page)
        own = re.findall(r'<details class="own".*?</details>', page, re.DOTALL)
        self.assertEqual(1, len([findings for findings in own if ">empty-field<" in findings]))

    def test_templates_that_cannot_be_rendered_give_no_page(self):
        self.write("templates/alert.txt.mustache", "Dear {{#first_name}},\n")
        result = self.expect(65, "preview", "alert")
        self.assertIn("templates/alert.txt.mustache:1", result.err)
        self.assertFalse((self.folder / "state/preview").exists())


class PageTest(WorkspaceTest):
    """The page with the worst that a list and a template can hold."""

    def setUp(self):
        super().setUp()
        self.write("templates/alert.html.mustache", PICTURES)
        self.write("lists/members.csv", "email,first_name\n" + "".join(
            f'{address},"{name.replace(chr(34), chr(34) * 2)}"\n' for address, name in HOSTILE.items()))
        chosen = [word for address in HOSTILE for word in ("--as", address)]
        self.expect(0, "preview", "alert", *chosen)
        self.page = self.folder / "state/preview/alert/index.html"

    def open(self, browser, fragment="", **look):
        return browser.open(self.page.as_uri() + fragment, **look)

    def test_hostile_names_stay_text_and_nothing_leaves(self):
        with Chromium(self.folder) as browser:
            page = self.open(browser)
            self.walk(page)
            self.assertEqual("alert: preview", page.evaluate("document.title"))
            self.assertEqual([self.page.as_uri()], self.requests(page))
            self.assertEqual([], page.complaints)
            self.assertEqual(0, page.evaluate("document.querySelectorAll('.item img, .item svg, .item script').length"))
            self.assertEqual(1, page.evaluate("document.querySelectorAll('h1').length"))
            self.assertEqual(1, page.evaluate("document.scripts.length"))
            self.assertEqual([f"{name}, act now" for name in HOSTILE.values()], page.evaluate(
                "[...document.querySelectorAll('h2 bdi')].map(title => title.textContent)"))
            frames = page.frames()
        self.assertEqual(len(HOSTILE) * 6, len(frames))
        for (title, text), name in zip(frames, (name for name in HOSTILE.values() for _ in range(6))):
            self.assertIn(f"Dear {name},", text, title)

    def requests(self, page):
        """What the page asked for; `data:` URLs ask nobody."""
        return [url for url in page.requests if not url.startswith("data:")]

    def walk(self, page):
        """Through every mail and every view; waits until the frames at hand are loaded."""
        for item in range(1, len(HOSTILE) + 1):
            page.press("j")
            for number, view in enumerate(VIEWS, 1):
                page.press(str(number))
                self.assertEqual(f"#{item}-{view}", page.evaluate("location.hash"))
            page.press("1")

    def test_every_frame_is_shut(self):
        html = self.page.read_text()
        frames = re.findall(r"<iframe [^>]*>", html)
        self.assertEqual(len(HOSTILE) * 6, len(frames))
        for frame in frames:
            self.assertRegex(frame, r'^<iframe sandbox="" loading="lazy" title="[\w, ]+" width="(360|640)" srcdoc="[^"]*">$')
        self.assertIn("default-src 'none'; script-src 'sha256-", html)
        self.assertNotIn("unsafe-eval", html)

    def test_links_of_a_mail_lead_nowhere(self):
        with Chromium(self.folder) as browser:
            page = self.open(browser, "#1-light", height=1400)
            page.evaluate("document.querySelector('#m1-light').scrollIntoView()")
            box = page.evaluate("(b => [b.x, b.y])(document.querySelector('#m1-light iframe').getBoundingClientRect())")
            for depth in (250, 550):
                page.click(box[0] + 60, box[1] + depth)
                page.wait_for("document.activeElement === document.body && document.hasFocus()")
            page.press("j")  # a click into a frame does not swallow the keys
            page.wait_for("location.hash === '#2-light'")
            self.assertEqual([self.page.as_uri()], self.requests(page))
            # Both were really clicked, and refused: nothing is navigated, nothing opened.
            self.assertEqual(["https://evil.example/link", "https://evil.example/self"],
                             [re.search("Blocked opening '(.*?)' in a new window", said)[1] for said in page.complaints])
            self.assertEqual(1, len([target for target in browser.call("Target.getTargets")["targetInfos"]
                                     if target["url"].startswith(("file:", "https:"))]))
            self.assertIn("Dear ", page.frames()[0][1])

    def test_dark_images_and_policy_are_decided_in_the_copies(self):
        with Chromium(self.folder) as browser:
            page = self.open(browser)
            light, dark, bare = (framed(PICTURES, page, 1, view) for view in ("light", "dark", "bare"))
        self.assertIn("@media (max-width:-1px) { p { color: #abcdef } }", light)
        self.assertIn("@media (min-width:0px) { p { color: #abcdef } }", dark)
        for copy in (light, dark, bare):
            self.assertEqual([], re.findall(r"evil\.example/(?!link|self)[^\"' )]*", copy))
        self.assertIn('src="data:image/svg+xml,', light)
        self.assertIn('<img src="data:," width="300" height="80" alt="A bus at night">', bare)

    def test_a_dark_frame_is_dark_and_a_light_one_light_whatever_the_reader_prefers(self):
        with Chromium(self.folder) as browser:
            for dark in (False, True):
                page = self.open(browser, "#1-dark", dark=dark)
                self.assertEqual("rgb(171, 205, 239)", self.colour(page, "dark"))
                page.press("1")
                self.assertEqual("rgb(18, 52, 86)", self.colour(page, "light"))

    def colour(self, page, view):
        """Of the greeting in the first frame of a view, asked of the browser's style engine."""
        page.call("CSS.enable")
        root = page.call("DOM.getDocument", depth=-1, pierce=True)["root"]
        node = find(root, lambda node: named(node, "id", f"m1-{view}"))
        name = find(find(node, lambda node: "contentDocument" in node)["contentDocument"],
                    lambda node: named(node, "id", "name"))
        style = page.call("CSS.getComputedStyleForNode", nodeId=name["nodeId"])["computedStyle"]
        return next(entry["value"] for entry in style if entry["name"] == "color")

    def test_it_fits_a_phone(self):
        with Chromium(self.folder) as browser:
            page = self.open(browser, width=380, height=800)
            self.assertEqual(380, page.evaluate("document.documentElement.scrollWidth"))
            for item in range(1, len(HOSTILE) + 1):
                page.press("j")
                page.evaluate("document.querySelector('.item:not([hidden]) details').open = true")
                for number in "1456":
                    page.press(number)
                    self.assertEqual(380, page.evaluate("document.documentElement.scrollWidth"), f"{item} {number}")


class OperationTest(SampleTest):
    """The sample campaign's page by keyboard and mouse, and its pictures in the build folder."""

    def setUp(self):
        super().setUp()
        self.shots = pathlib.Path(os.environ.get("TOCSIN_BUILD", self.folder)) / "preview-pages"
        self.shots.mkdir(exist_ok=True)
        self.expect(0, "preview", "night-buses", "--as", "william@millpond.example",
                    "--as", "layla@zaytun.example", "--as", "quiet.reader@lighthouse.example")
        self.page = self.folder / "state/preview/night-buses/index.html"

    def shown(self, page):
        """Which parts of the page can be seen: the item and its view."""
        return page.evaluate("""[...document.querySelectorAll('.item:not([hidden]), .item:not([hidden]) .panel:not([hidden])')]
            .map(part => part.id)""")

    def test_keys(self):
        with Chromium(self.folder) as browser:
            page = browser.open(self.page.as_uri())
            self.assertEqual(["m0"], self.shown(page))
            steps = {"j": 1, "ArrowRight": 2, "k": 1, "ArrowLeft": 0}
            for key, item in steps.items():
                page.press(key)
                self.assertEqual(f"m{item}", self.shown(page)[0], key)
            page.press("k")
            self.assertEqual(["m0"], self.shown(page))
            for _ in range(5):
                page.press("j")
            self.assertEqual(["m3", "m3-light"], self.shown(page))
            page.press("4")
            self.assertEqual(["m3", "m3-text"], self.shown(page))
            page.press("k")
            self.assertEqual(["m2", "m2-text"], self.shown(page))
            page.press("0")
            self.assertEqual(["m0"], self.shown(page))
            page.press("?")
            self.assertTrue(page.evaluate("document.getElementById('help').open"))
            page.press("Escape")
            self.assertFalse(page.evaluate("document.getElementById('help').open"))
            self.assertEqual([], page.complaints)

    def test_mouse_and_what_a_screen_reader_hears(self):
        with Chromium(self.folder) as browser:
            page = browser.open(self.page.as_uri())
            page.evaluate("document.querySelector('[data-go=\"2\"]').click()")
            self.assertEqual(["m2", "m2-light"], self.shown(page))
            self.assertEqual("2 of 3", page.evaluate("document.querySelector('[role=status]').textContent"))
            page.evaluate("document.getElementById('m2-headers-tab').click()")
            self.assertEqual(["m2", "m2-headers"], self.shown(page))
            self.assertEqual(["m2-headers-tab"], page.evaluate(
                "[...document.querySelectorAll('#m2 [aria-selected=true]')].map(tab => tab.id)"))
            page.evaluate("document.getElementById('m2-headers-tab').focus()")
            page.press("ArrowRight")
            self.assertEqual("m2-source-tab", page.evaluate("document.activeElement.id"))
            self.assertEqual(["m2", "m2-source"], self.shown(page))
            page.evaluate("document.getElementById('on').click()")
            self.assertEqual(["m3", "m3-source"], self.shown(page))
            self.assertTrue(page.evaluate("document.getElementById('on').disabled"))
            unnamed = page.evaluate("""[...document.querySelectorAll('button, iframe, [role=img], [role=group]')]
                .filter(part => !(part.textContent.trim() || part.title || part.ariaLabel)).length""")
            self.assertEqual(0, unnamed)

    def test_without_scripts_all_of_it_is_there(self):
        with Chromium(self.folder, "--blink-settings=scriptEnabled=false") as browser:
            target = browser.call("Target.createTarget", url=self.page.as_uri())["targetId"]
            session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            root = browser.call("DOM.getDocument", session, depth=-1)["root"]
        self.assertFalse(find(root, lambda node: "hidden" in node.get("attributes", [])))

    def test_it_is_valid_html_and_has_its_pictures(self):
        html5lib.HTMLParser(strict=True).parse(self.page.read_text())
        with Chromium(self.folder) as browser:
            for name, width, dark in (("large", 1400, False), ("large-dark", 1400, True), ("phone", 380, False)):
                page = browser.open(self.page.as_uri(), width=width, dark=dark)
                page.shoot(self.shots / f"{name}-campaign.png")
                page.press("j")
                page.press("2" if dark else "1")
                page.shoot(self.shots / f"{name}-mail.png")
                self.assertEqual(width, page.evaluate("document.documentElement.scrollWidth"), name)


def named(node, attribute, value):
    pairs = node.get("attributes", [])
    return (attribute, value) in zip(pairs[::2], pairs[1::2])


def find(node, matches):
    """The first node of a tree for which it holds, or None."""
    if matches(node):
        return node
    return next((found for child in node.get("children", []) if (found := find(child, matches))), None)


if __name__ == "__main__":
    unittest.main()
