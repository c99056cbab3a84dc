"""The reports that people voided, with what they said then."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from storage import models
from storage.answers import Decision
from storage.decisions import decisions
from storage.records import article_ref
from storage.views import ArticleRef
from storage.vocabulary import DecisionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidedReport:
    """A report that states nothing any more, because a person decided so."""

    report: int
    article: ArticleRef
    election: str | None
    decision: Decision | None
    """Who voided it, when and why; None only in a database where that was lost."""


def voided_reports(session: Session) -> tuple[VoidedReport, ...]:
    """The voided reports, last voided first."""
    report = models.Report
    query = select(report).where(report.voided_at.is_not(None)).order_by(report.voided_at.desc(), report.id.desc())
    to_article = joinedload(report.revision).joinedload(models.Revision.article)
    return tuple(
        VoidedReport(
            report=row.id,
            article=article_ref(row.revision),
            election=row.election_key,
            decision=next((d for d in decisions(session, report=row.id) if d.kind is DecisionKind.VOID), None),
        )
        for row in session.scalars(query.options(to_article))
    )
