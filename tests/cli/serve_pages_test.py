"""The pages of `tocsin serve` as people see them: in Chromium without scripts, and by two validators.

The screenshots stay in the build folder, under serve-pages/.
"""

import json
import os
import pathlib
import re
import struct
import subprocess
import unittest
import warnings
import zlib

import html5lib

from servers import find_program
from serving import Serving, tokens_of
from workspace import CONFIG, WorkspaceTest

WIDTHS = (360, 1280)
# An organisation and a list that would like to be more than text.
HOSTILE = "</title><script>document.title='pwned'</script><img src=x onerror=alert(1)>"
GERMAN_ORGANISATION = "\u202eHafen-Aktion & Söhne"
BUDGET = 2000  # milliseconds of its own clock in which a page would have loaded what it should not
COLOUR = (0x0b, 0x5d, 0x7a)


class PagesTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.shots = pathlib.Path(os.environ.get("TOCSIN_BUILD", self.folder)) / "serve-pages"
        self.shots.mkdir(exist_ok=True)

    def send(self, organisation="Harbour Action", more=""):
        config = CONFIG.replace("name: Harbour Action", f"name: {json.dumps(organisation)}\n  colour: \"#0b5d7a\"")
        self.write("tocsin.yaml", config.replace("unsubscribe:\n", f"unsubscribe:\n{more}"))
        self.expect(0, "send", "alert", "--yes")
        return tokens_of(self.outbox())["ann@one.example"]

    def pages(self, site, token):
        """Each page by name: how it is asked for, and its HTML."""
        return {
            "damaged": site.get(token[:-3]).body,
            "offer": site.get(token).body,
            "unclear": site.choose(token, "x").body,
            "left-list": site.choose(token, "list").body,
            "left-before": site.get(token).body,
            "undone": site.choose(token, "undo").body,
            "paused": site.choose(token, "pause-30").body,
            "left-everything": site.choose(token, "all").body,
        }

    def validate(self, name, page):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            html5lib.HTMLParser(strict=True).parse(page)
        tidy = subprocess.run(["tidy", "-quiet", "-errors", "-utf8", "--drop-empty-elements", "no"], input=page.encode(),
                              capture_output=True)
        self.assertEqual((0, ""), (tidy.returncode, tidy.stderr.decode()), name)

    def chromium(self, *arguments):
        profile = self.folder / "chromium"
        return subprocess.run(
            [find_program("chromium"), "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             # A frame in a process of its own may come too late for the picture.
             "--disable-features=IsolateSandboxedIframes", "--run-all-compositor-stages-before-draw",
             f"--user-data-dir={profile}", f"--virtual-time-budget={BUDGET}",
             *arguments], capture_output=True, timeout=120, env=dict(os.environ, HOME=str(self.folder)))

    def shoot(self, name, url, width, *more):
        path = self.shots / f"{name}-{width}.png"
        path.unlink(missing_ok=True)
        # Headless Chromium makes no window narrower than 500 px: a frame is.
        self.chromium(f"--screenshot={path}", f"--window-size={max(width, 500)},900", *more, url)
        return path

    def shoot_framed(self, name, page, width, attempts=5):
        """Width and first pixel; a busy machine may take the picture before anything is painted."""
        for _ in range(attempts):
            seen = width_and_colour(self.shoot(name, self.framed(page, width), width))
            if seen[1] == COLOUR:
                break
        return seen

    def framed(self, page, width):
        """The page in a frame of that width that runs no script, as a file."""
        source = page.replace("&", "&amp;").replace('"', "&quot;")
        frame = f'<!DOCTYPE html><body style="margin:0"><iframe sandbox srcdoc="{source}" style="border:0;width:{width}px;height:900px"></iframe>'
        return self.write(f"frame-{width}.html", frame).as_uri()

    def test_every_page_is_valid_without_scripts_and_has_its_screenshots(self):
        token = self.send()
        with Serving(self) as site:
            for name, page in self.pages(site, token).items():
                with self.subTest(name):
                    self.validate(name, page)
                    self.assertNotIn("<script", page)
                    for width in WIDTHS:
                        seen = self.shoot_framed(name, page, width)
                        self.assertEqual((max(width, 500), COLOUR), seen)

    def test_the_server_s_own_page_shows_its_style_under_its_policy(self):
        token = self.send()
        with Serving(self) as site:
            url = f"http://127.0.0.1:{site.port}/u/{token}"
            shot = self.shoot("live", url, 1280)
            log = self.chromium("--enable-logging=stderr", "--dump-dom", url)
            self.shoot("live-dark", url, 1280, "--blink-settings=preferredColorScheme=0")
        self.assertEqual((1280, COLOUR), width_and_colour(shot))
        self.assertNotIn(b"Content Security Policy", log.stderr)
        self.assertIn(b"Unsubscribe", log.stdout)

    def test_hostile_data_stays_text(self):
        token = self.send(organisation=HOSTILE)
        with Serving(self) as site:
            for name, page in self.pages(site, token).items():
                with self.subTest(name):
                    self.validate(name, page)
                    self.assertNotIn("<script", page)
                    self.assertNotIn("<img", page)
                    self.assertIn("&lt;script&gt;", page)
            url = f"http://127.0.0.1:{site.port}/u/{token}"
            dom = self.chromium("--dump-dom", url).stdout.decode()
            self.shoot_framed("hostile", site.get(token).body, 360)
        title = re.search("<title>(.*)</title>", dom)[1]
        self.assertIn("&lt;script&gt;", title)
        self.assertNotIn("<img", dom)

    def test_another_language_with_a_name_that_turns_the_direction(self):
        texts = "".join(f"      {key}: {words!r}\n" for key, words in german().items())
        token = self.send(GERMAN_ORGANISATION, f"  texts:\n    de:\n{texts}")
        with Serving(self) as site:
            page = site.get(token, **{"Accept-Language": "de-AT,de;q=0.9"}).body
            self.assertIn('<html lang="de" dir="ltr">', page)
            self.assertIn("Bestätigen", page)
            self.assertNotIn("Confirm", page)
            self.validate("german", page)
            self.assertIn("Confirm", site.get(token, **{"Accept-Language": "fr"}).body)
            self.assertIn("<bdi>\u202eHafen", page)
            self.shoot_framed("german", page, 360)


