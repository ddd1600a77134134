"""A workspace with a realistic alert, and the command run in it, measured."""

import json
import pathlib
import shutil

from harness.people import write_list

SOURCE = pathlib.Path(__file__).resolve().parents[1] / "workload"
CONNECTIONS = 10
GO_ON_LATER = 75  # the exit code of a send that leaves some for the next one

ORGANISATION = {"name": "Commonway", "postal_address": "14 Tollgate Lane, Eastmere EM1 4QT",
                "website": "https://commonway.example", "colour": "#2d2a6e"}
UNSUBSCRIBE = {"url": "https://u.commonway.example/u/", "mailto": "unsubscribe@commonway.example"}
ENVELOPE = {"from": "Noor and Tomasz, Commonway <campaigns@commonway.example>",
            "reply_to": "Commonway <hello@commonway.example>",
            "subject": "{{first_name}}, help keep the {{line}} running"}


class Workspace:
    def __init__(self, programs, name, people):
        self.programs, self.people = programs, people
        self.folder = programs.folder / name
        for part in ("templates", "lists", "campaigns"):
            (self.folder / part).mkdir(parents=True)
        for kind in ("html", "txt"):
            shutil.copy(SOURCE / f"alert.{kind}.mustache", self.folder / "templates")
        self.write_campaign()
        write_list(self.folder / "lists" / "members.csv", people)
        self.point_at(9)

    def write_campaign(self):
        data = json.loads((SOURCE / "data.json").read_text())
        # JSON is YAML, and the peer reads what we read.
        campaign = {"id": "alert", **ENVELOPE, "html": "alert.html.mustache", "text": "alert.txt.mustache",
                    "data": data, "audience": {"lists": ["lists/members.csv"]}}
        self.write("campaigns/alert.yaml", as_yaml(campaign))
        self.write("peer.json", json.dumps({**ENVELOPE, "data": data, "organisation": ORGANISATION,
                                            "unsubscribe_url": UNSUBSCRIBE["url"],
                                            "unsubscribe_mailto": UNSUBSCRIBE["mailto"]}))

    def write(self, name, content):
        (self.folder / name).write_text(content, encoding="utf-8")

    def point_at(self, port):
        self.write("tocsin.yaml", as_yaml({
            "organisation": ORGANISATION, "unsubscribe": UNSUBSCRIBE, "transport": "relay",
            "transports": {"relay": {"type": "smtp", "host": "127.0.0.1", "port": port, "tls": "none",
                                     "connections": CONNECTIONS, "messages_per_connection": 100_000}}}))

    def forget(self):
        """No ledger any more, as if nothing had been planned or sent."""
        shutil.rmtree(self.folder / "state", ignore_errors=True)
        (self.folder / "tocsin.lock").unlink(missing_ok=True)

    def start(self, *arguments):
        return self.programs.start([self.programs.tocsin, "--quiet", *arguments], self.folder)

    def run(self, *arguments, accept=(0,)):
        return self.start(*arguments).finish(accept)

    def plan(self):
        return self.run("plan", "alert")

    def send(self):
        return self.run("send", "alert", "--yes")

    def send_some(self, mails):
        """The next few; the rest stays planned."""
        return self.run("send", "alert", "--yes", "--limit", mails, accept=(GO_ON_LATER,))


def as_yaml(content):
    """One key a line, each value as JSON; numbers bare, as JSON has them."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in content.items())
