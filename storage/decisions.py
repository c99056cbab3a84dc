"""What people decide: who, when and why is kept for ever, with what was so before and after.

A decision changes what is known and tells those concerned in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extract.model import Status
from foundation.errors import NotFound
from storage import disputes, models
from storage.accounts import TOTAL, Account, Line
from storage.answers import Decision
from storage.endings import decided_for
from storage.ledger import account, accounts
from storage.outbox import queue
from storage.recording import make_changes
from storage.records import decision, unpack
from storage.telling import add_change, tell
from storage.texts import clean, clean_or_none
from storage.views import Change, Correction, Decided, Statement
from storage.vocabulary import NUMBERS, ChangeKind, DecisionKind, DisputeOutcome, Subscription

_TELLS_A_FIGURE = NUMBERS | {ChangeKind.CORRECTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who decides, when and why."""

    by: str
    note: str | None = None
    now: datetime

    def decided(self) -> Decided:
        """The form in which a change tells it."""
        return Decided(by=clean(self.by), note=clean_or_none(self.note))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decreed:
    """What a decision came to."""

    decision: Decision
    changes: tuple[ChangeKind, ...]
    """The kinds of the changes that tell of it."""
    alerts: int
    """How many alerts were queued."""


def settle(
    session: Session, dispute_id: int, person: Person, subscriptions: Iterable[Subscription], *, value: int
) -> Decreed:
    """Close a dispute: this value stands, and what contradicts it counts no more.

    Raises NotFound for an unknown or closed dispute, and for a value that no side states.
    """
    row = disputes.get(session, dispute_id)
    if row.closed_at is not None:
        raise NotFound(f"dispute {dispute_id} is over: it was {row.outcome} on {row.closed_at:%Y-%m-%d}")
    contest = disputes.contest_of(session, row)
    told = accounts(session, row.election_key)
    end = decided_for(value, contest, told, DisputeOutcome.DECIDED)
    if not end.stands:
        known = ", ".join(str(v) for v in sorted({s.value for s in end.gave_way}))
        raise NotFound(f"no side of dispute {dispute_id} states {value}; they state {known}")
    before = _current(session, row.election_key, row.scope, row.status)
    change = disputes.close(
        session,
        row,
        end,
        _report(session, end.stands[0].report),
        now=person.now,
        held=False,
        outcome=DisputeOutcome.DECIDED,
        decided=person.decided(),
    )
    after = _current(session, row.election_key, row.scope, row.status)
    made = [change, *disputes.end_those_over(session, [row.election_key], change.report, now=person.now, held=False)]
    alerts = tell(session, made, subscriptions, [row.election_key], now=person.now)
    details = {"before": {"total": before}, "after": {"total": after, "value": value}}
    kept = _keep(session, DecisionKind.SETTLE, person, details, dispute=row.id)
    return Decreed(decision=kept, changes=tuple(c.kind for c in made), alerts=alerts)


def value_in(session: Session, dispute_id: int, report_id: int) -> int:
    """The total that a report states for a dispute. Raises NotFound where it states none."""
    row = disputes.get(session, dispute_id)
    _report(session, report_id)
    total = account(session, report_id).total_now(row.scope, row.status)
    if total is None:
        raise NotFound(f"report {report_id} gives no total that dispute {dispute_id} is on")
    return total.value


def void(session: Session, report_id: int, person: Person, subscriptions: Iterable[Subscription]) -> Decreed:
    """The report counts no more: it was misread, or its article is none.

    The disputes that this ends are told. If its figure was told and nobody else states it, that is told as a
    correction, also to channels that got the figure and want no corrections.

    Raises NotFound for an unknown report, and one that states nothing any more.
    """
    row = _report(session, report_id)
    if row.superseded or row.voided_at is not None:
        why = "a later revision of its article replaced it" if row.superseded else "it is void already"
        raise NotFound(f"report {report_id} states nothing any more: {why}")
    before = _current_of(session, row)
    row.voided_at = person.now
    session.flush()
    about = [row.election_key] if row.election_key is not None else []
    made = disputes.end_those_over(session, about, row, now=person.now, held=False, decided=person.decided())
    wanted = list(subscriptions)
    alerts = tell(session, made, wanted, about, now=person.now)
    correction = _taken_back(session, row, person, made)
    if correction is not None:
        made.append(correction)
        alerts += queue(session, correction, _all_told(session, row, wanted), now=person.now)
    details = {"before": {"total": before}, "after": {"total": _current_of(session, row)}}
    kept = _keep(session, DecisionKind.VOID, person, details, report=row.id)
    return Decreed(decision=kept, changes=tuple(c.kind for c in made), alerts=alerts)


