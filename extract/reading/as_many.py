"""'Kyrgyzstan has three, and so does Mongolia', 'ten from Azerbaijan and just as many from Türkiye'."""

from __future__ import annotations

from dataclasses import replace

from extract.reading.groups import Group
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk

_TO_THE_SENDER = 3
"""Chunks between 'just as many' and the sender: 'from the'."""
_BESIDE_A_NAME = frozenset({"filler", "origin", "definite", "have", "adverb"})
_PEOPLE = frozenset({"bare", "person", "observer"})


def just_as_many(mentions: list[Mention], groups: list[Group], chunks: list[Chunk]) -> None:
    """Give the number before to the sender that has 'just as many', too."""
    for at, chunk in enumerate(chunks):
        if "as_many" not in chunk.classes or not at or chunks[at - 1].number is not None:
            continue
        sender = _sender_of_as_many(at, groups, chunks)
        before = next((m for m in reversed(mentions) if m.at < at), None)
        if sender is None or before is None or before.group is None or before.noun not in _PEOPLE:
            continue
        own = before.group
        alike = bool(own.ids) and own is not sender and own.kinds == sender.kinds and own.last <= sender.first
        if alike and (before.each or len(own.ids) == 1) and not any(m.group is sender for m in mentions):
            before.group, before.each = replace(own, ids=[*own.ids, *sender.ids]), True


def _sender_of_as_many(at: int, groups: list[Group], chunks: list[Chunk]) -> Group | None:
    """The sender right behind the words, or right before them: 'Türkiye sent just as many'."""
    behind = next((g for g in groups if at < g.first <= at + _TO_THE_SENDER), None)
    if behind is not None and all(c.classes & _BESIDE_A_NAME for c in chunks[at + 1 : behind.first]):
        ahead = chunks[at - 1]
        return behind if behind.ids and ("and" in ahead.classes or not ahead.is_word) else None
    ends = at + 1 >= len(chunks) or not chunks[at + 1].is_word or "and" in chunks[at + 1].classes
    before = next((g for g in reversed(groups) if g.last <= at), None)
    beside = before is not None and all(c.classes & _BESIDE_A_NAME for c in chunks[before.last : at])
    return before if ends and beside and before is not None and before.ids else None
