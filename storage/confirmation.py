"""Numbers that a channel wants from several sources: who states one, and when its alert may go.

An alert that is not confirmed waits. It goes as soon as enough sources state its number, when its channel's patience is
over, or when the number is no longer stated at all, so that it arrives together with its correction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from extract.model import Basis, Status
from storage import models
from storage.accounts import SAME_BATCH, Account, in_order
from storage.changes import SAME_WITHDRAWAL
from storage.ledger import accounts
from storage.records import unpack
from storage.schedule import place
from storage.statements import run
from storage.views import Change, Confirmation, Statement
from storage.vocabulary import NUMBERS, AlertState, Subscription, Timing

_HELD = (
    select(models.Alert.id)
    .join(models.Change, models.Change.id == models.Alert.change_key)
    .where(models.Alert.state == AlertState.UNCONFIRMED, models.Change.election_key == bindparam("election"))
    .order_by(models.Alert.id)
)
_OVERDUE = (
    select(models.Alert.id)
    .where(
        models.Alert.state == AlertState.UNCONFIRMED,
        models.Alert.channel == bindparam("channel"),
        models.Alert.confirm_until <= bindparam("now"),
    )
    .order_by(models.Alert.id)
)


def stating(figure: Statement, told: Iterable[Account]) -> tuple[str, ...]:
    """The sources that state the number, by the day of their first saying so; what lost a dispute states nothing."""
    live = (a for a in in_order(told) if (figure.scope, figure.status) not in a.overruled)
    return tuple(dict.fromkeys(s.source for account in live for s in account.statements if _says_the_same(s, figure)))


def _says_the_same(statement: Statement, figure: Statement) -> bool:
    """Whether a statement confirms a figure: for its day or a later one; of a batch or a withdrawal, around its day."""
    if (statement.scope, statement.status, statement.basis, statement.value) != (
        figure.scope, figure.status, figure.basis, figure.value
    ):  # fmt: skip
        return False
    if figure.status is Status.WITHDRAWN:
        return abs(statement.day - figure.day) <= SAME_WITHDRAWAL
    if figure.basis is Basis.NEW:
        return abs(statement.day - figure.day) <= SAME_BATCH
    return statement.day >= figure.day


def has_to_wait(session: Session, change: Change, subscription: Subscription) -> bool:
    """Whether the subscription wants the change from more sources than state it."""
    if subscription.confirm < 2 or change.kind not in NUMBERS or change.figure is None:
        return False
    return len(stating(change.figure, accounts(session, change.election))) < subscription.confirm


def confirmation(session: Session, row: models.Alert) -> Confirmation | None:
    """How far an alert's number is confirmed by now; None where one source is enough."""
    if row.confirm is None or row.confirm_until is None or row.change is None:
        return None
    change = unpack(row.change.details)
    if change.figure is None:
        return None
    others = stating(change.figure, accounts(session, change.election))
    return Confirmation(
        wanted=row.confirm,
        sources=tuple(dict.fromkeys((change.figure.source, *others))),
        until=row.confirm_until,
    )


def weigh_again(session: Session, election: str, timings: Mapping[str, Timing], *, now: datetime) -> int:
    """After something became known of the election: alerts that were confirmed by it, or whose number nobody states.

    They are due now, or when their channel may be told by its timing. Returns how many.
    """
    held = [session.get_one(models.Alert, key) for key in run(session, _HELD, {"election": election}).scalars()]
    if not held:
        return 0
    told = accounts(session, election)
    due = [row for row in held if _may_go(row, told)]
    for row in due:
        place(session, row, timings.get(row.channel, Timing()), now=now)
    return len(due)


def _may_go(row: models.Alert, told: Collection[Account]) -> bool:
    figure = unpack(row.change.details).figure if row.change else None
    if figure is None:
        return True
    sources = stating(figure, told)
    return not sources or len(sources) >= (row.confirm or 1)


def release_overdue(session: Session, channel: str, timing: Timing | None = None, *, now: datetime) -> int:
    """The channel's alerts for whose confirmation it waits no longer are due, now or by its timing. How many."""
    keys = run(session, _OVERDUE, {"channel": channel, "now": now}).scalars().all()
    overdue = [session.get_one(models.Alert, key) for key in keys]
    for row in overdue:
        place(session, row, timing or Timing(), now=now)
    return len(overdue)
