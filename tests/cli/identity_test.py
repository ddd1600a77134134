"""tocsin.lock, the ledger and the secret belong together: a lost one means mailing people twice."""

import os
import stat
import unittest

from workspace import WorkspaceTest


class IdentityTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.expect(0, "send", "alert", "--yes")
        self.ledger = self.folder / "state/tocsin.db"
        self.secret = self.folder / "state/secret"

    def remove_ledger(self):
        for path in (self.folder / "state").glob("tocsin.db*"):
            if path.is_file():
                path.unlink()

    def test_files_of_the_state_are_private(self):
        for path in (self.folder / "state").rglob("*"):
            mode = stat.S_IMODE(os.stat(path).st_mode)
            self.assertEqual(0o700 if path.is_dir() else 0o600, mode, path)

    def test_a_lost_ledger_refuses(self):
        self.remove_ledger()
        result = self.expect(74, "send", "alert", "--yes")
        self.assertIn("--new-ledger", result.err)
        self.assertEqual(3, len(self.outbox()))
        self.assertFalse(self.ledger.exists())

    def test_another_ledger_refuses(self):
        self.remove_ledger()
        (self.folder / "tocsin.lock").rename(self.folder / "kept.lock")
        self.expect(0, "plan", "alert")
        (self.folder / "kept.lock").rename(self.folder / "tocsin.lock")
        self.expect(74, "send", "alert", "--yes")
        self.expect(74, "status", "alert")
        self.assertEqual(3, len(self.outbox()))

    def test_new_ledger_is_accepted_when_asked_for(self):
        self.remove_ledger()
        self.expect(0, "send", "alert", "--yes", "--new-ledger")
        self.assertEqual(6, len(self.outbox()))
        self.expect(0, "send", "alert", "--yes")

    def test_a_lost_secret_refuses(self):
        self.secret.unlink()
        self.expect(74, "send", "alert", "--yes")
        self.assertFalse(self.secret.exists())

    def test_another_secret_refuses(self):
        self.secret.write_text("0" * 64)
        self.expect(74, "send", "alert", "--yes")

    def test_a_secret_that_others_can_read_refuses(self):
        self.secret.chmod(0o644)
        self.expect(78, "send", "alert", "--yes")

    def test_a_damaged_ledger_refuses_and_stays_as_it_is(self):
        self.remove_ledger()
        self.ledger.write_bytes(b"this is no database" * 100)
        self.expect(74, "send", "alert", "--yes")
        self.assertEqual(b"this is no database" * 100, self.ledger.read_bytes())


if __name__ == "__main__":
    unittest.main()
