"""packaging/: systemd accepts the units, and the crontab line works as pasted, in a real cron. Needs root, as cron does."""

import datetime
import os
import pathlib
import re
import shutil
import subprocess
import time
import unittest

from workspace import CAMPAIGN, ROOT, WorkspaceTest

PACKAGING = ROOT / "packaging"
TOCSIN = pathlib.Path(os.environ["TOCSIN"])

# A cron that sees no crontabs but the test's, whose mail goes to a script, and that nothing outlives.
CRON = """\
set -e
mount --bind {folder}/spool /var/spool/cron/crontabs
mount --bind {folder}/none /etc/cron.d
mount --bind {folder}/empty /etc/crontab
mount -t tmpfs none /run
for program in /usr/sbin/sendmail /usr/lib/sendmail; do
    [ ! -e $program ] || mount --bind {folder}/sendmail $program
done
exec cron -f
"""

SENDMAIL = """\
#!/bin/sh
cat >>{folder}/mailed
"""

# As tocsin-due.service has it: written is the state, and nothing else.
SANDBOX = """\
set -e
mount --bind {folder} {folder}
mount --bind {folder}/state {folder}/state
mount -o remount,bind,ro {folder}
cd {folder}
! touch probe 2>/dev/null
exec setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs --bounding-set=-all -- "$@"
"""


def run(*arguments, **options):
    return subprocess.run([str(word) for word in arguments], capture_output=True, text=True, timeout=60, **options)


class UnitsTest(WorkspaceTest):
    def units(self, change=lambda text: text):
        """Copies whose program is the built one."""
        folder = self.folder / "units"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for unit in (PACKAGING / "systemd").iterdir():
            text = unit.read_text().replace("/usr/bin/env tocsin", str(TOCSIN))
            (folder / unit.name).write_text(change(text))
        return folder

    def verify(self, folder):
        names = [unit.name.replace("@.", "@harbour.") for unit in sorted(folder.iterdir())]
        self.assertEqual(5, len(names))
        return run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no",
                   *[folder / name for name in names])

    def test_systemd_accepts_the_units(self):
        result = self.verify(self.units())
        self.assertEqual((0, ""), (result.returncode, result.stderr))

    def test_the_check_itself_can_fail(self):
        result = self.verify(self.units(lambda text: text.replace("ProtectClock=", "ProtectClocks=")))
        self.assertIn("ProtectClocks", result.stderr)
        result = self.verify(self.units(lambda text: text.replace(str(TOCSIN), str(TOCSIN) + "-not-there")))
        self.assertNotEqual(0, result.returncode)

    def test_the_services_are_well_enclosed(self):
        folder = self.units()
        for name in ("tocsin-due.service", "tocsin-due@.service", "tocsin-serve.service"):
            # In tenths: systemd calls everything below 2 well enclosed.
            result = run("systemd-analyze", "security", "--offline=true", "--threshold=19", folder / name)
            self.assertEqual(0, result.returncode, result.stdout[-500:] + result.stderr)

    def test_the_template_is_the_same_for_a_folder_of_its_own(self):
        for kind in ("service", "timer"):
            one = (PACKAGING / f"systemd/tocsin-due.{kind}").read_text().splitlines()
            many = (PACKAGING / f"systemd/tocsin-due@.{kind}").read_text().splitlines()
            self.assertEqual(len(one), len(many))
            keys = {a.split("=")[0] for a, b in zip(one, many) if a != b and not a.startswith("#")}
            wanted = {"Description"}
            if kind == "service":
                wanted |= {"ConditionPathExists", "WorkingDirectory", "StateDirectory"}
            self.assertEqual(wanted, keys)

    def test_a_stop_waits_for_the_answer_to_a_final_dot(self):
        text = (PACKAGING / "systemd/tocsin-due.service").read_text()
        minutes = int(re.search(r"^TimeoutStopSec=(\d+)min$", text, re.M)[1])
        self.assertGreater(minutes * 60, 600)

    def test_user_and_folder_are_made(self):
        root = self.folder / "root"
        (root / "etc").mkdir(parents=True)
        result = run("systemd-sysusers", f"--root={root}", PACKAGING / "sysusers.d/tocsin.conf")
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertRegex((root / "etc/passwd").read_text(), r"(?m)^tocsin:.*:/var/lib/tocsin:/usr/sbin/nologin$")
        result = run("systemd-tmpfiles", f"--root={root}", "--create", PACKAGING / "tmpfiles.d/tocsin.conf")
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertEqual(0o750, (root / "var/lib/tocsin").stat().st_mode & 0o777)


class RunTest(WorkspaceTest):
    """The workspace's campaign is due."""

    def setUp(self):
        super().setUp()
        self.folder.chmod(0o755)
        now = datetime.datetime.now(datetime.timezone.utc)
        self.write("campaigns/alert.yaml", CAMPAIGN + f'schedule: {{at: "{now:%Y-%m-%d %H:%M}"}}\n')

    def namespace(self, script, *arguments):
        words = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c",
                 script.format(folder=self.folder), "sh", *map(str, arguments)]
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def test_the_sandbox_leaves_what_it_needs(self):
        self.expect(0, "plan", "alert")  # by hand: secret, ledger and tocsin.lock
        program = shutil.copy(TOCSIN, self.folder / "tocsin")
        for path in [self.folder, *self.folder.rglob("*")]:
            shutil.chown(path, "nobody", "nogroup")
        out, err = self.namespace(SANDBOX, program, "due", "-q").communicate(timeout=60)
        self.assertEqual((b"", b""), (out, err))
        self.assertEqual(3, len(self.outbox()))

    def crontab(self):
        """The line as pasted, with the reader's folder and address; and one of a folder where something is wrong."""
        text = (PACKAGING / "crontab").read_text()
        self.assertEqual(1, len(re.findall(r"(?m)^[^#A-Z\n]", text)))
        text = text.replace("/usr/local/bin", str(TOCSIN.parent))
        good = text.replace("/srv/harbour", str(self.folder))
        (self.folder / "wrong").mkdir()
        bad = text.replace("/srv/harbour", str(self.folder / "wrong")).replace("admin@", "wrong@")
        return good + bad

    def await_(self, what, seconds=100):
        until = time.monotonic() + seconds
        while not what():
            self.assertLess(time.monotonic(), until, "nothing came of it")
            time.sleep(0.2)

    def test_the_crontab_line_works_as_pasted(self):
        tab = self.write("spool/root", self.crontab())
        tab.chmod(0o600)
        result = run("crontab", "-n", tab)
        self.assertEqual(0, result.returncode, result.stderr)
        self.write("empty", "")
        (self.folder / "none").mkdir()
        self.write("sendmail", SENDMAIL.format(folder=self.folder)).chmod(0o755)
        cron = self.namespace(CRON)
        mailed = self.folder / "mailed"
        self.await_(lambda: cron.poll() is not None or len(self.outbox()) == 3 and mailed.exists() and "tocsin.yaml" in mailed.read_text())
        self.assertIsNone(cron.poll())
        # Where all is well nobody hears of it.
        self.assertIn("wrong@harbour.example", mailed.read_text())
        self.assertNotIn("admin@harbour.example", mailed.read_text())


if __name__ == "__main__":
    unittest.main()
