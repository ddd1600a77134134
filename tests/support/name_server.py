"""dnsmasq as the name server of one test, on 127.0.0.1 and a port of its own; it knows nothing but its records.

    with NameServer(txt={"harbour.example": ["v=spf1 -all"]}, mx={"harbour.example": "mail.harbour.example"}) as dns:
        tocsin("check", "alert", "--dns", "--dns-server", dns.address)

    with SilentNameServer() as dns:     # hears every question, and answers none
"""

import os
import pwd
import socket
import subprocess

from servers import find_program, start_listening, start_on_free_port, stop

LONGEST_STRING = 255  # of a TXT record


def takes_connections(port):
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return True
    except OSError:
        return False


def in_strings(text):
    """A text as the strings of one record. dnsmasq parts them at commas, so a text can hold none."""
    if "," in text:
        raise ValueError(f"dnsmasq cannot say {text!r}")
    return ",".join(text[at:at + LONGEST_STRING] for at in range(0, len(text), LONGEST_STRING))


class NameServer:
    def __init__(self, txt=None, mx=None, hosts=(), refuses=False):
        """`txt`: name to texts, a record each; `mx`: name to its server; `hosts`: names with an address.
        Other names do not exist; with `refuses` it answers REFUSED to them."""
        self.options = [f"--txt-record={name},{in_strings(text)}" for name, texts in (txt or {}).items()
                        for text in texts]
        self.options += [f"--mx-host={name},{server},10" for name, server in (mx or {}).items()]
        self.options += [f"--host-record={name},192.0.2.1" for name in hosts]
        self.options += [] if refuses else ["--local=/example/", "--local=/test/"]

    def __enter__(self):
        self.process, port = start_on_free_port(self._start)
        self.address = f"127.0.0.1:{port}"
        return self

    def __exit__(self, *_):
        stop(self.process)

    def _start(self, port):
        user = pwd.getpwuid(os.geteuid()).pw_name
        return start_listening(
            [find_program("dnsmasq"), "--keep-in-foreground", f"--port={port}", "--listen-address=127.0.0.1",
             "--bind-interfaces", "--no-resolv", "--no-hosts", "--conf-file=/dev/null", "--pid-file=", "--log-facility=-",
             f"--user={user}", *self.options], port, takes_connections, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)


class SilentNameServer:
    def __enter__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"
        return self

    def __exit__(self, *_):
        self.socket.close()
