"""A workspace in a temporary folder, and the command run in it.

    class CheckTest(WorkspaceTest):
        def test_a_typo_in_a_key(self):
            self.write("campaigns/c.yaml", ...)
            result = self.tocsin("check", "c")
            self.assertEqual(65, result.code)
"""

import dataclasses
import email
import email.policy
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

CONFIG = """\
organisation:
  name: Harbour Action
  postal_address: 12 Quay Street, Harbourtown
  website: https://harbour.example
unsubscribe:
  url: https://u.harbour.example/u/
  mailto: unsubscribe@harbour.example
transport: outbox
transports:
  outbox: {type: maildir, path: state/outbox}
"""

CAMPAIGN = """\
id: alert
from: Reem and Mark <campaigns@harbour.example>
subject: "{{#first_name}}{{first_name}}, act{{/first_name}}{{^first_name}}Act{{/first_name}} now"
preheader: On Thursday the council decides about the harbour
html: alert.html.mustache
text: alert.txt.mustache
audience:
  lists: [lists/members.csv]
unsubscribe: {list: action-alerts}
"""

# The lint has nothing against these two.
HTML = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Act</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>
<body><p>Dear {{#first_name}}{{first_name}}{{/first_name}}{{^first_name}}neighbour{{/first_name}},</p>
<p>You get this because you signed with {{organisation.name}}, {{organisation.postal_address}}.
<a href="https://harbour.example/privacy">Privacy</a></p>
<p><a href="{{unsubscribe_url}}">Unsubscribe</a></p></body></html>
"""

TEXT = """\
Dear {{#first_name}}{{first_name}}{{/first_name}}{{^first_name}}neighbour{{/first_name}},
you get this because you signed with {{organisation.name}}, {{organisation.postal_address}}.
Privacy: https://harbour.example/privacy
leave: {{unsubscribe_url}}
"""


# What the tests' build of the command alone obeys.
TESTED = ("TOCSIN_FAILPOINT", "TOCSIN_FAULT", "TOCSIN_FULL", "TOCSIN_CLOCK")


@dataclasses.dataclass
class Result:
    code: int
    out: str
    err: str

    def json(self):
        return json.loads(self.out)


class WorkspaceTest(unittest.TestCase):
    """Gives each test a small sound workspace with the campaign `alert` and three people."""

    people = [("ann@one.example", "Ann"), ("bob@two.example", "Bob"), ("cy@three.example", "")]

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tocsin-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.write("tocsin.yaml", CONFIG)
        self.write("campaigns/alert.yaml", CAMPAIGN)
        self.write("templates/alert.html.mustache", HTML)
        self.write("templates/alert.txt.mustache", TEXT)
        self.write_list("lists/members.csv", self.people)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def write_list(self, name, people):
        rows = "".join(f"{address},{first_name}\n" for address, first_name in people)
        self.write(name, "email,first_name\n" + rows)

    def start(self, *arguments, failpoint=None, fault=None, full=None, **options):
        """Starts the command; with `failpoint`, `fault` or `full` the build that dies or errs there. `binary`: another
        program, which runs the command."""
        steps = {"TOCSIN_FAILPOINT": failpoint, "TOCSIN_FAULT": fault, "TOCSIN_FULL": full}
        steps = {name: step for name, step in steps.items() if step}
        steps |= options.pop("env", {})
        tested = any(name in steps for name in TESTED)
        binary = options.pop("binary", os.environ["TOCSIN_TESTING" if tested else "TOCSIN"])
        environment = dict(os.environ, **steps)
        return subprocess.Popen([binary, *map(str, arguments)], cwd=options.pop("cwd", self.folder),
                                env=environment, stdin=options.pop("stdin", subprocess.DEVNULL),
                                stdout=options.pop("stdout", subprocess.PIPE),
                                stderr=options.pop("stderr", subprocess.PIPE), **options)

    def tocsin(self, *arguments, input=None, timeout=60, **options):
        """Runs the command without a terminal and gives its exit code and what it said."""
        if input is not None:
            options["stdin"] = subprocess.PIPE
        process = self.start(*arguments, **options)
        try:
            out, err = process.communicate(input.encode() if input is not None else None, timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        return Result(process.returncode, (out or b"").decode(errors="replace"),
                      (err or b"").decode(errors="replace"))

    def expect(self, code, *arguments, **options):
        """Runs the command and demands its exit code, showing what it said where it is another."""
        result = self.tocsin(*arguments, **options)
        self.assertEqual(code, result.code, f"{arguments}\n{result.out}{result.err}")
        return result

    def status(self, campaign="alert"):
        """Counts, after checking that they add up."""
        status = self.expect(0, "status", campaign, "--json").json()
        self.assertEqual(status["total"], sum(status["states"].values()))
        self.assertEqual(status["states"]["skipped"], sum(status["skipped_by_reason"].values()))
        return status

    def outbox(self, name="state/outbox"):
        """The raw bytes of the mails in a Maildir, in the order of their names."""
        folder = self.folder / name / "new"
        return [path.read_bytes() for path in sorted(folder.iterdir())] if folder.exists() else []


class SampleTest(WorkspaceTest):
    """Gives each test a copy of the repository's own workspace instead."""

    def setUp(self):
        super().setUp()
        for name in ("campaigns", "lists", "templates"):
            shutil.rmtree(self.folder / name)
            shutil.copytree(ROOT / name, self.folder / name)
        shutil.copy(ROOT / "tocsin.yaml", self.folder)


def parse(raw):
    """One mail, read by Python's parser."""
    return email.message_from_bytes(raw, policy=email.policy.default)
