"""The sum that no single article gives: the earlier total of another one + the new batch - the withdrawn = the total.

Pure functions over what articles state. A sum that fails marks a report; it neither changes a figure nor alerts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import combinations

from extract.model import Status, Verdict
from storage.accounts import SAME_BATCH, TOTAL, Account, Line, withdrawals_between
from storage.views import AcrossCheck, AcrossTerm, Statement

_BETWEEN_MEETINGS = timedelta(days=7)
"""The commission meets about weekly; a gap that took longer may hide a meeting of which no article is known."""
_MOST_BATCHES = 5


def across(known: Sequence[Account], new: Account) -> AcrossCheck | None:
    """Whether the accredited total of `new` follows from an earlier one that other articles state.

    `known` are the accounts of all other articles on the election. None where `new` gives no exact total, or nothing is
    known of an earlier day. It holds if batches stated since, the report's own among them if it has any, lead to the
    total from the latest earlier one, or from another one stated for an earlier day, with the withdrawn taken off or
    not yet. It fails only if nothing else can explain it: see `_certain` and `_may_be_right`.
    """
    total = new.total_now(TOTAL, Status.ACCREDITED)
    if total is None or total.approx:
        return None
    line = Line((a for a in known if a.timely and a.day < total.day), TOTAL, Status.ACCREDITED)
    earlier = next((s for s in reversed(line.steps) if s.value != total.value), None)
    if earlier is None:
        return None
    own, others = _batches(known, new, earlier)
    taken = _taken([*known, new], earlier, total)
    for some in _selections(own, others):
        if (found := _holding(total, line, some, taken)) is not None:
            return found
    added = earlier.value + sum(b.value for b in own or others)
    withdrawn = min(taken, key=lambda less: abs(total.value - added + less))
    difference = total.value - added + withdrawn
    fails = len(own) == 1 and _certain(earlier, own[0], line, known)
    fails = fails and not _may_be_right(total, earlier, own[0], difference, known)
    return AcrossCheck(
        verdict=Verdict.FAILS if fails else Verdict.UNKNOWN,
        whole=_term("total", total),
        parts=_parts(earlier, own or others, withdrawn),
        difference=difference if fails else None,
    )


def _certain(earlier: Statement, batch: Statement, line: Line, known: Sequence[Account]) -> bool:
    """The earlier total is exact and undisputed, and the batch is news: neither told before nor a total retold."""
    told = {b.value for a in known if a.day <= earlier.day for b in a.batches(TOTAL, Status.ACCREDITED)}
    retold = batch.value in told or bool(line.stated_by(batch.value))
    return earlier.approx is None and not line.rivals(earlier) and not retold


def _may_be_right(
    total: Statement, earlier: Statement, batch: Statement, difference: int, known: Sequence[Account]
) -> bool:
    """The report may tell of a state before its batch, or a meeting that no article tells of added the difference."""
    if difference < 0:
        return total.value < earlier.value or -2 * difference > batch.value
    batches = [b.value for a in known for b in a.batches(TOTAL, Status.ACCREDITED)]
    a_meeting = difference >= min(batches, default=difference + 1)
    return a_meeting or total.day - earlier.day > _BETWEEN_MEETINGS


def _taken(accounts: Sequence[Account], earlier: Statement, total: Statement) -> tuple[int, ...]:
    """How many may have been taken off since: all that articles say were withdrawn, none yet, or one of the numbers."""
    amounts = withdrawals_between(accounts, earlier.day - SAME_BATCH, total.day)
    return tuple(dict.fromkeys((0, sum(amounts), *sorted(amounts)[:_MOST_BATCHES])))


def _holding(total: Statement, line: Line, batches: Sequence[Statement], taken: Sequence[int]) -> AcrossCheck | None:
    """The sum with these batches, from an earlier total with which it holds."""
    added = sum(b.value for b in batches)
    for less in taken:
        said = [s for s in line.stated_by(total.value - added + less) if not s.approx and s.value != total.value]
        if said:
            parts = _parts(said[-1], batches, less)
            return AcrossCheck(verdict=Verdict.HOLDS, whole=_term("total", total), parts=parts, difference=0)
    return None


def _batches(
    known: Sequence[Account], new: Account, earlier: Statement
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The exact batches since the earlier total: the report's own, and those that other articles tell beside them."""
    own = {b.value: b for b in new.batches(TOTAL, Status.ACCREDITED) if not b.approx}
    others: dict[int, Statement] = {}
    for account in known:
        if earlier.day < account.day <= new.day:
            for batch in account.batches(TOTAL, Status.ACCREDITED):
                if not batch.approx and batch.value not in own:
                    others.setdefault(batch.value, batch)
    return tuple(own.values())[:_MOST_BATCHES], tuple(others.values())[:_MOST_BATCHES]


def _selections(own: Sequence[Statement], others: Sequence[Statement]) -> Iterator[tuple[Statement, ...]]:
    """Batches that may lie between two totals, fewest first: at least one of the report's own, if it has any."""
    pool = (*own, *others)
    for size in range(1, len(pool) + 1):
        for some in combinations(pool, size):
            if not own or any(b in own for b in some):
                yield some


def _parts(earlier: Statement, batches: Sequence[Statement], withdrawn: int) -> tuple[AcrossTerm, ...]:
    taken = (AcrossTerm(label="withdrawn", value=-withdrawn),) if withdrawn else ()
    return (_term("earlier total", earlier), *(_term("new batch", b) for b in batches), *taken)


def _term(label: str, statement: Statement) -> AcrossTerm:
    return AcrossTerm(
        label=label, value=statement.value, report=statement.report, day=statement.day, source=statement.source
    )
