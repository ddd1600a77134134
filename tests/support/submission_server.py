"""Dovecot's submission server (STARTTLS, AUTH), private to one test: its own folder, port and configuration.

    authority = Authority(folder / "ca")
    with SubmissionServer(authority.issue(), {"user": "password"}, relay_port) as server:
        ... server.port, authority.certificate ...

It runs as root and as anybody else, and passes accepted mails on to another SMTP server at once.
"""

import grp
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
import time

from servers import answers, find_program, start_listening, start_on_free_port, stop

CONFIGURATION = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = submission
listen = 127.0.0.1
hostname = relay.example
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:{folder}/home/mail
submission_relay_host = 127.0.0.1
submission_relay_port = {relay_port}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service submission-login {{
  chroot =
  inet_listener submission {{
    port = {port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""

# Dovecot's own users are root's alone to give away.
WITHOUT_ROOT = """\
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = {uid}
first_valid_gid = {gid}
"""

NOBODY = 65534


class Authority:
    """A certificate authority made for one test."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        self.certificate, self.key = self.folder / "ca.pem", self.folder / "ca.key"
        self._openssl("req", "-x509", *self._new_key(self.key), "-out", self.certificate, "-subj", "/CN=Test authority")

    def issue(self, names="DNS:localhost,IP:127.0.0.1"):
        """(certificate, key): files for a server of these names."""
        certificate, key, request = (self.folder / f"server.{end}" for end in ("pem", "key", "csr"))
        extensions = self.folder / "extensions"
        extensions.write_text(f"subjectAltName={names}\n")
        self._openssl("req", *self._new_key(key), "-out", request, "-subj", "/CN=server")
        self._openssl("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.key, "-CAcreateserial",
                      "-extfile", extensions, "-out", certificate)
        return certificate, key

    def _new_key(self, path):
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", path]

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)


class SubmissionServer:
    configuration = CONFIGURATION
    answers = staticmethod(answers)

    def __init__(self, identity, users, relay_port):
        self.identity, self.users, self.relay_port = identity, users, relay_port

    def __enter__(self):
        # Short, for its UNIX sockets; passable, for its processes that are not root's.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tocsin-submission-"))
        self.folder.chmod(0o711)
        try:
            self._prepare()
            self.process, self.port = start_on_free_port(self._start)
        except BaseException:
            shutil.rmtree(self.folder)
            raise
        return self

    def __exit__(self, *_):
        stop(self.process)
        shutil.rmtree(self.folder)

    def values(self):
        """More that the configuration names."""
        return {}

    def logged(self, text):
        """The lines of the log with this text, as soon as there is one: Dovecot writes it a little later."""
        until = time.monotonic() + 5
        while time.monotonic() < until:
            if found := self.logged_so_far(text):
                return found
            time.sleep(0.05)
        raise TimeoutError(f"the server logged no `{text}`: {(self.folder / 'log').read_text()}")

    def logged_so_far(self, text):
        return [line for line in (self.folder / "log").read_text().splitlines() if text in line]

    def forget(self):
        os.truncate(self.folder / "log", 0)

    def _prepare(self):
        (self.folder / "users").write_text("".join(f"{name}:{{PLAIN}}{word}\n" for name, word in self.users.items()))
        (self.folder / "home").mkdir()
        self.uid, self.gid = os.geteuid(), os.getegid()
        if self.uid == 0:
            self.uid = self.gid = NOBODY  # it keeps no mail as root
            os.chown(self.folder / "home", self.uid, self.gid)

    def _start(self, port):
        certificate, key = self.identity
        values = {"folder": self.folder, "certificate": certificate, "key": key, "port": port,
                  "relay_port": self.relay_port, "user": pwd.getpwuid(os.geteuid()).pw_name,
                  "group": grp.getgrgid(os.getegid()).gr_name, "uid": self.uid, "gid": self.gid, **self.values()}
        text = self.configuration if os.geteuid() == 0 else self.configuration + WITHOUT_ROOT
        (self.folder / "dovecot.conf").write_text(text.format(**values))
        return start_listening([find_program("dovecot"), "-F", "-c", self.folder / "dovecot.conf"], port,
                               self.answers)
