"""How much of each source's past was walked through."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import models


def done(session: Session, source: str) -> frozenset[str]:
    """The stretches of the source's past that were walked through to their end."""
    return frozenset(session.scalars(select(models.Backfill.stretch).where(models.Backfill.source == source)))


def note_done(session: Session, source: str, stretch: str, *, now: datetime) -> None:
    """The stretch was walked through to its end."""
    session.merge(models.Backfill(source=source, stretch=stretch, finished_at=now))
