"""Whether everybody was mailed exactly once and in time, nobody twice, and nothing said that is no news."""

import bisect
import collections
import dataclasses
import datetime
import re
import signal

# What a send through a server says of the `unsubscribe.url` that the simulated workspace has.
EXAMPLE = re.compile(r"^warning: `unsubscribe\.url` is an example.*\n  hint: .*\n", re.MULTILINE)
KILLED = -signal.SIGKILL  # by the simulation


@dataclasses.dataclass(frozen=True)
class Arrival:
    at: datetime.datetime  # what the machine's clock showed
    address: str


def names(said, mailing):
    """Whether it speaks of a mailing."""
    return mailing in said


class Proof:
    """`due`: what must arrive (mailings.Due). `runs`: those of `tocsin due -q`, in order (machine.Run). `excused`: the
    mailings that an incident may keep from going out in time, each with when it must be out all the same, or None; a run
    must name each that was kept. `patience`: by address, how much later it may be because its server puts it off."""

    def __init__(self, due, arrivals, runs, excused=None, patience=None):
        self.due, self.arrivals, self.runs = list(due), list(arrivals), list(runs)
        self.excused, self.patience = excused or {}, patience or {}
        self.times = sorted({run.at for run in self.runs})
        self.violations = []  # (when, what)

    def check(self):
        self._match()
        self._listen()
        return self.violations

    def deadline(self, due):
        """When the second run after it was due has run: the first may have met the other cron's."""
        at = due.at + self.patience.get(due.address, datetime.timedelta(0))
        first = bisect.bisect_left(self.times, at)
        return self.times[min(first + 1, len(self.times) - 1)]

    def _match(self):
        by_address = collections.defaultdict(list)
        for due in sorted(self.due, key=lambda due: due.at):
            by_address[due.address].append(due)
        arrived = collections.defaultdict(list)  # by due
        for arrival in self.arrivals:
            earlier = [due for due in by_address[arrival.address] if due.at <= arrival.at]
            if earlier:
                arrived[earlier[-1]].append(arrival.at)
            else:
                self._add(arrival.at, f"{arrival.address} was mailed before anything was due")
        for due in self.due:
            self._judge(due, arrived[due])

    def _judge(self, due, times):
        if len(times) > 1:
            self._add(times[1], f"{due}: mailed {len(times)} times, at " + ", ".join(f"{at:%d %H:%M}Z" for at in times))
        if times and times[0] <= self.deadline(due):
            return
        late = f"came at {times[0]:%a %Y-%m-%d %H:%M}Z" if times else "never came"
        if due.mailing not in self.excused:
            return self._add(due.at, f"{due}: {late}")
        if not any(names(run.err, due.mailing) for run in self.runs):
            self._add(due.at, f"{due}: {late}, and no run has named it")
        until = self.excused[due.mailing]
        if until and not (times and times[0] <= until):
            self._add(until, f"{due}: {late}, although it was let go on by {until:%a %Y-%m-%d %H:%M}Z")

    def _listen(self):
        first_word = min((run.at for run in self.runs if run.err), default=None)
        told, warned = set(), set()
        for run in self.runs:
            if run.out:
                self._add(run.at, f"said on standard output: {run.out!r}")
            is_known = first_word and run.at >= first_word  # why it ends so: the other cron may have said it
            if run.code not in (0, 75, KILLED) and not is_known:
                self._add(run.at, f"ended with {run.code} and nobody has said why")
            said = self._without_example(run, warned)
            if not said:
                continue
            if not any(names(said, mailing) for mailing in self.excused):
                self._add(run.at, f"said what is no news: {said!r}")
            if said in told:
                self._add(run.at, f"said it again: {said!r}")
            told.add(said)

    def _without_example(self, run, warned):
        """What a run said beside the warning of the example, which may come once a day."""
        said = EXAMPLE.sub("", run.err)
        if said != run.err:
            if run.at.date() in warned:
                self._add(run.at, f"warned twice in a day: {run.err!r}")
            warned.add(run.at.date())
        return said

    def _add(self, at, what):
        self.violations.append((at, what))


def report(violations, runs, most=12, around=6):
    """The violations, each with what the command said around it."""
    text = []
    for at, what in sorted(violations)[:most]:
        near = [run for run in runs if abs(run.at - at) <= datetime.timedelta(minutes=20)]
        loud = [run for run in near if run.code or run.out or run.err][:around] or near[:around]
        text.append(what + "".join(f"\n  {run}" for run in loud))
    return f"{len(violations)} violations\n" + "\n".join(text)
