"""When an outlet may be asked next, whichever machine asks: noted as a crawl begins and as it ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import models


def begin(session: Session, name: str, *, delay: timedelta, now: datetime) -> timedelta:
    """Nothing if the outlet may be asked now, and is from now on; else how long it is to be left alone first.

    `delay` is the least time between two requests to it, as far as whoever asks knows; what was known at the end of its
    last crawl counts if it is more. Of a crawl that never ended nobody knows when it asked last: the whole delay is
    kept from now on.
    """
    row = session.get(models.Outlet, name)
    if row is None:
        session.add(models.Outlet(name=name, delay=delay.total_seconds(), free_at=None))
        session.flush()
        return timedelta()
    longest = max(delay, timedelta(seconds=row.delay))
    # An instant beyond the delay comes of a clock that was put back since.
    free_at = now + longest if row.free_at is None else min(row.free_at, now + longest)
    if free_at > now:
        row.free_at = free_at
        return free_at - now
    row.delay, row.free_at = longest.total_seconds(), None
    return timedelta()


def end(session: Session, name: str, *, delay: timedelta, now: datetime) -> None:
    """The outlet was asked until now, and is to be left alone for `delay`, which its robots.txt may tell."""
    session.merge(models.Outlet(name=name, delay=delay.total_seconds(), free_at=now + delay))


def server_time(session: Session) -> datetime:
    """The time by the server's clock, which is the same for all machines. Only of a server."""
    told: datetime = session.scalars(select(func.clock_timestamp())).one()
    return told
