"""Who sends observers to an election: organizations and states, with their numbers and where they are only named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from extract.model import Status
from storage.accounts import Account, Line, batches, in_order
from storage.ledger import accounts, known_election
from storage.models import Article, Report, Revision
from storage.series import first_withdrawn
from storage.series_views import Counted, Naming, Sender, Senders
from storage.views import Statement

_GROUPS = ("organizations", "countries")
_ORGANIZATION, _COUNTRY = "organization:", "country:"


def senders(session: Session, election: str) -> Senders:
    """Who sends observers, with what was said of each over the days. Raises NotFound for an unknown election."""
    known_election(session, election)
    told = accounts(session, election)
    named, counted = _named(session, election)
    with_numbers = {s.scope for account in told for s in account.statements}
    scopes = with_numbers | set(named)
    made = [_sender(told, scope, named.get(scope, [])) for scope in sorted(scopes)]
    made.sort(key=lambda one: -(one.adds_up_to or 0))  # stable: equal ones stay in the order of their names
    found = [one for one in made if one.days]
    return Senders(
        groups=tuple(one for scope in _GROUPS for one in found if one.scope == scope),
        organizations=tuple(one for one in found if one.scope.startswith(_ORGANIZATION)),
        countries=tuple(one for one in found if one.scope.startswith(_COUNTRY)),
        counted=counted,
    )


def _sender(told: Sequence[Account], scope: str, named: Sequence[Naming]) -> Sender:
    numbered = {s.report for account in told for s in account.statements if s.scope == scope}
    return Sender(
        scope=scope,
        totals=tuple(Line(told, scope, Status.ACCREDITED).steps),
        batches=tuple(batches(told, scope, Status.ACCREDITED)),
        withdrawn=_withdrawn(told, scope),
        named=tuple(naming for naming in named if naming.report not in numbered),
    )


def _withdrawn(told: Sequence[Account], scope: str) -> tuple[Statement, ...]:
    said = (s for account in in_order(told) for s in account.statements)
    return first_withdrawn(s for s in said if s.scope == scope and s.status is Status.WITHDRAWN)


def _named(session: Session, election: str) -> tuple[Mapping[str, list[Naming]], tuple[Counted, ...]]:
    """The reports that name each sender, and the numbers of senders that reports count, by day."""
    rows = session.execute(
        select(
            Report.id, Report.day, Article.source, Report.organizations_named, Report.countries_named,
            Report.organization_count, Report.country_count,
        )
        .join(Report.revision).join(Revision.article)
        .where(Report.election_key == election, Report.superseded.is_(False), Report.voided_at.is_(None))
        .order_by(Report.day, Revision.published, Report.id)
    )  # fmt: skip
    named: dict[str, list[Naming]] = defaultdict(list)
    counted = []
    for report, day, source, organizations, countries, organization_count, country_count in rows:
        scopes = [f"{_ORGANIZATION}{name}" for name in organizations] + [f"{_COUNTRY}{code}" for code in countries]
        for scope in scopes:
            named[scope].append(Naming(day=day, source=source, report=report))
        if organization_count is not None or country_count is not None:
            counted.append(
                Counted(
                    day=day, source=source, report=report, organizations=organization_count, countries=country_count
                )
            )
    return named, tuple(counted)
