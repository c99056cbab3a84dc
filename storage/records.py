"""From rows to plain values and back."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from extract.model import Evidence
from foundation.errors import StorageError
from storage import models
from storage.answers import Decision, Dispute, FigureView, ReportView, ReviewItem
from storage.ledger import check
from storage.source_views import Notice, NoticeDetails
from storage.views import Alert, ArticleRef, Change, Confirmation, ElectionRef, RecordedChange
from storage.vocabulary import ReviewKind

_CHANGE = TypeAdapter(Change)
_NOTICE = TypeAdapter(NoticeDetails)


def pack(change: Change) -> dict[str, Any]:
    """A change as JSON."""
    packed: dict[str, Any] = _CHANGE.dump_python(change, mode="json")
    return packed


def unpack(details: dict[str, Any]) -> Change:
    """The change in a row's JSON."""
    return _CHANGE.validate_python(details)


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


def recorded_change(row: models.Change, article: ArticleRef | None = None) -> RecordedChange:
    """A change without its row; its article is looked up unless it is given."""
    return RecordedChange(
        id=row.id,
        made_at=row.made_at,
        report=row.report_key,
        held=row.held,
        change=unpack(row.details),
        election=election_ref(row.election),
        article=article or article_ref(row.report.revision),
    )


def alert(row: models.Alert, confirmation: Confirmation | None = None, carries: tuple[Alert, ...] = ()) -> Alert:
    """An alert without its row, with those of its message. Raises StorageError for one that tells of nothing."""
    if row.change is None and row.notice is None:
        raise StorageError(f"alert {row.id} tells of nothing: look at the database with `accredwatch db check`")
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
        change=recorded_change(row.change) if row.change else None,
        notice=notice(row.notice) if row.notice else None,
        confirmation=confirmation,
        due_at=row.due_at,
        carries=carries,
        carried_by=row.lead_key,
        mute=row.mute_key,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        acknowledged_note=row.acknowledged_note,
    )


def pack_notice(details: NoticeDetails) -> dict[str, Any]:
    """What a notice says, as JSON."""
    packed: dict[str, Any] = _NOTICE.dump_python(details, mode="json")
    return packed


def notice(row: models.Notice) -> Notice:
    """A notice without its row."""
    return Notice(
        id=row.id,
        source=row.source,
        kind=row.kind,
        since=row.since,
        made_at=row.made_at,
        details=_NOTICE.validate_python(row.details),
    )


def report_view(
    row: models.Report, *, voided: Decision | None = None, disputes: tuple[Dispute, ...] = ()
) -> ReportView:
    """Everything about a report, without its row; `voided` is the decision by which it states nothing."""
    revision, article = row.revision, row.revision.article
    return ReportView(
        id=row.id,
        article=article_ref(revision),
        urls=tuple(u.url for u in article.urls),
        revision=revision.number,
        revisions=len(article.revisions),
        superseded=row.superseded,
        voided=voided,
        title=revision.title,
        body=revision.body,
        published_from=revision.published_from,
        found_via=article.found_via,
        election=election_ref(row.election) if row.election else None,
        day=row.day,
        as_of=row.as_of,
        complete=row.complete,
        deadline=row.deadline,
        organization_count=row.organization_count,
        country_count=row.country_count,
        countries_named=tuple(row.countries_named),
        organizations_named=tuple(row.organizations_named),
        unknown_names=tuple(row.unknown_names),
        figures=figure_views(row),
        checks=tuple(check(c) for c in row.checks),
        changes=tuple(recorded_change(c) for c in row.changes),
        disputes=disputes,
    )


def decision(row: models.Decision) -> Decision:
    """A decision without its row."""
    return Decision(
        id=row.id,
        kind=row.kind,
        dispute=row.dispute_key,
        report=row.report_key,
        review_item=row.review_item_key,
        by=row.by,
        note=row.note,
        made_at=row.made_at,
        details=row.details,
    )


def figure_views(row: models.Report) -> tuple[FigureView, ...]:
    """The figures of a report without their rows."""
    return tuple(figure_view(f, headline=f.position == row.headline) for f in row.figures)


def figure_view(row: models.Figure | Row[*tuple[Any, ...]], *, headline: bool) -> FigureView:
    """A figure without its row; whether it is the main one, its report knows."""
    return FigureView(
        scope=row.scope,
        status=row.status,
        basis=row.basis,
        value=row.value,
        approx=row.approx,
        evidence=Evidence(text=row.quote, start=row.quote_start, end=row.quote_end, where=row.quote_where),
        sentence=row.sentence,
        headline=headline,
    )


def review_item(row: models.ReviewItem) -> ReviewItem:
    """A review item without its row."""
    article = row.article
    return ReviewItem(
        id=row.id,
        kind=ReviewKind(row.kind),
        text=row.text,
        source=article.source,
        title=article.revisions[-1].title if article.revisions else None,
        url=article.url,
        report=row.report_key,
        election=row.report.election_key if row.report else None,
        sentence=row.sentence,
        created_at=row.created_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        note=row.note,
    )
