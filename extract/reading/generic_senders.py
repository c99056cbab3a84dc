"""Senders that no name tells: 'ten organizations', 'the election bodies of five states', 'states'."""

from __future__ import annotations

from extract.reading.groups import Group
from extract.reading.scan import Chunk
from extract.reading.sender_counts import COUNTED

_LONGEST_NOUN_PHRASE = 6
_MODIFIERS = frozenset({"international", "and", "new", "rest", "domestic", "adjective", "approx"})
"""What may stand between a number and its noun: '20-дан астам мемлекет'."""


def counted_senders(chunks: list[Chunk], at: int) -> Group | None:
    """'14 foreign states': a number whose noun is organizations or countries."""
    number = chunks[at].number
    if number is None or number.kind not in COUNTED or chunks[at].stands_for_noun or _closed_by_and(chunks, at):
        return None
    for i in range(at + 1, min(at + _LONGEST_NOUN_PHRASE, len(chunks))):
        classes = chunks[i].classes
        kind = _kind(classes)
        if kind:
            if "each" in classes:
                return None  # 'хватило одного на страну'
            if "association" in classes or (at and "civic" in chunks[at - 1].classes):
                return None
            if "election_body" in classes:
                return Group(at, i + 1, kinds={"countries"}, generic=True)
            group = Group(at, i + 1, kinds={kind}, generic=True)
            if number.approx is None:
                group.counts[kind] = number.value
            return group
        if chunks[i].number is not None or not _modifier(chunks[i]):
            return None
    return None


def _closed_by_and(chunks: list[Chunk], at: int) -> bool:
    """'Organizations accounted for 694 and countries for 118': the first number is no count of countries."""
    behind = chunks[at + 1 : at + 3]
    return len(behind) > 1 and "and" in behind[0].classes and "new_word" not in behind[1].classes


def election_bodies(chunks: list[Chunk], at: int) -> Group:
    """'13 electoral bodies of foreign countries': states send them, their number does not count states.

    That of the states themselves does: 'по линии избирательных органов 21 государства'.
    """
    group = Group(at, at + 1, kinds={"countries"}, generic=True)
    for i in range(at + 1, min(at + 6, len(chunks))):
        if _kind(chunks[i].classes) == "countries":
            group.last = i + 1
            number = chunks[i - 1].number or chunks[i - 2].number if i > at + 1 else None
            if number is not None and number.kind in COUNTED and number.approx is None:
                group.take_count(number.value)
            break
        if not (chunks[i].number or chunks[i].classes & {"origin", "filler", "international"}):
            break
    return group


def _kind(classes: frozenset[str]) -> str | None:
    if "organizations" in classes:
        return "organizations"
    return "countries" if "countries" in classes or "country" in classes else None


def _modifier(chunk: Chunk) -> bool:
    """A chunk that may stand between a number and its noun."""
    if chunk.name is not None:
        return True
    if not chunk.is_word:
        return chunk.text in "-–" and chunk.glued
    return not chunk.classes or bool(chunk.classes & _MODIFIERS)


def unnamed_senders(chunks: list[Chunk], at: int) -> Group | None:
    """'foreign states', 'international organizations' without a number, as far as they are senders."""
    owned = bool(at) and bool(chunks[at - 1].classes & {"member_of", "election_body"})
    if "association" in chunks[at].classes or owned:
        return None
    kind = _kind(chunks[at].classes)
    if kind is None or "single" in chunks[at].classes:
        return None
    if at + 1 < len(chunks) and "among_behind" in chunks[at + 1].classes:
        return None
    opened = [c for c in chunks[max(0, at - 3) : at] if "filler" not in c.classes]
    if opened and opened[-1].classes & {"leader", "presidential"} and kind == "countries":
        return None
    if any("among" in c.classes for c in chunks[max(0, at - 2) : at]) and any(
        c.text == "," for c in chunks[at + 1 : at + 2]
    ):
        return None
    if len(chunks) > at + 2 and chunks[at + 1].text in "-–" and "member_of" in chunks[at + 2].classes:
        return None
    return Group(at, at + 1, kinds={kind}, generic=True)
