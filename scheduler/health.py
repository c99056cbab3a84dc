"""The health of a source: whether it can be crawled, and whether it still brings what it used to bring.

A source can be dead while every request succeeds: a feed that no longer grows, a listing whose links moved. So a source
is measured against its own past. Observers are no measure: between elections an outlet rightly says nothing of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from storage.views import CrawlRun, SourceState

PAST = timedelta(days=14)
"""How far back a source's own past is looked at."""
SHORTEST_SILENCE = timedelta(hours=24)
"""Nights, weekends and holidays are no silence."""
LONGEST_SILENCE = timedelta(days=7)
FAILURES = 3
"""Failed crawls in a row that make a source failing; fewer are the network's weather."""
OVERDUE = timedelta(hours=6)


class Condition(StrEnum):
    """How a source is doing."""

    NEW = "new"
    """Never crawled, or not yet long enough to say."""
    FINE = "fine"
    FAILING = "failing"
    """It cannot be crawled."""
    SILENT = "silent"
    """It can be crawled and lists nothing new, for much longer than it ever did."""
    OVERDUE = "overdue"
    """Nobody has tried to crawl it for long: no daemon is running."""


@dataclass(frozen=True, slots=True)
class Health:
    """A source's condition."""

    condition: Condition
    since: datetime | None = None
    """From when it is so: the last success, the last news, the last attempt."""

    @property
    def well(self) -> bool:
        """Whether nobody needs to look."""
        return self.condition in {Condition.NEW, Condition.FINE}


def assess(state: SourceState, runs: Iterable[CrawlRun], interval: timedelta, now: datetime) -> Health:
    """The condition of a source by its state and its latest runs (any order, as far back as `PAST`)."""
    if state.last_attempt_at is None:
        return Health(Condition.NEW)
    if now - state.last_attempt_at > max(OVERDUE, 3 * interval):
        return Health(Condition.OVERDUE, state.last_attempt_at)
    if state.consecutive_errors >= FAILURES:
        return Health(Condition.FAILING, state.last_success_at)
    news = sorted(r.started_at for r in runs if r.found and r.started_at > now - PAST - LONGEST_SILENCE)
    if len(news) < 2:
        return Health(Condition.NEW)
    if now - news[-1] > patience(news, interval):
        return Health(Condition.SILENT, news[-1])
    return Health(Condition.FINE, state.last_success_at)


def patience(news: Sequence[datetime], interval: timedelta) -> timedelta:
    """How long a silence is no cause for worry: three times the longest of the past, within reason."""
    longest = max((later - earlier for earlier, later in pairwise(news)), default=interval)
    return min(max(3 * longest, 3 * interval, SHORTEST_SILENCE), max(LONGEST_SILENCE, 3 * interval))
