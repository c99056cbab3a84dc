"""Questions that people ask of the records; the answers are plain values."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from extract.model import Basis, Status, Verdict
from foundation.errors import NotFound
from storage import models
from storage.accounts import TOTAL, Account, Line, in_order
from storage.across import across as sum_across
from storage.ledger import account, accounts
from storage.records import election_ref, recorded_change, report_view, review_item
from storage.sources import runs, states
from storage.views import (
    AcrossCheck,
    CurrentTotal,
    ElectionSummary,
    RecordedChange,
    ReportView,
    ReviewItem,
    SourceSummary,
    Statement,
    TimelineRow,
)
from storage.vocabulary import ChangeKind, ReviewKind


def elections(session: Session) -> tuple[ElectionSummary, ...]:
    """Every election that some report is about, the latest first, with its latest running totals."""
    rows = session.scalars(select(models.Election).order_by(models.Election.date.desc(), models.Election.key))
    summaries = (_summary(row, accounts(session, row.key)) for row in rows)
    return tuple(s for s in summaries if s.reports)


def election(session: Session, key: str) -> ElectionSummary:
    """One election with its latest totals. Raises NotFound, naming the elections that are known."""
    row = _election(session, key)
    return _summary(row, accounts(session, row.key))


def timeline(
    session: Session, election: str, *, scope: str | None = None, status: Status | None = None
) -> tuple[TimelineRow, ...]:
    """Every statement about an election, by day and publication; of one scope or status if given.

    Only the latest revision of an article states anything. Raises NotFound for an unknown election.
    """
    _election(session, election)
    told = in_order(accounts(session, election))
    lines: dict[tuple[str, Status], Line] = {}
    seen: set[tuple[object, ...]] = set()
    rows = []
    for one in told:
        for figure in one.statements:
            series = (figure.scope, figure.status)
            if series not in lines:
                lines[series] = Line(told, *series)
            content = (*series, figure.basis, figure.value, figure.approx)
            if scope in {None, figure.scope} and status in {None, figure.status}:
                rows.append(_row(figure, one, lines[series], repeats=content in seen))
            seen.add(content)
    return tuple(rows)


def show(session: Session, report_id: int) -> ReportView:
    """Everything about a report. Raises NotFound for an unknown id."""
    row = session.scalars(_detailed().where(models.Report.id == report_id)).first()
    if row is None:
        raise _no_report(report_id)
    return report_view(row)


def across(session: Session, report_id: int) -> AcrossCheck | None:
    """The sum of a report's total with the earlier one of other articles; None where there is nothing to compare.

    Raises NotFound for an unknown id.
    """
    row = session.get(models.Report, report_id)
    if row is None:
        raise _no_report(report_id)
    if row.election_key is None:
        return None
    article = select(models.Report.id).join(models.Report.revision)
    own = set(session.scalars(article.where(models.Revision.article_key == row.revision.article_key)))
    others = [a for a in accounts(session, row.election_key) if a.report not in own]
    return sum_across(others, account(session, report_id))


def _no_report(report_id: int) -> NotFound:
    return NotFound(f"no report has the id {report_id}: `accredwatch timeline` shows those of an election")


def reports(
    session: Session, *, election: str | None = None, source: str | None = None, limit: int = 50
) -> tuple[ReportView, ...]:
    """The latest recorded reports, newest first, without those of earlier revisions."""
    query = _detailed().where(models.Report.superseded.is_(False))
    if election is not None:
        query = query.where(models.Report.election_key == election)
    if source is not None:
        of_source = select(models.Revision.id).join(models.Revision.article).where(models.Article.source == source)
        query = query.where(models.Report.revision_key.in_(of_source))
    return tuple(report_view(row) for row in session.scalars(query.order_by(models.Report.id.desc()).limit(limit)))


def changes(
    session: Session,
    *,
    election: str | None = None,
    kinds: Collection[ChangeKind] = (),
    after: int = 0,
    limit: int = 100,
) -> tuple[RecordedChange, ...]:
    """Changes with an id above `after`, oldest first; of an election or of some kinds if given."""
    query = (
        select(models.Change)
        .options(
            joinedload(models.Change.election),
            joinedload(models.Change.report).joinedload(models.Report.revision).joinedload(models.Revision.article),
        )
        .where(models.Change.id > after)
    )
    if election is not None:
        query = query.where(models.Change.election_key == election)
    if kinds:
        query = query.where(models.Change.kind.in_(kinds))
    return tuple(recorded_change(row) for row in session.scalars(query.order_by(models.Change.id).limit(limit)))


def sources(session: Session) -> tuple[SourceSummary, ...]:
    """Every source that was crawled or has articles, by key."""
    articles = _count(session, select(models.Article.source, func.count()).group_by(models.Article.source))
    stated = _count(
        session,
        select(models.Article.source, func.count())
        .select_from(models.Report)
        .join(models.Report.revision)
        .join(models.Revision.article)
        .where(models.Report.superseded.is_(False))
        .group_by(models.Article.source),
    )
    swallowed = _count(
        session,
        select(models.Article.source, func.count())
        .join(models.ReviewItem, models.ReviewItem.article_key == models.Article.id)
        .where(models.ReviewItem.kind == ReviewKind.FIGURES_OUTSIDE_BODY, models.ReviewItem.closed_at.is_(None))
        .group_by(models.Article.source),
    )
    return tuple(
        SourceSummary(
            state=state,
            articles=articles.get(key, 0),
            reports=stated.get(key, 0),
            figures_outside_body=swallowed.get(key, 0),
            last_run=next(iter(runs(session, key, limit=1)), None),
        )
        for key, state in sorted(states(session).items())
    )


def review(  # noqa: PLR0913 - filters, each by name
    session: Session,
    *,
    kind: ReviewKind | None = None,
    election: str | None = None,
    source: str | None = None,
    closed: bool = False,
    limit: int | None = None,
) -> tuple[ReviewItem, ...]:
    """What a person should look at, newest first; with `closed` what a person has looked at, last closed first."""
    item = models.ReviewItem
    query = select(item).join(item.article).outerjoin(item.report).options(
        joinedload(item.article).selectinload(models.Article.revisions), joinedload(item.report)
    )  # fmt: skip
    query = query.where(item.closed_at.is_not(None) if closed else item.closed_at.is_(None))
    for column, wanted in (
        (item.kind, kind), (models.Report.election_key, election), (models.Article.source, source)
    ):  # fmt: skip
        if wanted is not None:
            query = query.where(column == wanted)
    order = (item.closed_at.desc(), item.id.desc()) if closed else (item.id.desc(),)
    return tuple(review_item(row) for row in session.scalars(query.order_by(*order).limit(limit)))


def _count(session: Session, query: Select[str, int]) -> dict[str, int]:
    return dict(session.execute(query).all())


def _election(session: Session, key: str) -> models.Election:
    row = session.get(models.Election, key)
    if row is None:
        known = session.scalars(select(models.Election.key).order_by(models.Election.date.desc())).all()
        raise NotFound(f"no election is called {key!r}; known: {', '.join(known) or 'none yet'}")
    return row


def _summary(row: models.Election, told: list[Account]) -> ElectionSummary:
    lines = ((status, Line(told, TOTAL, status)) for status in Status)
    return ElectionSummary(
        election=election_ref(row),
        totals=tuple(_current(status, line) for status, line in lines if line.current),
        reports=len(told),
        complete=any(a.complete for a in told),
        first_day=min((a.day for a in told), default=None),
        last_day=max((a.day for a in told), default=None),
    )


def _current(status: Status, line: Line) -> CurrentTotal:
    figure = line.steps[-1]
    return CurrentTotal(
        status=status,
        figure=figure,
        sources=tuple(dict.fromkeys(s.source for s in line.stated_by(figure.value))),
        disputed=bool(line.rivals(figure)),
    )


def _row(figure: Statement, one: Account, line: Line, *, repeats: bool) -> TimelineRow:
    cumulative = figure.basis is Basis.CUMULATIVE
    now = cumulative and figure == one.total_now(figure.scope, figure.status)
    sum_fails = figure == one.main and any(c.verdict is Verdict.FAILS for c in one.checks)
    return TimelineRow(
        figure=figure,
        headline=figure == one.main,
        repeats=repeats,
        stale=cumulative and (not now or figure.report in line.stale),
        conflict=sum_fails or (now and (bool(line.rivals(figure)) or line.fell_to(figure))),
    )


def _detailed() -> Select[models.Report]:
    article = joinedload(models.Report.revision).joinedload(models.Revision.article)
    return select(models.Report).options(
        article.selectinload(models.Article.urls),
        article.selectinload(models.Article.revisions),
        joinedload(models.Report.election),
        selectinload(models.Report.figures),
        selectinload(models.Report.checks),
        selectinload(models.Report.changes).joinedload(models.Change.election),
    )
