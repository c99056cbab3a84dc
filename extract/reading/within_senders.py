"""People who come from within a sender: a mission's by their states, a state's by its own bodies. These send nobody."""

from __future__ import annotations

from extract.reading.bodies import is_office_of
from extract.reading.groups import Group
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk
from extract.reading.statements import Statements
from extract.words.spans import NameKind, NumberKind

_OPENING = 3
"""Chunks with which a sentence says that it goes on with a mission's people."""
_FEWEST = 2
"""States among whose people a mission's are."""
_TO_ITS_PEOPLE = 9
"""Chunks between 'deputies of the parliaments of' and the first of these states."""
_PEOPLE = frozenset({"deputy", "parliamentarians", "person"})
_SENT = frozenset({"sends", "have", "said", "verb", "observer", "countries"})


def within_a_sender(mention: Mention, mentions: list[Mention], groups: list[Group], found: Statements) -> None:
    """Give a share the sender of its whole where the names beside it only tell where its people are from."""
    chunks = found.scan.sentences[mention.sentence].chunks
    before = mentions[mentions.index(mention) - 1] if mention is not mentions[0] else None
    if before is None:
        before = found.mentions[-1] if found.mentions else None
        if before is None or mention.sentence - before.sentence != 1:
            return
    scope, group = before.scope or "", mention.group
    if group is None or before.value <= mention.value:
        return
    here = before.sentence == mention.sentence
    if here and scope.startswith("organization:") and _of_several_states(mention, group, chunks):
        groups.remove(group)
        mention.group, mention.scope, mention.subset = None, scope, True
    elif scope.startswith("country:") and not before.each and _of_its_own_body(group, chunks):
        mention.group, mention.scope, mention.subset = None, scope, True


def are_nationalities(mentions: list[Mention], groups: list[Group], found: Statements, index: int) -> bool:
    """'Миссияның он байқаушысы бар. Олардың төртеуі – Әзербайжан, алтауы – Түркия депутаттары': all are the mission's.

    Gives the numbers of such a sentence the mission's scope, and takes the states out of those who send.
    """
    before = found.mentions[-1] if found.mentions else None
    if before is None or index - before.sentence != 1 or not (before.scope or "").startswith("organization:"):
        return False
    own, last = found.scan.sentences[index], found.scan.sentences[before.sentence]
    alone = len(found.mentions) == 1 or found.mentions[-2].sentence < before.sentence
    if not alone or own.paragraph != last.paragraph or not _goes_on_with_its_people(own.chunks):
        return False
    if any(g.kinds != {"countries"} or not g.ids for g in groups):
        return False
    if sum(m.value for m in mentions) > before.value or any(m.group is None for m in mentions):
        return False
    groups.clear()
    for mention in mentions:
        mention.group, mention.scope, mention.subset = None, before.scope, True
    return True


def states_within_the_mission(found: Statements) -> None:
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


def _goes_on_with_its_people(chunks: list[Chunk]) -> bool:
    """'Миссия құрамында ...', 'миссия мүшелері: ...', 'олардың төртеуі ...'."""
    opening = chunks[:_OPENING]
    first = opening[0].classes
    if {"they", "of_case"} <= first and "person" not in first:
        return len(opening) > 1 and "share" in opening[1].classes
    if "flag" in first or {"they", "person"} <= first:
        return True
    members = any({"person", "many"} <= c.classes or "within_it" in c.classes for c in opening[1:])
    return "mission_itself" in first and members


def _of_several_states(mention: Mention, group: Group, chunks: list[Chunk]) -> bool:
    """'The Assembly sent six people, four of whom are deputies from Italy, Jordan and Malta': its own all the same."""
    if group.kinds != {"countries"} or group.generic or group.first < mention.last:
        return False
    beside = [*chunks[max(0, mention.start - 1) : mention.start], *chunks[mention.last : mention.last + 1]]
    return any({"relative", "of_them"} <= c.classes for c in beside)


def _of_its_own_body(group: Group, chunks: list[Chunk]) -> bool:
    """'Belarus sent 14 observers. Eight of them are members of the National Assembly': a house of that state."""
    if len(group.ids) != 1 or group.anaphoric or group.generic:
        return False
    return any(c.name is not None and c.name.kind is NameKind.UNKNOWN_BODY for c in chunks[group.first : group.last])


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
