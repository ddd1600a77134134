"""docs/providers/*.md show how a transport is described: each sample is sound as it stands there."""

import re
import unittest

import providers
from workspace import CONFIG, ROOT, WorkspaceTest

FOLDER = ROOT / "docs/providers"
SAMPLE = re.compile(r"```yaml\n(transports:\n.*?)```\n", re.DOTALL)
NAME = re.compile(r"^  ([a-z]+):$", re.MULTILINE)
WORKSPACE = CONFIG[:CONFIG.index("transport: ")]


class ProviderPagesTest(WorkspaceTest):
    def samples(self):
        """(page, sample), of all pages."""
        return [(page.name, sample) for page in sorted(FOLDER.glob("*.md")) for sample in SAMPLE.findall(page.read_text())]

    def check(self, sample):
        """The workspace with this sample alone; `transport:` is added where the sample leaves it out."""
        chosen = "" if re.search("^transport: ", sample, re.MULTILINE) else f"transport: {NAME.search(sample)[1]}\n"
        self.write("tocsin.yaml", WORKSPACE + chosen + sample)
        return self.expect(0, "check", "alert")

    def test_every_sample_is_sound(self):
        for page, sample in self.samples():
            with self.subTest(page):
                self.assertEqual("", self.check(sample).err)

    def test_every_provider_has_a_page_with_a_sample_of_its_type(self):
        samples = dict(self.samples())
        for name in providers.NAMES:
            self.assertIn(f"\n    type: {name}\n", samples[f"{name}.md"])

    def test_no_page_is_left_out(self):
        for page in FOLDER.glob("*.md"):
            text = page.read_text()
            self.assertEqual(text.count("```yaml"), len(SAMPLE.findall(text)), page.name)


if __name__ == "__main__":
    unittest.main()
