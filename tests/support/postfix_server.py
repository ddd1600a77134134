"""A whole Postfix with STARTTLS and AUTH (through Dovecot), private to one test: its own folder, port and configuration.

    authority = Authority(folder / "ca")
    with PostfixServer(authority.issue(), {"user": "password"}, smtpd_discard_ehlo_keywords="pipelining") as server:
        ... server.port ...
        server.settle(); server.mails()

Every recipient of every domain has the one Maildir, but for those that `refuse` names. Needs root, as Postfix does.
"""

import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
import time

from servers import PATIENCE, Arrived, find_program, start_listening, start_on_free_port, stop

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = relay.example
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
disable_dns_lookups = yes
smtpd_peername_lookup = no
alias_maps =
alias_database =
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_recipient_restrictions = check_recipient_access regexp:{folder}/refused, permit_sasl_authenticated, reject
smtpd_forbid_unauth_pipelining = yes
smtpd_data_restrictions = reject_unauth_pipelining
virtual_mailbox_domains = static:all
virtual_mailbox_maps = static:inbox/
virtual_mailbox_base = {folder}/mail
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{uid}
"""

MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
"""

DOVECOT = """\
base_dir = {folder}/dovecot/run
state_dir = {folder}/dovecot/state
log_path = {folder}/dovecot/log
protocols =
ssl = no
auth_mechanisms = plain login
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={uid} home={folder}/mail
}}
service auth {{
  unix_listener {folder}/queue/private/auth {{
    mode = 0666
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

NOBODY = 65534
QUEUES = ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace")
WITH_MAIL = ("incoming", "active", "deferred", "maildrop")


def group_exists(group):
    try:
        os.killpg(group, 0)
        return True
    except ProcessLookupError:
        return False


class PostfixServer:
    def __init__(self, identity, users, refuse=(), **parameters):
        """`refuse`: (regular expression, reply) pairs for recipients. `parameters`: more of main.cf."""
        self.identity, self.users, self.refuse, self.parameters = identity, users, refuse, parameters

    def __enter__(self):
        # Short, for its UNIX sockets; passable, for its processes that are not root's.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tocsin-postfix-"))
        self.folder.chmod(0o711)
        self.processes = []
        try:
            self._make_folders()
            self._start_logins()
            process, self.port = start_on_free_port(self._start)
            self.processes.append(process)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            stop(process)
            self._wait_for(lambda: not group_exists(process.pid), "the end of its children")
        shutil.rmtree(self.folder)

    def settle(self):
        """Until its queue is empty: all that it took is in the Maildir."""
        self._wait_for(lambda: not self._queued(), "an empty queue")

    def _queued(self):
        return [path for queue in WITH_MAIL for path in (self.folder / "queue" / queue).rglob("*") if path.is_file()]

    def mails(self):
        return [self._parse(path.read_bytes()) for path in sorted((self.folder / "mail/inbox/new").glob("*"))]

    def forget(self):
        """What came before the next test: its mails and its log."""
        self.settle()
        for path in (self.folder / "mail/inbox/new").glob("*"):
            path.unlink()
        os.truncate(self.folder / "log", 0)

    def log(self):
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""

    @staticmethod
    def _parse(stored):
        """Takes off what the delivery wrote around a mail: Return-Path, X-Original-To, Delivered-To, Received."""
        head = dict(line.split(": ", 1) for line in stored.decode().split("\n", 3)[:3])
        received, lines = stored.split(b"\n", 3)[3].split(b"\n"), 1
        while received[lines].startswith((b"\t", b" ")):
            lines += 1
        return Arrived(head["Return-Path"].strip("<>"), [head["X-Original-To"]], b"\n".join(received[lines:]))

    def _make_folders(self):
        owner = pwd.getpwnam("postfix")
        for name in ("queue", "queue/pid", "mail", "dovecot", "dovecot/run", "dovecot/state"):
            (self.folder / name).mkdir()
        for name in ("data", *(f"queue/{queue}" for queue in (*QUEUES, "public", "maildrop"))):
            (self.folder / name).mkdir()
            os.chown(self.folder / name, owner.pw_uid, owner.pw_gid)
        os.chown(self.folder / "mail", NOBODY, NOBODY)
        (self.folder / "users").write_text("".join(f"{name}:{{PLAIN}}{word}\n" for name, word in self.users.items()))
        (self.folder / "refused").write_text("".join(f"/{pattern}/ {reply}\n" for pattern, reply in self.refuse))

    def _start_logins(self):
        configuration = self.folder / "dovecot/dovecot.conf"
        configuration.write_text(DOVECOT.format(folder=self.folder, uid=NOBODY))
        self.processes.append(subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", find_program("dovecot"), "-F", "-c", configuration],
            stdin=subprocess.DEVNULL, start_new_session=True))
        self._wait_for((self.folder / "queue/private/auth").exists, "Dovecot's socket")

    def _wait_for(self, condition, what):
        until = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > until:
                raise TimeoutError(f"waited in vain for {what}: {self.log()[-2000:]}")
            time.sleep(0.02)

    def _start(self, port):
        certificate, key = self.identity
        main = MAIN.format(folder=self.folder, certificate=certificate, key=key, uid=NOBODY)
        main += "".join(f"{name} = {value}\n" for name, value in self.parameters.items())
        (self.folder / "main.cf").write_text(main)
        (self.folder / "master.cf").write_text(MASTER.format(port=port))
        return start_listening([find_program("master"), "-d", "-c", self.folder], port)
