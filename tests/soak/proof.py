"""Holds the ledger's word on one campaign against what the server recorded."""

import collections
import contextlib
import dataclasses
import sqlite3

PLANNED, SKIPPED, SENDING, ACCEPTED, DEFERRED, REJECTED, IN_DOUBT, EXPIRED = range(8)
STATES = ["planned", "skipped", "sending", "accepted", "deferred", "rejected", "in_doubt", "expired"]
SUPPRESSED = 1
RESEND, ACCEPT = 1, 2
ABANDONED = "the sender ended before a reply was recorded"
# A mail whose intent was written before somebody left may still be on its way so many seconds later.
ON_ITS_WAY = 20


@dataclasses.dataclass
class Row:
    address: str
    state: int
    skip: int
    attempts: list  # (state, phase, code, error), oldest first
    resolutions: list

    def resends(self):
        return self.resolutions.count(RESEND)


def read_rows(ledger, campaign):
    """The rows of the campaign's plan, by address."""
    with contextlib.closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as database:
        (plan,) = database.execute("SELECT plan FROM mailing JOIN campaign ON campaign.number = mailing.campaign "
                                   "WHERE id = ?", [campaign]).fetchone()
        ids = [plan << 24, (plan + 1) << 24]
        attempts, resolutions = collections.defaultdict(list), collections.defaultdict(list)
        for row, *attempt in database.execute("SELECT recipient, state, phase, code, error FROM attempt "
                                              "WHERE recipient > ? AND recipient < ? ORDER BY recipient, number", ids):
            attempts[row].append(tuple(attempt))
        for row, resolution in database.execute("SELECT recipient, resolution FROM resolution "
                                                "WHERE recipient > ? AND recipient < ? ORDER BY recipient, number",
                                                ids):
            resolutions[row].append(resolution)
        return {key: Row(key, state, skip, attempts[row], resolutions[row]) for row, key, state, skip in
                database.execute("SELECT id, key, state, skip FROM recipient WHERE id > ? AND id < ?", ids)}


def is_shared(address):
    """Whether other campaigns mail it, too: a reply of theirs may have suppressed it."""
    return address.startswith("shared")


class Proof:
    """`people`: everybody on the list. `kills`: senders that died. `suppressed`: address to when the command that
    suppressed it had ended. `starts`: when senders were started."""

    def __init__(self, campaign, record, rows, *, people, kills, connections, suppressed, starts):
        self.campaign, self.record, self.rows = campaign, record, rows
        self.people, self.kills, self.connections = people, kills, connections
        self.suppressed, self.starts = suppressed, starts
        self.violations = []

    def check(self, counts):
        self.check_totals(counts)
        for address, row in self.rows.items():
            self.check_row(row, self.record.mails[self.campaign, address])
        for campaign, address in list(self.record.mails):
            if campaign == self.campaign and address not in self.rows:
                self.violations.append(f"{address}: mailed, and not in the plan")
        abandoned = sum(attempt[3] == ABANDONED for row in self.rows.values() for attempt in row.attempts)
        if abandoned > self.kills * self.connections:
            self.violations.append(f"{abandoned} in doubt by {self.kills} kills, more than one a connection")
        return self.violations

    def check_totals(self, counts):
        states = collections.Counter(STATES[row.state] for row in self.rows.values())
        if set(self.rows) != set(self.people):
            self.violations.append(f"not in the plan: {sorted(set(self.people) - set(self.rows))[:10]}, "
                                   f"not on the list: {sorted(set(self.rows) - set(self.people))[:10]}")
        told = {state: count for state, count in counts["states"].items() if count}
        if counts["total"] != len(self.people) or told != dict(states):
            self.violations.append(f"`status` says {told}, the rows say {dict(states)}, the list {len(self.people)}")

    def check_row(self, row, mail):
        def demand(holds, what):
            if not holds:
                self.violations.append(f"{row.address}: {what}\n    {row}\n    {mail}")

        perhaps_delivered = [end for end in mail.ends if not end.refused()]
        taken = [end for end in mail.ends if end.reply == "250"]
        demand(len(perhaps_delivered) <= 1 + row.resends(), "mailed twice")
        demand(len({end.digest for end in mail.ends}) <= 1, "not the same mail each time")
        demand(row.state in (SKIPPED, ACCEPTED, REJECTED, IN_DOUBT, EXPIRED), "left out")
        if taken and not row.resends():
            demand(row.state in (ACCEPTED, IN_DOUBT), "the server took it")
        if row.state == ACCEPTED:
            demand(taken or ACCEPT in row.resolutions, "accepted, and the server never said so")
        if row.state == IN_DOUBT or any(attempt[0] == IN_DOUBT for attempt in row.attempts):
            demand(mail.bodies > 0, "in doubt, and no body was ever asked for")
        if row.state == REJECTED:
            codes = mail.refused + [end.reply for end in mail.ends]
            demand(any(code.startswith("5") for code in codes), "rejected, and the server never said so")
        if row.state == SKIPPED:
            left = row.address in self.suppressed or is_shared(row.address)
            demand(row.skip == SUPPRESSED and left, "skipped")
        self.check_suppression(row, mail, demand)

    def check_suppression(self, row, mail, demand):
        since = self.suppressed.get(row.address)
        if since is None:
            return
        next_start = min((start for start in self.starts if start > since), default=float("inf"))
        for when, session in mail.taken:
            demand(self.record.opened[session] < next_start, "mailed by a send that began after they had left")
            demand(when < since + ON_ITS_WAY, "mailed long after they had left")
