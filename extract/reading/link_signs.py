"""Whose a number is by single signs: a bracket behind the sender, 'whom it sent', 'a mission of so many'."""

from __future__ import annotations

from extract.reading.groups import Group
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk

NEVER = 99.0
"""The price of a link that there cannot be."""
FAR = 14
"""Chunks between a number and its sender."""
_GENERIC = 0.6
_OPENING = 2
"""Chunks of 'of the'."""
_SHORTEST_BRACKET = 3
_COUNTED = frozenset({"person", "observer"})


def whom_it_sent(group: Group, words: list[Chunk], chunks: list[Chunk]) -> bool:
    """'206 observers whom ODIHR sent', 'the 20 observers the SCO has nominated'."""
    if not group.ids or any("relative" not in c.classes for c in words) or len(words) > 1:
        return False
    behind = chunks[group.last : group.last + 2]
    if not behind or not behind[0].classes & {"sends", "proposed"}:
        return False
    return len(behind) < 2 or (behind[1].number is None and "filler" not in behind[1].classes)


def whole_of_others(mention: Mention, between: list[Chunk], chunks: list[Chunk]) -> bool:
    """'Of the 55 observers accredited, four fifths come from the CIS': the senders are those of a share."""
    if mention.start > _OPENING:
        return False
    ahead = [c for c in chunks[: mention.start] if "filler" not in c.classes]
    opens = bool(ahead) and bool(ahead[-1].classes & {"partitive", "subset"})
    return opens and any(c.text == "," for c in between)


def mission_of_so_many(mention: Mention, words: list[Chunk]) -> bool:
    """'an observer mission of the OTS of 22 people'."""
    if mention.noun not in {"person", "observer"} or "partitive" not in words[-1].classes:
        return False
    return words[-1].last - words[-1].first == 1 and all("mission" in c.classes for c in words[:-1])


def has_its_own(group: Group, chunks: list[Chunk]) -> bool:
    """'The 27 newcomers represent the CIS (16), the SCO (7 people) and CICA (4)': the number behind it is its own."""
    behind = chunks[group.last : group.last + 4]
    if not group.ids or len(behind) < _SHORTEST_BRACKET or behind[0].text != "(" or behind[1].number is None:
        return False
    counted = behind[2:] if behind[2].text in ")," else behind[3:] if behind[2].classes & _COUNTED else []
    return any(c.text in ")," for c in counted[:1])


def distance(group: Group, between: list[Chunk]) -> float:
    """What the way between a number and its sender costs."""
    return (_GENERIC if group.generic and not group.ids else 0.0) + 0.04 * len(between)


def same_clause(mention: Mention, group: Group) -> bool:
    """Whether a number and a sender stand in one clause."""
    first, last = mention.clause
    return first <= group.first and group.last <= last
