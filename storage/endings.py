"""When a dispute is over: pure functions over what articles state now.

A dispute is on the total of one scope and status on one day. Its parties are the sources that it was told of, and those
that have stated a total for that day, or one of the disputed values, since. It lasts until those that hold to a word of
theirs all say the same, or a later total replaces it. docs/data-model.md gives the rules as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extract.model import Approx, Status
from storage.accounts import SAME_BATCH, Account, Line, in_order, withdrawals_between, withdrawn_between
from storage.views import Statement
from storage.vocabulary import DisputeOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """What a dispute is on."""

    scope: str
    status: Status
    day: date
    sides: tuple[Statement, ...]
    """What was told: the statement that opened it, what it contradicts, and what further values came to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a dispute ends."""

    outcome: DisputeOutcome
    value: int | None
    stands: tuple[Statement, ...]
    gave_way: tuple[Statement, ...]


def ending(contest: Contest, accounts: Sequence[Account]) -> Ending | None:
    """How the dispute ends, given what all articles on its election state; None while it lasts."""
    line = Line(accounts, contest.scope, contest.status)
    words = last_words(contest, accounts)
    top = max(s.value for s in (*contest.sides, *words))
    later = next((s for s in line.steps if s.day > contest.day and s.value > top and _at_least(s)), None)
    if later is not None:
        return Ending(
            outcome=DisputeOutcome.OVERTAKEN, value=None, stands=(later,), gave_way=_distinct((*words, *contest.sides))
        )
    if (lower := _explained(contest, words, accounts)) is not None:
        return decided_for(lower, contest, accounts, DisputeOutcome.EXPLAINED)
    values = {s.value for s in words}
    if len(values) > 1 or not _has_moved(contest, words, accounts):
        return None
    if not values:
        return Ending(outcome=DisputeOutcome.YIELDED, value=None, stands=(), gave_way=_distinct(contest.sides))
    return decided_for(values.pop(), contest, accounts, DisputeOutcome.YIELDED)


def decided_for(value: int, contest: Contest, accounts: Sequence[Account], outcome: DisputeOutcome) -> Ending:
    """The end at which this value stands, and every other one that was said of the day gives way."""
    line = Line(accounts, contest.scope, contest.status)
    said = _distinct((*last_words(contest, accounts), *contest.sides, *line.exact_on(contest.day)))
    return Ending(
        outcome=outcome,
        value=value,
        stands=tuple(s for s in said if s.value == value),
        gave_way=tuple(s for s in said if s.value != value),
    )


def last_words(contest: Contest, accounts: Sequence[Account]) -> tuple[Statement, ...]:
    """What each party last said of the disputed total, in the order of its saying.

    A party that later states less than it did, and nothing disputed, no longer holds to its word; nor does one whose
    article no longer gives a total. Totals that another one had replaced by their day are no word of theirs.
    """
    line = Line(accounts, contest.scope, contest.status)
    on_the_day = {s.report for s in line.exact_on(contest.day)}
    disputed = {s.value for s in contest.sides}
    since = min(s.day for s in contest.sides)
    told_of = {s.source for s in contest.sides}
    words: dict[str, Statement] = {}
    for account in in_order(accounts):
        now = account.total_now(contest.scope, contest.status)
        if now is None or now.approx or now.day < since or (contest.scope, contest.status) in account.overruled:
            continue
        word = words.get(now.source)
        if now.value in disputed or now.report in on_the_day:
            if now.source in told_of or now.day >= contest.day:
                words.pop(now.source, None)
                words[now.source] = now
        elif word is not None and now.value < word.value and now.report not in line.stale:
            del words[now.source]
    return tuple(words.values())


def _explained(contest: Contest, words: Sequence[Statement], accounts: Sequence[Account]) -> int | None:
    """The lower of two disputed values, if articles say that the difference was withdrawn."""
    values = sorted({s.value for s in (*contest.sides, *words)})
    if len(values) != 2:
        return None
    lower, higher = values
    since = min(s.day for s in contest.sides) - timedelta(days=1)
    known = withdrawn_between(accounts, since, contest.day)
    told_late = withdrawals_between(accounts, since, contest.day + SAME_BATCH)
    return lower if higher - lower <= known or higher - lower in told_late else None


def _has_moved(contest: Contest, words: Sequence[Statement], accounts: Sequence[Account]) -> bool:
    """Whether somebody has said something since the dispute was opened.

    A source that contradicts its own earlier total alone is not at one with anybody yet.
    """
    if len({s.source for s in contest.sides}) > 1:
        return True
    opened = contest.sides[0]
    live = {account.report for account in accounts}
    edited = any(s.report not in live for s in contest.sides)
    return edited or any(s.source != opened.source or s.value != opened.value for s in words)


def _at_least(statement: Statement) -> bool:
    return statement.approx in {None, Approx.OVER}


def _distinct(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple({(s.report, s.value): s for s in statements}.values())
