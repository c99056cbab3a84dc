"""Where each election stands, worked out once and remembered for as long as nothing about it changes.

What an election's articles state is weighed as a whole, which takes milliseconds for each, and a page shows all of
them. Whether anything has changed is told by a stamp of a few numbers, which the database makes of its indexes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Engine, Row, bindparam, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from extract.model import Status
from storage import models
from storage.accounts import TOTAL, Line
from storage.answers import CurrentTotal, Dispute, ElectionSummary
from storage.disputes import disputes
from storage.ledger import accounts
from storage.records import election_ref
from storage.remembered import reads_only
from storage.statements import run


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What differs as soon as anything about an election does: reports, decisions on them, changes, disputes."""

    reports: tuple[int, int]
    voided: tuple[int, int, datetime | None]
    changes: tuple[int, datetime | None]
    disputes: tuple[int | datetime | None, ...] = ()
    """How many, how many of them are closed, and what tells one end of the same dispute from another."""


class _Counted:
    """The statements that count rows by election: of all elections, and of one."""

    def __init__(self, election: InstrumentedAttribute[Any], *counted: ColumnElement[Any]) -> None:
        self.all = select(election, *counted).group_by(election)
        self.one = self.all.where(election == bindparam("election"))


_REPORT, _CHANGE, _DISPUTE = models.Report, models.Change, models.Dispute
_VOID = case((_REPORT.voided_at.is_not(None), _REPORT.id), else_=0)
_REPORTS = _Counted(
    _REPORT.election_key, func.count(), func.max(_REPORT.id), func.count(_REPORT.voided_at), func.sum(_VOID),
    func.max(_REPORT.voided_at),
)  # fmt: skip
_CHANGES = _Counted(_CHANGE.election_key, func.count(), func.max(_CHANGE.made_at))
_ENDS = _Counted(
    _DISPUTE.election_key, func.count(), func.count(_DISPUTE.closed_at), func.max(_DISPUTE.closed_at),
    func.sum(_DISPUTE.closed_by),
)  # fmt: skip
_Known = dict[str, tuple[_Stamp, ElectionSummary]]
_remembered: WeakKeyDictionary[Engine, _Known] = WeakKeyDictionary()
"""By the engine that reads a database; a session that writes may be rolled back, and so neither asks nor adds."""


def summaries(session: Session) -> tuple[ElectionSummary, ...]:
    """Every election that some report is about, the latest first."""
    stamps = _stamps(session)
    rows = session.scalars(select(models.Election).order_by(models.Election.date.desc(), models.Election.key))
    found = (_look_up(session, row, stamps[row.key]) for row in rows if row.key in stamps)
    return tuple(one for one in found if one.reports)


def summary(session: Session, row: models.Election) -> ElectionSummary:
    """Where one election stands."""
    stamps = _stamps(session, row.key)
    return _look_up(session, row, stamps[row.key]) if row.key in stamps else _work_out(session, row)


def _look_up(session: Session, row: models.Election, stamp: _Stamp) -> ElectionSummary:
    bind = session.get_bind()
    if not isinstance(bind, Engine) or not reads_only(session):
        return _work_out(session, row)
    known = _remembered.setdefault(bind, {})
    before = known.get(row.key)
    if before is not None and before[0] == stamp:
        return before[1]
    found = _work_out(session, row)
    known[row.key] = (stamp, found)
    return found


def _stamps(session: Session, election: str | None = None) -> Mapping[str, _Stamp]:
    """The stamps of the elections that reports are about, by key; of one election if given."""
    # A session that cannot write sees one state, and a page asks for the same election several times.
    remembered: dict[str | None, Mapping[str, _Stamp]] = session.info.setdefault("stamps", {})
    if election in remembered and reads_only(session):
        return remembered[election]
    changes, ends, reports = (_count(session, counted, election) for counted in (_CHANGES, _ENDS, _REPORTS))
    made = {key: (count, last) for key, count, last in changes}
    ended = {key: tuple(rest) for key, *rest in ends}
    remembered[election] = {
        key: _Stamp((count, last), (voided, sum_, when), made.get(key, (0, None)), ended.get(key, ()))
        for key, count, last, voided, sum_, when in reports
        if key is not None
    }
    return remembered[election]


def _count(session: Session, counted: _Counted, election: str | None) -> Sequence[Row[*tuple[Any, ...]]]:
    found = run(session, counted.all, {}) if election is None else run(session, counted.one, {"election": election})
    return found.all()


def _work_out(session: Session, row: models.Election) -> ElectionSummary:
    told = accounts(session, row.key)
    lines = ((status, Line(told, TOTAL, status)) for status in Status)
    open_ones = disputes(session, election=row.key)
    return ElectionSummary(
        election=election_ref(row),
        totals=tuple(_current(status, line, open_ones) for status, line in lines if line.current),
        reports=len(told),
        complete=any(a.complete for a in told),
        first_day=min((a.day for a in told), default=None),
        last_day=max((a.day for a in told), default=None),
        disputes=open_ones,
    )


def _current(status: Status, line: Line, open_ones: tuple[Dispute, ...]) -> CurrentTotal:
    figure = line.steps[-1]
    return CurrentTotal(
        status=status,
        figure=figure,
        sources=tuple(dict.fromkeys(s.source for s in line.stated_by(figure.value))),
        disputed=bool(line.rivals(figure)) or any((d.scope, d.status) == (TOTAL, status) for d in open_ones),
    )
