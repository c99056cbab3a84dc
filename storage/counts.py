"""How many there are of what: for monitoring."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import models


def crawls(session: Session) -> dict[tuple[str, str], int]:
    """How many crawls of each source ended how; those without an end, be they running or killed, are left out."""
    run = models.CrawlRun
    rows = session.execute(select(run.source, run.finish_reason, func.count()).group_by(run.source, run.finish_reason))
    return {(source, reason): count for source, reason, count in rows if reason is not None}


def changes(session: Session) -> dict[str, int]:
    """How many changes of each kind are on record."""
    change = models.Change
    rows = session.execute(select(change.kind, func.count()).group_by(change.kind))
    return {kind.value: count for kind, count in rows}


def open_review_items(session: Session) -> dict[str, int]:
    """How many questions of each kind wait for a person."""
    item = models.ReviewItem
    rows = session.execute(select(item.kind, func.count()).where(item.closed_at.is_(None)).group_by(item.kind))
    return dict(rows.all())
