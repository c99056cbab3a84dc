"""Shares of one sender's people that come from within it: a mission's by nationality, a state's by its own bodies."""

from __future__ import annotations

from extract.reading.groups import HOST, Group
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk
from extract.reading.statements import Statements
from extract.words.spans import NameKind


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


def _of_several_states(mention: Mention, group: Group, chunks: list[Chunk]) -> bool:
    """'The Assembly sent six people, four of whom are deputies from Italy, Jordan and Malta': its own all the same."""
    if group.kinds != {"countries"} or group.generic or group.first < mention.last or HOST in group.ids:
        return False
    beside = [*chunks[max(0, mention.start - 1) : mention.start], *chunks[mention.last : mention.last + 1]]
    return any({"relative", "of_them"} <= c.classes for c in beside)


def _of_its_own_body(group: Group, chunks: list[Chunk]) -> bool:
    """'Belarus sent 14 observers. Eight of them are members of the National Assembly': a house of that state."""
    if len(group.ids) != 1 or group.anaphoric or group.generic:
        return False
    return any(c.name is not None and c.name.kind is NameKind.UNKNOWN_BODY for c in chunks[group.first : group.last])
