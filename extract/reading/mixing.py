"""Sums of observers and media people, which are no figures."""

from __future__ import annotations

from extract.reading.closing import MEDIA
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk


def mixes_media(mention: Mention, chunks: list[Chunk]) -> bool:
    """'1,026 people: foreign states, organizations and media': a sum of observers and journalists is no figure."""
    coordinated = chunks[mention.last : mention.last + 3]
    joined = mention.noun == "observer" and len(coordinated) > 1 and "and" in coordinated[0].classes
    if joined and any("journalist" in c.classes for c in coordinated[1:]) and not any(c.number for c in coordinated):
        return True
    if _media_before(mention, chunks):
        return True
    after = chunks[mention.last :]
    at = next((i for i, c in enumerate(after) if c.classes & MEDIA), None)
    if at is None or any(c.number is not None for c in after[:at]) or mention.noun == "observer":
        return False
    return any("mixed" in c.classes for c in after[:at])


def _media_before(mention: Mention, chunks: list[Chunk]) -> bool:
    """'БАҚ өкілдерін қоса алғанда, байқаушылар саны 1 026-ға жетті': the media people counted in are named before."""
    first = mention.clause[0]
    for at in range(first, mention.at):
        if chunks[at].classes & MEDIA:
            counted = any("mixed" in c.classes for c in chunks[at + 1 : at + 3])
            if counted and not any(c.number for c in chunks[at : mention.at]):
                return True
    return False
