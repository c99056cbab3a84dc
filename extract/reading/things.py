"""Numbers without a noun that share that of things counted before them in their sentence."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk

_TO_THE_COMMA = 4
"""Chunks of 'received by Monday,'."""
_PEOPLE = frozenset({"observer", "accredit_root", "diplomat"})


def shares_the_things_before(mention: Mention, mentions: list[Mention], chunks: list[Chunk]) -> bool:
    """'Of the 28 complaints, nine were upheld', '45 meetings with officials and 30 with reporters'; marks it so."""
    if mention.noun != "bare" or mention.subject:
        return False
    things = next((m for m in mentions if m.at < mention.at and m.noun == "other"), None)
    if things is None or any(c.classes & _PEOPLE for c in chunks[things.last : mention.start]):
        return False
    if mention.group is not None and mention.group.ids and mention.group.last > things.start:
        return False  # but 'the OSCE held 45 meetings with officials and 30 with reporters'
    before = next(m for m in reversed(mentions) if m.at < mention.at)
    shares = _opens_as_a_whole(things, chunks) or (before.noun == "other" and _elides_its_noun(mention, before, chunks))
    mention.noun = "other" if shares else mention.noun
    return shares


def _opens_as_a_whole(things: Mention, chunks: list[Chunk]) -> bool:
    """'Of the 28 complaints, ...'"""
    ahead = [c for c in chunks[: things.start] if not c.classes & {"definite", "approx"}]
    if len(ahead) != 1 or "partitive" not in ahead[0].classes:
        return False
    behind = chunks[things.last : things.last + _TO_THE_COMMA]
    comma = next((i for i, c in enumerate(behind) if c.text == ","), None)
    return comma is not None and all(c.is_word and c.name is None for c in behind[:comma])


def _elides_its_noun(mention: Mention, before: Mention, chunks: list[Chunk]) -> bool:
    """'45 meetings with officials and 30 with reporters': the same preposition behind both."""
    joint = chunks[mention.start - 1]
    if mention.last >= len(chunks) or not ("and" in joint.classes or joint.text == ","):
        return False
    behind = chunks[mention.last]
    if "function" not in behind.classes or "of_them" in behind.classes:
        return False
    first = chunks[before.at + 1 : before.last + 1]  # 'meetings with' may be one
    return any(c.text.split(" ")[-1] == behind.text for c in first)
