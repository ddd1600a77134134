"""One campaign of the soak: planned, sent and disturbed at random until nothing is left to send."""

import json
import os
import signal
import subprocess
import time

WORKSPACE = """\
organisation: {{name: Harbour Action, postal_address: "12 Quay Street, Harbourtown", website: "https://harbour.example"}}
unsubscribe: {{url: "https://u.harbour.example/u/", mailto: unsubscribe@harbour.example}}
breaker: {{rejected: 15%, after: 100}}
transport: full
transports:
"""
TRANSPORT = "  {form}: {{type: smtp, host: 127.0.0.1, port: {port}, tls: none, connections: {connections}}}\n"
CAMPAIGN = """\
id: {name}
from: The soak <{name}@harbour.example>
subject: "{{{{#first_name}}}}{{{{first_name}}}}, act{{{{/first_name}}}}{{{{^first_name}}}}Act{{{{/first_name}}}} now"
text: soak.txt.mustache
audience: {{lists: [lists/{name}.csv]}}
transport: {form}
"""
TEXT = "Dear {{#first_name}}{{first_name}}{{/first_name}}{{^first_name}}neighbour{{/first_name}},\n" \
       ".a line with a dot\n" + "This is a line of the letter.\n" * 30 + \
       "{{organisation.name}}, {{organisation.postal_address}}\nleave: {{unsubscribe_url}}\n"

# What a run that nobody disturbed may end with: done, in doubt, server unusable, later, held by the breaker.
CODES = {0, 3, 69, 75, 77}
FORMS = {"full": 6, "plain": 4, "narrow": 4}  # name: connections
MOST_CALM_RUNS = 80
PATIENCE = 400  # seconds that one run may take
MOST_TO_NARROW = 600
REPORTS = ("Sanitizer", "runtime error:")


class Violation(Exception):
    pass


def write_workspace(folder, ports):
    for name in ("campaigns", "lists", "templates"):
        (folder / name).mkdir()
    (folder / "templates/soak.txt.mustache").write_text(TEXT)
    transports = "".join(TRANSPORT.format(form=form, port=port, connections=FORMS[form])
                         for form, port in zip(FORMS, ports))
    (folder / "tocsin.yaml").write_text(WORKSPACE.format() + transports)


