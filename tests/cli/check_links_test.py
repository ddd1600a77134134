"""`check --links`, asked of a web server of the test's own, over TLS."""

import unittest

from servers import free_port
from submission_server import Authority
from web_pages import NO_HEAD, WebPages
from workspace import CONFIG, WorkspaceTest

# `{links}` stands in the third line.
HTML = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Act</title></head><body>
{links}<p><a href="{{{{unsubscribe_url}}}}">Unsubscribe</a>, {{{{organisation.postal_address}}}}</p></body></html>
"""
TEXT = "{links}leave: {{{{unsubscribe_url}}}} {{{{organisation.postal_address}}}}\n"


class CheckLinksTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.authority = Authority(self.folder / "ca")
        self.env = {"SSL_CERT_FILE": str(self.authority.certificate)}

    def serve(self, pages, **more):
        return self.enterContext(WebPages(pages, identity=self.authority.issue(), **more))

    def link_to(self, *urls):
        """Puts a link to each into the HTML, in the lines from 3 on, and into the text."""
        links = "".join(f'<a href="{url}">here</a>\n' for url in urls)
        self.write("templates/alert.html.mustache", HTML.format(links=links))
        self.write("templates/alert.txt.mustache", TEXT.format(links="".join(f"{url}\n" for url in urls)))

    def check(self, *more, code=0, env=None):
        return self.expect(code, "check", "alert", "--links", *more, env=env or self.env)

    def findings(self, result):
        return [(found["id"], found["file"], found["line"], found["column"], found["message"])
                for found in result["findings"] if found["id"] in ("link-broken", "link-redirect", "link-unreachable")]

    def test_every_kind_of_page_is_told_at_its_place_once(self):
        web = self.serve({"/gone": 404, "/down": 503, "/moved": (301, "/moved/"), "/picky": NO_HEAD})
        other = self.serve({}, host="localhost")
        web.pages["/away"] = (308, other.url("/home"))
        nobody = f"https://127.0.0.1:{free_port()}/"
        urls = [web.url(path) for path in ("/", "/gone", "/down", "/moved", "/picky", "/away")] + [nobody]
        self.link_to(*urls)
        result = self.check("--json").json()
        html, text = "templates/alert.html.mustache", "templates/alert.txt.mustache"
        expected = [("link-broken", 4, f"`{web.url('/gone')}` answers with status 404"),
                    ("link-broken", 5, f"`{web.url('/down')}` answers with status 503"),
                    ("link-redirect", 8, f"`{web.url('/away')}` has moved for good: it leads to {other.url('/home')}")]
        self.assertEqual([(id, html, line, 10, message) for id, line, message in expected],
                         [found for found in self.findings(result) if found[1] == html][:3])
        [unreachable] = [found for found in self.findings(result) if found[1] == html][3:]
        self.assertEqual(("link-unreachable", html, 9, 10), unreachable[:4])
        self.assertIn("cannot be reached: ", unreachable[4])
        self.assertEqual([id for id, _, _ in expected] + ["link-unreachable"],
                         [found[0] for found in self.findings(result) if found[1] == text])
        outcomes = {link["url"]: (link["outcome"], link["status"]) for link in result["links"]}
        self.assertEqual({urls[0]: ("fine", 200), urls[1]: ("broken", 404), urls[2]: ("broken", 503),
                          urls[3]: ("fine", 200), urls[4]: ("fine", 200), urls[5]: ("redirected", 200),
                          nobody: ("unreachable", None), "https://u.harbour.example": ("not_asked", None)}, outcomes)
        self.assertEqual(["/", "/away", "/down", "/gone", "/moved", "/moved/", "/picky"], web.paths())

    def test_people_see_a_line_for_each_link(self):
        web = self.serve({"/gone": 404, "/moved": (302, "/moved/")})
        self.link_to(web.url("/"), web.url("/gone"), web.url("/moved"))
        out = self.check().out
        self.assertIn(f"200 {web.url('/')}\n", out)
        self.assertIn(f"404 {web.url('/gone')}\n", out)
        self.assertIn(f"302, 200 {web.url('/moved')} → {web.url('/moved/')}\n", out)
        self.assertIn("--- https://u.harbour.example (not asked: is an unsubscribe link)\n", out)
        self.assertEqual("", self.check("-q").out)

    def test_requests_say_who_asks_and_carry_nothing_of_anybody(self):
        web = self.serve({"/moved": (302, "/there")})
        self.link_to(web.url("/moved"), web.url("/moved#one"), web.url("/moved#two"))
        self.check()
        self.assertEqual([("HEAD", "/moved"), ("HEAD", "/there")], [one[:2] for one in web.asked])
        for _, _, headers in web.asked:
            self.assertEqual("tocsin (link check; +https://harbour.example)", headers["user-agent"])
            self.assertEqual({"host", "user-agent", "accept"}, set(headers))

    def test_personal_links_are_not_asked_and_not_shown(self):
        web = self.serve({})
        self.link_to(web.url("/sign?who={{#urlencode}}{{email}}{{/urlencode}}"), web.url("/open"))
        for result in (self.check(), self.check("--json")):
            self.assertNotIn("ann", result.out + result.err)
        self.assertIn(f"--- {web.url('')} (not asked: has a recipient's data in it)\n", self.check().out)
        self.assertEqual(["/open"], web.paths())

    def test_nothing_below_the_unsubscribe_url_is_asked_even_behind_a_redirect(self):
        web = self.serve({})
        web.pages["/out"] = (302, web.url("/u/preview"))
        self.write("tocsin.yaml", CONFIG.replace("https://u.harbour.example/u/", web.url("/u/")))
        self.link_to(web.url("/out"), web.url("/about"))
        result = self.check("--json").json()
        self.assertEqual(["/about", "/out"], web.paths())
        self.assertEqual([], self.findings(result))

    def test_a_certificate_that_nobody_vouches_for(self):
        web = self.serve({})
        self.link_to(web.url("/"))
        stranger = Authority(self.folder / "stranger")
        result = self.check("--json", env={"SSL_CERT_FILE": str(stranger.certificate)}).json()
        self.assertEqual({"link-unreachable"}, {found[0] for found in self.findings(result)})
        self.assertEqual([], web.asked)

    def test_without_the_flag_nobody_is_asked(self):
        web = self.serve({"/": 404})
        self.link_to(web.url("/"))
        result = self.expect(0, "check", "alert", "--json").json()
        self.assertEqual([], self.findings(result))
        self.assertNotIn("links", result)
        self.assertEqual([], web.asked)

    def test_ignored_rules_say_nothing_and_are_counted(self):
        web = self.serve({"/": 404})
        self.link_to(web.url("/"))
        self.write("campaigns/alert.yaml", (self.folder / "campaigns/alert.yaml").read_text() +
                   "lint: {ignore: [link-broken]}\n")
        result = self.check("--json").json()
        self.assertEqual([], self.findings(result))
        self.assertLessEqual(2, result["ignored"])

    def test_a_list_of_links_from_data_names_them_all_at_the_place_of_the_loop(self):
        web = self.serve({"/a": 404, "/b": 404})
        self.write("campaigns/alert.yaml", (self.folder / "campaigns/alert.yaml").read_text() +
                   f"data: {{more: [{{url: '{web.url('/a')}'}}, {{url: '{web.url('/b')}'}}]}}\n")
        self.write("templates/alert.html.mustache",
                   HTML.format(links='{{#more}}<a href="{{url}}">here</a>{{/more}}\n'))
        found = [one for one in self.findings(self.check("--json").json()) if one[1].endswith(".html.mustache")]
        self.assertEqual([f"`{web.url('/a')}` answers with status 404; `{web.url('/b')}` answers with status 404"],
                         [one[4] for one in found])


if __name__ == "__main__":
    unittest.main()
