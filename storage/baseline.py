"""The first crawl of a source: what it finds is recorded, and nobody is told until it is complete.

Otherwise a first start would send one alert for each article of the past campaigns. When the baselines of all sources
involved are finished, each channel gets at most one alert an election: its latest state.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import models
from storage.outbox import queue
from storage.sources import state_row
from storage.vocabulary import ChangeKind, Subscription

_RANKS = (
    {ChangeKind.NEW_TOTAL, ChangeKind.CORRECTED},
    {ChangeKind.NEW_BATCH, ChangeKind.NEW_PART},
    {ChangeKind.COMPLETED, ChangeKind.WITHDRAWN, ChangeKind.CONFLICT},
)


def hold(session: Session, source: str, *, now: datetime) -> bool:
    """Whether alerts of this source's changes are to be held; its baseline begins with the first call."""
    row = state_row(session, source)
    if row.baseline_started_at is None:
        row.baseline_started_at = now
    return row.baseline_finished_at is None


def waiting(session: Session) -> tuple[str, ...]:
    """The sources whose baseline has begun and is not finished."""
    unfinished = select(models.SourceState.source).where(
        models.SourceState.baseline_started_at.is_not(None), models.SourceState.baseline_finished_at.is_(None)
    )
    return tuple(session.scalars(unfinished.order_by(models.SourceState.source)))


def finish(session: Session, sources: Iterable[str], subscriptions: Iterable[Subscription], *, now: datetime) -> int:
    """The baselines of these sources are finished; with the last one the held changes become one alert an election.

    Returns how many alerts were queued, 0 while `waiting` names a source. Finishing a source again does nothing.
    """
    for source in sources:
        row = state_row(session, source)
        row.baseline_started_at = row.baseline_started_at or now
        row.baseline_finished_at = row.baseline_finished_at or now
    session.flush()
    if waiting(session):
        return 0
    held = session.scalars(select(models.Change).where(models.Change.held.is_(True))).all()
    wanted = list(subscriptions)
    queued = sum(
        _tell(session, [c for c in held if c.election_key == election], subscription, now)
        for election in sorted({c.election_key for c in held})
        for subscription in wanted
    )
    for change in held:
        change.held = False
    return queued


def put_off(session: Session, source: str) -> None:
    """The source's first crawl did not get through: nobody waits for it; its baseline begins with its next crawl."""
    row = state_row(session, source)
    if row.baseline_finished_at is None:
        row.baseline_started_at = None
        session.flush()


def wait_only_for(
    session: Session, sources: Iterable[str], subscriptions: Iterable[Subscription], *, now: datetime
) -> int:
    """Put off every other first crawl: for the one process that crawls, as it starts with these sources.

    A source that was taken out of the configuration in the middle of its first crawl would else keep everybody waiting
    for good. Returns how many alerts were queued.
    """
    for source in set(waiting(session)) - set(sources):
        put_off(session, source)
    return finish(session, (), subscriptions, now=now)


def settle(
    session: Session, source: str, *, through: bool, subscriptions: Iterable[Subscription], now: datetime
) -> int | None:
    """After a crawl of the source: if it was its first one, finish its baseline; put it off if it did not get through.

    Returns how many alerts were queued, None if it was not the first one.
    """
    if source not in waiting(session):
        return None
    if not through:
        put_off(session, source)
    return finish(session, (source,) if through else (), subscriptions, now=now)


def _tell(session: Session, held: list[models.Change], subscription: Subscription, now: datetime) -> int:
    """Queue the state that the latest of an election's held changes made, unless the channel knows a later one."""
    fit = [c for c in held if subscription.wants(election=c.election_key, kind=c.kind, status=c.status)]
    for rank in _RANKS:
        if made := [c for c in fit if c.kind in rank]:
            latest = max(made, key=lambda c: (c.day, c.id))
            return 0 if _knows_later(session, latest, subscription) else queue(session, latest, [subscription], now=now)
    return 0


def _knows_later(session: Session, change: models.Change, subscription: Subscription) -> bool:
    later = (
        select(models.Alert.id)
        .join(models.Alert.change)
        .where(
            models.Alert.channel == subscription.channel,
            models.Change.election_key == change.election_key,
            models.Change.status == change.status,
            models.Change.day >= change.day,
        )
    )
    return session.scalars(later).first() is not None