class Campaign:
    """`world`: what all campaigns share (soak.py)."""

    def __init__(self, world, number):
        self.world, self.chance = world, world.chance
        self.name = f"c{number}"
        self.form = self.chance.choice(list(FORMS))
        self.kills = 0
        self.starts = []
        self.runs = []  # (code, what disturbed it, stderr), for the report
        self.people = self.write_files()

    def write_files(self):
        count = self.chance.choice(self.world.sizes)
        if self.form == "narrow":
            count = min(count, MOST_TO_NARROW)
        own = [f"p{i}.{self.name}@d{self.chance.randrange(500)}.example" for i in range(count)]
        shared = self.chance.sample(self.world.shared, count // 10)
        people = own + shared
        self.chance.shuffle(people)
        repeated = [address.upper() for address in self.chance.sample(people, count // 20)]
        rows = "".join(f"{address},{'' if i % 7 == 0 else f'P{i}'}\n" for i, address in enumerate(people + repeated))
        (self.world.folder / f"lists/{self.name}.csv").write_text("email,first_name\n" + rows)
        (self.world.folder / f"campaigns/{self.name}.yaml").write_text(CAMPAIGN.format(name=self.name, form=self.form))
        return people

    # --- the command ---

    def start(self, *arguments):
        environment = dict(os.environ, TOCSIN_CLOCK_AHEAD=str(self.world.ahead))
        return subprocess.Popen([self.world.binary, *arguments], cwd=self.world.folder, env=environment,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def finish(self, process, allowed, what):
        try:
            out, err = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Violation(f"{self.name}: {what} does not end: {process.communicate()[1].decode()}") from None
        err = err.decode(errors="replace")
        self.runs.append((process.returncode, what, err))
        if process.returncode not in allowed or any(report in err for report in REPORTS):
            raise Violation(f"{self.name}: {what} ended with {process.returncode}\n{err}")
        return process.returncode, out.decode(errors="replace")

    def run(self, *arguments, allowed=(0,)):
        return self.finish(self.start(*arguments), set(allowed), " ".join(arguments))

    def start_sending(self):
        limit = ["--limit", str(self.chance.randrange(1, len(self.people)))] if self.chance.random() < 0.1 else []
        self.starts.append(time.time())
        return self.start("send", self.name, "--yes", *limit)

    def status(self):
        return json.loads(self.run("status", self.name, "--json")[1])

    # --- the disturbances ---

    def send_disturbed(self):
        process = self.start_sending()
        disturbed, allowed = [], set(CODES)
        while process.poll() is None and len(disturbed) < 4:
            try:
                process.wait(self.chance.expovariate(1 / self.world.pause))
            except subprocess.TimeoutExpired:
                name = self.chance.choice(DISTURBANCES)
                disturbed.append(name)
                allowed |= getattr(self, name)(process) or set()
        code, _ = self.finish(process, allowed, f"send, with {disturbed}")
        if code == 77 or "hold" in disturbed:
            self.run("release", self.name)
        return code

    def kill(self, process):
        process.kill()
        self.kills += 1
        return {-signal.SIGKILL}

    def interrupt(self, process):
        process.send_signal(signal.SIGINT)
        return {-signal.SIGINT}

    def interrupt_twice(self, process):
        self.kills += 1
        for _ in range(2):
            process.send_signal(signal.SIGINT)
            time.sleep(0.02)
        return {-signal.SIGINT}

    def hold(self, _process):
        self.run("hold", self.name, "--reason", "the soak", allowed={0})

    def send_again(self, _process):
        """Refused, or where the first has just ended a send like any other."""
        self.run("send", self.name, "--yes", allowed=CODES)

    def unsubscribe(self, _process):
        for address in self.chance.sample(self.people, 3):
            self.run("suppress", "add", address, "--reason", "unsubscribe")
            self.world.suppressed.setdefault(address, time.time())

    def look(self, _process):
        self.run("explain", self.name, self.chance.choice(self.people), "--json")
        counts = self.status()
        if counts["total"] not in (0, len(self.people)) or counts["total"] != sum(counts["states"].values()):
            raise Violation(f"{self.name}: while it is sent, `status` says {counts}")

    def accept_meanwhile(self, _process):
        self.run("resolve", self.name, "--in-doubt", "accept", allowed={0, 3})

    def resend_meanwhile(self, _process):
        """Refused while somebody sends."""
        self.run("resolve", self.name, "--in-doubt", "resend", "--yes", allowed={0, 3, 75})

    def resolve(self):
        choice = self.chance.choice(["accept", "resend", "resend", "hold"])
        self.run("resolve", self.name, "--in-doubt", choice, "--yes", allowed={0, 3, 75})

    # --- the whole ---

    def go(self):
        for _ in range(self.chance.randrange(*self.world.disturbed_runs)):
            if self.send_disturbed() in (0, 3) and self.status()["states"]["planned"] == 0:
                break
            self.world.pass_time(0, 3)
            if self.chance.random() < 0.25:
                self.resolve()
        self.send_to_the_end()
        if self.chance.random() < 0.7:
            self.resolve()
            self.send_to_the_end()

    def send_to_the_end(self):
        for _ in range(MOST_CALM_RUNS):
            self.starts.append(time.time())
            code, _ = self.run("send", self.name, "--yes", allowed=CODES)
            if code in (0, 3):
                return
            if code == 77:
                self.run("release", self.name)
            self.world.pass_time(1, 12)
        raise Violation(f"{self.name}: not finished after {MOST_CALM_RUNS} runs: {self.status()}")


DISTURBANCES = ["kill"] * 9 + ["interrupt"] * 2 + ["interrupt_twice", "hold", "hold", "send_again", "send_again",
                "unsubscribe", "unsubscribe", "look", "look", "accept_meanwhile", "resend_meanwhile"]