def restore(session: Session, report_id: int, person: Person, subscriptions: Iterable[Subscription]) -> Decreed:
    """A voided report counts again: what it changes is told as if it had just come.

    Raises NotFound for an unknown report and for one that is not void.
    """
    row = _report(session, report_id)
    if row.voided_at is None:
        raise NotFound(f"report {report_id} is not void")
    before = _current_of(session, row)
    row.voided_at = None
    session.flush()
    made: list[models.Change] = []
    if not row.superseded:
        made = make_changes(session, row, None, now=person.now, held=False)
    about = [row.election_key] if row.election_key is not None else []
    alerts = tell(session, made, subscriptions, about, now=person.now)
    details = {"before": {"total": before}, "after": {"total": _current_of(session, row)}}
    kept = _keep(session, DecisionKind.RESTORE, person, details, report=row.id)
    return Decreed(decision=kept, changes=tuple(c.kind for c in made), alerts=alerts)


def note_closed(session: Session, items: Iterable[int], person: Person) -> tuple[Decision, ...]:
    """Keep that a person closed these questions."""
    details: Mapping[str, object] = {"before": {"open": True}, "after": {"open": False}}
    return tuple(_keep(session, DecisionKind.CLOSE, person, details, review_item=item) for item in items)


def decisions(
    session: Session, *, report: int | None = None, dispute: int | None = None, limit: int | None = None
) -> tuple[Decision, ...]:
    """What people decided, newest first; on a report or a dispute if given."""
    wanted = select(models.Decision).order_by(models.Decision.id.desc()).limit(limit)
    if report is not None:
        wanted = wanted.where(models.Decision.report_key == report)
    if dispute is not None:
        wanted = wanted.where(models.Decision.dispute_key == dispute)
    return tuple(decision(row) for row in session.scalars(wanted))


def told_of(session: Session, made: Decision) -> int:
    """How many alerts were queued with a decision, at its very instant."""
    count = select(func.count(models.Alert.id)).where(models.Alert.created_at == made.made_at)
    return 0 if made.kind is DecisionKind.CLOSE else session.scalars(count).one()


def _taken_back(
    session: Session, row: models.Report, person: Person, settled: Iterable[models.Change]
) -> models.Change | None:
    """The correction that takes back what was told of the voided report, but for what others state too."""
    told = [unpack(c.details).figure for c in row.changes if c.kind in _TELLS_A_FIGURE and not c.held]
    known = accounts(session, row.election_key) if row.election_key is not None else []
    lost = {(f.scope, f.status): f for f in told if f is not None and not _stated(f, known) and not _ended(f, settled)}
    if not lost or row.election_key is None:
        return None
    pairs = tuple(Correction(old=f, new=Line(known, f.scope, f.status).current) for f in lost.values())
    first = next(iter(lost.values()))
    change = Change(
        kind=ChangeKind.CORRECTED,
        election=row.election_key,
        status=first.status,
        day=first.day,
        figure=pairs[0].new,
        previous=first,
        corrections=pairs,
        decided=person.decided(),
    )
    return add_change(session, change, row, person.now, held=False)


def _stated(figure: Statement, known: Iterable[Account]) -> bool:
    same = (figure.scope, figure.status, figure.basis, figure.value)
    return any((s.scope, s.status, s.basis, s.value) == same for a in known for s in a.statements)


def _ended(figure: Statement, settled: Iterable[models.Change]) -> bool:
    """Whether the end of a dispute already tells that the figure gave way."""
    ends = [unpack(c.details).settlement for c in settled]
    return any(lost.report == figure.report and lost.value == figure.value for e in ends if e for lost in e.gave_way)


def _all_told(session: Session, row: models.Report, wanted: Iterable[Subscription]) -> list[Subscription]:
    """The subscriptions, those that were told of the report widened so that they want its correction."""
    numbers = [c.id for c in row.changes if c.kind in NUMBERS]
    got = set(session.scalars(select(models.Alert.channel).where(models.Alert.change_key.in_(numbers))))
    return [replace(s, kinds=s.kinds | {ChangeKind.CORRECTED}) if s.channel in got else s for s in wanted]


def _current_of(session: Session, row: models.Report) -> int | None:
    return None if row.election_key is None else _current(session, row.election_key, TOTAL, Status.ACCREDITED)


def _current(session: Session, election: str, scope: str, status: Status) -> int | None:
    current = Line(accounts(session, election), scope, status).current
    return current.value if current else None


def _report(session: Session, report_id: int) -> models.Report:
    row = session.get(models.Report, report_id)
    if row is None:
        raise NotFound(f"no report has the id {report_id}: `accredwatch timeline` shows those of an election")
    return row


def _keep(  # noqa: PLR0913 - what a decision may be about, each by name
    session: Session,
    kind: DecisionKind,
    person: Person,
    details: Mapping[str, object],
    *,
    dispute: int | None = None,
    report: int | None = None,
    review_item: int | None = None,
) -> Decision:
    row = models.Decision(
        kind=kind,
        dispute_key=dispute,
        report_key=report,
        review_item_key=review_item,
        by=clean(person.by),
        note=clean_or_none(person.note),
        made_at=person.now,
        details=dict(details),
    )
    session.add(row)
    session.flush()
    return decision(row)
