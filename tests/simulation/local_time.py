"""When local times are: what the simulation expects, computed by Python's zoneinfo and by counting minutes, so that it
shares no thought with the command."""

import datetime
import zoneinfo

UTC = datetime.timezone.utc
MINUTE = datetime.timedelta(minutes=1)
DAY_NAMES = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
FIELDS = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 6)]


def utc(text):
    """"2026-10-20 09:00" as an instant."""
    return local(text).replace(tzinfo=UTC)


def local(text):
    return datetime.datetime.fromisoformat(text)


def shown(at, zone):
    """What the clocks of a zone show at an instant."""
    return at.astimezone(zoneinfo.ZoneInfo(zone)).replace(tzinfo=None)


def instant(time, zone):
    """When the clocks of a zone show a time: the first time of two; and the end of the gap where they skip it."""
    place = zoneinfo.ZoneInfo(zone)
    at = time.replace(tzinfo=place, fold=0).astimezone(UTC)
    if shown(at, zone) == time:
        return at
    offset = at.astimezone(place).utcoffset()
    while (at - MINUTE).astimezone(place).utcoffset() == offset:
        at -= MINUTE
    return at


def name(at, zone):
    """The second half of the name of a mailing of a recurring campaign."""
    return shown(at, zone).strftime("%Y-%m-%dT%H:%M")


def numbers(field, least, most):
    """The numbers that one field of a cron expression allows: `*`, `*/n`, `a`, `a-b`, and lists of them."""
    allowed = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = (f"{least}-{most}" if span == "*" else span).partition("-")
        first, last = (DAY_NAMES.index(end) if end in DAY_NAMES else int(end) for end in (first, last or first))
        allowed.update(range(first, last + 1, int(step or 1)))
    return allowed


def occurrences(cron, zone, begin, end):
    """The instants of [begin, end) at which `every: cron` is due in a zone, in order. Every local minute of these days is
    looked at; what falls into a skipped hour is its end, and a doubled one counts once."""
    minutes, hours, days, months, weekdays = (numbers(field, *bounds)
                                              for field, bounds in zip(cron.split(), FIELDS, strict=True))
    any_day, any_weekday = (cron.split()[at].startswith("*") for at in (2, 4))
    found = set()
    day = shown(begin, zone).replace(hour=0, minute=0) - datetime.timedelta(days=1)
    while day <= shown(end, zone):
        fits = [day.day in days, day.isoweekday() % 7 in weekdays]
        if day.month in months and (all(fits) if any_day or any_weekday else any(fits)):
            found.update(instant(day.replace(hour=hour, minute=minute), zone) for hour in hours for minute in minutes)
        day += datetime.timedelta(days=1)
    return sorted(at for at in found if begin <= at < end)


def is_open(at, zone, window=None, days=None):
    """`window` is "08:00-20:00", `days` a set of names; a window past midnight is of the day on which it begins."""
    now = shown(at, zone)
    clock = now.strftime("%H:%M")
    first, last = window.split("-") if window else ("00:00", "24:00")
    early = last < first and clock < last
    if early:
        now -= datetime.timedelta(days=1)
    is_day = days is None or DAY_NAMES[now.isoweekday() % 7] in days
    return is_day and (early or first <= clock and (last < first or clock < last))


def opening(at, zone, window=None, days=None):
    """The first minute, not before `at`, at which it is open."""
    while not is_open(at, zone, window, days):
        at += MINUTE
    return at
