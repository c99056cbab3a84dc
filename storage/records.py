"""From rows to plain values and back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from extract.model import Check, Term
from storage import models
from storage.accounts import Account
from storage.columns import DayOrigin
from storage.views import Alert, ArticleRef, Change, ElectionRef, RecordedChange, Statement

AFTERMATH = timedelta(days=7)
"""How long after voting day an undated article may still be news."""
_CHANGE = TypeAdapter(Change)


def pack(change: Change) -> dict[str, Any]:
    """A change as JSON."""
    packed: dict[str, Any] = _CHANGE.dump_python(change, mode="json")
    return packed


def unpack(details: dict[str, Any]) -> Change:
    """The change in a row's JSON."""
    return _CHANGE.validate_python(details)


def reports_of(election: str) -> Select[models.Report]:
    """The reports that state something about the election, with all that `account` needs."""
    return (
        select(models.Report)
        .where(models.Report.election_key == election, models.Report.superseded.is_(False))
        .options(
            joinedload(models.Report.revision).joinedload(models.Revision.article),
            joinedload(models.Report.election),
            selectinload(models.Report.figures),
            selectinload(models.Report.checks),
        )
    )


def account(report: models.Report) -> Account:
    """What a report states, as `storage.changes` takes it."""
    statements = tuple(_statement(figure, report) for figure in report.figures)
    return Account(
        report=report.id,
        source=report.revision.article.source,
        day=report.day,
        timely=_timely(report),
        published=report.revision.published,
        statements=statements,
        main=None if report.headline is None else statements[report.headline],
        complete=report.complete,
        checks=tuple(check(row) for row in report.checks),
    )


def _timely(report: models.Report) -> bool:
    if report.day_origin is not DayOrigin.FETCHED or report.election is None:
        return True
    return report.revision.fetched_at.date() <= report.election.date + AFTERMATH


def _statement(figure: models.Figure, report: models.Report) -> Statement:
    revision = report.revision
    return Statement(
        scope=figure.scope,
        status=figure.status,
        basis=figure.basis,
        value=figure.value,
        approx=figure.approx,
        day=report.day,
        source=revision.article.source,
        report=report.id,
        published=revision.published,
        url=revision.url,
        title=revision.title,
        quote=figure.quote,
        sentence=figure.sentence,
    )


def check(row: models.ReportCheck) -> Check:
    """A check as reading made it."""
    return Check(
        kind=row.kind,
        verdict=row.verdict,
        whole=Term(row.whole_label, row.whole_value),
        parts=tuple(Term(part["label"], part["value"]) for part in row.parts),
        difference=row.difference,
        likely_slip=row.likely_slip,
    )


def election_ref(row: models.Election) -> ElectionRef:
    """An election without its row."""
    return ElectionRef(key=row.key, type=row.type, date=row.date)


def article_ref(revision: models.Revision) -> ArticleRef:
    """The article of a revision, as that revision shows it."""
    article = revision.article
    return ArticleRef(
        source=article.source,
        language=article.language,
        article_id=article.article_id,
        title=revision.title,
        url=revision.url or article.url,
        published=revision.published,
        fetched_at=revision.fetched_at,
    )


def recorded_change(row: models.Change) -> RecordedChange:
    """A change without its row."""
    return RecordedChange(
        id=row.id,
        made_at=row.made_at,
        report=row.report_key,
        held=row.held,
        change=unpack(row.details),
        election=election_ref(row.election),
        article=article_ref(row.report.revision),
    )


def alert(row: models.Alert) -> Alert:
    """An alert without its row."""
    return Alert(
        id=row.id,
        key=row.uuid,
        channel=row.channel,
        state=row.state,
        attempts=row.attempts,
        created_at=row.created_at,
        next_attempt_at=row.next_attempt_at,
        sent_at=row.sent_at,
        last_error=row.last_error,
        change=recorded_change(row.change),
    )
