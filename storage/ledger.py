"""Loads what articles state about an election.

It reads columns instead of mapped rows: an election's thousands of figures are weighed anew with each report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, bindparam, select
from sqlalchemy.orm import Session

from extract.model import Approx, Basis, Check, Status, Term
from foundation.errors import NotFound
from storage.accounts import Account
from storage.columns import DayOrigin
from storage.models import Article, Change, Dispute, Election, Figure, Report, ReportCheck, Revision
from storage.statements import run
from storage.views import Statement
from storage.vocabulary import DisputeOutcome

AFTERMATH = timedelta(days=7)
"""How long after voting day an undated article may still be news."""
_Columns = tuple[str, Status, Basis, int, Approx | None, str, str]


class _Questions:
    """The statements that load what some reports state; `which` in their condition is the parameter."""

    def __init__(self, wanted: ColumnElement[bool]) -> None:
        self.checks = (
            select(
                ReportCheck.report_key, ReportCheck.kind, ReportCheck.verdict, ReportCheck.whole_label,
                ReportCheck.whole_value, ReportCheck.parts, ReportCheck.difference, ReportCheck.likely_slip,
            )
            .join(Report, Report.id == ReportCheck.report_key)
            .where(wanted)
            .order_by(ReportCheck.report_key, ReportCheck.position)
        )  # fmt: skip
        self.reports = (
            select(
                Report.id, Report.day, Report.day_origin, Report.complete, Report.headline,
                Revision.number, Revision.published, Revision.fetched_at, Revision.url, Revision.title, Article.source,
                Report.election_key, Election.date,
            )
            .join(Revision, Revision.id == Report.revision_key)
            .join(Article, Article.id == Revision.article_key)
            .outerjoin(Election, Election.key == Report.election_key)
            .where(wanted)
        )  # fmt: skip
        self.figures = (
            select(
                Figure.report_key, Figure.scope, Figure.status, Figure.basis, Figure.value, Figure.approx,
                Figure.quote, Figure.sentence,
            )
            .join(Report, Report.id == Figure.report_key)
            .where(wanted)
            .order_by(Figure.report_key, Figure.position)
        )  # fmt: skip


_OF_ELECTION = (Report.election_key == bindparam("which")) & Report.superseded.is_(False)
_LIVE = _Questions(_OF_ELECTION & Report.voided_at.is_(None))
_VOIDED = _Questions(_OF_ELECTION & Report.voided_at.is_not(None))
_ONE = _Questions(Report.id == bindparam("which"))
_ENDED = (
    select(Dispute.scope, Dispute.status, Change.details)
    .join(Change, Change.id == Dispute.closed_by)
    .where(
        Dispute.election_key.in_(bindparam("elections", expanding=True)),
        Dispute.value.is_not(None),
        # Who was voided may be restored, and then contradicts anew.
        Dispute.outcome != DisputeOutcome.VOIDED,
    )
    .order_by(Dispute.closed_by)
)


def known_election(session: Session, key: str) -> Election:
    """The row of an election. Raises NotFound, naming the elections that are known."""
    row = session.get(Election, key)
    if row is None:
        known = session.scalars(select(Election.key).order_by(Election.date.desc())).all()
        raise NotFound(f"no election is called {key!r}; known: {', '.join(known) or 'none yet'}")
    return row


def accounts(session: Session, election: str) -> list[Account]:
    """What the articles, each by its latest revision, state about the election; voided reports state nothing."""
    if not reads_only(session):
        return list(_load(session, _LIVE, election).values())
    # A session that cannot write sees one state, and a page asks for the same election several times.
    remembered: dict[str, list[Account]] = session.info.setdefault("accounts", {})
    if election not in remembered:
        remembered[election] = list(_load(session, _LIVE, election).values())
    return list(remembered[election])


def reads_only(session: Session) -> bool:
    """Whether the session is one that sees one consistent state and cannot write, as `Database.read` gives it."""
    bind = session.get_bind()
    return isinstance(bind, Engine) and bind.get_execution_options().get("writes") is False


def voided(session: Session, election: str) -> list[Account]:
    """What the voided reports on the election said."""
    return list(_load(session, _VOIDED, election).values())


def account(session: Session, report: int) -> Account:
    """What one report states, also of an earlier revision."""
    return _load(session, _ONE, report)[report]


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


def _load(session: Session, questions: _Questions, which: str | int) -> Mapping[int, Account]:
    """The accounts that these questions ask for, of an election or of one report."""
    asked = {"which": which}
    checks: dict[int, list[Check]] = defaultdict(list)
    for row in run(session, questions.checks, asked).all():
        checks[row.report_key].append(check(row))
    reports = run(session, questions.reports, asked).all()
    figures = _figures(session, questions, asked)
    overruled = _overruled(session, {row.election_key for row in reports if row.election_key})
    loaded = {}
    for (
        id_, day, origin, complete, headline, number, published, fetched_at, url, title, source, _, voting
    ) in reports:  # fmt: skip
        statements = tuple(
            Statement(
                scope=scope, status=status, basis=basis, value=value, approx=approx, day=day, source=source,
                report=id_, published=published, url=url, title=title, quote=quote, sentence=sentence,
            )
            for scope, status, basis, value, approx, quote, sentence in figures[id_]
        )  # fmt: skip
        loaded[id_] = Account(
            report=id_,
            revision=number,
            source=source,
            day=day,
            timely=_timely(origin, fetched_at, voting),
            published=published,
            statements=statements,
            main=None if headline is None else statements[headline],
            complete=complete,
            checks=tuple(checks[id_]),
            overruled=frozenset(overruled[id_]),
        )
    return loaded


def _overruled(session: Session, elections: Iterable[str]) -> Mapping[int, set[tuple[str, Status]]]:
    """The scopes and statuses, by report, whose running total lost the last dispute on it.

    Where every report that won was voided since, nobody has lost.
    """
    found: dict[int, set[tuple[str, Status]]] = defaultdict(set)
    ends = run(session, _ENDED, {"elections": list(elections)}).all()
    void = set(session.scalars(select(Report.id).where(Report.voided_at.is_not(None)))) if ends else set()
    for scope, status, details in ends:
        won = {statement["report"] for statement in details["settlement"]["stands"]}
        if won <= void:
            continue
        for lost in details["settlement"]["gave_way"]:
            found[lost["report"]].add((scope, status))
        for report in won:
            found[report].discard((scope, status))
    return found


def _figures(session: Session, questions: _Questions, asked: Mapping[str, Any]) -> Mapping[int, list[_Columns]]:
    found: dict[int, list[_Columns]] = defaultdict(list)
    rows = run(session, questions.figures, asked)
    for report, scope, status, basis, value, approx, quote, sentence in rows:
        found[report].append((scope, status, basis, value, approx, quote, sentence))
    return found


def _timely(origin: DayOrigin, fetched_at: datetime, voting: date | None) -> bool:
    return origin is not DayOrigin.FETCHED or voting is None or fetched_at.date() <= voting + AFTERMATH
