"""Senders' figures that are batches beside a running total told elsewhere: granted today, or summed up next."""

from __future__ import annotations

from extract.model import Basis, Status
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk
from extract.reading.statements import Statements

_APART = frozenset({"association", "journalist"})
"""Who is accredited apart from observers."""
_SUMMED = 2
"""Chunks of 'that brings', 'as a result'."""


def of_a_recent_day(part: Mention, chunks: list[Chunk]) -> bool:
    """'Yesterday one observer each from Korea and Thailand got badges', not 'as of today'."""
    first, last = part.clause
    recent = any(
        c.day is not None
        and c.day.relative
        and not (i and "as_of" in chunks[i - 1].classes)
        and not any("said" in before.classes for before in chunks[max(0, i - 3) : i])
        for i, c in enumerate(chunks[first:last], first)
    )
    return recent and any("accredited" in c.classes for c in chunks[first:last])


def granted_today(mention: Mention, running: list[Mention], found: Statements) -> bool:
    """'Today the commission let in 12 observers of the OTS' beside a running total of them all: a batch."""
    if mention.status is not Status.ACCREDITED or level(mention.scope) == 0 or mention.noun in _APART:
        return False
    if not any(
        m.status is Status.ACCREDITED and m.value > mention.value and m.sentence != mention.sentence for m in running
    ):
        return False
    return of_a_recent_day(mention, found.scan.sentences[mention.sentence].chunks)


def summed_up_next(mention: Mention, running: list[Mention], found: Statements) -> bool:
    """'It accredited eight observers of Belarus and two of Korea. That brings the list to 204': a batch of states."""
    if mention.status is not Status.ACCREDITED or level(mention.scope) == 0 or mention.noun in _APART:
        return False
    total = next((m for m in running if m.sentence - mention.sentence == 1 and m.value > mention.value), None)
    if total is None or total.told_basis is not Basis.CUMULATIVE:
        return False
    if "accredited" not in found.scan.sentences[mention.sentence].classes:
        return False
    opening = found.scan.sentences[total.sentence].chunks[:_SUMMED]
    return any(c.classes & {"this", "result", "sum_verb"} for c in opening)
