"""Tallies: how the running totals of an election grew, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from extract.model import Basis, Status
from storage.accounts import Line
from storage.ledger import accounts
from storage.queries import election as require
from storage.views import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The running totals of one scope and status over the days, as steps."""

    election: str
    """Key of the election."""
    scope: str
    status: Status
    source: str | None
    """The source that states them; None for what follows from all sources together."""
    steps: tuple[Statement, ...]
    """The first statement of each new value, oldest first: it holds until the next one."""


def tallies(
    session: Session, election: str, *, scope: str | None = None, status: Status | None = None
) -> tuple[Tally, ...]:
    """The tallies of an election, by scope and status: first that of all sources together, then that of each source.

    Raises NotFound for an unknown election.
    """
    require(session, election)
    told = accounts(session, election)
    series = sorted(
        {
            (s.scope, s.status)
            for account in told
            for s in account.statements
            if s.basis is Basis.CUMULATIVE and scope in {None, s.scope} and status in {None, s.status}
        }
    )
    found = []
    for of_scope, of_status in series:
        for source in (None, *sorted({a.source for a in told})):
            of_source = told if source is None else [a for a in told if a.source == source]
            steps = tuple(Line(of_source, of_scope, of_status).steps)
            if steps:
                found.append(Tally(election=election, scope=of_scope, status=of_status, source=source, steps=steps))
    return tuple(found)
