"""The rhythm of a source's news: how long it may be quiet at which hour of the week.

What counts are articles of any kind that were not listed before. Each crawl that got through is a beat; hours in which
nobody crawled say nothing. Where a few weeks are known, an hour of the week counts by how often it brought news, so
that nights and weekends, in which an outlet rests, are no silence. Before that only long silences count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from storage.source_views import Beat

PAST = timedelta(days=28)
"""How far back a source's own past is looked at."""
WEEKS = 2
"""How often an hour of the week must have been watched before its past counts."""
LEARNT = timedelta(weeks=WEEKS)
MISSED = 8.0
"""Hours that used to bring news and brought none: so many, each by its share, are a silence."""
SHORTEST_SILENCE = timedelta(hours=12)
"""With a learnt rhythm; no outlet publishes in step with a clock."""
SHORTEST_UNLEARNT = timedelta(hours=72)
"""Without one: a weekend and a night."""
LONGEST_SILENCE = timedelta(days=7)

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """The time since the last news."""

    since: datetime
    """The last crawl that brought news."""
    too_long: bool
    words: str


def silence(beats: Sequence[Beat], interval: timedelta, zone: str) -> Quiet | None:
    """How long the source has been quiet at the last of the beats (oldest first); None where too little is known."""
    news = [beat.at for beat in beats if beat.news]
    if len(news) < 2:
        return None
    since = news[-1]
    quiet = [beat for beat in beats if beat.at >= since]
    watched = _watched(quiet, interval)
    words = f"{watched / _HOUR:.0f} hours without a new article in its feeds and listings"
    if watched > patience(news, interval):
        return Quiet(since, too_long=True, words=words)
    if watched < SHORTEST_SILENCE or since - beats[0].at < LEARNT:
        return Quiet(since, too_long=False, words=words)
    missed = _missed([beat for beat in beats if beat.at <= since], quiet[1:], ZoneInfo(zone))
    return Quiet(since, too_long=missed >= MISSED, words=f"{words}, where {missed:.0f} usually bring some")


def _watched(quiet: Sequence[Beat], interval: timedelta) -> timedelta:
    """How long somebody looked: a pause between crawls counts as no more than a few intervals."""
    most = max(_HOUR, 3 * interval)
    return sum((min(later.at - earlier.at, most) for earlier, later in pairwise(quiet)), timedelta())


def patience(news: Sequence[datetime], interval: timedelta) -> timedelta:
    """How long a silence is no cause for worry at any hour: three times the longest of the past, within reason."""
    longest = max((later - earlier for earlier, later in pairwise(news)), default=interval)
    return min(max(3 * longest, 3 * interval, SHORTEST_UNLEARNT), max(LONGEST_SILENCE, 3 * interval))


def _missed(past: Sequence[Beat], quiet: Sequence[Beat], zone: ZoneInfo) -> float:
    """How many hours of the quiet time were expected to bring news."""
    weeks: defaultdict[int, list[bool]] = defaultdict(list)
    for hour, brought in _hours(past, zone).items():
        weeks[_hour_of_week(hour)].append(brought)
    expected = (weeks[_hour_of_week(hour)] for hour in _hours(quiet, zone))
    return sum(sum(known) / len(known) for known in expected if len(known) >= WEEKS)


def _hours(beats: Sequence[Beat], zone: ZoneInfo) -> dict[datetime, bool]:
    """The hours in which somebody crawled, in the zone, and whether they brought news."""
    hours: dict[datetime, bool] = {}
    for beat in beats:
        hour = beat.at.astimezone(zone).replace(minute=0, second=0, microsecond=0)
        hours[hour] = hours.get(hour, False) or bool(beat.news)
    return hours


def _hour_of_week(hour: datetime) -> int:
    return hour.weekday() * 24 + hour.hour
