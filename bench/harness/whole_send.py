"""A whole send: CSV in, plan frozen, rendered, sent, recorded; beside those who do less or the same.

One round has every contender once, and the next round again (A B C A B C). What is compared is mails a second over
the whole job: `plan` and `send`, each process from its start to its end.
"""

import os

from harness import peers
from harness.figures import Figures, Goal, Line, against
from harness.servers import delay_proxy, epoll_sink, smtp_sink

RTT_MS = 20
MAILS = "mails/s"


class OurSends:
    """The whole job and the send alone, in mails a second, of all rounds."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.whole, self.alone = Figures(MAILS), Figures(MAILS)

    def once(self, port):
        self.workspace.forget()
        self.workspace.point_at(port)
        os.sync()
        plan, send = self.workspace.plan(), self.workspace.send()
        self.whole.values.append(self.workspace.people / (plan.seconds + send.seconds))
        self.alone.values.append(self.workspace.people / send.seconds)

    def notes(self):
        return [f"the send alone: {self.alone.shown()}"]


class Peer:
    """Somebody else's sends, in mails a second."""

    def __init__(self, mails, send):
        self.mails, self.send = mails, send
        self.speed = Figures(MAILS)

    def once(self, port):
        os.sync()
        self.speed.values.append(self.mails / self.send(port).seconds)


def smtp_source(bench, mails):
    return Peer(mails, lambda port: peers.smtp_source(bench.programs, port, mails, bench.payload()))


def local_smtp_sink(bench):
    sizes = bench.sizes
    ours = OurSends(bench.workspace("whole", sizes.whole_send))
    peer = smtp_source(bench, sizes.whole_send)
    for _ in bench.rounds("smtp-sink"):
        for contender in (peer, ours):
            with smtp_sink(bench.programs) as sink:
                contender.once(sink.port)
                sink.expect(sizes.whole_send)
    return [against("whole send, `smtp-sink`", 1.2, ours.whole, peer.speed, "`smtp-source -d`", ours.notes())]


def local_epoll_sink(bench):
    """The faster sink, and nodemailer in the same rounds."""
    sizes = bench.sizes
    ours = OurSends(bench.workspace("whole", sizes.whole_send))
    source = smtp_source(bench, sizes.whole_send)
    contenders = [(source, sizes.whole_send), (ours, sizes.whole_send)]
    if bench.nodemailer:
        smaller = bench.workspace("nodemailer", sizes.peer_whole_send)
        node = Peer(sizes.peer_whole_send, lambda port: bench.nodemailer.send(bench.programs, smaller, port))
        contenders.append((node, sizes.peer_whole_send))
    for _ in bench.rounds("epoll sink"):
        for contender, mails in contenders:
            with epoll_sink(bench.programs) as sink:
                contender.once(sink.port)
                sink.expect(mails)
    lines = [against("whole send, a faster sink", 1.0, ours.whole, source.speed, "`smtp-source -d`", ours.notes())]
    if bench.nodemailer:
        lines.append(against("whole send, a faster sink", 12, ours.whole, node.speed, "nodemailer, mustache.js"))
    return lines


def far_away(bench):
    sizes = bench.sizes
    ours = OurSends(bench.workspace("far", sizes.far))
    peer = smtp_source(bench, sizes.peer_far)
    for _ in bench.rounds(f"{RTT_MS} ms away"):
        for contender, mails in ((peer, sizes.peer_far), (ours, sizes.far)):
            with epoll_sink(bench.programs) as sink, delay_proxy(bench.programs, sink.port, RTT_MS) as port:
                contender.once(port)
                sink.expect(mails)
    return [against(f"whole send, {RTT_MS} ms away", 3.5, ours.whole, peer.speed, "`smtp-source -d`", ours.notes())]


def slow_server(bench):
    """One second from the end of data to its reply: ten connections can do ten a second."""
    mails = bench.sizes.slow
    ours = OurSends(bench.workspace("slow", mails))
    peer = smtp_source(bench, mails)
    for _ in bench.rounds("a second for each mail"):
        for contender in (peer, ours):
            with smtp_sink(bench.programs, "-W", ".:1") as sink:
                contender.once(sink.port)
                sink.expect(mails)
    return [Line("a server that takes 1 s to answer the final dot", Goal(9, MAILS), ours.whole, peer.speed,
                 "`smtp-source -d`", notes=ours.notes())]
