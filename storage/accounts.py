"""What articles state about an election, and the line of running totals that follows from them.

All of it depends on the set of articles alone, never on the order in which they were found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from extract.model import Approx, Basis, Check, Status
from storage.views import Statement

TOTAL = "total"
SAME_BATCH = timedelta(days=2)
"""Two mentions of an equal batch at most so far apart are one batch: outlets report a meeting on the following days."""
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the latest revision of one article states about an election."""

    report: int
    revision: int = 1
    """Number of the revision."""
    source: str
    day: date
    """The day for which its main figure holds."""
    timely: bool = True
    """False where nothing dates the article and the election was over when it was found: it may be of any age."""
    published: datetime | None = None
    statements: tuple[Statement, ...] = ()
    main: Statement | None = None
    """The headline."""
    complete: bool = False
    checks: tuple[Check, ...] = ()
    overruled: frozenset[tuple[str, Status]] = frozenset()
    """Scopes and statuses whose running total a settled dispute has set aside."""
    _totals: Mapping[tuple[str, Status], tuple[Statement, ...]] = field(init=False, repr=False, compare=False)
    """Its running totals by scope and status: hundreds of articles are asked for theirs with each further one."""

    def __post_init__(self) -> None:
        found: dict[tuple[str, Status], tuple[Statement, ...]] = {}
        for s in self.statements:
            if s.basis is Basis.CUMULATIVE:
                found[s.scope, s.status] = (*found.get((s.scope, s.status), ()), s)
        object.__setattr__(self, "_totals", found)

    def totals(self, scope: str, status: Status) -> tuple[Statement, ...]:
        """Every running total of the scope that it mentions, earlier stages among them."""
        return self._totals.get((scope, status), ())

    def total_now(self, scope: str, status: Status) -> Statement | None:
        """The running total that it gives for its day: the headline, else the highest of those that it mentions."""
        totals = self.totals(scope, status)
        if not totals:
            return None
        if self.main in totals:
            return self.main
        return max(totals, key=lambda s: (s.value, s.approx is None))

    def batches(self, scope: str, status: Status) -> tuple[Statement, ...]:
        """Every batch of the scope that it mentions."""
        return tuple(s for s in self.statements if s.scope == scope and s.status is status and s.basis is Basis.NEW)


def fits(loose: Statement, exact: int) -> bool:
    """Whether a qualified figure ('over 600', 'about 640', 'nearly 650') can mean this exact number."""
    if loose.approx is None:
        return loose.value == exact
    if loose.approx is Approx.OVER:
        return exact >= loose.value
    if loose.approx is Approx.UNDER:
        return 0.9 * loose.value <= exact <= loose.value
    return abs(exact - loose.value) <= 0.05 * loose.value


def in_order(accounts: Iterable[Account]) -> list[Account]:
    """The accounts by day, then by publication; ties are broken by what they say, not by when they were found."""
    return sorted(accounts, key=_place)


def _place(account: Account) -> tuple[object, ...]:
    main = account.main
    value, url = (main.value, main.url or "") if main else (0, "")
    return account.day, account.published or _EARLIEST, value, account.source, url, account.report


