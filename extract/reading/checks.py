"""The sums that a careful reader makes of one report; they mark it and never change a figure.

A sum fails only where the text leaves no other way: parts that are not told to be all may fall short of their whole,
and where two figures could be the whole, or a part could lie within another, nothing can be said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product

from extract.model import Basis, Check, Figure, Status, Term, Verdict
from extract.reading.slips import likely_slip

_STATES = tuple(product(Status, Basis))
_SUBTOTALS = ("organizations", "countries")
_MOST_COMBINED = 6
"""Withdrawals of which every selection is tried."""
_PARTS = {"organizations": "organization:", "countries": "country:"}


def check(
    figures: Sequence[Figure],
    counts: dict[str, int],
    named: dict[str, int],
    *,
    some_left: Callable[[], bool] | None = None,
) -> tuple[Check, ...]:
    """All checks for which the figures give at least a whole and one part.

    `counts` is what the text says of the number of 'organizations' and 'countries' that send the observers of its main
    figure, `named` how many of each it names. `some_left` tells whether observers are said to have left
    the list, so that a total may fall short of its sum by some whom no figure counts.
    """
    checks: list[Check] = []
    exact = [f for f in figures if f.approx is None]
    told = {(f.status, f.basis) for f in exact}
    for status, basis in (state for state in _STATES if state in told):
        checks += _Sums([f for f in exact if f.status is status and f.basis is basis], counts).checks()
    if batch := _batch(figures, counts, some_left=some_left):
        checks.append(batch)
    alone = sum(":" not in f.scope for f in figures) == 1 and len({f.status for f in figures}) == 1
    checks += [_names(scope, count, named[scope], alone=alone) for scope, count in counts.items() if named.get(scope)]
    return tuple(checks)


class _Sums:
    """The sums of the figures of one status and basis."""

    def __init__(self, own: Sequence[Figure], counts: dict[str, int]) -> None:
        self._own = own
        self._counts = counts
        self._totals = self._of("total")
        self._subtotals = {scope: found for scope in _SUBTOTALS if (found := self._of(scope))}

    def _of(self, scope: str) -> list[Figure]:
        return [f for f in self._own if f.scope == scope]

    def checks(self) -> list[Check]:
        """Subtotals against the total, and the named parts against each whole that they may have."""
        found = [self._subtotals_of_total()]
        for scope in self._subtotals:
            parts = self._named(scope)
            if len(parts) > 1:
                complete = self._counts.get(scope) == len(parts)
                found.append(self._compare("parts", self._subtotals[scope], parts, complete=complete))
        found.append(self._parts_of_total())
        return [check for check in found if check is not None]

    def _named(self, scope: str) -> list[Figure]:
        return [f for f in self._own if f.scope.startswith(_PARTS[scope])]

    def _subtotals_of_total(self) -> Check | None:
        """Organizations and states, and embassy staff where the text counts them beside both."""
        if not self._totals or len(self._subtotals) < len(_SUBTOTALS):
            return None
        if any(len(found) > 1 for found in self._subtotals.values()):
            return None
        parts = [f for f in self._own if f.scope in _SUBTOTALS]
        beside = [*parts, *self._of("diplomats")]
        if sum(f.value for f in beside) in {t.value for t in self._totals}:
            parts = beside
        return self._compare("subtotals", self._totals, parts, complete=True)

    def _parts_of_total(self) -> Check | None:
        """Senders named beside a total without subtotals, or those of one kind beside the other kind's subtotal."""
        if not self._totals or len(self._subtotals) > 1:
            return None
        told = next(iter(self._subtotals), None)
        if told is None:
            parts = [f for f in self._own if ":" in f.scope]
            complete = False
        else:
            other = _SUBTOTALS[1 - _SUBTOTALS.index(told)]
            listed = self._named(other)
            complete = bool(listed) and self._counts.get(other) == len(listed)
            parts = [f for f in self._own if f in listed or f.scope == told] if listed else []
        return self._compare("parts", self._totals, parts, complete=complete) if len(parts) > 1 else None

    def _compare(self, kind: str, wholes: Sequence[Figure], parts: Sequence[Figure], *, complete: bool) -> Check:
        """The parts against that of the wholes which they make, else against the first; one alone can fail."""
        ways = _ways(parts)
        for whole in wholes:
            fitting = next((way for way in ways if sum(f.value for f in way) == whole.value), None)
            if fitting is not None:
                return Check(kind, Verdict.HOLDS, _term(whole), tuple(map(_term, fitting)), 0)
        whole, terms = wholes[0], tuple(map(_term, parts))
        difference = whole.value - sum(p.value for p in parts)
        certain = complete if difference > 0 else kind == "subtotals" or max(p.value for p in parts) <= whole.value
        if not certain or len({f.value for f in wholes}) > 1 or len(ways) > 1 or _twice(parts):
            return Check(kind, Verdict.UNKNOWN, _term(whole), terms)
        order = [self._own.index(f) for f in (*parts, whole)]
        slip = likely_slip(_term(whole), terms, set(self._counts.values()), order)
        return Check(kind, Verdict.FAILS, _term(whole), terms, difference, slip)


