"""A small file system of its own for a folder. Only root may mount one.

    disk = test.enterContext(SmallDisk(folder / "state", "4m"))
    disk.fill()         # no byte is left
    disk.free()
"""

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
