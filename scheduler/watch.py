"""Watches over the sources' health: after each crawl, operators are told what there is to tell, and the log as well."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from crawler.source import Source
from foundation.clock import Clock
from scheduler.health import assess
from scheduler.notes import history
from scheduler.telling import MOST_A_DAY, Gap, gap_of, next_notice, pause
from storage import notices, sources
from storage.database import Database
from storage.source_views import NoticeDetails
from storage.vocabulary import NoticeKind, Subscription

log = structlog.get_logger(__name__)

_DAY = timedelta(days=1)
_LATE_SHOWN = 10


@dataclass(frozen=True, slots=True)
class _Tiding:
    """A notice that is to be made."""

    kind: NoticeKind
    since: datetime | None
    details: NoticeDetails


@dataclass(kw_only=True)
class SourceWatch:
    """Tells each trouble once until the source is well again, and then what the gap cost.

    All that it remembers is in the database, so that a restart tells nothing twice and forgets nothing.
    """

    database: Database
    subscriptions: Sequence[Subscription]
    clock: Clock
    pauses: bool = True
    """Whether the times in which nobody crawled are told; between crawls by hand they mean nothing."""

    async def look(self, source: Source) -> bool:
        """`look_now` in a thread. Raises StorageError."""
        return await asyncio.to_thread(self.look_now, source)

    def look_now(self, source: Source) -> bool:
        """Look at a source that was crawled, and tell what is to be told; whether it is. Raises StorageError."""
        now = self.clock.now()
        with self.database.read() as session:
            tiding = _tiding(session, source, now, pauses=self.pauses)
        if tiding is None:
            return False
        with self.database.write() as session:
            notices.tell(
                session,
                source.key,
                tiding.kind,
                since=tiding.since,
                details=tiding.details,
                subscriptions=self.subscriptions,
                now=now,
            )
        _write_log(source.key, tiding)
        return True


def _tiding(session: Session, source: Source, now: datetime, *, pauses: bool) -> _Tiding | None:
    past = history(session, source, now)
    health = assess(past, source.interval, source.time_zone, now)
    today = len(notices.notices(session, source.key, since=now - _DAY))
    kind = next_notice(health, past.told, today)
    if kind is NoticeKind.RECOVERED:
        begun = min(told.since or told.made_at for told in notices.episode(session, source.key))
        return _recovery(session, source, gap_of(past, begun, now))
    if kind is not None:
        return _Tiding(kind, health.since, NoticeDetails(seen=health.seen))
    gap = pause(past.runs, source.interval) if pauses else None
    if gap is None or past.told or today >= MOST_A_DAY:
        return None
    if notices.is_told(session, source.key, begun=gap.begun, until=gap.until):
        return None
    return _recovery(session, source, gap)


def _recovery(session: Session, source: Source, gap: Gap) -> _Tiding:
    # What was published since the last good crawl is late, too, and that was up to an interval before the gap.
    begin = gap.begun - source.interval
    count, late = notices.late(session, source.key, begin=begin, end=gap.until, limit=_LATE_SHOWN)
    crawls = sources.count_runs(session, source.key, begin=gap.begun, end=gap.until)
    details = NoticeDetails(ended=gap.ended, until=gap.until, crawls=crawls, late=late, late_count=count)
    return _Tiding(NoticeKind.RECOVERED, gap.begun, details)


def _write_log(source: str, tiding: _Tiding) -> None:
    since, details = tiding.since, tiding.details
    told = {"source": source, "since": since and since.isoformat()}
    if tiding.kind is not NoticeKind.RECOVERED:
        log.warning("source_unwell", **told, condition=tiding.kind.value, seen=details.seen)
        return
    until = details.until
    log.info("source_well", **told, until=until and until.isoformat(), fetched_late=details.late_count)
