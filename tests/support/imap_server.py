"""Dovecot's IMAP server (TLS from the first byte), private to one test: its own folder, port and configuration.

    with ImapServer(Authority(folder / "ca").issue(), {"user": "password"}) as server:
        server.deliver("user", raw)
        ... server.port, server.mails("user"), server.mails("user", "Done") ...

It runs as root and as anybody else. Mails are Maildir files: what flags they have is in their names.
"""

import os

from servers import answers_tls
from submission_server import SubmissionServer

CONFIGURATION = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:{folder}/home/%u:LAYOUT=fs
mail_max_userip_connections = 100
imap_capability = {capability}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
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


class ImapServer(SubmissionServer):
    configuration = CONFIGURATION
    answers = staticmethod(answers_tls)

    def __init__(self, identity, users, capability=""):
        super().__init__(identity, users, relay_port=0)
        self.capability = capability
        self.delivered = 0

    def values(self):
        return {"capability": self.capability}

    def deliver(self, user, raw, folder=""):
        """As a mail server does."""
        maildir = self.folder / "home" / user / folder
        if not maildir.is_dir():
            for part in ("tmp", "new", "cur"):
                (maildir / part).mkdir(parents=True)
            self._give_away(self.folder / "home")
        self.delivered += 1
        name = f"{1_800_000_000 + self.delivered}.M{self.delivered}.host"
        (maildir / "tmp" / name).write_bytes(raw)
        os.chown(maildir / "tmp" / name, self.uid, self.gid)
        os.rename(maildir / "tmp" / name, maildir / "new" / name)

    def mails(self, user, folder=""):
        """Flags of each mail, in order of delivery: "" for one that nobody has read."""
        maildir = self.folder / "home" / user / folder
        names = [path.name for part in ("new", "cur") if (maildir / part).is_dir()
                 for path in (maildir / part).iterdir()]
        return [name.partition(":2,")[2] for name in sorted(names)]

    def _give_away(self, path):
        for folder, _, _ in os.walk(path):
            os.chown(folder, self.uid, self.gid)
