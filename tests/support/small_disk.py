"""A small file system of its own for a folder, or a folder that is read-only. Only root may mount.

    disk = test.enterContext(SmallDisk(folder / "state", "4m"))
    disk.fill()         # no byte is left
    disk.free()
"""

import contextlib
import os
import subprocess
import unittest


class SmallDisk:
    def __init__(self, folder, size):
        self.folder, self.size = folder, size

    def __enter__(self):
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() != 0 or self._mount(f"size={self.size},mode=0700"):
            raise unittest.SkipTest("only root may mount a small file system")
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.folder], check=True)

    def _mount(self, options):
        return subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tocsin-test", self.folder],
                              capture_output=True).returncode

    def grow(self, size):
        subprocess.run(["mount", "-o", f"remount,size={size}", self.folder], check=True)

    def fill(self):
        with open(self.folder / "filler", "ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                pass

    def free(self):
        (self.folder / "filler").unlink()


@contextlib.contextmanager
def read_only(folder):
    if os.geteuid() != 0 or subprocess.run(["mount", "--bind", "-o", "ro", folder, folder],
                                           capture_output=True).returncode:
        raise unittest.SkipTest("only root may mount a folder read-only")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
