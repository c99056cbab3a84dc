"""Disputes on record: opened by a conflict, closed with a change of kind settled, both in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import structlog
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from storage import models
from storage.accounts import Account
from storage.answers import Dispute
from storage.endings import Contest, Ending, ending, last_words
from storage.ledger import accounts
from storage.records import unpack
from storage.statements import run
from storage.telling import add_change
from storage.views import Change, Decided, Settlement, Statement
from storage.vocabulary import ChangeKind, DisputeOutcome

log = structlog.get_logger(__name__)

_OPEN = (
    select(models.Dispute.id)
    .where(models.Dispute.election_key == bindparam("election"), models.Dispute.closed_at.is_(None))
    .order_by(models.Dispute.id)
)


def disputes(session: Session, *, election: str | None = None, closed: bool = False) -> tuple[Dispute, ...]:
    """The open disputes, oldest first, or with `closed` the closed ones, last closed first."""
    row = models.Dispute
    wanted = select(row).where(row.closed_at.is_not(None) if closed else row.closed_at.is_(None))
    if election is not None:
        wanted = wanted.where(row.election_key == election)
    order = (row.closed_at.desc(), row.id.desc()) if closed else (row.id,)
    return tuple(_view(session, found) for found in session.scalars(wanted.order_by(*order)))


def dispute(session: Session, dispute_id: int) -> Dispute:
    """One dispute. Raises NotFound for an unknown id."""
    return _view(session, get(session, dispute_id))


def get(session: Session, dispute_id: int) -> models.Dispute:
    """The row of a dispute. Raises NotFound for an unknown id."""
    row = session.get(models.Dispute, dispute_id)
    if row is None:
        raise NotFound(f"no dispute has the id {dispute_id}: `accredwatch review` lists the open ones")
    return row


def is_worth_telling(session: Session, change: Change, known: Sequence[Account], *, by_an_edit: bool) -> bool:
    """Whether a conflict is new: nothing explains it, and the open dispute of its day does not tell of it already.

    `known` is what all articles state, the new one among them. A further value is told unless it came `by_an_edit`, of
    which a correction tells.
    """
    if change.kind is not ChangeKind.CONFLICT or change.figure is None or not change.against:
        return True
    row = _open_one(session, change.election, change.figure)
    if row is None:
        figure = change.figure
        sides = (figure, *change.against)
        return ending(Contest(scope=figure.scope, status=figure.status, day=figure.day, sides=sides), known) is None
    told = {side.value for side in contest_of(session, row).sides}
    return not by_an_edit and change.figure.value not in told


def note(session: Session, row: models.Change) -> None:
    """A conflict opens a dispute, or brings a further value into the open one of the same day.

    One that is a failing sum alone contradicts no other report and is none.
    """
    change = unpack(row.details)
    if row.kind is not ChangeKind.CONFLICT or change.figure is None or not change.against:
        return
    if _open_one(session, change.election, change.figure) is not None:
        return
    figure = change.figure
    made = models.Dispute(
        election_key=row.election_key,
        scope=figure.scope,
        status=figure.status,
        day=figure.day,
        opened_by=row.id,
        opened_at=row.made_at,
    )
    session.add(made)
    session.flush()
    log.info("dispute_opened", dispute=made.id, election=row.election_key, values=_values((figure, *change.against)))


def end_those_over(  # noqa: PLR0913 - what an end consists of, each by name
    session: Session,
    elections: Iterable[str],
    report: models.Report,
    *,
    now: datetime,
    held: bool,
    decided: Decided | None = None,
) -> list[models.Change]:
    """Close the disputes on these elections that are over, with what is known now; the changes that tell so.

    `report` is what ended them, by what it states or by being voided.
    """
    made = []
    for election in sorted(elections):
        lasting = run(session, _OPEN, {"election": election}).scalars().all()
        known = accounts(session, election) if lasting else []
        for row in (get(session, key) for key in lasting):
            end = ending(contest_of(session, row), known)
            if end is not None:
                outcome = DisputeOutcome.VOIDED if report.voided_at is not None else end.outcome
                made.append(close(session, row, end, report, now=now, held=held, outcome=outcome, decided=decided))
                known = accounts(session, election)  # the end of one sets aside what lost it
    return made


def close(  # noqa: PLR0913 - what an end consists of, each by name
    session: Session,
    row: models.Dispute,
    end: Ending,
    report: models.Report,
    *,
    now: datetime,
    held: bool,
    outcome: DisputeOutcome,
    decided: Decided | None = None,
) -> models.Change:
    """Close a dispute, and record the change that tells so."""
    settlement = Settlement(dispute=row.id, outcome=outcome, value=end.value, stands=end.stands, gave_way=end.gave_way)
    change = Change(
        kind=ChangeKind.SETTLED,
        election=row.election_key,
        status=row.status,
        day=row.day,
        figure=next(iter(end.stands), None),
        settlement=settlement,
        decided=decided,
    )
    made = add_change(session, change, report, now, held=held)
    row.closed_at, row.closed_by, row.outcome, row.value = now, made.id, outcome, end.value
    session.flush()
    log.info("dispute_settled", dispute=row.id, election=row.election_key, outcome=outcome.value, value=end.value)
    return made


def _open_one(session: Session, election: str, figure: Statement) -> models.Dispute | None:
    row = models.Dispute
    same = (row.election_key == election, row.scope == figure.scope, row.status == figure.status, row.day == figure.day)
    return session.scalars(select(row).where(*same, row.closed_at.is_(None))).first()


def contest_of(session: Session, row: models.Dispute) -> Contest:
    """What a dispute is on: its sides are those of all the conflicts that belong to it, each statement once."""
    told = select(models.Change).where(
        models.Change.election_key == row.election_key,
        models.Change.kind == ChangeKind.CONFLICT,
        models.Change.day == row.day,
        models.Change.id >= row.opened_by,
    )
    if row.closed_by is not None:
        told = told.where(models.Change.id < row.closed_by)
    sides: dict[tuple[int, int], Statement] = {}
    for change in session.scalars(told.order_by(models.Change.id)):
        conflict = unpack(change.details)
        if conflict.figure is None or not conflict.against:
            continue
        if (conflict.figure.scope, conflict.status) == (row.scope, row.status):
            for side in (conflict.figure, *conflict.against):
                sides.setdefault((side.report, side.value), side)
    return Contest(scope=row.scope, status=row.status, day=row.day, sides=tuple(sides.values()))


def _view(session: Session, row: models.Dispute) -> Dispute:
    contest = contest_of(session, row)
    lasts = row.closed_at is None
    return Dispute(
        id=row.id,
        election=row.election_key,
        scope=row.scope,
        status=row.status,
        day=row.day,
        sides=contest.sides,
        now=last_words(contest, accounts(session, row.election_key)) if lasts else (),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        outcome=row.outcome,
        value=row.value,
    )


def _values(statements: Iterable[Statement]) -> list[int]:
    return sorted({s.value for s in statements})
