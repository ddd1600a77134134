"""The command: options, packages, the build, the rows, the report."""

import argparse
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

from harness import machine, report, sizes
from harness.bench import Bench
from harness.peers import Nodemailer
from harness.processes import Failed, Programs
from harness.rows import ROWS, TOO_LONG_FOR_A_TRY

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"
TARGETS = ["tocsin", "bench_sink", "bench_delay_proxy", "bench_measure"]


def main():
    options = parse()
    if options.rows:
        print("\n".join(ROWS))
        return 0
    # So that the temporary folder goes and the servers end when we are told to.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        return measure(options)
    except Failed as failure:
        print(f"bench/run: {failure}", file=sys.stderr)
        return 1


def parse():
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_const", dest="sizes", const=sizes.QUICK, help="smaller, one round")
    size.add_argument("--smoke", action="store_const", dest="sizes", const=sizes.SMOKE,
                      help="try every part without nodemailer, in seconds")
    parser.add_argument("--only", action="append", metavar="ROW", choices=ROWS, help="only this row; may be repeated")
    parser.add_argument("--rows", action="store_true", help="print the names of the rows")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release", metavar="DIR",
                        help="the build folder; default: build/release")
    parser.add_argument("--output", type=pathlib.Path, metavar="FILE",
                        help="where the page goes; default: docs/performance.md, after a full run only")
    parser.set_defaults(sizes=sizes.FULL)
    return parser.parse_args()


def measure(options):
    names = options.only or rows_for(options)
    nodemailer = None if is_try(options) else Nodemailer(options.build)
    prepare(options, names, nodemailer)
    with tempfile.TemporaryDirectory(prefix="work-", dir=options.build / "bench") as folder:
        bench = Bench(Programs(options.build, pathlib.Path(folder)), options.sizes, nodemailer)
        bench.say(f"{machine.size()}; load {machine.load():.1f}")
        bench.payload()
        lines = [line for name in names for line in ROWS[name](bench)]
    print(report.terminal(lines))
    write_page(options, lines, bench)
    return 0


def is_try(options):
    return options.sizes is sizes.SMOKE


def rows_for(options):
    """All, less what is too long for a try."""
    return [name for name in ROWS if not (is_try(options) and name in TOO_LONG_FOR_A_TRY)]


def prepare(options, names, nodemailer):
    """Installs what is missing, and builds."""
    if not is_try(options):
        run([ROOT / "scripts" / "ensure-packages", "build", "bench"])
    targets = TARGETS + (["bench_dkim"] if "signing" in names else [])
    if not (options.build / "CMakeCache.txt").exists():
        run(["cmake", "--preset", "release"])
    run(["cmake", "--build", options.build, "--target", *targets])
    if nodemailer:
        if not shutil.which("npm"):  # it may come from elsewhere than Debian
            run([ROOT / "scripts" / "ensure-packages", "node"])
        nodemailer.install()


def run(command):
    done = subprocess.run(list(map(str, command)), cwd=ROOT, stdout=sys.stderr, check=False)
    if done.returncode != 0:
        raise Failed(f"{command[0]} ended with {done.returncode}")


def write_page(options, lines, bench):
    full = options.sizes is sizes.FULL and not options.only
    path = options.output or (PAGE if full else None)
    if path:
        path.write_text(report.page(lines, bench), encoding="utf-8")
        bench.say(f"written: {path}")
