"""Shares of one sender's people that come from within it: a mission's by nationality, a state's by its own bodies."""

from __future__ import annotations

from extract.reading.groups import Group
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk
from extract.reading.statements import Statements
from extract.words.spans import NameKind

_OPENING = 3
"""Chunks with which a sentence says that it goes on with a mission's people."""


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
