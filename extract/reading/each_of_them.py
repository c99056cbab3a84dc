"""'Two each', 'one of every state': numbers that each of several senders has."""

from __future__ import annotations

from extract.reading.groups import Group
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk


def each_of_those(mention: Mention, groups: list[Group], chunks: list[Chunk]) -> None:
    """'Lithuania, Poland and Türkiye send them: two from each state': each of the senders named before."""
    if mention.each and mention.noun == "other" and mention.group is not None and len(mention.group.ids) > 1:
        mention.noun = "bare"
    around = chunks[max(0, mention.start - 2) : mention.start]
    if not (mention.each or any("each" in c.classes for c in around)) or (mention.group and mention.group.ids):
        return
    nearest = next((g for g in reversed(groups) if g.last <= mention.start), None)
    others = nearest is not None and nearest.generic and not nearest.ids and nearest.first > 0
    if others and nearest is not None and "rest" in chunks[nearest.first - 1].classes:
        return  # 'the other five states sent one each'
    named = [g for g in groups if g.last <= mention.start and len(g.ids) > 1]
    behind = _named_behind(mention, groups, chunks)
    if named or behind is not None:
        mention.group, mention.each = behind or named[-1], True
        mention.noun = "bare" if mention.noun == "other" else mention.noun


def _named_behind(mention: Mention, groups: list[Group], chunks: list[Chunk]) -> Group | None:
    """'Two states have two observers each, Kyrgyzstan and Tajikistan': as many names as were counted."""
    counted = mention.group.counts.values() if mention.group is not None else ()
    behind = next((g for g in groups if g.first > mention.at), None)
    if behind is None or len(behind.ids) not in counted:
        return None
    return (
        behind if all(c.text in ",:–-(" or "each" in c.classes for c in chunks[mention.last : behind.first]) else None
    )


def _one_of_several(mention: Mention) -> bool:
    """'Ирану и Бельгии хватило одного': one of several states can only be one of each."""
    group = mention.group
    several = group is not None and len(group.ids) > 1 and group.kinds == {"countries"}
    return several and mention.value == 1 and mention.number.written_out


def mark_each(mention: Mention, chunks: list[Chunk]) -> None:
    """'Armenia and Russia each have two observers', 'Оман және Словения, әр елден үш адам'."""
    if mention.group is not None and mention.group.last <= mention.at:
        mention.each = mention.each or any("each" in c.classes for c in chunks[mention.group.last - 1 : mention.at])
        mention.each = mention.each or _one_of_several(mention)
        several = len(mention.group.ids) > 1 and "from_case" in chunks[mention.last - 1].classes
        mention.each = mention.each or (several and mention.noun in {"observer", "person"})
        beside = len(mention.group.ids) > 1 and mention.group.last == mention.start and mention.noun == "bare"
        mention.each = mention.each or (beside and "declined" in chunks[mention.at].classes)  # 'X пен Y-дан 5-тен'
        mention.each = mention.each or (beside and _as_each_before(mention, chunks))


def _as_each_before(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Italy and Spain have two each, Poland and Cuba one': the verb and 'each' are those of the senders before."""
    group = mention.group
    if (
        group is None
        or group.generic
        or group.kinds != {"countries"}
        or len(group.ids) != len(group.counts or group.ids)
    ):
        return False
    behind = chunks[mention.last : mention.last + 1]
    if any(c.is_word and "and" not in c.classes for c in behind):
        return False
    ahead = chunks[mention.clause[0] : group.first]
    last = next((i for i in range(len(ahead) - 1, -1, -1) if "each" in ahead[i].classes), None)
    return last is not None and all(c.text in ",;" or "and" in c.classes for c in ahead[last + 1 :])
