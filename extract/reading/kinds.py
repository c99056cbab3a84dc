"""Two numbers that add up to a total, one told beside organizations and the other beside states: its subtotals.

Whatever the verbs between: '247 people were given by organizations ... States delegated 65', beside a total of 312.
"""

from __future__ import annotations

import itertools

from extract.model import Status
from extract.reading.decided import tell_part
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.scan import Sentence

_SUBTOTALS = ("organizations", "countries")
PEOPLE = frozenset({"observer", "person", "bare"})
_APART = 3
"""Sentences between the number of the one kind and that of the other."""
_BLOCKS = 3
"""Paragraphs between a total and its two subtotals."""


def subtotals_by_sum(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """Make a number beside organizations and one beside states the subtotals of the total that they add up to."""
    if len(mentions) <= len(_SUBTOTALS):
        return
    counted = [
        m for m in mentions if (m.scope is None or ":" not in m.scope) and level(m.scope) < 2 and _may_be_a_subtotal(m)
    ]
    for first, second in itertools.pairwise(counted):
        if second.sentence - first.sentence > _APART or {first.scope, second.scope} == set(_SUBTOTALS):
            continue
        kinds = _kinds_of(first, second, sentences)
        whole = _total_before(first, second, counted, sentences) if kinds is not None else None
        if kinds is None or whole is None:
            continue
        unsaid = [m for m in (first, second) if m.scope not in _SUBTOTALS]
        for part, kind in zip((first, second), kinds, strict=True):
            make_subtotal(part, kind, whole)
        for part in unsaid:
            tell_part(part, mentions)


def _may_be_a_subtotal(mention: Mention) -> bool:
    return mention.noun in PEOPLE and not is_unfit(mention)


def is_unfit(mention: Mention) -> bool:
    """Whether a number can be neither a subtotal nor its total: approximate, one each, dropped or withdrawn."""
    return bool(mention.number.approx) or mention.each or mention.dropped or mention.status is Status.WITHDRAWN


def make_subtotal(part: Mention, kind: str, whole: Mention) -> None:
    """Let a number be a subtotal of that kind, since a sum says so."""
    part.scope, part.whole, part.by_sum = kind, whole, True
    part.subset = part.of_them = False
    part.of_value = None


def _kinds_of(first: Mention, second: Mention, sentences: list[Sentence]) -> tuple[str, str] | None:
    """Which of the two kinds each of them is told beside, where only one reading is left."""
    left, right = _beside(first, sentences), _beside(second, sentences)
    fitting = [(a, b) for a, b in (_SUBTOTALS, _SUBTOTALS[::-1]) if a in left and b in right]
    return fitting[0] if len(fitting) == 1 else None


def _beside(mention: Mention, sentences: list[Sentence]) -> set[str]:
    if mention.scope in _SUBTOTALS:
        return {mention.scope}
    own = sentences[mention.sentence]
    if "they" in own.chunks[0].classes and mention.sentence and own.classes.isdisjoint(_SUBTOTALS):
        own = sentences[mention.sentence - 1]  # '26 states have sent observers. They account for 91'
    return {kind for kind in _SUBTOTALS if kind in own.classes}


def _total_before(
    first: Mention, second: Mention, mentions: list[Mention], sentences: list[Sentence]
) -> Mention | None:
    """The total of that sum, told before both of them and not far off."""
    paragraph = sentences[first.sentence].paragraph
    totals = [m for m in mentions if level(m.scope) == 0 and m.value == first.value + second.value]
    near = [m for m in totals if paragraph - sentences[m.sentence].paragraph <= _BLOCKS]
    told = (m for m in reversed(near) if m.position < first.position or first.of_value == m.value)
    return next(told, None)
