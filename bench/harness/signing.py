"""DKIM's RSA signatures, beside OpenSSL's own measure of the key. bench_dkim runs both in turns."""

import pathlib
import re
import subprocess

from harness.figures import Figures, Goal, Line

SOURCE = pathlib.Path(__file__).resolve().parents[1] / "dkim_signing.cc"
SIGNED = "mails/s"


def rsa_signing(bench):
    """bench_dkim's lines: openssl speed, ours, their ratio, and two more figures."""
    bench.say("RSA-2048 signing")
    printed = subprocess.run([bench.programs.dkim], capture_output=True, text=True, check=True).stdout
    rounds = [tuple(map(float, found)) for found in re.findall(r"^ *(\d+) +(\d+) +[\d.]+ ", printed, re.M)]
    theirs, ours = (Figures(SIGNED, [values[i] for values in rounds]) for i in (0, 1))
    return [Line("RSA-2048 signing, one thread", Goal(0.8, "×"), ours, theirs, "`openssl speed rsa2048`",
                 ours / theirs)]
