"""Further filters of the templates: sums, disputes and decisions in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accredwatch.printing import printable
from accredwatch.report_words import CHECKS, check_words, gap_words
from accredwatch.web.differences import Part, compare
from extract.model import Check, DateOrigin, Verdict
from storage.answers import Decision, Dispute
from storage.views import AcrossCheck, Statement

_VERDICTS = {Verdict.HOLDS: "holds", Verdict.FAILS: "fails", Verdict.UNKNOWN: "open"}
_MARKS = {Verdict.HOLDS: "good", Verdict.FAILS: "bad", Verdict.UNKNOWN: "plain"}

_ORIGINS = {
    DateOrigin.GIVEN: "whoever gave the page",
    DateOrigin.JSON_LD: "the page's data",
    DateOrigin.META: "the page's data",
    DateOrigin.TIME: "the page",
    DateOrigin.VISIBLE: "the page",
    DateOrigin.FEED: "the feed",
    DateOrigin.GUESSED: "a guess",
}


def sum_of(check: Check) -> str:
    """What a sum compares."""
    return CHECKS.get(check.kind, check.kind)


def sum_in_words(check: Check) -> str:
    """The sum with its terms."""
    return printable(check_words(check))


def verdict(value: Verdict) -> str:
    """Whether a sum holds, in a word."""
    return _VERDICTS[value]


def verdict_mark(value: Verdict) -> str:
    """The sort of mark that a verdict gets."""
    return _MARKS[value]


def equals(check: AcrossCheck) -> str:
    """What stands between the terms of a sum across articles and its whole."""
    if check.verdict is Verdict.HOLDS:
        return "="
    return "against" if check.difference is None else "is not"


def gap(check: AcrossCheck) -> str:
    """What stands behind a sum across articles that does not hold."""
    if check.verdict is Verdict.HOLDS:
        return ""
    return ": the articles do not tell every term" if check.difference is None else f": {gap_words(check.difference)}"


def sides(dispute: Dispute) -> list[tuple[Statement, tuple[Part, ...]]]:
    """The sides of a dispute, each with its sentence, in which is marked what the next side says in other words."""
    told = dispute.now or dispute.sides
    return [(side, _against(side, told[(place + 1) % len(told)])) for place, side in enumerate(told)]


def _against(side: Statement, other: Statement) -> tuple[Part, ...]:
    if not side.sentence:
        return ()
    (row, *_) = compare(side.sentence.replace("\n", " "), other.sentence.replace("\n", " "))
    whole_differs = all(part.differs for part in row.old)
    return (Part(printable(side.sentence)),) if whole_differs else row.old


def values(dispute: Dispute) -> list[int]:
    """The totals between which a person can decide."""
    return sorted({side.value for side in dispute.now or dispute.sides})


def totals(decision: Decision) -> str:
    """What became of the accredited total by a decision: '793 → 786'."""
    before, after = decision.details.get("before"), decision.details.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict) or "total" not in before:
        return "–"
    return f"{_total(before)} → {_total(after)}"


def _total(of: dict[str, object]) -> str:
    return "unknown" if of.get("total") is None else f"{of['total']:,}"


def date_origin(value: DateOrigin) -> str:
    """Who says when an article was published."""
    return _ORIGINS[value]


FILTERS: dict[str, Callable[..., Any]] = {
    "printable": printable,
    "date_origin": date_origin,
    "sum_of": sum_of,
    "sum_in_words": sum_in_words,
    "verdict": verdict,
    "verdict_mark": verdict_mark,
    "equals": equals,
    "gap": gap,
    "sides": sides,
    "values": values,
    "totals": totals,
}
