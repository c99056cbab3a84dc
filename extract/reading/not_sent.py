"""Numbers of people whom nobody sends: those met, who stay at home, one of two just counted, a few of each state."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.words.spans import NameKind

_OPENING = 4
"""Chunks of 'of the 45 invited states'."""
_OF_CANDIDATES = 8
"""Chunks behind a share in which the whole and its noun stand."""
_REFUSED = 8
"""Chunks between 'decided not to send' and the number of those who stay at home."""
FEW = 5
"""The most of whom 'four or five from each' is said."""
_RUN = frozenset({"office_seeker", "local_sender", "not_closing"})


NOT_SENT = frozenset({"meets", "refuses", "partitive", "including", "of_them"})
"""Classes of words without which no number of a sentence is one of these."""


def is_not_sent(mention: Mention, sentence: Sentence, accepted: list[Mention]) -> bool:
    """Whether a number counts people who are met, do not come, stand for election or lie within a body's own.

    `accepted` are the numbers before it in the sentence that count observers.
    """
    chunks = sentence.chunks
    if accepted and _is_of_a_nation_within(mention, accepted[0], chunks):
        return True
    if "meets" in sentence.classes and _are_met(mention, chunks):
        return True
    if "refuses" in sentence.classes and _stay_at_home(mention, chunks):
        return True
    if "partitive" in chunks[0].classes and _share_of_senders(mention, chunks):
        return True
    return mention.of_value is not None and _share_of_candidates(mention, chunks)


def _share_of_senders(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Of the 45 states invited, 23 have nominated observers': states, not people."""
    opening = [c for c in chunks[:_OPENING] if "filler" not in c.classes]
    named = mention.group is not None and mention.group.ids
    if mention.noun != "bare" or named or len(opening) < 2 or mention.start < _OPENING:
        return False
    if not opening[0].classes & {"partitive", "subset"} or opening[1].number is None or opening[1].first >= mention.at:
        return False
    first = chunks.index(opening[1])
    if any(c.number is not None for c in chunks[first + 1 : mention.start]):
        return False
    return any(c.classes & {"countries", "organizations"} for c in chunks[first + 1 : first + _OPENING])


def _are_met(mention: Mention, chunks: list[Chunk]) -> bool:
    """'They have met with representatives of five of the seven candidates', 'held talks with four NGOs'."""
    ahead = [c for c in chunks[max(0, mention.start - 3) : mention.start] if not c.classes & {"filler", "function"}]
    return bool(ahead) and "meets" in ahead[-1].classes


def _stay_at_home(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The Assembly decided not to send its 20-member delegation'."""
    before = chunks[max(mention.clause[0], mention.start - _REFUSED) : mention.start]
    at = next((i for i in range(len(before) - 1, -1, -1) if "refuses" in before[i].classes), None)
    if at is None or any(c.number is not None or c.text in ",;" for c in before[at:]):
        return False
    told = [*before[at + 1 :], *chunks[mention.at : mention.last + 2]]
    return "withdrawn" not in before[at].classes and any("mission" in c.classes for c in told)


def _share_of_candidates(mention: Mention, chunks: list[Chunk]) -> bool:
    """'five of the seven candidates': those who stand for election."""
    behind = chunks[mention.last : mention.last + _OF_CANDIDATES]
    whole = next((i for i, c in enumerate(behind) if c.number is not None and c.number.value == mention.of_value), None)
    if whole is None or any(c.text in ",;" for c in behind[:whole]):
        return False
    return any("candidate" in c.classes and c.classes & _RUN for c in behind[whole + 1 : whole + 3])


def _is_of_a_nation_within(mention: Mention, before: Mention, chunks: list[Chunk]) -> bool:
    """'60 observers of the Assembly, among them five Italians': a body's own, whatever their passports."""
    inner = next((c.name for c in chunks[mention.at + 1 : mention.last] if c.name is not None), None)
    if inner is None or inner.kind is not NameKind.NATIONALITY:
        return False
    if not (before.scope or "").startswith("organization:"):
        return False
    return any(c.classes & {"including", "of_them"} for c in chunks[before.last : mention.at])