def _term(figure: Figure) -> Term:
    return Term(figure.scope, figure.value)


def _twice(parts: Sequence[Figure]) -> bool:
    """Whether a sender has two figures: one may be an earlier stage or a part of the other."""
    return len({f.scope for f in parts}) < len(parts)


def _ways(parts: Sequence[Figure]) -> list[Sequence[Figure]]:
    """The parts, and fewer of them where some may be others' people: ODIHR's the OSCE's, a state's those of a body."""
    bodies, states = ([f for f in parts if f.scope.startswith(kind)] for kind in _PARTS.values())
    offices = tuple([f"{f.scope}-" for f in bodies])
    outer = [f for f in parts if not f.scope.startswith(offices)]
    ways: list[Sequence[Figure]] = [parts, outer]
    if bodies and states:
        ways += [bodies, states]
    return [way for n, way in enumerate(ways) if not n or (way not in ways[:n] and len(way) > 1)]


def _names(scope: str, count: int, named: int, *, alone: bool) -> Check:
    """More names than counted are wrong where one figure is given `alone`; beside others, they may be theirs."""
    verdict, difference = Verdict.UNKNOWN, None
    if count == named or (alone and named > count):
        verdict, difference = (Verdict.HOLDS if count == named else Verdict.FAILS), count - named
    return Check("names", verdict, Term(f"{scope} counted", count), (Term(f"{scope} named", named),), difference)


def _batch(figures: Sequence[Figure], counts: dict[str, int], *, some_left: Callable[[], bool] | None) -> Check | None:
    """Earlier total + new batch - withdrawn = total, where the text gives an earlier and a later total."""
    totals = [f for f in figures if f.scope == "total" and f.status is Status.ACCREDITED and f.approx is None]
    running = sorted({f.value: f for f in totals if f.basis is Basis.CUMULATIVE}.values(), key=lambda f: f.value)
    batches = [f for f in totals if f.basis is Basis.NEW]
    if len(running) != 2 or len(batches) != 1:
        return None
    earlier, total = running
    withdrawn = [f for f in figures if f.status is Status.WITHDRAWN and f.approx is None]
    parts = [Term("earlier total", earlier.value), Term("new batch", batches[0].value)]
    taken_off = [Term("withdrawn", -f.value) for f in withdrawn]
    for some in _some(taken_off):
        terms = (*parts, *some)
        if sum(t.value for t in terms) == total.value:
            return Check("batch", Verdict.HOLDS, Term("total", total.value), terms, 0)
    terms = (*parts, *taken_off)
    order = [figures.index(f) for f in (earlier, batches[0], *withdrawn, total)]
    slip = likely_slip(Term("total", total.value), terms, set(counts.values()), order) if not taken_off else None
    difference = total.value - sum(t.value for t in terms)
    between = difference > batches[0].value  # the earlier total is of any earlier day: others lie between
    uncounted = difference < 0 and not withdrawn and some_left is not None and some_left()
    if uncounted or (between and slip is None):
        return Check("batch", Verdict.UNKNOWN, Term("total", total.value), terms)
    return Check("batch", Verdict.FAILS, Term("total", total.value), terms, difference, slip)


def _some(terms: Sequence[Term]) -> Iterator[tuple[Term, ...]]:
    """All of them, some, none: commissions take the withdrawn off the total at once, or later, or not all of them."""
    sizes = range(len(terms), -1, -1) if len(terms) <= _MOST_COMBINED else (len(terms), 0)
    for size in sizes:
        yield from combinations(terms, size)
