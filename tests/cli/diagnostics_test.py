"""docs/diagnostics.md shows what the program says: every example of it is run, word for word.

Rules of the lint are named in docs/lint.md (tests/unit/model/lint_test.cc holds it against their catalogue).
"""

import re
import unittest

from workspace import ROOT, SampleTest

PAGE = ROOT / "docs/diagnostics.md"
LINT_PAGE = ROOT / "docs/lint.md"
EXAMPLE = re.compile(r"<!-- tocsin (.*?) -->\n\n```text\n(.*?)```\n", re.DOTALL)
KIND = re.compile(r"\[([a-z0-9-]+)\]$", re.MULTILINE)
ROW = re.compile(r"^\| `([a-z-]+)` \|", re.MULTILINE)
WORD = re.compile(r'"([a-z]+(?:-[a-z0-9]+)+)"')

# Words of the source that look like kinds and are none.
NO_KINDS = {"auto-generated", "color-scheme", "utf-8", "cat-file", "ls-tree", "rev-parse"}  # of mails and HTML, and what git is asked
FAILPOINT = re.compile(r"w\d-.*|recover-.*|end-of-data-left|sender-refused")


class DiagnosticsTest(SampleTest):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.page = PAGE.read_text()

    def test_every_example_is_what_the_program_says(self):
        examples = EXAMPLE.findall(self.page)
        self.assertEqual(self.page.count("<!-- tocsin "), len(examples))
        self.assertGreaterEqual(len(examples), 10)
        for command, shown in examples:
            with self.subTest(command):
                result = self.expect(78 if "--config" in command else 65, *command.split())
                findings = re.sub(r"^\d+ errors?, \d+ warnings?\n\Z", "", result.err, flags=re.MULTILINE)
                self.assertEqual(shown, findings)

    def test_examples_leave_nothing_behind(self):
        for command, _ in EXAMPLE.findall(self.page):
            self.tocsin(*command.split())
        self.assertFalse((self.folder / "state").exists())
        self.assertFalse((self.folder / "tocsin.lock").exists())

    def test_every_kind_is_shown_or_named(self):
        shown = set(KIND.findall("".join(text for _, text in EXAMPLE.findall(self.page))))
        named = set(ROW.findall(self.page))
        rules = set(ROW.findall(LINT_PAGE.read_text()))
        self.assertEqual(set(), shown & named)
        self.assertEqual(set(), named & rules)
        kinds = set()
        for module in ("base", "campaign", "templating", "audience", "compose", "delivery"):
            for path in (ROOT / "src" / module).rglob("*.cc"):
                kinds |= set(WORD.findall(path.read_text()))
        kinds = {kind for kind in kinds - NO_KINDS if not FAILPOINT.fullmatch(kind)}
        self.assertEqual(set(), kinds - shown - named - rules, "kinds that the pages do not know")
        self.assertEqual(set(), named - kinds, "kinds that are only on the page")

    def test_every_rule_of_the_lint_is_reported_somewhere(self):
        rules = set(ROW.findall(LINT_PAGE.read_text()))
        self.assertGreater(len(rules), 50)
        sources = [path for path in (ROOT / "src").rglob("*.cc") if path != ROOT / "src/model/lint.cc"]
        code = "\n".join(path.read_text() for path in sources)
        self.assertEqual(set(), {rule for rule in rules if f'"{rule}"' not in code})


if __name__ == "__main__":
    unittest.main()
