"""What tells the size of this machine, and nothing that names it."""

import os
import pathlib
import platform
import re


def cpu_class():
    """As the kernel calls it; the architecture where it has no name."""
    text = pathlib.Path("/proc/cpuinfo").read_text()
    found = re.search(r"^model name\s*: (.+)$", text, re.M)
    return found.group(1).strip() if found else platform.machine()


def memory_gib():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def size():
    return f"{os.cpu_count()} cores ({cpu_class()}), {memory_gib():.0f} GiB of memory"


def load():
    """The load of the last minute: above 1 before a run, somebody else works here, too."""
    return os.getloadavg()[0]
