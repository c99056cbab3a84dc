"""The sums that a careful reader makes of one report; they mark it and never change a figure."""

from __future__ import annotations

from collections.abc import Sequence

from extract.model import Basis, Check, Figure, Status, Term, Verdict


def check(figures: Sequence[Figure], counts: dict[str, int], named: dict[str, int]) -> tuple[Check, ...]:
    """All checks for which the figures give at least a whole and one part."""
    checks: list[Check] = []
    for status in Status:
        for basis in Basis:
            own = [f for f in figures if f.status is status and f.basis is basis and f.approx is None]
            checks += _sums(own, counts) if own else []
    if batch := _batch(figures):
        checks.append(batch)
    alone = sum(":" not in f.scope for f in figures) == 1 and len({f.status for f in figures}) == 1
    checks += [_names(scope, count, named[scope], alone=alone) for scope, count in counts.items() if named.get(scope)]
    return tuple(checks)


def _sums(own: Sequence[Figure], counts: dict[str, int]) -> list[Check]:
    found: list[Check] = []
    total = next((f for f in own if f.scope == "total"), None)
    subtotals = [f for f in own if f.scope in {"organizations", "countries"}]
    if total is not None and {f.scope for f in subtotals} == {"organizations", "countries"} and len(subtotals) == 2:
        found.append(_compare("subtotals", total, _with_diplomats(total, subtotals, own), complete=True, counts=counts))
    for scope, prefix in (("organizations", "organization:"), ("countries", "country:")):
        whole = next((f for f in subtotals if f.scope == scope), None)
        parts = [f for f in own if f.scope.startswith(prefix)]
        if whole is not None and len(parts) > 1:
            complete = counts.get(scope) == len(parts)
            found.append(_compare("parts", whole, parts, complete=complete, counts=counts))
        elif whole is None and total is not None and len(parts) > 1 and not subtotals:
            every = [f for f in own if ":" in f.scope]
            if every and every[0] is parts[0]:
                found.append(_compare("parts", total, every, complete=_exhaustive(total, every), counts=counts))
    return found


def _with_diplomats(total: Figure, subtotals: Sequence[Figure], own: Sequence[Figure]) -> Sequence[Figure]:
    """The subtotals, and embassy staff where the text counts them beside organizations and states."""
    staff = [f for f in own if f.scope == "diplomats"]
    return [*subtotals, *staff] if sum(f.value for f in [*subtotals, *staff]) == total.value else subtotals


def _exhaustive(total: Figure, parts: Sequence[Figure]) -> bool:
    """Parts that fall short of their total may simply not be all; parts that exceed it cannot be right."""
    return sum(p.value for p in parts) >= total.value


def _compare(kind: str, whole: Figure, parts: Sequence[Figure], *, complete: bool, counts: dict[str, int]) -> Check:
    summed = sum(p.value for p in parts)
    difference = whole.value - summed
    terms = tuple(Term(p.scope, p.value) for p in parts)
    if difference == 0:
        return Check(kind, Verdict.HOLDS, Term(whole.scope, whole.value), terms, 0)
    if not complete and difference > 0:
        return Check(kind, Verdict.UNKNOWN, Term(whole.scope, whole.value), terms)
    slip = _slip(whole, parts, counts) if kind == "subtotals" else None
    return Check(kind, Verdict.FAILS, Term(whole.scope, whole.value), terms, difference, slip)


def _slip(whole: Figure, parts: Sequence[Figure], counts: dict[str, int]) -> str | None:
    """The term that repeats a count of senders ('31 observers from 31 states') is the likely misprint."""
    suspects = [p for p in parts if counts.get(p.scope) == p.value]
    if len(suspects) != 1:
        return None
    right = whole.value - sum(p.value for p in parts if p is not suspects[0])
    return f"{suspects[0].scope} {suspects[0].value} -> {right}" if right > 0 else None


def _names(scope: str, count: int, named: int, *, alone: bool) -> Check:
    """More names than counted are wrong where one figure is given `alone`; beside others, they may be theirs."""
    verdict, difference = Verdict.UNKNOWN, None
    if count == named or (alone and named > count):
        verdict, difference = (Verdict.HOLDS if count == named else Verdict.FAILS), count - named
    return Check("names", verdict, Term(f"{scope} counted", count), (Term(f"{scope} named", named),), difference)


def _batch(figures: Sequence[Figure]) -> Check | None:
    """Earlier total + new batch - withdrawn = total, where the text gives an earlier and a later total."""
    totals = [f for f in figures if f.scope == "total" and f.status is Status.ACCREDITED and f.approx is None]
    running = sorted({f.value for f in totals if f.basis is Basis.CUMULATIVE})
    batches = [f for f in totals if f.basis is Basis.NEW]
    if len(running) != 2 or len(batches) != 1:
        return None
    withdrawn = [f.value for f in figures if f.status is Status.WITHDRAWN and f.approx is None]
    parts = [Term("earlier total", running[0]), Term("new batch", batches[0].value)]
    parts += [Term("withdrawn", -v) for v in withdrawn]
    difference = running[1] - sum(p.value for p in parts)
    if difference and withdrawn and running[1] == running[0] + batches[0].value:
        difference, parts = 0, parts[:2]
    verdict = Verdict.HOLDS if difference == 0 else Verdict.FAILS
    return Check("batch", verdict, Term("total", running[1]), tuple(parts), difference)
