"""The words of a figure's clause that may tell something of it, and the numbers that lie between."""

from __future__ import annotations

from extract.reading.cue_bounds import (
    past_its_twin,
)
from extract.reading.mentions import COUNTABLE, Mention
from extract.reading.scan import Chunk, Sentence

_FAR = 120


def around(mention: Mention, sentence: Sentence, telling: frozenset[str]) -> list[int]:
    """The chunks of the clause with such words, and its days: all of any sentence that a person would write."""
    if telling.isdisjoint(sentence.classes) and not sentence.dated:
        return []
    first, last = mention.clause
    first, last = max(first, mention.at - _FAR), min(last, mention.last + _FAR)
    near = enumerate(sentence.chunks[first:last], first)
    return [i for i, c in near if c.day is not None or not telling.isdisjoint(c.classes)]


def numbers_between(chunks: list[Chunk], at: int, mention: Mention) -> bool:
    first, last = (at + 1, mention.at) if at < mention.at else (past_its_twin(chunks, mention), at)
    return any(
        c.number is not None and c.number.kind in COUNTABLE and not counts_senders(chunks, i)
        for i, c in enumerate(chunks[first:last], first)
    )


def counts_senders(chunks: list[Chunk], at: int) -> bool:
    if "share" in chunks[at].classes:
        return False  # '687-сін халықаралық ұйымдар ұсынған': people, whom the bodies sent
    for chunk in chunks[at + 1 : at + 5]:
        if chunk.classes & {"organizations", "countries"}:
            return True
        if not chunk.is_word or chunk.classes & {"observer", "person"}:
            return False
    return False
