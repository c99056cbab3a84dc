"""How the numbers of an election grew: the line of running totals, that of each source, and what was withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from extract.model import Status
from storage.accounts import SAME_BATCH, TOTAL, Account, Line, batches, in_order
from storage.ledger import accounts, known_election
from storage.series_views import Series
from storage.views import Statement


def series(session: Session, election: str, *, scope: str = TOTAL, status: Status | None = None) -> tuple[Series, ...]:
    """The running totals and batches of a scope, for each status (or the one given): of all sources, then of each.

    A source that states none is left out, and so is a status. Raises NotFound for an unknown election.
    """
    known_election(session, election)
    told = accounts(session, election)
    statuses = Status if status is None else (status,)
    return tuple(found for wanted in statuses for found in _of_status(told, scope, wanted))


def withdrawals(session: Session, election: str) -> tuple[Statement, ...]:
    """The numbers of observers said to be withdrawn, by day: the first statement of each.

    Of an article that says how many they are in all, its parts are left out. Raises NotFound for an unknown election.
    """
    known_election(session, election)
    return first_withdrawn(s for account in in_order(accounts(session, election)) for s in _withdrawn(account))


def first_withdrawn(said: Iterable[Statement]) -> tuple[Statement, ...]:
    """The first of the statements, in order, on each sender and number: outlets repeat a meeting's news for days."""
    first: list[Statement] = []
    for one in said:
        if not any(f.scope == one.scope and f.value == one.value and one.day - f.day <= SAME_BATCH for f in first):
            first.append(one)
    return tuple(first)


def _withdrawn(account: Account) -> tuple[Statement, ...]:
    said = tuple(s for s in account.statements if s.status is Status.WITHDRAWN)
    return tuple(s for s in said if s.scope == TOTAL) or said


def _of_status(told: Sequence[Account], scope: str, status: Status) -> Iterable[Series]:
    sources = sorted({account.source for account in told})
    for source in (None, *sources):
        of_source = [account for account in told if source in {None, account.source}]
        found = Series(
            scope=scope,
            status=status,
            source=source,
            steps=tuple(Line(of_source, scope, status).steps),
            batches=tuple(batches(of_source, scope, status)),
        )
        if found.steps or found.batches:
            yield found
