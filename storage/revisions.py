"""The texts that an article has had, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from foundation.errors import NotFound
from storage import models


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    """One text of an article."""

    number: int
    """From 1."""
    title: str | None
    body: str
    published: datetime | None
    fetched_at: datetime
    report: int | None
    """Id of the report read from it; None where it states no figures."""


def revisions(session: Session, report_id: int) -> tuple[RevisionView, ...]:
    """Every text of the article that a report is read from. Raises NotFound for an unknown id."""
    row = session.get(models.Report, report_id)
    if row is None:
        raise NotFound(f"no report has the id {report_id}: `accredwatch timeline` shows those of an election")
    revision = models.Revision
    rows = select(revision).where(revision.article_key == row.revision.article_key).order_by(revision.number)
    return tuple(
        RevisionView(
            number=one.number,
            title=one.title,
            body=one.body,
            published=one.published,
            fetched_at=one.fetched_at,
            report=one.report.id if one.report else None,
        )
        for one in session.scalars(rows.options(selectinload(revision.report)))
    )
