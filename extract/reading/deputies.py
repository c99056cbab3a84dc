"""Which members of parliaments are observers: those whom a body behind them names, or for which they come."""

from __future__ import annotations

from extract.reading.scan import Chunk
from extract.words.spans import NameKind

_SHORTEST_CLAUSE = 3
"""Chunks of a comma, a participle and the body behind it."""


def act_for_a_body(chunks: list[Chunk], at: int) -> bool:
    """Whether the words behind 'deputies' tell the body that they act for."""
    return _named_by_a_body(chunks, at) or _come_for_a_body(chunks, at)


def _named_by_a_body(chunks: list[Chunk], at: int) -> bool:
    """'Двум депутатам, заявленным Парламентской ассамблеей ОБСЕ': the participle tells the body that names them."""
    behind = chunks[at + 1 : at + 5]
    if len(behind) < _SHORTEST_CLAUSE or behind[0].text != ",":
        return False
    told = next((i for i, c in enumerate(behind) if c.classes & {"represent", "proposed", "sends"}), len(behind))
    sender = behind[told + 1].name if told + 1 < len(behind) else None
    return sender is not None and sender.kind is NameKind.ORGANIZATION


def _come_for_a_body(chunks: list[Chunk], at: int) -> bool:
    """'Пять депутатов прибудут по линии ТюркПА': they act for the body behind their verb."""
    behind = chunks[at + 1 : at + 4]
    if len(behind) < _SHORTEST_CLAUSE or "acts_for" not in behind[1].classes or behind[2].name is None:
        return False
    return "have" in behind[0].classes and behind[2].name.kind is NameKind.ORGANIZATION
