"""What the daemon asks of storage and notes there, each in one short transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from crawler.source import Source
from scheduler.health import Health, History, assess
from scheduler.rhythm import PAST, SHORTEST_SILENCE
from scheduler.timetable import Agenda, Pace, agenda, due_at
from storage import baseline, notices, sources
from storage.source_views import Beat, SourceState
from storage.vocabulary import Subscription

log = structlog.get_logger(__name__)

_RUNS = 12
_RUNS_WITH_PAGES = 40


def sources_due(session: Session, configured: Iterable[Source], jitter: float, now: datetime) -> Agenda:
    """Which of the enabled sources are due, and when the next one will be."""
    paces = _paces(configured, jitter)
    return agenda(paces, sources.states(session), now, interrupted=_interrupted(session, paces))


def next_crawls(
    session: Session, configured: Iterable[Source], jitter: float, now: datetime
) -> dict[str, tuple[datetime, SourceState]]:
    """When each enabled source is due, and what is remembered of it, by key; not after `now` means at once."""
    paces = _paces(configured, jitter)
    states, interrupted = sources.states(session), _interrupted(session, paces)
    found = {}
    for pace in paces:
        state = states.get(pace.source, SourceState(source=pace.source))
        found[pace.source] = (due_at(pace, state, now, interrupted=pace.source in interrupted), state)
    return found


def _paces(configured: Iterable[Source], jitter: float) -> list[Pace]:
    return [Pace(s.key, s.interval, jitter) for s in configured if s.enabled]


def _interrupted(session: Session, paces: Iterable[Pace]) -> frozenset[str]:
    """The sources whose last crawl was stopped on purpose."""
    last = sources.last_runs(session)
    wanted = {pace.source for pace in paces}
    return frozenset(key for key, run in last.items() if key in wanted and run.finish_reason == "stopped")


def history(session: Session, source: Source, now: datetime) -> History:
    """What the health of a source is weighed by."""
    return History(
        state=sources.state(session, source.key),
        runs=sources.runs(session, source.key, limit=_RUNS),
        with_pages=sources.runs_with_pages(session, source.key, limit=_RUNS_WITH_PAGES),
        beats=_beats(session, source.key, now),
        told=frozenset(notice.kind for notice in notices.episode(session, source.key)),
    )


def _beats(session: Session, source: str, now: datetime) -> tuple[Beat, ...]:
    """The beats of the last weeks; where the source was not quiet, only the latest, which tell as much."""
    latest = sources.beats(session, source, since=now - SHORTEST_SILENCE)
    if sum(beat.news > 0 for beat in latest) > 1:
        return latest
    return sources.beats(session, source, since=now - PAST)


def health(session: Session, configured: Iterable[Source], now: datetime) -> dict[str, Health]:
    """How each enabled source is doing, by key."""
    return {
        source.key: assess(history(session, source, now), source.interval, source.time_zone, now)
        for source in configured
        if source.enabled
    }


def last_crawls(session: Session, keys: Iterable[str]) -> dict[str, int]:
    """The number of each source's latest crawl, by key; 0 for a source that has had none."""
    return {key: next((run.id for run in sources.runs(session, key, limit=1)), 0) for key in keys}


def crawl_is_over(session: Session, key: str, after: int) -> bool:
    """Whether a crawl of the source after number `after` came to its end: not one that was killed or stopped."""
    last = next(iter(sources.runs(session, key, limit=1)), None)
    return last is not None and last.id > after and last.finished_at is not None and last.finish_reason != "stopped"


def note_failed_crawl(session: Session, source: str, error: str, *, begun: datetime, now: datetime) -> None:
    """See that a crawl that raised is on record as a failed run, whether it got as far as its own record or not."""
    last = next(iter(sources.runs(session, source, limit=1)), None)
    if last is not None and last.finished_at is None and last.started_at >= begun:
        run = last.id
    else:
        run = sources.begin_run(session, source, now=now)
    sources.finish_run(session, run, now=now, finish_reason="failed", errors=(error,))


def settle_baseline(
    session: Session, source: str, subscriptions: Iterable[Subscription], *, through: bool, now: datetime
) -> bool:
    """After a source's first crawl, tell the channels where each election stands, once nobody is waited for.

    A source that could not be crawled `through` is not waited for: its alerts stay held until it has been. Returns
    whether there is something to tell.
    """
    queued = baseline.settle(session, source, through=through, subscriptions=subscriptions, now=now)
    if queued is not None:
        log.info("first_crawl_over", source=source, through=through, alerts=queued)
    return bool(queued)
