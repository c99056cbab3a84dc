"""Which numbers count nobody, since they are those of a telephone."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk

_TO_ITS_NUMBER = 2
"""Chunks between a telephone and its number."""


def is_dialled(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Ring on the number 109', 'check yourself by number 109': a number without its article or its 'of'."""
    before = chunks[mention.clause[0] : mention.start]
    if any("phone" in c.classes for c in before[-_TO_ITS_NUMBER:]):
        return True
    if len(before) < 2 or "plain_number" not in before[-1].classes or before[-1].classes & {"definite", "function"}:
        return False
    return bool(before[-2].classes & {"origin", "place_prep", "entitled"})
