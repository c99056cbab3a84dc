"""Articles about one body's mission: the states whose deputies are in it send nobody of their own."""

from __future__ import annotations

from extract.model import Status
from extract.reading.bodies import is_office_of
from extract.reading.groups import Group
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements
from extract.words.spans import NumberKind

_FEWEST = 2
"""States among whose people a mission's are."""
_TO_ITS_PEOPLE = 9
"""Chunks between 'deputies of the parliaments of' and the first of these states."""
_PEOPLE = frozenset({"deputy", "parliamentarians", "person"})
_FROM_IT = 3
"""Chunks between 'it' and how many it has."""
_REACH = 3
"""Sentences from the number of a mission's people to those of its parts."""
_IT = frozenset({"flag", "in_them", "it_sends", "mission_itself"})
_MISSION = frozenset({"mission", "observing"})
_SENT = frozenset({"sends", "have", "said", "verb", "observer", "countries"})


def of_the_one_mission(found: Statements) -> None:
    """'TURKPA sends a mission. Nine of its 13 observers are deputies from Azerbaijan and Turkey': all are TURKPA's.

    Takes these states out of those who send, and gives numbers beside them the mission's scope.
    """
    mission = found.topic
    if mission is None or not found.mentions:
        return
    inside = {
        group
        for sentence, groups in zip(found.scan.sentences, found.groups, strict=True)
        for group in groups
        if _tells_where_people_are_from(group, mission, sentence.chunks)
    }
    if not inside or any(not _is_its_own(m, mission, inside) for m in found.mentions):
        return
    for mention in found.mentions:
        if mention.group in inside:
            mention.group, mention.scope, mention.subset = None, mission, mention.of_them
    for index, groups in enumerate(found.groups):
        found.groups[index] = [group for group in groups if group not in inside]


def makes_up_the_mission(mention: Mention, found: Statements) -> bool:
    """'The 16-member Mission is led by ...', 'It has 16 people' in a text whose title is about one body's mission.

    Gives the number that body's scope.
    """
    sentence = found.scan.sentences[mention.sentence]
    own = mention.noun == "person" and mention.group is None and not mention.of_them and not mention.more
    if found.topic is None or not own or mention.scope not in {None, found.topic}:
        return False
    behind = sentence.chunks[mention.last : mention.last + 2]
    so_large = mention.last - mention.at > 1 and any("mission_word" in c.classes for c in behind)
    if not so_large and not _goes_on_with_it(mention, sentence, found):
        return False
    mention.scope = found.topic
    return True


def parts_of_the_mission(mentions: list[Mention]) -> None:
    """'The commission accredited 17 members of the mission. Five of our observers left for Almaty': a part of these.

    Where a text counts one mission's people alone, smaller numbers behind the accredited one are parts of it.
    """
    scopes = {m.scope for m in mentions}
    accredited = next((m for m in mentions if m.told_status is Status.ACCREDITED), None)
    if accredited is None or len(scopes) != 1 or not (accredited.scope or "").startswith(("organization:", "country:")):
        return
    for part in mentions:
        behind = 0 < part.sentence - accredited.sentence <= _REACH
        if behind and part.status is None and part.value < accredited.value and not part.more and not part.each:
            part.whole, part.subset = accredited, True


def _goes_on_with_it(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """Whether a sentence goes on with the mission that the one before has named, and no other sender."""
    if not mention.sentence or mention.start > _FROM_IT or not sentence.chunks[0].classes & _IT:
        return False
    before = found.scan.sentences[mention.sentence - 1]
    named = {i for g in found.groups[mention.sentence - 1] for i in g.ids}
    return before.paragraph == sentence.paragraph and named == {found.topic} and bool(before.classes & _MISSION)


def _is_its_own(mention: Mention, mission: str, inside: set[Group]) -> bool:
    """Whether a number is the mission's, or stands beside where its people are from."""
    if mention.group in inside:
        return not mention.each
    if mention.scope is None:
        return mention.of_them or mention.rest
    return mention.scope == mission or is_office_of(mission, mention.scope)


def _tells_where_people_are_from(group: Group, mission: str, chunks: list[Chunk]) -> bool:
    """'deputies of the parliaments of A, B and C', but 'deputies whom A, B and C have sent'."""
    states = [scope for scope in group.ids if scope != mission]  # '... of A and B and of the Assembly's Secretariat'
    if group.generic or len(states) < _FEWEST or any(not s.startswith("country:") for s in states):
        return False
    before = chunks[max(0, group.first - _TO_ITS_PEOPLE) : group.first]
    behind = chunks[group.last : group.last + 2]
    if any("each" in c.classes or _is_a_share_of_each(c) for c in before):
        return False  # 'two deputies each from the parliaments of A and B'
    people = next((i for i in range(len(before) - 1, -1, -1) if before[i].classes & _PEOPLE), None)
    if people is not None and not any(c.classes & _SENT for c in before[people + 1 :]):
        return all(c.number is None and c.text != "," for c in before[people + 1 :])
    return any(c.classes & {"deputy", "parliamentarians"} for c in behind)


def _is_a_share_of_each(chunk: Chunk) -> bool:
    return chunk.number is not None and chunk.number.kind is NumberKind.DISTRIBUTIVE
