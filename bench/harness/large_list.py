"""A list of a million: memory, the time of `plan`, of an unsubscribe meanwhile, to the first mail, and of `check`."""

import statistics
import time

from harness.figures import Figures, Goal, Line
from harness.processes import Failed
from harness.servers import epoll_sink
from harness.workspace import GO_ON_LATER

PAUSE = 0.1  # seconds between two unsubscribes
MIB = 1024  # KiB
FIRST_MAILS = 10


def plan_with_unsubscribes(bench):
    """Both at once: the plan is not spared the unsubscribes, nor they the plan."""
    workspace = bench.large()
    seconds, waits, process_start = Figures("s"), Figures("ms"), usual_unsubscribe(bench, workspace)
    for _ in bench.rounds(f"plan of {workspace.people:,}"):
        workspace.forget()
        unsubscribe(workspace, "first")  # makes ledger and key
        plan, times = plan_once(workspace)
        bench.plans.append(plan)
        seconds.values.append(plan.seconds)
        waits.values.append(max(times) - process_start)
    bench.has_plan = True
    return [
        Line(f"`plan` of {workspace.people:,} rows of 20 columns", Goal(8, "s", at_least=False), seconds,
             notes=[f"processor time {bench.plans[-1].cpu_seconds:.1f} s"]),
        Line("an unsubscribe meanwhile waits", Goal(50, "ms", at_least=False), waits, worst=True,
             notes=[f"the longest of each round, less the {process_start:.0f} ms of a `suppress add` alone"]),
    ]


def usual_unsubscribe(bench, workspace):
    """Milliseconds of a `suppress add` while nothing else runs, start of the process included."""
    workspace.forget()
    unsubscribe(workspace, "first")
    return statistics.median(unsubscribe(workspace, f"usual{i}") for i in range(bench.sizes.unsubscribes))


def unsubscribe(workspace, name):
    return workspace.run("suppress", "add", f"{name}@left.example").seconds * 1000


def plan_once(workspace):
    running = workspace.start("plan", "alert")
    times = []
    while running.running():
        times.append(unsubscribe(workspace, f"meanwhile{len(times)}"))
        time.sleep(PAUSE)
    return running.finish(), times


def first_mail(bench):
    """From the start of `send` on a ready plan to the end of the first mail at the sink."""
    workspace = planned(bench)
    delays = Figures("s")
    for _ in bench.rounds("first mail"):
        with epoll_sink(bench.programs) as sink:
            workspace.point_at(sink.port)
            run = workspace.send_some(FIRST_MAILS)
            delays.values.append((sink.expect(FIRST_MAILS).first_end_ns - run.start_ns) / 1e9)
    return [Line(f"from `send` on a ready plan of {workspace.people:,} to the first mail out",
                 Goal(0.2, "s", at_least=False), delays)]


def planned(bench):
    workspace = bench.large()
    if not bench.has_plan:
        workspace.forget()
        bench.plans.append(workspace.plan())
        bench.has_plan = True
    return workspace


def check_speed(bench):
    workspace = bench.workspace("checked", bench.sizes.checked)
    speed, seconds = Figures("people/s a core"), []
    for _ in bench.rounds(f"check of {workspace.people:,}"):
        run = workspace.run("check", "alert")
        speed.values.append(workspace.people / run.cpu_seconds)
        seconds.append(run.seconds)
    whole = check_large(bench)
    people = bench.large().people
    return [Line("`check`, everybody rendered and validated", Goal(20_000, "people/s a core"), speed,
                 notes=[f"{people:,} people once: {people / whole.cpu_seconds:,.0f} people/s a core,"
                        f" {whole.seconds:.1f} s in all"])]


def check_large(bench):
    if not bench.check:
        bench.say(f"check of {bench.large().people:,}")
        bench.check = bench.large().run("check", "alert")
    return bench.check


def memory(bench):
    """The peak of each command, beside that for a small list."""
    peaks = {"plan": (small_plan(bench), plan_peak(bench)),
             "check": (bench.fewer().run("check", "alert").max_rss_kib, check_large(bench).max_rss_kib)}
    small = small_send(bench)
    sent, run = send_large(bench)
    peaks["send"] = (small, run.max_rss_kib)
    return [line for name, pair in peaks.items() for line in memory_lines(bench, name, *pair, sent)]


def small_plan(bench):
    bench.fewer().forget()
    return bench.fewer().plan().max_rss_kib


def plan_peak(bench):
    planned(bench)
    return max(plan.max_rss_kib for plan in bench.plans)


def small_send(bench):
    with epoll_sink(bench.programs) as sink:
        bench.fewer().point_at(sink.port)
        run = bench.fewer().send()
        sink.expect(bench.fewer().people)
    return run.max_rss_kib


def send_large(bench):
    """How many mails went out, and the run; it is stopped when it takes too long."""
    workspace = planned(bench)
    bench.say(f"send of {workspace.people:,}, at most {bench.sizes.most_send_seconds} s")
    with epoll_sink(bench.programs) as sink:
        workspace.point_at(sink.port)
        started = workspace.start("send", "alert", "--yes")
        run = started.finish(accept=(0, GO_ON_LATER), within=bench.sizes.most_send_seconds)
        sent = sink.summary().mails
        sink.expect(sent)
    if sent == 0:
        raise Failed("the large list was not sent to at all")
    return sent, run


def memory_lines(bench, name, small, large, sent):
    people, fewer = bench.large().people, bench.fewer().people
    notes = [f"{sent:,} mails were sent in this run"] if name == "send" else []
    row = (large - small) * 1024 / (people - fewer)
    return [Line(f"peak memory of `{name}`, {people:,} people", Goal(64, "MiB", at_least=False),
                 Figures("MiB", [large / MIB]), notes=notes),
            Line("of which a row", Goal(32, "bytes", at_least=False), Figures("bytes", [row]),
                 notes=[f"above {small / MIB:.1f} MiB for {fewer:,} people"])]
