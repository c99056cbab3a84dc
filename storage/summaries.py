"""Where each election stands, worked out once and remembered for as long as nothing about it changes.

What an election's articles state is weighed as a whole, which takes milliseconds for each, and a page shows all of
them. Whether anything has changed is told by a stamp of a few numbers, which the database makes of its indexes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, case, func, select
from sqlalchemy.orm import Session

from extract.model import Status
from storage import models
from storage.accounts import TOTAL, Line
from storage.answers import CurrentTotal, Dispute, ElectionSummary
from storage.disputes import disputes
from storage.ledger import accounts
from storage.records import election_ref
from storage.remembered import reads_only


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What differs as soon as anything about an election does: reports, decisions on them, changes, disputes."""

    reports: tuple[int, int]
    voided: tuple[int, int, datetime | None]
    changes: tuple[int, datetime | None]
    disputes: tuple[int | datetime | None, ...] = ()
    """How many, how many of them are closed, and what tells one end of the same dispute from another."""


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
    report, change, dispute = models.Report, models.Change, models.Dispute
    void = case((report.voided_at.is_not(None), report.id), else_=0)
    reports = select(
        report.election_key, func.count(), func.max(report.id), func.count(report.voided_at), func.sum(void),
        func.max(report.voided_at),
    ).group_by(report.election_key)  # fmt: skip
    changes = select(change.election_key, func.count(), func.max(change.made_at)).group_by(change.election_key)
    ends = select(
        dispute.election_key, func.count(), func.count(dispute.closed_at), func.max(dispute.closed_at),
        func.sum(dispute.closed_by),
    ).group_by(dispute.election_key)  # fmt: skip
    if election is not None:
        reports = reports.where(report.election_key == election)
        changes = changes.where(change.election_key == election)
        ends = ends.where(dispute.election_key == election)
    made = {key: (count, last) for key, count, last in session.execute(changes)}
    ended = {key: tuple(rest) for key, *rest in session.execute(ends)}
    return {
        key: _Stamp((count, last), (voided, sum_, when), made.get(key, (0, None)), ended.get(key, ()))
        for key, count, last, voided, sum_, when in session.execute(reports)
        if key is not None
    }


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
