"""The elections side by side, as a table in a paper has them: one row each, with where its numbers ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extract.model import Approx, Status
from storage import models
from storage.accounts import TOTAL, Account
from storage.answers import ElectionSummary
from storage.ledger import accounts
from storage.senders import senders
from storage.series import series
from storage.series_views import Senders
from storage.summaries import summaries
from storage.views import ElectionRef, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A number at the end, and the last day for which it was stated."""

    value: int
    approx: Approx | None
    day: date
    report: int
    """Id of the report that states it first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One election; what no report states is None."""

    election: ElectionRef
    accredited: Standing | None
    """The latest running total of all accredited observers."""
    of_organizations: Standing | None
    """The latest running total of those whom organizations send."""
    of_countries: Standing | None
    """The latest running total of those whom states send."""
    organizations: int | None
    """How many organizations send observers: as a report last counted them, else as many as reports name."""
    countries: int | None
    """How many states do, in the same way."""
    first_meeting: date | None
    """The first day for which an accredited total or batch is stated."""
    last_meeting: date | None
    """The last such day on which the total or a batch was new."""
    reports: int
    """Articles that state figures, each once."""
    sources: int
    """Outlets that published them."""
    disputes: int
    """Disputes between sources, over or not."""
    open_disputes: int
    complete: bool
    """Some report says that accreditation is over."""


def polls(session: Session, *, first: int | None = None, last: int | None = None) -> tuple[Poll, ...]:
    """The elections on record, the earliest first; from the year `first` to the year `last`, if given."""
    found = (
        one
        for one in reversed(summaries(session))
        if (first is None or one.election.date.year >= first) and (last is None or one.election.date.year <= last)
    )
    return tuple(_poll(session, one) for one in found)


def _poll(session: Session, summary: ElectionSummary) -> Poll:
    key = summary.election.key
    who = senders(session, key)
    told = accounts(session, key)
    meetings = _meetings(session, key)
    accredited = summary.accredited
    return Poll(
        election=summary.election,
        accredited=_standing(told, accredited.figure) if accredited else None,
        of_organizations=_of_group(told, who, "organizations"),
        of_countries=_of_group(told, who, "countries"),
        organizations=_counted([one.organizations for one in who.counted], len(who.organizations)),
        countries=_counted([one.countries for one in who.counted], len(who.countries)),
        first_meeting=min(meetings, default=None),
        last_meeting=max(meetings, default=None),
        reports=summary.reports,
        sources=len({account.source for account in told}),
        disputes=_disputes(session, key),
        open_disputes=len(summary.disputes),
        complete=summary.complete,
    )


def _meetings(session: Session, election: str) -> set[date]:
    found = series(session, election, scope=TOTAL, status=Status.ACCREDITED)
    return {step.day for one in found if one.source is None for step in (*one.steps, *one.batches)}


def _of_group(told: Sequence[Account], who: Senders, scope: str) -> Standing | None:
    totals = next((one.totals for one in who.groups if one.scope == scope), ())
    return _standing(told, totals[-1]) if totals else None


def _standing(told: Sequence[Account], figure: Statement) -> Standing:
    said = (s for account in told for s in account.statements)
    same = (s.day for s in said if _content(s) == _content(figure))
    return Standing(value=figure.value, approx=figure.approx, day=max(same, default=figure.day), report=figure.report)


def _content(one: Statement) -> tuple[object, ...]:
    return one.scope, one.status, one.basis, one.value


def _counted(told: Sequence[int | None], named: int) -> int | None:
    """The last count that reports give; without any, the number of those whom they name."""
    return next((count for count in reversed(told) if count is not None), named or None)


def _disputes(session: Session, election: str) -> int:
    row = models.Dispute
    return session.scalar(select(func.count()).where(row.election_key == election)) or 0
