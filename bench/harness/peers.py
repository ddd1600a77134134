"""Who else could send these mails."""

import pathlib
import shutil
import subprocess

from servers import find_program

from harness.processes import Failed
from harness.workspace import CONNECTIONS

SOURCE = pathlib.Path(__file__).resolve().parents[1] / "peers" / "nodemailer"


def smtp_source(programs, port, mails, payload):
    """Postfix's load generator: equal bytes to everybody, nothing read, rendered or recorded. -d: many mails over one
    connection; -N: each to another address; it waits for each reply before the next command."""
    return programs.run([find_program("smtp-source"), "-d", "-N", "-s", CONNECTIONS, "-m", mails, "-l", payload,
                         "-M", "load.example", "-f", "campaigns@load.example", "-t", "member@load.example",
                         f"127.0.0.1:{port}"])


class Nodemailer:
    """nodemailer's pool with mustache.js, installed into the build folder."""

    def __init__(self, build):
        self.folder = build / "bench" / "nodemailer"

    def install(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "send.mjs"):
            shutil.copy(SOURCE / name, self.folder)
        command = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Failed(f"npm install: {done.stderr}")

    def send(self, programs, workspace, port):
        return programs.run(["node", self.folder / "send.mjs", workspace.folder, port])
