"""Which numbers count those who were refused accreditation."""

from __future__ import annotations

import itertools

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk

_TO_REFUSAL = 4
"""Words between those counted and what became of them."""
_VERDICTS = frozenset({"denial", "withdrawn", "accredited", "proposed", "announced", "present"})
_CLAUSE_BETWEEN = 12
"""Chunks of a relative clause between those counted and their verb."""


def is_denied(mention: Mention, chunks: list[Chunk]) -> bool:
    """'44 people did not get their papers together in time': counted as absent."""
    if any("refused" in c.classes for c in chunks[max(0, mention.start - 3) : mention.start]):
        return True
    if any("refused" in c.classes for c in chunks[mention.last : mention.last + 1]):
        return True
    if mention.group is None and _whose_papers(mention, chunks):
        return True
    if mention.of_value is not None and _are_denied(mention, chunks):
        return True
    if mention.group is not None or mention.last >= len(chunks):
        return False
    behind = list(itertools.takewhile(lambda c: c.is_word, chunks[mention.last : mention.last + _TO_REFUSAL]))
    told = next((c for c in behind if c.classes & _VERDICTS), None)
    whole = told is not None and (told is behind[0] or told.last - told.first > 1)  # 'рұқсат берілмеді', no mere 'not'
    if told is not None and not whole and "verb" in told.classes:
        whole = told is behind[1] and "function" in behind[0].classes  # 'пятерым мы отказали'
    return whole and told is not None and "denial" in told.classes


def _whose_papers(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Five observers, whose papers had errors, were refused': the verb behind a relative clause."""
    behind = chunks[mention.last : mention.last + _CLAUSE_BETWEEN]
    if len(behind) < 3 or behind[0].text != "," or "relative" not in behind[1].classes:
        return False
    end = next((i for i, c in enumerate(behind[1:], 1) if c.text == "," or c.number is not None), len(behind))
    return any("refused" in c.classes for c in behind[end + 1 : end + 2])


def _are_denied(share: Mention, chunks: list[Chunk]) -> bool:
    """'Two of the five observers proposed by Norway did not get accreditation', 'двое из пяти не получили ее'."""
    whole = next(
        (i + 1 for i, c in enumerate(chunks[share.last : share.clause[1]], share.last) if c.number), share.last
    )
    for chunk in chunks[whole : share.clause[1]]:
        if "denial" in chunk.classes:
            return True
        if chunk.number is not None or chunk.text in ",;" or chunk.classes & {"accredited", "announced", "withdrawn"}:
            return False
    return False
