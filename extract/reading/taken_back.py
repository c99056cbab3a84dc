"""Whose the observers are that do not come after all: of the sender that says so, that had named or recalled them."""

from __future__ import annotations

from extract.reading.groups import Group
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk

_PEOPLE = frozenset({"bare", "person", "observer"})
_ENDED = frozenset({"withdrawn", "takes_off"})
_TO_ITS_VERB = 3
"""Chunks between a number, or a sender, and its verb."""
_BESIDE = 2
"""Chunks between a sender and the verb of its recalling."""


def taken_back_by(mention: Mention, groups: list[Group], mentions: list[Mention], chunks: list[Chunk]) -> None:
    """Give those who were struck off the one sender that the sentence tells, if it is no other number's."""
    if mention.group is not None or mention.noun not in _PEOPLE or mention.of_them:
        return
    free = [g for g in groups if len(g.ids) == 1 and not g.generic and all(m.group is not g for m in mentions)]
    if len(groups) == len(mentions) == 1 and groups[0] in free and _at_its_request(mention, groups[0], chunks):
        mention.group = groups[0]
        return
    sender = next((g for g in free if _asked_for_it(mention, g, chunks) or _had_named_them(mention, g, chunks)), None)
    mention.group = sender


def _at_its_request(mention: Mention, group: Group, chunks: list[Chunk]) -> bool:
    """'At the request of Armenia, the accreditation of one of its observers was cancelled': its sender opens it."""
    between = chunks[group.last : mention.start]
    own = any(c.classes & {"its", "possessive"} for c in chunks[mention.at : mention.last + 2])
    return group.last <= mention.start and group.first <= _TO_ITS_VERB and own and any(c.text == "," for c in between)


def _asked_for_it(mention: Mention, group: Group, chunks: list[Chunk]) -> bool:
    """'Three were struck off: ODIHR asked to annul their badges'."""
    behind = chunks[mention.last : group.first]
    if len(behind) > 2 * _TO_ITS_VERB or any(c.number is not None for c in behind):
        return False
    if not any("withdrawn" in c.classes for c in behind[:_TO_ITS_VERB]):
        return False
    colon = [c for c in behind if "filler" not in c.classes][-1:]
    verb = chunks[group.last : group.last + _TO_ITS_VERB]
    told = any(c.classes & {"asks_for", "withdrawn", "proposed", "said", "refuses"} for c in verb)
    return bool(colon) and colon[0].text in ":–—" and told and not any(c.number is not None for c in verb)


def _had_named_them(mention: Mention, group: Group, chunks: list[Chunk]) -> bool:
    """'Indonesia said that the two observers it had nominated would not come': the pronoun is that of the subject."""
    clause = chunks[mention.last : mention.last + _TO_ITS_VERB + 1]
    clause = clause[1:] if clause and clause[0].classes & {"relative", "this"} else clause  # 'whom it', 'that it'
    if group.last > mention.start or not clause or not clause[0].classes & {"it_sends", "they"}:
        return False
    if not any(c.classes & {"sends", "proposed"} for c in clause[1:]):
        return False
    return not any(c.number is not None for c in chunks[group.last : mention.start])


def recalled_by(mention: Mention, mentions: list[Mention], groups: list[Group], chunks: list[Chunk]) -> None:
    """'Одного человека вычеркнули: Таиланд отозвал своего наблюдателя', 'двоих сняли с учета, их отозвала Мальта'."""
    if mention.group is not None or mention.noun not in _PEOPLE or len(groups) != 1:
        return
    group = groups[0]
    if mention is not mentions[-1] or len(group.ids) != 1 or group.generic or group.first < mention.last:
        return
    between = chunks[mention.last : group.first]
    pause = next((i for i, c in enumerate(between) if c.text in ":,–—("), None)
    if pause is None or all(c.classes.isdisjoint(_ENDED) for c in [*_ahead(mention, chunks), *between[:pause]]):
        return
    beside = [*between[pause + 1 :][-_BESIDE:], *chunks[group.last : group.last + _BESIDE]]
    if any("withdrawn" in c.classes for c in beside):
        mention.group = group


def _ahead(mention: Mention, chunks: list[Chunk]) -> list[Chunk]:
    """The words before a number that may be its verb: '34 joined the list, which excluded one'."""
    ahead = chunks[max(0, mention.start - _TO_ITS_VERB) : mention.start]
    other = max((i for i, c in enumerate(ahead, 1) if c.number is not None or not c.is_word), default=0)
    return ahead[other:]
