"""Figures of repeated runs: medians, spreads, and a goal that they are held against."""

import dataclasses
import statistics


@dataclasses.dataclass
class Figures:
    """One quantity, measured once a round."""

    unit: str
    values: list = dataclasses.field(default_factory=list)

    @property
    def median(self):
        return statistics.median(self.values)

    def shown(self):
        low, high = min(self.values), max(self.values)
        middle = f"{shown(self.median)} {self.unit}"
        return middle if len(self.values) == 1 else f"{middle} ({shown(low)} … {shown(high)})"

    def __truediv__(self, other):
        """Round by round, as rounds are interleaved: what slowed one machine's minute slowed both."""
        return Figures("×", [ours / theirs for ours, theirs in zip(self.values, other.values, strict=True)])


@dataclasses.dataclass
class Goal:
    value: float
    unit: str
    at_least: bool = True

    def met_by(self, value):
        return value >= self.value if self.at_least else value <= self.value

    def shown(self):
        return f"{'≥' if self.at_least else '≤'} {shown(self.value)} {self.unit}"


@dataclasses.dataclass
class Line:
    """One line of the table. `compared` is what the goal speaks of: a ratio where there is a peer, else `ours`."""

    what: str
    goal: Goal
    ours: Figures
    peer: Figures = None
    peer_name: str = ""
    compared: Figures = None
    worst: bool = False  # the goal speaks of the worst round, not of the median
    notes: list = dataclasses.field(default_factory=list)

    def figure(self):
        figures = self.compared or self.ours
        if not self.worst:
            return figures.median
        return min(figures.values) if self.goal.at_least else max(figures.values)

    def verdict(self):
        return "met" if self.goal.met_by(self.figure()) else "missed"


def against(what, goal, ours, peer, peer_name, notes=()):
    """A line whose goal is a ratio of speeds."""
    return Line(what, Goal(goal, "×"), ours, peer, peer_name, ours / peer, notes=list(notes))


def shown(value):
    """Three digits, as many as such runs are good for: 0.0123, 1.23, 12.3, 12,345."""
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    digits = 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:.{digits}f}"
