"""Questions that people ask of the records; the answers are plain values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from extract.model import Basis, Status, Verdict
from foundation.errors import NotFound
from storage import models
from storage.accounts import Account, Line, in_order
from storage.across import across as sum_across
from storage.answers import Dispute, ElectionSummary, ReportView, ReviewItem, TimelineRow
from storage.decisions import decisions
from storage.disputes import disputes
from storage.ledger import account, accounts, known_election, voided
from storage.records import recorded_change, report_view, review_item
from storage.source_views import SourceSummary
from storage.sources import last_runs, on_record, states
from storage.summaries import summaries, summary
from storage.views import AcrossCheck, RecordedChange, Statement
from storage.vocabulary import ChangeKind, DecisionKind, ReviewKind


def elections(session: Session) -> tuple[ElectionSummary, ...]:
    """Every election that some report is about, the latest first, with its latest running totals."""
    return summaries(session)


def election(session: Session, key: str) -> ElectionSummary:
    """One election with its latest totals. Raises NotFound, naming the elections that are known."""
    return summary(session, known_election(session, key))


def timeline(
    session: Session, election: str, *, scope: str | None = None, status: Status | None = None
) -> tuple[TimelineRow, ...]:
    """Every statement about an election, by day and publication; of one scope or status if given.

    Only the latest revision of an article states anything; what voided reports said is marked. Raises NotFound for an
    unknown election.
    """
    known_election(session, election)
    told, void = accounts(session, election), voided(session, election)
    open_ones = disputes(session, election=election)
    upheld = {(d.scope, d.status, d.day, d.value) for d in disputes(session, election=election, closed=True)}
    lines: dict[tuple[str, Status], Line] = {}
    seen: set[tuple[object, ...]] = set()
    rows = []
    for one in in_order([*told, *void]):
        for figure in one.statements:
            series = (figure.scope, figure.status)
            if series not in lines:
                lines[series] = Line(told, *series)
            content = (*series, figure.basis, figure.value, figure.approx)
            if one in void:
                row = _void_row(figure, one)
            else:
                row = _row(figure, one, lines[series], open_ones, repeats=content in seen)
                if row.conflict and (*series, figure.day, figure.value) in upheld:
                    row = replace(row, conflict=False)
                seen.add(content)
            if scope in {None, figure.scope} and status in {None, figure.status}:
                rows.append(row)
    return tuple(rows)


def show(session: Session, report_id: int) -> ReportView:
    """Everything about a report. Raises NotFound for an unknown id."""
    row = session.scalars(_detailed().where(models.Report.id == report_id)).first()
    if row is None:
        raise _no_report(report_id)
    made = decisions(session, report=report_id) if row.voided_at is not None else ()
    void = next((d for d in made if d.kind is DecisionKind.VOID), None)
    open_ones = disputes(session, election=row.election_key) if row.election_key is not None else ()
    return report_view(row, voided=void, disputes=tuple(d for d in open_ones if _is_side(row.id, d)))


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
    """The latest recorded reports, newest first, without those of earlier revisions and voided ones."""
    query = _detailed().where(models.Report.superseded.is_(False), models.Report.voided_at.is_(None))
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
    query = _changes().where(models.Change.id > after)
    if election is not None:
        query = query.where(models.Change.election_key == election)
    if kinds:
        query = query.where(models.Change.kind.in_(kinds))
    return tuple(recorded_change(row) for row in session.scalars(query.order_by(models.Change.id).limit(limit)))


def latest_changes(session: Session, *, limit: int) -> tuple[RecordedChange, ...]:
    """The changes that were made last, the latest first."""
    query = _changes().order_by(models.Change.id.desc())
    return tuple(recorded_change(row) for row in session.scalars(query.limit(limit)))


def _changes() -> Select[models.Change]:
    article = joinedload(models.Change.report).joinedload(models.Report.revision).joinedload(models.Revision.article)
    return select(models.Change).options(joinedload(models.Change.election), article)


def sources(session: Session) -> tuple[SourceSummary, ...]:
    """Every source that was crawled or has articles, by key."""
    swallowed = _count(
        session,
        select(models.Article.source, func.count())
        .join(models.ReviewItem, models.ReviewItem.article_key == models.Article.id)
        .where(models.ReviewItem.kind == ReviewKind.FIGURES_OUTSIDE_BODY, models.ReviewItem.closed_at.is_(None))
        .group_by(models.Article.source),
    )
    last, counted = last_runs(session), on_record(session)
    return tuple(
        SourceSummary(
            state=state,
            articles=counted[key][0],
            reports=counted[key][1],
            figures_outside_body=swallowed.get(key, 0),
            last_run=last.get(key),
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


def _is_side(report: int, dispute: Dispute) -> bool:
    return any(s.report == report for s in (*dispute.sides, *dispute.now))


def _void_row(figure: Statement, one: Account) -> TimelineRow:
    return TimelineRow(
        figure=figure, headline=figure == one.main, repeats=False, stale=False, conflict=False, voided=True
    )


def _row(figure: Statement, one: Account, line: Line, open_ones: tuple[Dispute, ...], *, repeats: bool) -> TimelineRow:
    cumulative = figure.basis is Basis.CUMULATIVE
    now = cumulative and figure == one.total_now(figure.scope, figure.status)
    sum_fails = figure == one.main and any(c.verdict is Verdict.FAILS for c in one.checks)
    overruled = now and (figure.scope, figure.status) in one.overruled
    disputed = (d.id for d in open_ones if now and _is_side(figure.report, d) and d.scope == figure.scope)
    return TimelineRow(
        figure=figure,
        headline=figure == one.main,
        repeats=repeats,
        stale=cumulative and (not now or figure.report in line.stale),
        conflict=sum_fails or (now and not overruled and (bool(line.rivals(figure)) or line.fell_to(figure))),
        dispute=next(disputed, None),
        overruled=overruled,
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
