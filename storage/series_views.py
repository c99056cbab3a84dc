"""What storage answers about the course of an election: totals over days, and who sends observers. Plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extract.model import Status
from storage.views import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """How a number grew: the running totals of one scope and status as steps, and the batches beside them."""

    scope: str
    status: Status
    source: str | None
    """Whose words alone they follow; None for all sources together, as alerts follow them."""
    steps: tuple[Statement, ...]
    """The first statement of each new running total, by day; each holds until the next one."""
    batches: tuple[Statement, ...]
    """The first statement of each batch, by day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A report that names a sender."""

    day: date
    """The day of the report's main figure."""
    source: str
    report: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """An organization or a state that sends observers, or all of a kind ('organizations', 'countries')."""

    scope: str
    totals: tuple[Statement, ...]
    """Its accredited running totals as steps, by day."""
    batches: tuple[Statement, ...]
    """Its accredited batches, by day."""
    withdrawn: tuple[Statement, ...]
    """How many of its observers were withdrawn, by day; each number once."""
    named: tuple[Naming, ...]
    """The reports that name it without a number, by day."""

    @property
    def adds_up_to(self) -> int | None:
        """Its latest running total, with the batches and withdrawals of later days; None without any number.

        At least so many: reports name the senders of some batches only.
        """
        if not (self.totals or self.batches):
            return None
        latest = self.totals[-1] if self.totals else None
        came, went = (
            sum(s.value for s in numbers if latest is None or s.day > latest.day)
            for numbers in (self.batches, self.withdrawn)
        )
        return max(0, (latest.value if latest else 0) + came - went)

    @property
    def days(self) -> frozenset[date]:
        """Every day on which something was said of it."""
        said = (*self.totals, *self.batches, *self.withdrawn)
        return frozenset({s.day for s in said} | {n.day for n in self.named})


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many senders there are, as a report counts them."""

    day: date
    source: str
    report: int
    organizations: int | None
    countries: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Senders:
    """Who sends observers to an election."""

    groups: tuple[Sender, ...]
    """All organizations, and all states, where reports give a number for them."""
    organizations: tuple[Sender, ...]
    """The largest first."""
    countries: tuple[Sender, ...]
    """The largest first."""
    counted: tuple[Counted, ...]
    """By day."""

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which something was said of a sender, in order."""
        found: set[date] = set()
        for sender in (*self.groups, *self.organizations, *self.countries):
            found |= sender.days
        return tuple(sorted(found))
