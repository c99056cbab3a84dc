"""Loads what articles state about an election.

It reads columns instead of mapped rows: an election's thousands of figures are weighed anew with each report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, event, select
from sqlalchemy.orm import Mapper, Session, object_session

from extract.model import Approx, Basis, Check, Status, Term
from foundation.errors import NotFound
from storage.accounts import Account
from storage.columns import DayOrigin
from storage.models import Article, Change, Dispute, Election, Figure, Report, ReportCheck, Revision
from storage.remembered import Remembered, reads_only
from storage.statements import run
from storage.views import Statement
from storage.vocabulary import DisputeOutcome

AFTERMATH = timedelta(days=7)
"""How long after voting day an undated article may still be news."""
_Columns = tuple[str, Status, Basis, int, Approx | None, str, str]


_WHICH: BindParameter[Any] = bindparam("which", expanding=True)
_REPORTS = (
    select(
        Report.id, Report.day, Report.day_origin, Report.complete, Report.headline,
        Revision.number, Revision.published, Revision.fetched_at, Revision.url, Revision.title, Article.source,
        Election.date,
    )
    .join(Revision, Revision.id == Report.revision_key)
    .join(Article, Article.id == Revision.article_key)
    .outerjoin(Election, Election.key == Report.election_key)
    .where(Report.id.in_(_WHICH))
)  # fmt: skip
_FIGURES = (
    select(
        Figure.report_key, Figure.scope, Figure.status, Figure.basis, Figure.value, Figure.approx,
        Figure.quote, Figure.sentence,
    )
    .where(Figure.report_key.in_(_WHICH))
    .order_by(Figure.report_key, Figure.position)
)  # fmt: skip
_CHECKS = (
    select(
        ReportCheck.report_key, ReportCheck.kind, ReportCheck.verdict, ReportCheck.whole_label,
        ReportCheck.whole_value, ReportCheck.parts, ReportCheck.difference, ReportCheck.likely_slip,
    )
    .where(ReportCheck.report_key.in_(_WHICH))
    .order_by(ReportCheck.report_key, ReportCheck.position)
)  # fmt: skip
_NAMED = select(Report.id, Revision.fetched_at).join(Revision, Revision.id == Report.revision_key).order_by(Report.id)
_OF_ELECTION = _NAMED.where(Report.election_key == bindparam("election"), Report.superseded.is_(False))
_LIVE = _OF_ELECTION.where(Report.voided_at.is_(None))
_VOIDED = _OF_ELECTION.where(Report.voided_at.is_not(None))
_ONE = _NAMED.add_columns(Report.election_key).where(Report.id == bindparam("report"))
_ENDS = (
    select(Dispute.closed_by, Dispute.closed_at, Dispute.scope, Dispute.status)
    .where(
        Dispute.election_key == bindparam("election"),
        Dispute.value.is_not(None),
        # Who was voided may be restored, and then contradicts anew.
        Dispute.outcome != DisputeOutcome.VOIDED,
    )
    .order_by(Dispute.closed_by)
)
_DETAILS = select(Change.id, Change.details).where(Change.id.in_(_WHICH))
_VOID = select(Report.id).where(Report.id.in_(_WHICH), Report.voided_at.is_not(None))
_CHUNK = 500

_Named = tuple[int, datetime]
"""A report by its id and when its revision was fetched: a database that is restored may give an id anew."""
_End = tuple[int, datetime]
"""The end of a dispute by the change that tells it, and when it was, for the same reason."""
_Sides = tuple[frozenset[int], frozenset[int]]
"""The reports that won a dispute, and those that lost it."""
_said: Remembered[_Named, Account] = Remembered(1000)
_ended: Remembered[_End, _Sides] = Remembered(1000)


def _mended(_mapper: Mapper[Any], _connection: Connection, row: Figure | ReportCheck | Revision) -> None:
    """What stood on record for good was changed all the same, as by a repair: nothing that is remembered holds."""
    session = object_session(row)
    if session is not None:
        _said.forget(session)


for _table in (Figure, ReportCheck, Revision):
    event.listen(_table, "after_update", _mended)


def known_election(session: Session, key: str) -> Election:
    """The row of an election. Raises NotFound, naming the elections that are known."""
    row = session.get(Election, key)
    if row is None:
        known = session.scalars(select(Election.key).order_by(Election.date.desc())).all()
        raise NotFound(f"no election is called {key!r}; known: {', '.join(known) or 'none yet'}")
    return row


def accounts(session: Session, election: str) -> list[Account]:
    """What the articles, each by its latest revision, state about the election; voided reports state nothing."""
    # A session that cannot write sees one state, and a page asks for the same election several times.
    seen: dict[str, list[Account]] = session.info.setdefault("accounts", {})
    if election not in seen or not reads_only(session):
        seen[election] = _accounts(session, run(session, _LIVE, {"election": election}).all(), election)
    return list(seen[election])


def voided(session: Session, election: str) -> list[Account]:
    """What the voided reports on the election said."""
    return _accounts(session, run(session, _VOIDED, {"election": election}).all(), election)


def account(session: Session, report: int) -> Account:
    """What one report states, also of an earlier revision."""
    ((id_, fetched_at, election),) = run(session, _ONE, {"report": report}).all()
    return _accounts(session, [(id_, fetched_at)], election)[0]


def _accounts(session: Session, named: Iterable[Sequence[Any]], election: str | None) -> list[Account]:
    said = _said.of(session, ((id_, at) for id_, at in named), partial(_load, session))
    lost = _overruled(session, election) if election is not None else {}
    return [
        replace(one, overruled=frozenset(lost[one.report])) if lost.get(one.report) else one for one in said.values()
    ]


def check(row: ReportCheck | Row[*tuple[Any, ...]]) -> Check:
    """A check as reading made it."""
    return Check(
        kind=row.kind,
        verdict=row.verdict,
        whole=Term(row.whole_label, row.whole_value),
        # Rows of the first schema say nothing of decided terms: nothing was told to be decided then.
        parts=tuple(Term(part["label"], part["value"], part.get("decided", False)) for part in row.parts),
        difference=row.difference,
        likely_slip=row.likely_slip,
    )


def _load(session: Session, named: Sequence[_Named]) -> dict[_Named, Account]:
    """What these reports state, without what disputes have set aside."""
    loaded: dict[_Named, Account] = {}
    for some in (named[n : n + _CHUNK] for n in range(0, len(named), _CHUNK)):
        asked = {"which": [id_ for id_, _ in some]}
        figures, checks = _figures(session, asked), _checks(session, asked)
        for row in run(session, _REPORTS, asked).all():
            loaded[(row.id, row.fetched_at)] = _account(row, figures[row.id], tuple(checks[row.id]))
    return loaded


def _account(row: Row[*tuple[Any, ...]], figures: Iterable[_Columns], checks: tuple[Check, ...]) -> Account:
    statements = tuple(
        Statement(
            scope=scope, status=status, basis=basis, value=value, approx=approx, day=row.day, source=row.source,
            report=row.id, published=row.published, url=row.url, title=row.title, quote=quote, sentence=sentence,
        )
        for scope, status, basis, value, approx, quote, sentence in figures
    )  # fmt: skip
    return Account(
        report=row.id,
        revision=row.number,
        source=row.source,
        day=row.day,
        timely=_timely(row.day_origin, row.fetched_at, row.date),
        published=row.published,
        statements=statements,
        main=None if row.headline is None else statements[row.headline],
        complete=row.complete,
        checks=checks,
    )


def _figures(session: Session, asked: Mapping[str, Any]) -> Mapping[int, list[_Columns]]:
    found: dict[int, list[_Columns]] = defaultdict(list)
    for report, scope, status, basis, value, approx, quote, sentence in run(session, _FIGURES, asked).all():
        found[report].append((scope, status, basis, value, approx, quote, sentence))
    return found


def _checks(session: Session, asked: Mapping[str, Any]) -> Mapping[int, list[Check]]:
    found: dict[int, list[Check]] = defaultdict(list)
    for row in run(session, _CHECKS, asked).all():
        found[row.report_key].append(check(row))
    return found


def _overruled(session: Session, election: str) -> Mapping[int, set[tuple[str, Status]]]:
    """The scopes and statuses, by report, whose running total lost the last dispute on it.

    Where every report that won was voided since, nobody has lost.
    """
    found: dict[int, set[tuple[str, Status]]] = defaultdict(set)
    ends = run(session, _ENDS, {"election": election}).all()
    if not ends:
        return found
    sides = _ended.of(session, ((closed_by, at) for closed_by, at, _, _ in ends), partial(_sides, session))
    void = _void(session, frozenset[int]().union(*(won for won, _ in sides.values())))
    for closed_by, at, scope, status in ends:
        won, lost = sides[closed_by, at]
        if won <= void:
            continue
        for report in lost:
            found[report].add((scope, status))
        for report in won:
            found[report].discard((scope, status))
    return found


def _sides(session: Session, ends: Sequence[_End]) -> dict[_End, _Sides]:
    """Who won and who lost the disputes that ended so."""
    found: dict[_End, _Sides] = {}
    for some in (dict(ends[n : n + _CHUNK]) for n in range(0, len(ends), _CHUNK)):
        for id_, details in run(session, _DETAILS, {"which": list(some)}).all():
            stands, gave_way = (details["settlement"][name] for name in ("stands", "gave_way"))
            found[id_, some[id_]] = frozenset(s["report"] for s in stands), frozenset(s["report"] for s in gave_way)
    return found


def _void(session: Session, reports: frozenset[int]) -> frozenset[int]:
    """Which of these reports are void."""
    return frozenset(run(session, _VOID, {"which": sorted(reports)}).scalars())


def _timely(origin: DayOrigin, fetched_at: datetime, voting: date | None) -> bool:
    return origin is not DayOrigin.FETCHED or voting is None or fetched_at.date() <= voting + AFTERMATH
