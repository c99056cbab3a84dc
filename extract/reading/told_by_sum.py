"""Where words tell two of an earlier total, a batch and the total that they make, the sum tells the third.

Those whose accreditation ended may be taken off it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from extract.model import Basis, Status, Term
from extract.reading.decided import reading
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.sums import counted

_LEAST = 20
"""A smaller sum may be that of other things by chance."""
_TOLD = 2
"""Terms of which words tell what they are."""
_ROW = 2
"""Parts whose sum tells that they are all."""
_MOST = 24
"""Totals, batches and ends of which the sums are looked at."""


def told_by_sum(mentions: Sequence[Mention]) -> None:
    """'Until today there were 63. 44 were let in, so it is 107 now': 44 is as surely new as the others count so far.

    And so are the figures that add up to it.
    """
    batches = [m for m in mentions if m.basis is Basis.NEW and m.status is Status.ACCREDITED and _is_a_total(m)][:_MOST]
    if not batches:
        return
    totals = [m for m in mentions if m.status is Status.ACCREDITED and _is_a_total(m)][:_MOST]
    running: dict[int, list[Mention]] = {}
    for mention in totals:
        if mention.basis is Basis.CUMULATIVE:
            running.setdefault(mention.value, []).append(mention)
    ended = {m.value for m in mentions if m.status is Status.WITHDRAWN}
    for batch, value, gone in product(batches, sorted(running), (0, *sorted(ended)[:_MOST])):
        total = value + batch.value - gone
        if total < _LEAST or total not in running or {batch.value, gone} & set(running) or total == value:
            continue
        terms = [[m for m in batches if m.value == batch.value], running[value], running[total]]
        if sum(any(m.told_basis is m.basis for m in term) for term in terms) < _TOLD:
            continue
        for mention in (m for term in terms for m in term):
            mention.told_basis = mention.basis
            _tell_parts(mention, mentions)


def _is_a_total(mention: Mention) -> bool:
    counts = mention.noun != "journalist" and not mention.dropped
    return counts and level(mention.scope) == 0 and mention.number.approx is None


def told_of_withdrawn(mentions: Sequence[Mention]) -> None:
    """'12 were struck off the list. Seven had been sent by the Assembly, five by the CIS': all told of their whole."""
    for whole in [m for m in mentions if m.told_status is Status.WITHDRAWN]:
        if whole.status is not Status.WITHDRAWN or level(whole.scope) > 0:
            continue
        parts = [m for m in mentions if m.whole is whole and level(m.scope) > 0]
        if len(parts) < _ROW or sum(counted(m) for m in parts) != whole.value:
            continue
        unsaid = [m for m in parts if m.told_status is None]
        terms = (Term(m.scope or "total", counted(m), decided=m in unsaid) for m in parts)
        made = reading(Term("withdrawn", whole.value), *terms)
        for mention in unsaid:
            mention.decided = mention.decided or made
        for mention in (whole, *parts):
            if mention.status is Status.WITHDRAWN:
                mention.told_status, mention.told_basis = Status.WITHDRAWN, mention.basis


def _tell_parts(whole: Mention, mentions: Sequence[Mention]) -> None:
    """'Accredited were 44: 30 of the CIS, 14 of ODIHR': what makes the whole is what it is."""
    parts = [m for m in mentions if m.whole is whole and m.status is whole.status and m.basis is whole.basis]
    row = [m for m in parts if not m.subset and level(m.scope) > 0]
    if len(row) >= _ROW and sum(counted(m) for m in row) == whole.value:
        for part in row:
            part.told_basis = whole.basis