def german():
    return {
        "title": "Abbestellen", "question": "Was möchtest du?", "nothing_yet": "Noch ist nichts geändert.",
        "list": "Keine Mails der Liste {list} mehr", "this_list": "Keine Mails dieser Liste mehr",
        "everything": "Gar keine Mails von {organisation} mehr", "pause_30": "30 Tage lang keine Mails",
        "pause_90": "90 Tage lang keine Mails", "confirm": "Bestätigen",
        "list_left": "Du bekommst keine Mails der Liste {list} mehr.",
        "this_list_left": "Du bekommst keine Mails dieser Liste mehr.",
        "left_everything": "Du bekommst keine Mails von {organisation} mehr.",
        "paused": "Bis {date} bekommst du keine Mails.", "undo": "Rückgängig",
        "undone": "Deine Wahl ist zurückgenommen.", "other_choice": "Etwas anderes wählen",
        "view": "Die Mail im Browser lesen", "damaged_title": "Der Link geht nicht", "damaged": "Der Link ist beschädigt.",
        "by_mail": "Oder schreib uns:", "failed_title": "Bitte noch einmal",
        "failed": "Das hat nicht geklappt.", "unclear": "Das haben wir nicht verstanden.",
        "gone_title": "Nicht mehr da", "gone": "Diese Mail gibt es nicht mehr.",
        "works_title": "Der Link geht", "works": "Dies ist ein Test.",
    }


def width_and_colour(path):
    """Of a PNG of 8 bits a channel: its width, and the colour of its first pixel, which no filter changes."""
    png, at, packed = path.read_bytes(), 8, b""
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at:at + 8])
        packed += png[at + 8:at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    return struct.unpack(">I", png[16:20])[0], tuple(zlib.decompress(packed)[1:4])


if __name__ == "__main__":
    unittest.main()
