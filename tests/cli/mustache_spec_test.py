#!/usr/bin/env python3
"""Every situation that the mustache specification requires, through the command `tocsin render`.

    TOCSIN=build/release/tocsin tests/cli/mustache_spec_test.py [FOLDER]

FOLDER holds files of cases in the format of the specification: by default tests/spec. Given a checkout of
the specification's own `specs`, it runs those; its optional modules (files that begin with `~`) are left out.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

OWN_CASES = pathlib.Path(__file__).resolve().parent.parent / "spec"
REQUIRED = 136


def render(case, folder):
    """The command's output, or what it said where it failed."""
    template = folder / "template.mustache"
    template.write_bytes(case["template"].encode())
    data = folder / "data.json"
    data.write_text(json.dumps(case["data"]))
    partials = folder / "partials"
    partials.mkdir()
    for name, text in case.get("partials", {}).items():
        (partials / f"{name}.mustache").write_bytes(text.encode())
    done = subprocess.run(
        [os.environ["TOCSIN"], "render", template, "--data", data, "--partials", partials],
        capture_output=True, timeout=60, check=False)
    if done.returncode != 0:
        return f"(exit code {done.returncode}) {done.stderr.decode()}"
    return done.stdout.decode()


def main():
    cases = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else OWN_CASES
    passed = total = 0
    for file in sorted(cases.glob("[!~]*.json")):
        for case in json.loads(file.read_text())["tests"]:
            with tempfile.TemporaryDirectory() as folder:
                output = render(case, pathlib.Path(folder))
            total += 1
            if output == case["expected"]:
                passed += 1
            else:
                print(f"{file.name}: {case['name']}\n  expected {case['expected']!r}\n  got      {output!r}")
    print(f"{passed} of {total} cases pass")
    return 0 if passed == total and total >= REQUIRED else 1


if __name__ == "__main__":
    sys.exit(main())
