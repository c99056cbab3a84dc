"""How the numbers of an election grew: the line of running totals, and the line of each source by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from extract.model import Status
from storage.accounts import TOTAL, Account, Line, batches
from storage.ledger import accounts, known_election
from storage.series_views import Series


def series(session: Session, election: str, *, scope: str = TOTAL, status: Status | None = None) -> tuple[Series, ...]:
    """The running totals and batches of a scope, for each status (or the one given): of all sources, then of each.

    A source that states none is left out, and so is a status. Raises NotFound for an unknown election.
    """
    known_election(session, election)
    told = accounts(session, election)
    statuses = Status if status is None else (status,)
    return tuple(found for wanted in statuses for found in _of_status(told, scope, wanted))


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
