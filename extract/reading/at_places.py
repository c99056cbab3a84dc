"""Numbers of people at places, and by rules: so many at each station, in a room, at a briefing."""

from __future__ import annotations

from extract.model import Approx
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import STATE_WORDS
from extract.words.spans import NumberKind

_A_FEW = 10
"""No rule lets more observers than that into a room at once."""
_ALLOWED = 6
"""Chunks between a number and 'may', before or behind it."""
_TO_THE_TEAMS = 3
"""Chunks between 'two each' and the teams into which people divide."""


def is_at_a_place(mention: Mention, chunks: list[Chunk]) -> bool:
    """'on duty at 35 of them': stations, not people."""
    before = chunks[mention.start - 1].classes if mention.start else frozenset()
    return "place_prep" in before and "of_them" not in before


def is_size_of_a_team(mention: Mention, chunks: list[Chunk]) -> bool:
    """'They will work in groups of five or six', 'teams of two observers': how many there are in each."""
    if mention.each and any("teams" in c.classes for c in chunks[mention.last : mention.last + _TO_THE_TEAMS]):
        mention.noun = "other"  # 'екі-екіден 15 топқа бөлінді'
        return True
    ahead = chunks[max(0, mention.start - 2) : mention.start]
    return len(ahead) > 1 and is_plain_of(ahead[1]) and "teams" in ahead[0].classes


def is_at_as_many_places(mention: Mention, mentions: list[Mention], chunks: list[Chunk]) -> bool:
    """'Observers of the CIS were at 400 stations, those of the SCO at 35': stations again."""
    if mention.noun != "bare" or not mention.start or "place_prep" not in chunks[mention.start - 1].classes:
        return False
    said = chunks[mention.start - 1].text
    before = [m for m in mentions if m.last <= mention.start and m.noun == "other" and m.start]
    return any(chunks[m.start - 1].text == said and "place_prep" in chunks[m.start - 1].classes for m in before)


def states_a_rule(mention: Mention, chunks: list[Chunk]) -> bool:
    """'One observer per organisation may be in the room': a rule, no count."""
    if mention.number.kind is NumberKind.DISTRIBUTIVE and not any("may" in c.classes for c in chunks):
        ahead = chunks[mention.start - 1].classes if mention.start else frozenset()
        states = mention.group
        if states is not None and states.generic and not states.ids and 0 < states.first < mention.at:
            return "rest" in chunks[states.first - 1].classes  # 'the other five states sent one each': nobody's own
        if mention.group is None and _so_many_per(mention, chunks):
            return True  # 'в среднем по два-три человека на участок'
        # 'they work in groups of two', '36 байқаушы екі-екіден аттанады'
        return mention.group is None and bool(ahead & {"mission", "list_word", "observer"})
    if mention.each and mention.group is not None and len(mention.group.ids) > 1:
        return False
    if _allowed_in_a_room(mention, chunks):
        return True
    if mention.number.approx is Approx.OVER and (mention.value == 1 or _of_each(mention, chunks)):
        return True  # 'each of the states has at least one observer'
    if mention.value <= _A_FEW and _of_each(mention, chunks) and _may(chunks[mention.clause[0] : mention.start]):
        return True  # 'Each party may send three observers to a station'
    few = mention.value == 1 or (mention.number.approx is Approx.UNDER and mention.value <= _A_FEW)
    allowed = [*chunks[max(0, mention.at - _ALLOWED) : mention.at], *chunks[mention.last : mention.last + _ALLOWED]]
    if few and any("may" in c.classes for c in allowed):
        return True
    return _so_many_per(mention, chunks)


def _so_many_per(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Three observers per station', 'at least two from each'."""
    around = [*chunks[max(0, mention.at - 4) : mention.at], *chunks[mention.last : mention.last + 1]]
    return any("per" in c.classes and c.classes.isdisjoint({"voting_day", "before_now"}) for c in around)


def _may(ahead: list[Chunk]) -> bool:
    return any("may" in c.classes for c in ahead)


def _of_each(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Each CIS state will second at least five observers'."""
    return any("each" in c.classes for c in chunks[mention.clause[0] : mention.start][:2])


def attends_a_briefing(mention: Mention, sentence: Sentence) -> bool:
    """'Forty journalists attended the briefing': they hear of the vote and are not accredited to it."""
    if "briefing" not in sentence.classes or sentence.classes & (
        STATE_WORDS | {"accredit_root", "observer", "covering"}
    ):
        return False
    chunks = sentence.chunks
    near = [*chunks[max(0, mention.start - _ALLOWED) : mention.start], *chunks[mention.last : mention.last + _ALLOWED]]
    return any("briefing" in c.classes for c in near)


def _allowed_in_a_room(mention: Mention, chunks: list[Chunk]) -> bool:
    """'A station may hold no more than 30 observers', 'на участке может находиться не более 30'."""
    if mention.number.approx is not Approx.UNDER or mention.group is not None:
        return False
    clause = chunks[slice(*mention.clause)]
    return any("may" in c.classes for c in clause) and any({"voting", "other"} <= c.classes for c in clause)


def is_plain_of(chunk: Chunk) -> bool:
    """The single word, which 'approved the accreditation of' only ends with."""
    return "partitive" in chunk.classes and chunk.last - chunk.first == 1
