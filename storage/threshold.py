"""Small steps: a number is told when it has moved far enough from what the channel was last told.

Steps that are too small are on record like all others and make no alert; they add up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from extract.model import Basis, Status
from storage import models
from storage.records import unpack
from storage.views import Change, Statement
from storage.vocabulary import NUMBERS, AlertState, ChangeKind, Subscription

_TELLS_NO_NUMBER = frozenset({ChangeKind.CONFLICT, ChangeKind.CORROBORATED})
"""Kinds whose figure is in question, or known."""
_NEVER_TOLD = frozenset({AlertState.MUTED, AlertState.FAILED})


@dataclass(frozen=True, slots=True)
class Step:
    """A change on the way of one number, and whether the channel is told of it."""

    change: Change
    told: bool


@dataclass(frozen=True, slots=True)
class _Level:
    """Where a number stands: a running total, or the sum of what came since the beginning."""

    value: int
    absolute: bool

    def after(self, figure: Statement) -> _Level:
        if figure.basis is Basis.NEW or figure.status is Status.WITHDRAWN:
            return _Level(self.value + figure.value, self.absolute)
        return _Level(figure.value, absolute=True)


def moved(change: Change, history: Iterable[Step]) -> int | None:
    """By how much the number has moved since the channel was last told of it; None where it never was.

    `history` are the earlier changes of the same election, oldest first. A first running total after batches cannot be
    compared with them: it counts as never told.
    """
    figure = change.figure
    if figure is None:
        return None
    level = _Level(0, absolute=False)
    told: _Level | None = None
    for step in history:
        other = step.change.figure
        if other is None or _series(other) != _series(figure) or step.change.kind in _TELLS_NO_NUMBER:
            continue
        level = level.after(other)
        if step.told:
            told = level
    level = level.after(figure)
    return None if told is None or told.absolute is not level.absolute else abs(level.value - told.value)


def below(change: Change, min_increase: int, history: Iterable[Step]) -> int | None:
    """By how much the number has moved, if that is too little to be told; None if the change is to be told.

    Only numbers can be too small; corrections, conflicts, ends and the first number of all are told.
    """
    if min_increase < 1 or change.kind not in NUMBERS:
        return None
    by = moved(change, history)
    return by if by is not None and by < min_increase else None


def same_number(change: Change, other: Change) -> bool:
    """Whether two changes of one election are steps of one number: the same scope and status."""
    one, two = change.figure, other.figure
    return one is not None and two is not None and _series(one) == _series(two)


def too_small(session: Session, change: models.Change, content: Change, subscription: Subscription) -> bool:
    """Whether the channel is not told of a change that is on record, because it is too small a step.

    While an alert on the same number waits for its message, the step goes out with it: the message tells the latest
    number.
    """
    if subscription.min_increase < 1 or content.kind not in NUMBERS or content.figure is None:
        return False
    states = _states(session, change, subscription.channel)
    waiting = {key for key, state in states.items() if state is AlertState.SCHEDULED}
    steps = _steps(session, change, {key for key, state in states.items() if state not in _NEVER_TOLD})
    if any(key in waiting and same_number(step.change, content) for key, step in steps.items()):
        return False
    return below(content, subscription.min_increase, steps.values()) is not None


def _series(figure: Statement) -> tuple[str, Status]:
    return figure.scope, figure.status


def _states(session: Session, change: models.Change, channel: str) -> dict[int, AlertState]:
    """The states of the channel's alerts on the changes of the election, by change."""
    rows = session.execute(
        select(models.Alert.change_key, models.Alert.state)
        .join(models.Alert.change)
        .where(models.Alert.channel == channel, models.Change.election_key == change.election_key)
    )
    return {key: state for key, state in rows if key is not None}


def _steps(session: Session, change: models.Change, told: Collection[int]) -> dict[int, Step]:
    rows = session.execute(
        select(models.Change.id, models.Change.details)
        .where(models.Change.election_key == change.election_key, models.Change.id < change.id)
        .order_by(models.Change.id)
    )
    steps = {}
    for id_, details in rows:
        # Damage to an earlier change must not keep a later one from being recorded; `db check` tells of it.
        with suppress(ValidationError):
            steps[id_] = Step(unpack(details), told=id_ in told)
    return steps
