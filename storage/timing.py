"""When a channel may be told: pure functions over times of day in the channel's zone.

Where a clock is put forward, a time of day that the night leaves out means the instant of the jump; where it is put
back, one that comes twice means the first of the two.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from storage.vocabulary import ChangeKind, Digest, NoticeKind, Timing

LONGEST_WAIT = timedelta(days=5)
"""Longer than any timing lets an alert wait: what is to go out later than this was placed by a clock that was wrong."""
MOST_IN_A_MESSAGE = 50
"""Alerts; what is more goes out in further messages."""

News = TypeVar("News")
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_SECOND = timedelta(seconds=1)


def due_at(timing: Timing, kind: ChangeKind | NoticeKind, day: date | None, now: datetime) -> datetime | None:
    """When the channel is to be told of something that became known just now; None for at once.

    `day` is that of the meeting, None of a notice. A digest goes out after `now`, so that what comes at its very
    instant waits for the next one. What falls into quiet hours goes out at their end.
    """
    if kind in timing.urgent:
        return None
    due = _digest(timing, day, now)
    due = quiet_until(timing, due) or due
    return due if due > now else None


def quiet_until(timing: Timing, now: datetime) -> datetime | None:
    """The end of the quiet hours that hold the instant; None outside of them."""
    if timing.quiet is None:
        return None
    zone = ZoneInfo(timing.zone)
    begin, end = timing.quiet
    # The clock's reading alone would err in an hour that comes twice: a quiet time is one stretch of instants.
    today = now.astimezone(zone).date()
    for evening in (today - _DAY, today):
        morning = evening + _DAY if end <= begin else evening
        until = instant(morning, end, zone)
        if instant(evening, begin, zone) <= now < until:
            return until
    return None


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which clocks of the zone first show that time of the day, or jump over it."""
    wall = datetime.combine(day, at)
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall:
        return first
    return _jump(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), first, zone)


def _jump(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The instant between these two, to the second, from which the zone has its new offset."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + _SECOND * ((after - before) // _SECOND // 2)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def together(news: Iterable[News], timing: Timing, meeting: Callable[[News], Hashable]) -> Iterator[list[News]]:
    """The messages of what goes out at one moment: one for a digest by the clock, else one for each meeting.

    `meeting` tells the election and day of one, None of a notice. Order stays.
    """
    by_the_clock = timing.digest in {Digest.HOURLY, Digest.DAILY}
    groups: dict[Hashable, list[News]] = {}
    for one in news:
        groups.setdefault(None if by_the_clock else meeting(one), []).append(one)
    for group in groups.values():
        for start in range(0, len(group), MOST_IN_A_MESSAGE):
            yield group[start : start + MOST_IN_A_MESSAGE]


def _digest(timing: Timing, day: date | None, now: datetime) -> datetime:
    zone = ZoneInfo(timing.zone)
    match timing.digest:
        case Digest.IMMEDIATELY:
            return now + timing.group
        case Digest.HOURLY:
            local = now.astimezone(zone)
            return now + _HOUR - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        case Digest.DAILY:
            return _next(timing.at, zone, now)
        case Digest.MEETING_DAY:
            today = now.astimezone(zone).date()
            # East of the channel it may be tomorrow already; a day further ahead is no meeting's.
            if day is not None and today < day <= today + _DAY:
                return instant(day, timing.at, zone)
            return _next(timing.at, zone, now)


def _next(at: time, zone: ZoneInfo, now: datetime) -> datetime:
    """The next instant after `now` at which it is that time of the day."""
    today = now.astimezone(zone).date()
    # A day may have the time twice, of which only the first counts, so that today's may be over early.
    return next(due for days in range(3) if (due := instant(today + days * _DAY, at, zone)) > now)
