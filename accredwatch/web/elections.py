"""What the pages on elections share: which one is current, and what day it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from accredwatch.web.context import Context
from storage import queries
from storage.answers import ElectionSummary

KAZAKHSTAN = ZoneInfo("Asia/Almaty")
"""Where the votes are, whatever zone a viewer reads instants in."""


def today(context: Context) -> date:
    """The day in Kazakhstan."""
    return context.clock.now().astimezone(KAZAKHSTAN).date()


def current(summaries: Sequence[ElectionSummary], day: date) -> ElectionSummary | None:
    """The election that comes next as seen from the day, else the latest one; None where none is on record."""
    ahead = [s for s in summaries if s.election.date >= day]
    if ahead:
        return min(ahead, key=lambda s: (s.election.date, s.election.key))
    return max(summaries, key=lambda s: (s.election.date, s.election.key), default=None)


def on_record(session: Session, context: Context) -> tuple[tuple[ElectionSummary, ...], ElectionSummary | None]:
    """Every election on record, the latest first, and the current one."""
    found = queries.elections(session)
    return found, current(found, today(context))
