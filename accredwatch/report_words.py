"""What terminal and page say of a report: whom figures count, sums in words, where evidence stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extract.model import Check, Evidence, Term, Verdict, Where
from storage.views import AcrossCheck, AcrossTerm

_SCOPES = {
    "total": "all international observers",
    "organizations": "from international organizations",
    "countries": "from states",
    "diplomats": "diplomats",
    "domestic": "domestic observers",
    "domestic_organizations": "domestic associations",
    "journalists": "foreign journalists",
}
CHECKS = {
    "subtotals": "organizations and states against the total",
    "parts": "named parts against their whole",
    "batch": "earlier total and new batch against the total",
    "names": "the stated number of senders against the names",
    "reading": "decided by the sum",
    "weighed": "decided by weights, where no rule was sure",
}
_TOTALS = frozenset({"earlier total", "new batch", "total"})


def scope_words(scope: str) -> str:
    """Whom a scope counts: 'country:FI' is 'state FI'."""
    if scope in _SCOPES:
        return _SCOPES[scope]
    kind, _, name = scope.partition(":")
    return f"{'state' if kind == 'country' else kind} {name}".strip()


def check_words(check: Check) -> str:
    """A check as a calculation: '322 organizations + 31 countries = 353, not 398 (total): 45 are missing'."""
    if check.kind == "reading":
        return _decided_words(check)
    if check.kind == "weighed":
        return f"{check.whole.value} {scope_words(check.whole.label)}: weighed by how such articles are written"
    parts = " + ".join(f"{part.value} {scope_words(part.label)}" for part in check.parts) or "nothing listed"
    whole = f"{check.whole.value} {scope_words(check.whole.label)}"
    if check.verdict is Verdict.HOLDS:
        return f"{parts} = {whole}"
    if check.verdict is Verdict.UNKNOWN:
        return f"{parts} against {whole}: the text does not give every term"
    summed = sum(part.value for part in check.parts)
    gap = check.difference if check.difference is not None else check.whole.value - summed
    slip = f"; likely slip: {check.likely_slip}" if check.likely_slip else ""
    return f"{parts} is not {whole}: {gap_words(gap)}{slip}"


def across_words(check: AcrossCheck) -> str:
    """'earlier total 165 (qazaq_tv, 2023-03-02, report 12) + new batch 49 ... is not total 212: 2 too many'."""
    parts = " + ".join(_across_term(part) for part in check.parts)
    whole = f"{check.whole.label} {check.whole.value}"
    if check.verdict is Verdict.HOLDS:
        return f"{parts} = {whole}"
    if check.difference is None:
        return f"{parts} against {whole}: the articles do not tell every term"
    return f"{parts} is not {whole}: {gap_words(check.difference)}"


def _across_term(term: AcrossTerm) -> str:
    told = f" ({term.source}, {term.day}, report {term.report})" if term.report is not None else ""
    return f"{term.label} {term.value}{told}"


def gap_words(difference: int) -> str:
    """What a sum that does not hold lacks: '3 missing', '2 too many'."""
    return f"{abs(difference)} {'missing' if difference > 0 else 'too many'}"


def _decided_words(check: Check) -> str:
    """'103 is read as the new batch, because 175 + 103 = 278'; of a part, whose whole it belongs to."""
    read = [_read_as(part, check.whole) for part in check.parts if part.decided]
    last = check.parts[-1]
    if last.label == "withdrawn":
        return f"{', '.join(read)}, because {check.whole.value} - {last.value} = {check.parts[0].value}"
    terms = " + ".join(str(part.value) for part in check.parts)
    return f"{', '.join(read)}, because {terms} = {check.whole.value}"


def _read_as(part: Term, whole: Term) -> str:
    if part.label in _TOTALS:
        return f"{part.value} is read as the {part.label}"
    return f"{part.value} ({scope_words(part.label)}) is read as a part of the {whole.value}"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a title or body that states figures, with their places in the report, from 0."""

    start: int
    end: int
    figures: tuple[int, ...]


def spans(evidence: Iterable[Evidence], where: Where) -> tuple[Span, ...]:
    """The stretches in which the evidence of a report's figures stands, in order; those that overlap are one."""
    found: list[Span] = []
    for start, end, figure in sorted((e.start, e.end, n) for n, e in enumerate(evidence) if e.where is where):
        if found and start < found[-1].end:
            last = found[-1]
            found[-1] = Span(last.start, max(last.end, end), (*last.figures, figure))
        else:
            found.append(Span(start, end, (figure,)))
    return tuple(Span(one.start, one.end, tuple(sorted(one.figures))) for one in found)
