"""A terminal that a command believes in, and what would be on its screen.

    terminal = Terminal(columns=80)
    process = self.start("send", "alert", "--yes", **terminal.options)
    terminal.type(CTRL_C)
    code = terminal.finish(process)
    terminal.lines
"""

import errno
import fcntl
import os
import pty
import re
import struct
import termios
import threading

CTRL_C = b"\x03"


class Screen:
    """Understands what the command writes: text, CR, LF and "erase to the end of the line"."""

    def __init__(self):
        self.rows, self.column = [[]], 0

    @property
    def lines(self):
        return ["".join(row).rstrip() for row in self.rows]

    def feed(self, text):
        for part in re.findall(r"\033\[K|.", text, re.S):
            if part == "\033[K":
                del self.rows[-1][self.column:]
            elif part == "\r":
                self.column = 0
            elif part == "\n":
                self.rows.append([])
            else:
                self.rows[-1][self.column:self.column + 1] = [part]
                self.column += 1


class Terminal:
    def __init__(self, columns):
        self.master, self.slave = pty.openpty()
        self.resize(columns)
        self.written = b""
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    @property
    def options(self):
        """For subprocess: the command's own session, whose terminal this is."""
        return {"stdin": self.slave, "stdout": self.slave, "stderr": self.slave, "start_new_session": True,
                "preexec_fn": lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)}

    def resize(self, columns):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def type(self, keys):
        os.write(self.master, keys)

    def finish(self, process, timeout=30):
        """Its exit code; all that it wrote is known then."""
        try:
            code = process.wait(timeout)
        finally:
            process.kill()
            os.close(self.slave)
            self.reader.join(timeout)
            os.close(self.master)
        return code

    def _read(self):
        while True:
            try:
                piece = os.read(self.master, 65536)
            except OSError as error:
                if error.errno == errno.EIO:  # nobody has it open any more
                    return
                raise
            self.written += piece

    @property
    def text(self):
        return self.written.decode()

    @property
    def frames(self):
        """What was drawn over itself, in order."""
        return [frame for frame in re.findall(r"\r\033\[K([^\r\n]*)", self.text) if "%" in frame]

    @property
    def lines(self):
        """What is left on the screen."""
        screen = Screen()
        screen.feed(self.text)
        return screen.lines
