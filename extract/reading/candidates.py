"""Numbers of those who run for office, by their name or by what they do."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import TOPIC, is_contest

_RUN = frozenset({"candidate", "local_sender"})
_TO_THEIR_SEATS = 4
"""Chunks between people and the verb of their competing, and between that and what they compete for."""
_MAY_BE_OBSERVERS = TOPIC | {"observing", "diplomat", "mission", "all_granted", "asks_for"}


def are_candidates(mention: Mention, sentence: Sentence) -> bool:
    """'Nine of the 28 registered candidates', '23 candidates were registered, bringing the total to 112'; marks it so.

    Candidates whom the commission gets proposed may be those for observers.
    """
    if "candidate" not in sentence.classes or not sentence.classes.isdisjoint(_MAY_BE_OBSERVERS):
        return False
    if mention.noun not in {"bare", "person"} or mention.group is not None or mention.scope is not None:
        return False
    if {"commission", "proposed"} <= sentence.classes and not is_contest(sentence):
        return False
    first, last = mention.clause[0], min(mention.last + 3, len(sentence.chunks))
    of_some = mention.of_them and last < len(sentence.chunks)
    named = any(c.classes >= _RUN for c in sentence.chunks[first : last if of_some else mention.last])
    mention.noun = "other" if named else mention.noun
    return named


def stands_for_office(mention: Mention, chunks: list[Chunk]) -> bool:
    """'435 people are competing for 29 mandates, the mission says': candidates, by what they do; marks it so."""
    behind = chunks[mention.last : mention.last + _TO_THEIR_SEATS]
    at = next((i for i, c in enumerate(behind) if "competes" in c.classes), None)
    if at is None or mention.noun not in {"person", "bare"} or any(c.text in ",;:" for c in behind[:at]):
        return False
    for_seats = any("seat" in c.classes for c in chunks[mention.last + at :][:_TO_THEIR_SEATS])
    mention.noun = "other" if for_seats else mention.noun
    return for_seats
