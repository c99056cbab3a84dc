"""Everything on record in the order in which it was recorded: a page at a time, or all of it in batches.

What an edit superseded and what a person voided states nothing, and is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from storage import models
from storage.listed import AlertRecord, FigureRecord, ReportRecord, Wanted
from storage.models import Article, Figure, Report, Revision
from storage.records import recorded_change
from storage.views import RecordedChange
from storage.vocabulary import AlertState, ChangeKind

BATCH = 500
_FIRST = 50


class _Numbered(Protocol):
    @property
    def id(self) -> int: ...


Record = TypeVar("Record", bound=_Numbered)

ANYTHING = Wanted()


def in_batches(page: Callable[[int, int], tuple[Record, ...]], size: int = BATCH) -> Iterator[Record]:
    """Everything that `page(after, limit)` gives, batch after batch, so that memory holds one of them.

    The first ones are small: whoever waits has something to see at once.
    """
    after, limit = 0, min(_FIRST, size)
    while batch := page(after, limit):
        yield from batch
        after, limit = batch[-1].id, min(2 * limit, size)


def figures(
    session: Session, wanted: Wanted = ANYTHING, *, after: int = 0, limit: int = 100
) -> tuple[FigureRecord, ...]:
    """The figures with an id above `after`, oldest record first."""
    columns = select(
        Figure.id, Report.election_key, Report.day, Figure.scope, Figure.status, Figure.basis, Figure.value,
        Figure.approx, Figure.position, Report.headline, Article.source, Article.language, Report.id,
        Revision.published, Revision.url, Revision.title, Figure.quote, Figure.sentence,
    ).join(Figure.report)  # fmt: skip
    query = _live(columns, wanted).where(Figure.id > after)
    for column, value in (
        (Figure.scope, wanted.scope), (Figure.status, wanted.status), (Figure.basis, wanted.basis),
        (Figure.value, wanted.value),
    ):  # fmt: skip
        if value is not None:
            query = query.where(column == value)
    found = session.execute(query.order_by(Figure.id).limit(limit)).all()
    return tuple(
        FigureRecord(
            id=id_, election=election, day=day, scope=scope, status=status, basis=basis, value=value, approx=approx,
            headline=position == headline, source=source, language=language, report=report, published=published,
            url=url, title=title, quote=quote, sentence=sentence,
        )
        for (
            id_, election, day, scope, status, basis, value, approx, position, headline, source, language, report,
            published, url, title, quote, sentence,
        ) in found
    )  # fmt: skip


def reports(
    session: Session, wanted: Wanted = ANYTHING, *, after: int = 0, limit: int = 100
) -> tuple[ReportRecord, ...]:
    """The reports with an id above `after`, oldest record first; of `wanted`, what figures are is not looked at."""
    stated = select(func.count()).where(Figure.report_key == Report.id).correlate(Report).scalar_subquery()
    query = _live(select(Report, stated), wanted).where(Report.id > after).order_by(Report.id).limit(limit)
    whole = joinedload(Report.revision).joinedload(Revision.article)
    return tuple(_report(row, count) for row, count in session.execute(query.options(whole)))


def _report(row: Report, figures: int) -> ReportRecord:
    revision, article = row.revision, row.revision.article
    return ReportRecord(
        id=row.id,
        election=row.election_key,
        day=row.day,
        as_of=row.as_of,
        source=article.source,
        language=article.language,
        article_id=article.article_id,
        revision=revision.number,
        published=revision.published,
        fetched_at=revision.fetched_at,
        url=revision.url or article.url,
        title=revision.title,
        figures=figures,
        complete=row.complete,
        deadline=row.deadline,
        organization_count=row.organization_count,
        country_count=row.country_count,
        countries_named=tuple(row.countries_named),
        organizations_named=tuple(row.organizations_named),
        unknown_names=tuple(row.unknown_names),
    )


def latest_changes(
    session: Session, *, election: str | None = None, kinds: Collection[ChangeKind] = (), held: bool, limit: int
) -> tuple[RecordedChange, ...]:
    """The latest changes, newest first; those of sources' first crawls only with `held`."""
    change = models.Change
    query = select(change).options(
        joinedload(change.election),
        joinedload(change.report).joinedload(Report.revision).joinedload(Revision.article),
    )
    if election is not None:
        query = query.where(change.election_key == election)
    if kinds:
        query = query.where(change.kind.in_(kinds))
    if not held:
        query = query.where(change.held.is_(False))
    return tuple(recorded_change(row) for row in session.scalars(query.order_by(change.id.desc()).limit(limit)))


def alerts(
    session: Session, *, state: AlertState | None = None, channel: str | None = None, after: int = 0, limit: int = 100
) -> tuple[AlertRecord, ...]:
    """The alerts with an id above `after`, oldest first."""
    alert, change = models.Alert, models.Change
    query = (
        select(alert, change.report_key, change.election_key, models.Notice.source)
        .outerjoin(alert.change)
        .outerjoin(alert.notice)
        .where(alert.id > after)
    )
    if state is not None:
        query = query.where(alert.state == state)
    if channel is not None:
        query = query.where(alert.channel == channel)
    return tuple(
        AlertRecord(
            id=row.id,
            key=row.uuid,
            channel=row.channel,
            state=row.state,
            attempts=row.attempts,
            created_at=row.created_at,
            due_at=row.due_at,
            next_attempt_at=row.next_attempt_at,
            sent_at=row.sent_at,
            acknowledged_at=row.acknowledged_at,
            change=row.change_key,
            report=report,
            election=election,
            source=source,
        )
        for row, report, election, source in session.execute(query.order_by(alert.id).limit(limit))
    )


def election_keys(session: Session) -> tuple[str, ...]:
    """Keys of all elections on record, the latest first."""
    return tuple(
        session.scalars(select(models.Election.key).order_by(models.Election.date.desc(), models.Election.key))
    )


def source_keys(session: Session) -> tuple[str, ...]:
    """Keys of all sources with an article on record."""
    # From one source to the next in the index, past their articles.
    first = select(func.min(Article.source).label("source")).cte("keys", recursive=True)
    following = select(func.min(Article.source)).where(Article.source > first.c.source).scalar_subquery()
    each = first.union_all(select(following).where(first.c.source.is_not(None)))
    return tuple(session.scalars(select(each.c.source).where(each.c.source.is_not(None)).order_by(each.c.source)))


_Query = TypeVar("_Query", bound=Select)  # type: ignore[type-arg]  # of any columns


def _live(query: _Query, wanted: Wanted) -> _Query:
    """The query, which selects from reports, joined to their articles; only of reports that state something."""
    live: list[ColumnElement[bool]] = [Report.superseded.is_(False), Report.voided_at.is_(None)]
    if wanted.election is not None:
        live.append(Report.election_key == wanted.election)
    if wanted.source is not None:
        live.append(Article.source == wanted.source)
    if wanted.since is not None:
        live.append(Report.day >= wanted.since)
    if wanted.until is not None:
        live.append(Report.day <= wanted.until)
    return query.join(Report.revision).join(Revision.article).where(*live)
