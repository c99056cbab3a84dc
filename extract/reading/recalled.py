"""Whose are those taken off the list, where only the reason told behind a colon names who recalled them."""

from __future__ import annotations

from extract.reading.groups import Group
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk

_BESIDE = 2
"""Chunks between a sender and the verb of its recalling."""


def recalled_by(mention: Mention, mentions: list[Mention], groups: list[Group], chunks: list[Chunk]) -> None:
    """'Одного человека вычеркнули: Таиланд отозвал своего наблюдателя', 'двоих сняли с учета, их отозвала Мальта'."""
    if mention.group is not None or mention.noun not in {"observer", "person", "bare"} or len(groups) != 1:
        return
    group = groups[0]
    if len(mentions) > 1 or len(group.ids) != 1 or group.generic or group.first < mention.last:
        return
    between = chunks[mention.last : group.first]
    pause = next((i for i, c in enumerate(between) if c.text in ":,–—("), None)
    if pause is None or not any("withdrawn" in c.classes for c in between[:pause]):
        return
    beside = [*between[pause + 1 :][-_BESIDE:], *chunks[group.last : group.last + _BESIDE]]
    if any("withdrawn" in c.classes for c in beside):
        mention.group = group
