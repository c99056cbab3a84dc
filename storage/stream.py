"""The stream of changes, newest first, as people read it; `storage.queries.changes` follows it forwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from extract.model import Status
from storage import models
from storage.records import recorded_change
from storage.views import RecordedChange
from storage.vocabulary import ChangeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which changes; what is None makes no difference."""

    election: str | None = None
    kind: ChangeKind | None = None
    status: Status | None = None
    source: str | None = None
    """Key of the source whose article made the change."""
    since: date | None = None
    """The first day for which its figure may hold."""
    until: date | None = None
    """The last one."""


def stream(
    session: Session, wanted: Wanted, *, before: int | None = None, limit: int = 50
) -> tuple[RecordedChange, ...]:
    """The latest changes with an id below `before`, newest first."""
    change, revision, article = models.Change, models.Revision, models.Article
    to_revision = joinedload(change.report).joinedload(models.Report.revision)
    query = select(change).options(joinedload(change.election), to_revision.joinedload(revision.article))
    for column, value in (
        (change.election_key, wanted.election), (change.kind, wanted.kind), (change.status, wanted.status)
    ):  # fmt: skip
        if value is not None:
            query = query.where(column == value)
    if wanted.source is not None:
        # For each change from the newest on, until there are enough: all reports of a source are many.
        of_source = select(models.Report.id).join(models.Report.revision).join(revision.article)
        of_change = of_source.where(models.Report.id == change.report_key, article.source == wanted.source)
        query = query.where(of_change.correlate(change).exists())
    if wanted.since is not None:
        query = query.where(change.day >= wanted.since)
    if wanted.until is not None:
        query = query.where(change.day <= wanted.until)
    if before is not None:
        query = query.where(change.id < before)
    return tuple(recorded_change(row) for row in session.scalars(query.order_by(change.id.desc()).limit(limit)))
