"""The campaigns of a simulation: what is written into their files, and whom they must reach when."""

import dataclasses
import datetime
import zoneinfo

from local_time import DAY_NAMES, instant, local, name, occurrences, opening

CONFIG = """\
organisation: {{name: Harbour Action, postal_address: "12 Quay Street, Harbourtown", website: "https://harbour.example"}}
unsubscribe: {{url: "https://u.harbour.example/u/", mailto: unsubscribe@harbour.example}}
transport: outbox
transports:
  outbox: {{type: maildir, path: state/outbox}}
  relay: {{type: smtp, host: 127.0.0.1, port: {port}, tls: none}}
  nowhere: {{type: smtp, host: 127.0.0.1, port: 1, tls: none}}
"""
FILE = """\
id: {id}
from: Reem and Mark <campaigns@harbour.example>
subject: News of the harbour
preheader: On Thursday the council decides about the harbour
text: letter.txt.mustache
html: letter.html.mustache
audience: {{lists: [lists/{id}.csv]}}
{settings}schedule:
{schedule}"""
KNOWN_ZONES = zoneinfo.available_timezones()
WORKING_DAYS = {"mon", "tue", "wed", "thu", "fri"}


@dataclasses.dataclass(frozen=True)
class Due:
    """One mail that must reach one person."""

    campaign: str
    mailing: str
    address: str
    at: datetime.datetime

    def __str__(self):
        return f"{self.mailing} to {self.address}, due {self.at:%a %Y-%m-%d %H:%M}Z"


@dataclasses.dataclass
class Campaign:
    """People are called `p0@ID.example`, so that a mail tells its campaign; `zones` gives each one's own."""

    id: str
    at: str = ""
    every: str = ""
    zone: str = "UTC"
    zones: tuple = ()
    people: tuple = ("p0", "p1", "p2")
    window: str = ""
    days: frozenset = frozenset(DAY_NAMES)
    not_after: str = ""
    settings: str = ""
    joined: str = ""  # one more person from then on, in UTC

    def addresses(self, at=None):
        everybody = list(self.people) + ([] if not self.joined or at and at < instant(local(self.joined), "UTC") else ["late"])
        return [f"{person}@{self.id}.example" for person in everybody]

    def list_file(self, at=None):
        rows = "".join(f"{address},Kim,{zone}\n" for address, zone in zip(self.addresses(at), self.zones or [""] * 99))
        return "email,first_name,timezone\n" + rows

    def file(self):
        timezone = f"[recipient, {self.zone}]" if self.zones else self.zone
        lines = [f'at: "{self.at}"' if self.at else f'every: "{self.every}"', f"timezone: {timezone}"]
        if self.window:
            lines.append(f'window: "{self.window}"')
        if self.days != frozenset(DAY_NAMES):
            lines.append("days: [" + ", ".join(day for day in DAY_NAMES if day in self.days) + "]")
        if self.not_after:
            lines.append(f'not_after: "{self.not_after}"')
        return FILE.format(id=self.id, settings=self.settings, schedule="".join(f"  {line}\n" for line in lines))

    def due(self, begin, end):
        """Every mail that is due in [begin, end)."""
        if self.every:
            for time in occurrences(self.every, self.zone, begin, end):
                at = opening(time, self.zone, self.window, self.days)
                yield from (Due(self.id, f"{self.id}@{name(time, self.zone)}", address, at) for address in self.addresses(at))
            return
        for address, zone in zip(self.addresses(), self.zones or [self.zone] * 99):
            zone = zone if zone in KNOWN_ZONES else self.zone
            at = opening(instant(local(self.at), zone), zone, self.window, self.days)
            if begin <= at < end:
                yield Due(self.id, self.id, address, at)
