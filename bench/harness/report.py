"""The table: on the terminal, and as docs/performance.md."""

import datetime

from harness import machine

HEAD = """\
# Performance

Written by `bench/run` ([bench/README.md](../bench/README.md)); do not edit. {date}, on {size}; rounds: {rounds}.

A whole send is `plan` and `send`, each process from its start to its end: the list is read and checked, the plan
frozen, HTML and text rendered for each person, the mail built with its unsubscribe token and list headers, sent over 10 connections, and
recorded on the disk (`synchronous=FULL`) before its end leaves and again after the answer. Both ends run on this machine and share its
cores. A mail has {wire_size:,} bytes, and `smtp-source`'s have as many.

The goal speaks of the ratio where a peer is named, otherwise of our own figure. Figures are medians, with the least and the greatest round;
a ratio is taken round by round, as the contenders take turns.

"""

PEERS = """
## The peers

- **`smtp-source -d`** is Postfix's load generator. It sends the same bytes to everybody and waits for each reply before its next command. It
  reads no list, renders nothing and records nothing.
- **nodemailer** with mustache.js reads the same list, renders the same templates, and sends over a pool of 10 connections without a rate limit.
  It records each mail in a file after it was taken, without waiting for the disk.
- **`smtp-sink`** is Postfix's test server; the faster sink is `bench_sink`, one thread over epoll. What arrives is counted after each run:
  every person once.
- **20 ms** are the round trip through `bench_delay_proxy`, which delays each direction by half of it and limits no throughput.

## The large list

It has 20 columns, of which the templates use 15, one as a section. During `plan` about ten addresses a second are unsubscribed, each by a
`tocsin suppress add` of its own. The first mail is out when its end has arrived. Memory is the greatest resident size that the kernel
recorded for the process. `check` is measured in processor time, so that "a core" holds on any number of them.
"""

WHERE_TIME_GOES = """
## Where the time goes, and what was tried

Of the processor time of a send to the faster sink the loop that drives the connections takes about 41 % (more than half of it in the kernel's
TCP), the ledger's writer 34 % (a fifth of that in the disk's flushes), and rendering 25 %: about 50 µs a mail in all, where
`smtp-source` needs less than 30 µs for bytes that are the same for everybody. A mail takes some 45 µs of time, in which the two cores work
65 µs, the sink included: one and a half of them are busy, and the rest is what the stages wait for each other. `plan` takes another tenth.

A mail may leave only after its intent is on the disk, and there are never more than two intents a connection. Three designs were measured
against that, 20,000 mails to the faster sink, ten connections:

| design | seconds |
| --- | --- |
| the intent is written before MAIL; a claim of up to 256 rows shares the writer | 1.0 to 1.1 |
| the intent is written while MAIL, RCPT and DATA are on their way; the body waits for it | 1.1 |
| the same, with claims of 48 rows, so that commits wait less | 0.8 to 0.95 |

An earlier prototype was faster because it wrote intents in blocks of 500 ahead of the mails: after a power failure 500 mails would be in doubt
instead of twenty. That was not taken: exactness comes first. What is left to win lies in BDAT (no round trip for 354) and in the
quoted-printable encoder, which is nearly half of what composing costs.
"""


def table(lines):
    rows = [("", "goal", "result", "", "ours", "peer, in the same rounds")]
    rows += [cells(line) for line in lines]
    markdown = ["| " + " | ".join(row) + " |" for row in rows]
    markdown.insert(1, "| --- | --- | --- | --- | --- | --- |")
    return "\n".join(markdown) + "\n"


def cells(line):
    result = line.compared.shown() if line.compared else line.ours.shown()
    peer = f"{line.peer_name}: {line.peer.shown()}" if line.peer else ""
    ours = "; ".join([line.ours.shown() if line.compared else "", *line.notes]).removeprefix("; ")
    return line.what, line.goal.shown(), result, line.verdict(), ours, peer


def page(lines, bench):
    head = HEAD.format(date=datetime.date.today().isoformat(), size=machine.size(), rounds=bench.sizes.rounds,
                       wire_size=bench.wire_size)
    return head + table(lines) + PEERS + WHERE_TIME_GOES


def terminal(lines):
    """Columns under each other, the notes on lines of their own."""
    texts = [[line.what.replace("`", ""), line.goal.shown(), *cells(line)[2:4]] for line in lines]
    widths = [max(len(row[i]) for row in texts) for i in range(4)]
    out = []
    for line, row in zip(lines, texts, strict=True):
        out.append("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        out += [f"    {note}" for note in cells(line)[4:] if note]
    return "\n".join(out) + "\n"
