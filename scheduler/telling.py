"""What operators are told, and when: each trouble once until the source is well again, and never a storm.

Pure: from a source's health and what was told of it follows the next notice, if any. What cannot be told now because
much was told today is told later, as far as it is still so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from scheduler.health import Condition, Health, History
from scheduler.timetable import LONGEST_WAIT
from storage.source_views import CrawlRun
from storage.vocabulary import NoticeKind

MOST_A_DAY = 6
"""Notices on one source in 24 hours."""
DOWN = timedelta(hours=1)
"""A pause between two crawls that is told, if it is three times the source's interval as well."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The time in which a source was not followed."""

    begun: datetime
    """The first bad crawl, or the last one before a pause."""
    until: datetime
    """The first good crawl afterwards."""
    ended: NoticeKind | None
    """What was wrong; None for a pause."""


def next_notice(health: Health, told: frozenset[NoticeKind], told_today: int) -> NoticeKind | None:
    """What is to be told now: a trouble that was not `told` since the source was last well, or that it is well again.

    `told_today` is how many notices on the source were made in the last 24 hours.
    """
    if told_today >= MOST_A_DAY:
        return None
    if health.trouble is not None:
        return None if health.trouble in told else health.trouble
    # While nobody crawls nothing is known of the source, least of all that it is well.
    return NoticeKind.RECOVERED if told and health.condition is not Condition.OVERDUE else None


def gap_of(history: History, begun: datetime, now: datetime) -> Gap:
    """The gap that a recovery ends, which began at `begun`."""
    until = history.well_since(history.told) or now
    return Gap(begun, max(until, begun), history.state.trouble)


def pause(runs: Sequence[CrawlRun], interval: timedelta) -> Gap | None:
    """The latest time in which nobody crawled the source, ended by a crawl that got through; None without one.

    `runs` are the latest crawls, newest first. The waits after failures, and those that an outlet asks for, are none.
    """
    good: CrawlRun | None = None
    for run, before in pairwise(runs):
        if run.finish_reason == "finished":
            good = run
        if before.finish_reason == "asked_to_wait":
            continue
        waits = LONGEST_WAIT if before.finish_reason in {"failed", "timeout"} or before.errors else timedelta()
        begun = before.finished_at or before.started_at
        if run.started_at - begun > waits + max(DOWN, 3 * interval):
            return Gap(begun, good.started_at, None) if good else None
    return None
