"""Numbers that count local associations because only so a sum comes out: '231, of them 12 by the central commission'.

Associations are accredited by the central commission or by the regional ones, and texts on them tell both numbers,
often without a noun.
"""

from __future__ import annotations

from itertools import combinations

from extract.model import Term
from extract.reading.decided import reading
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk
from extract.reading.statements import Statements

_SCOPE = "domestic_organizations"
_NEAR = 2
"""Sentences between a number and those that make it."""
_LEAST = 3
"""A smaller number may be that of other things by chance."""


def associations_by_sum(found: Statements) -> None:
    """Give numbers that make a sum with those of local associations the noun of these."""
    sentences = found.scan.sentences
    named = [i for i, sentence in enumerate(sentences) if "association" in sentence.classes]
    if not named:
        return
    local = [m for m in found.mentions if m.scope == _SCOPE]
    for index in sorted({i for at in named for i in (at, at + 1) if i < len(sentences) and sentences[i].counted}):
        sentence = sentences[index]
        own = [m for m in [*found.mentions, *found.refused] if m.sentence == index]
        without = [m for m in own if _may_be(m, sentence.chunks)]
        known = [m for m in local if abs(m.sentence - index) <= _NEAR]
        if "commissions" in sentence.classes:
            for whole, left, right in _sums(without, without, without):
                _tell(whole, [left, right], found)
        titled = [m for m in found.refused if m.noun == "association" and not m.sentence]
        for whole, left, right in _sums([*without, *titled], known, known):
            _tell(whole, [left, right], found)
        for whole, left, right in _sums(known, without, without):
            _tell(whole, [left, right], found)
        for whole, left, right in _sums(local, known, without):
            if left.sentence == index:
                _tell(whole, [left, right], found)


def _may_be(mention: Mention, chunks: list[Chunk]) -> bool:
    """Whether a number has no noun, or that of organizations in general."""
    named = mention.group is not None and bool(mention.group.ids)
    if named or mention.scope not in {None, "total", "organizations"} or mention.value < _LEAST:
        return False
    behind = chunks[mention.at + 1].classes if mention.at + 1 < len(chunks) else frozenset()
    return mention.noun in {"bare", "association"} or (mention.noun == "other" and "organizations" in behind)


def _sums(wholes: list[Mention], lefts: list[Mention], rights: list[Mention]) -> list[tuple[Mention, Mention, Mention]]:
    """Every whole with the two numbers that make it."""
    pairs = combinations(lefts, 2) if lefts is rights else ((a, b) for a in lefts for b in rights)
    return [(w, a, b) for a, b in pairs for w in wholes if w is not a and w is not b and a.value + b.value == w.value]


def _tell(whole: Mention, parts: list[Mention], found: Statements) -> None:
    untold = [m for m in (whole, *parts) if m.scope != _SCOPE or m not in found.mentions]
    terms = [Term(_SCOPE, m.value, decided=m in untold) for m in parts]
    made = reading(Term(_SCOPE, whole.value, decided=whole in untold), *terms)
    for mention in untold:
        mention.noun, mention.scope, mention.group, mention.decided = "association", _SCOPE, None, made
        if mention not in found.mentions:
            found.take_in(mention)