class Line:
    """The running totals of one scope and status over the days, as far as a set of articles states them."""

    def __init__(self, accounts: Iterable[Account], scope: str, status: Status) -> None:
        self.steps: list[Statement] = []
        """The first statement of each new value, oldest first; the last one is current."""
        self.stale: set[int] = set()
        """Reports whose total had already been replaced by another one on their day, or lost a dispute."""
        self._now: dict[date, list[Statement]] = {}
        self._stated: dict[int, list[Statement]] = {}
        self._overruled: list[Statement] = []
        for account in in_order(accounts):
            now = account.total_now(scope, status)
            if (scope, status) in account.overruled:
                self.stale.add(account.report)
                self._overruled.extend(account.totals(scope, status))
                continue
            if now is not None:
                self._follow(now)
                self._now.setdefault(now.day, []).append(now)
            for statement in account.totals(scope, status):
                self._stated.setdefault(statement.value, []).append(statement)

    @property
    def current(self) -> Statement | None:
        """The total that holds now: the first statement of its value."""
        return self.steps[-1] if self.steps else None

    def _follow(self, now: Statement) -> None:
        current = self.current
        if current is None:
            self.steps.append(now)
        elif now.value == current.value:
            if current.approx and not now.approx:
                self.steps.append(now)
        elif self.repetition_of(now):
            self.stale.add(now.report)
        elif now.value > current.value or not (now.approx or now.day == current.day):
            self.steps.append(now)

    def repetition_of(self, statement: Statement) -> Statement | None:
        """The first statement, for any day, that already says this; a qualified figure repeats what it can mean.

        What lost a dispute is repeated by the source that said it, and by others for the same day; said of a later
        day by others it is news.
        """
        if same := self._stated.get(statement.value):
            return same[0]
        for lost in self._overruled:
            if lost.value == statement.value and (lost.source == statement.source or lost.day == statement.day):
                return lost
        if statement.approx is None:
            return None
        exact = (s for known in self._stated.values() for s in known if not s.approx and fits(statement, s.value))
        return next(exact, None)

    def stated_by(self, value: int) -> tuple[Statement, ...]:
        """Every statement of the value, by day."""
        return tuple(self._stated.get(value, ()))

    def exact_on(self, day: date) -> tuple[Statement, ...]:
        """The exact totals given as those of the day, without those that were stale by then."""
        return tuple(s for s in self._now.get(day, ()) if not s.approx and s.report not in self.stale)

    def rivals(self, statement: Statement) -> tuple[Statement, ...]:
        """What other sources last said of the same day, where it is another exact number."""
        last = {s.source: s for s in self.exact_on(statement.day)}
        if statement.approx or last.get(statement.source, statement).value != statement.value:
            return ()
        return tuple(s for s in last.values() if s.source != statement.source and s.value != statement.value)

    def fell_to(self, statement: Statement) -> bool:
        """Whether the statement is where the line fell."""
        return any(later is statement and later.value < earlier.value for earlier, later in pairwise(self.steps))

    def implies(self, batch: Statement) -> bool:
        """Whether the batch is the difference of two totals that follow each other, around its day."""
        return any(
            later.value - earlier.value == batch.value and abs(later.day - batch.day) <= SAME_BATCH
            for earlier, later in pairwise(self.steps)
        )


def batches(accounts: Iterable[Account], scope: str, status: Status) -> list[Statement]:
    """The first statement of each batch of the scope, by day."""
    first: list[Statement] = []
    for account in in_order(accounts):
        first.extend(b for b in account.batches(scope, status) if not _repeats(first, b))
    return first


def same_batch(accounts: Iterable[Account], batch: Statement) -> bool:
    """Whether an article states the same batch."""
    return _repeats([b for account in accounts for b in account.batches(batch.scope, batch.status)], batch)


def _repeats(known: Sequence[Statement], batch: Statement) -> bool:
    return any(b.value == batch.value and abs(b.day - batch.day) <= SAME_BATCH for b in known)


def withdrawn_between(accounts: Iterable[Account], after: date, until: date) -> int:
    """How many observers the articles say were withdrawn in `after < day <= until`; repeated numbers count once."""
    return sum(withdrawals_between(accounts, after, until))


def withdrawals_between(accounts: Iterable[Account], after: date, until: date) -> set[int]:
    """The different numbers of observers that articles of `after < day <= until` say were withdrawn."""
    amounts: set[int] = set()
    for account in accounts:
        figures = [s for s in account.statements if s.status is Status.WITHDRAWN]
        if figures and after < account.day <= until:
            whole = [s.value for s in figures if s.scope == TOTAL]
            amounts.add(max(whole) if whole else sum(s.value for s in figures))
    return amounts
