"""Who may include whom: docs/architecture.md, held against every include in src/."""

import pathlib
import re
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LONGEST = 300  # lines of a source file

LEVELS = {
    "base": 1,
    "mail": 2, "calendar": 2,
    "model": 3,
    "templating": 4, "campaign": 4, "audience": 4, "ledger": 4, "transport": 4,
    "compose": 5, "unsubscribe": 5, "probe": 5,
    "lint": 6,
    "delivery": 7, "inbound": 7, "preview": 7, "web": 7,
    "agenda": 8,
    "webhook": 8,
    "cli": 9,
}

# Third-party headers by the beginning of their name, and the modules that may use them.
THIRD_PARTY = {
    "spdlog/": {"base"},
    "openssl/": {"mail"},
    "idn2.h": {"mail"},
    "unicase.h": {"mail"}, "unictype.h": {"mail"}, "uninorm.h": {"mail"}, "unistr.h": {"mail"},
    "date/": {"calendar"},
    "kainjow/": {"templating"},
    "yaml-cpp/": {"campaign"},
    "sqlite3.h": {"ledger"}, "SQLiteCpp/": {"ledger"},
    "curl/": {"transport"},
    "libxml/": {"compose"},
    "ares.h": {"probe"},
    "gumbo.h": {"lint"},
    "dtl/": {"preview"},
    "zlib.h": {"delivery"},
    "microhttpd.h": {"web"},
    "gmime/": {"inbound"},
    "CLI/": {"cli"},
    "nlohmann/": {"model", "campaign", "ledger", "transport", "delivery", "webhook", "cli"},
}

SYSTEM = re.compile(r"(sys|arpa|netinet|net)/\w+\.h|(unistd|fcntl|spawn|poll|pthread|signal|netdb|pwd|malloc)\.h")
INCLUDE = re.compile(r"^\s*#\s*include\s*([<\"])([^>\"]+)[>\"]")


def includes(path):
    """Line number, kind of bracket and name of each include in a file."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if found := INCLUDE.match(line):
            yield number, *found.groups()


def users_of(header):
    """The modules that may include a header in angle brackets: None where everybody may."""
    if "." not in header and "/" not in header or SYSTEM.fullmatch(header):
        return None
    for beginning, modules in THIRD_PARTY.items():
        if header.startswith(beginning):
            return modules
    return set()


class Tree:
    """The files under one src/, and what is wrong with their includes."""

    def __init__(self, src):
        self.src = src
        self.files = sorted(path for path in src.rglob("*") if path.suffix in (".h", ".cc"))
        self.private = self.headers_that_show_third_parties()

    def headers_that_show_third_parties(self):
        """Headers that include a third party's, directly or through others."""
        shown, before = set(), None
        while shown != before:
            before = set(shown)
            for path in self.files:
                if path.suffix == ".h" and any(
                        users_of(name) is not None if bracket == "<" else name in shown
                        for _, bracket, name in includes(path)):
                    shown.add(str(path.relative_to(self.src)))
        return shown

    def faults(self):
        return [fault for path in self.files for fault in self.faults_of(path)]

    def faults_of(self, path):
        file = path.relative_to(self.src)
        if len(path.read_text().splitlines()) > LONGEST:
            yield f"{file}: longer than {LONGEST} lines"
        module = file.parts[0] if len(file.parts) > 1 else "main"
        if module != "main" and module not in LEVELS:
            yield f"{file}: `{module}` is no module"
            return
        for number, bracket, name in includes(path):
            if fault := self.fault(module, bracket, name):
                yield f"{file}:{number}: {fault}"

    def fault(self, module, bracket, name):
        if bracket == "<":
            users = users_of(name)
            return f"`{module}` may not use <{name}>" if users is not None and module not in users else None
        other = name.split("/")[0]
        if not (self.src / name).is_file():
            return f"there is no src/{name}"
        if other == module:
            return None
        if LEVELS[other] >= LEVELS.get(module, len(LEVELS)):
            return f"`{module}` is not above `{other}`"
        if name in self.private:
            return f"{name} shows a third party's header: only `{other}` may include it"
        return None


class IncludesTest(unittest.TestCase):
    def test_the_source(self):
        tree = Tree(ROOT / "src")
        self.assertGreater(len(tree.files), 100)
        self.assertEqual([], tree.faults())

    def test_the_page_and_the_build_name_the_same_levels(self):
        page = (ROOT / "docs/architecture.md").read_text()
        rows = re.findall(r"^\| (\d) \| `(\w+)` \|", page, re.MULTILINE)
        self.assertEqual(LEVELS, {module: int(level) for level, module in rows})
        build = (ROOT / "src/CMakeLists.txt").read_text()
        modules = re.findall(r"^tocsin_module\((\w+)(?: DEPENDS ([\w ]+?))?(?: PRIVATE.*)?\)$", build, re.MULTILINE)
        self.assertEqual(set(LEVELS), {module for module, _ in modules})
        for module, dependencies in modules:
            for dependency in dependencies.split():
                self.assertLess(LEVELS[dependency], LEVELS[module], f"{module} needs {dependency}")


class SelfTest(unittest.TestCase):
    """The test itself can fail: made-up trees with one fault each."""

    def faults(self, files):
        with tempfile.TemporaryDirectory(prefix="tocsin-test-") as folder:
            for name, text in files.items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            return Tree(pathlib.Path(folder)).faults()

    def test_downward_and_own_includes_are_fine(self):
        self.assertEqual([], self.faults({
            "base/a.h": "#include <string>\n", "base/a.cc": '#include "base/a.h"\n#include <sys/stat.h>\n',
            "mail/b.cc": '#include "base/a.h"\n', "main.cc": '#include "base/a.h"\n'}))

    def test_upward(self):
        self.assertEqual(["base/b.cc:2: `base` is not above `mail`"],
                         self.faults({"mail/a.h": "", "base/b.cc": '\n#include "mail/a.h"\n'}))

    def test_sideways(self):
        self.assertEqual(["audience/b.cc:1: `audience` is not above `ledger`"],
                         self.faults({"ledger/a.h": "", "audience/b.cc": '#include "ledger/a.h"\n'}))

    def test_third_party_in_the_wrong_module(self):
        self.assertEqual(["mail/a.cc:1: `mail` may not use <curl/curl.h>"],
                         self.faults({"mail/a.cc": "# include <curl/curl.h>\n"}))

    def test_third_party_that_nobody_knows(self):
        self.assertEqual(["mail/a.cc:1: `mail` may not use <boost/asio.hpp>"],
                         self.faults({"mail/a.cc": "#include <boost/asio.hpp>\n"}))

    def test_third_party_shown_to_another_module(self):
        self.assertEqual(
            ["delivery/c.cc:1: transport/b.h shows a third party's header: only `transport` may include it"],
            self.faults({"transport/a.h": "#include <curl/curl.h>\n", "transport/b.h": '#include "transport/a.h"\n',
                        "delivery/c.cc": '#include "transport/b.h"\n'}))

    def test_a_path_that_is_not_from_src(self):
        self.assertEqual(["base/b.cc:1: there is no src/a.h"],
                         self.faults({"base/a.h": "", "base/b.cc": '#include "a.h"\n'}))

    def test_an_unknown_module(self):
        self.assertEqual(["util/a.cc: `util` is no module"], self.faults({"util/a.cc": ""}))

    def test_a_long_file(self):
        self.assertEqual(["base/a.cc: longer than 300 lines"], self.faults({"base/a.cc": "\n" * 301}))


if __name__ == "__main__":
    unittest.main()
