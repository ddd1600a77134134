#!/usr/bin/env python3
"""`tocsin render`: what it reads, what it refuses, and with which exit code."""
import os
import pathlib
import subprocess
import tempfile
import unittest


class Render(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def render(self, *arguments, stdin=b""):
        return subprocess.run([os.environ["TOCSIN"], "render", *arguments], input=stdin,
                              capture_output=True, cwd=self.folder, timeout=60, check=False)

    def assert_renders(self, expected, *arguments, stdin=b""):
        done = self.render(*arguments, stdin=stdin)
        self.assertEqual((done.stdout.decode(), done.stderr.decode(), done.returncode),
                         (expected, "", 0))

    def test_a_template_with_yaml_needs_no_workspace(self):
        self.write("t", "Dear {{name}} ({{price}}),\n{{#list}}\n- {{.}}\n{{/list}}\n")
        self.write("d.yaml", "name: <Ada>\nprice: 5.50\nlist: [one, two]\n")
        self.assert_renders("Dear &lt;Ada&gt; (5.50),\n- one\n- two\n", "t", "--data", "d.yaml")

    def test_text_is_not_escaped(self):
        self.write("t", "{{name}}")
        self.write("d.json", '{"name": "<Ada> & \\"Bo\\""}')
        self.assert_renders('<Ada> & "Bo"', "t", "--text", "--data", "d.json")

    def test_standard_input_is_a_template(self):
        self.assert_renders("[]", "-", stdin=b"[{{nobody}}]")

    def test_lambdas_are_known(self):
        self.assert_renders("A a%26b", "-", stdin=b"{{#capitalize}}a{{/capitalize}} "
                                                  b"{{#urlencode}}a&b{{/urlencode}}")

    def test_a_partial_is_a_file_of_the_folder(self):
        self.write("parts/box.mustache", "[\n{{x}}\n]\n")
        self.write("parts/sub/leaf.mustache", "leaf")
        self.write("d.yaml", "x: y\n")
        self.assert_renders("  [\n  y\n  ]\nleaf", "-", "--partials", "parts", "--data", "d.yaml",
                            stdin=b"  {{>box}}\n{{>sub/leaf}}")

    def test_no_partial_leads_out_of_the_folder(self):
        outside = self.write("outside.mustache", "SECRET")
        self.write("parts/fine.mustache", "fine")
        (self.folder / "parts/link.mustache").symlink_to(outside)
        names = ["../outside", "sub/../../outside", "./../outside", str(outside.with_suffix("")),
                 "link", "../outside\0"]
        template = "".join("{{>%s}}" % name for name in names) + "{{>fine}}"
        self.assert_renders("fine", "-", "--partials", "parts", stdin=template.encode())

    def test_without_a_folder_there_are_no_partials(self):
        self.write("box.mustache", "SECRET")
        self.assert_renders("[]", "-", stdin=b"[{{>box}}]")

    def test_data_are_no_partial(self):
        self.write("d.yaml", "box: '{{secret}}'\nsecret: SECRET\n")
        self.assert_renders("[]{{secret}}", "-", "--data", "d.yaml", stdin=b"[{{>box}}]{{box}}")

    def test_every_finding_of_every_file_is_shown_at_its_place(self):
        self.write("t.mustache", "Hi\n  {{#a}}\n{{>p}}{{}}\n")
        self.write("parts/p.mustache", "one\n{{/b}}\n")
        done = self.render("t.mustache", "--partials", "parts")
        self.assertEqual(done.returncode, 65)
        self.assertEqual(done.stdout, b"")
        self.assertEqual(done.stderr.decode(), """\
parts/p.mustache:2:1: error: {{/b}} closes what was never opened [unopened-section]
  {{/b}}
  ^
t.mustache:2:3: error: {{#a}} is never closed [unclosed-section]
    {{#a}}
    ^
  hint: add {{/a}} where it ends
t.mustache:3:7: error: this tag has no name [empty-tag]
  {{>p}}{{}}
        ^
  hint: write a name, or remove the tag
""")

    def test_bad_data_and_a_bad_template_are_found_in_one_run(self):
        self.write("d.json", '{"a": ')
        done = self.render("-", "--data", "d.json", stdin=b"{{#a}}")
        self.assertEqual((done.returncode, done.stdout), (65, b""))
        self.assertIn(b"d.json:1:", done.stderr)
        self.assertIn(b"stdin:1:1: error", done.stderr)

    def test_a_missing_file_is_named(self):
        self.write("t", "x")
        for arguments in (["nobody"], ["t", "--data", "nobody.yaml"], ["t", "--partials", "nobody"],
                          ["."]):
            with self.subTest(arguments):
                done = self.render(*arguments)
                self.assertEqual((done.returncode, done.stdout), (66, b""))
                self.assertIn(arguments[-1].encode(), done.stderr)

    def test_a_ring_ends(self):
        self.write("parts/a.mustache", "x{{>a}}")
        self.assert_renders("x" * 32, "-", "--partials", "parts", stdin=b"{{>a}}")

    def test_loops_that_would_never_end_are_refused(self):
        self.write("d.yaml", "l: [1, 2]\n")
        done = self.render("-", "--data", "d.yaml", stdin=b"{{#l}}" * 40 + b"{{/l}}" * 40)
        self.assertEqual((done.returncode, done.stdout), (65, b""))
        self.assertIn(b"more than a mail can hold", done.stderr)

    def test_usage(self):
        self.assertEqual(self.render().returncode, 64)
        self.assertEqual(self.render("-", "--nonsense").returncode, 64)


if __name__ == "__main__":
    unittest.main()
