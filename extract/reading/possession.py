"""Whose a number is by a pronoun: 'its 300 observers', 'it has 44', 'accredited under its flag'."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk
from extract.words.spans import NameKind

POSSESSORS = frozenset({"its", "its_noun", "possessive"})
"""Words that say whose a number is by going back to somebody."""
_ITS_CLAUSE = 9
"""Chunks between 'its mission' and the number that it has."""


def has_possessor(mention: Mention, chunks: list[Chunk]) -> bool:
    """Whether a pronoun or an ending says whose the number is: 'its 300 observers'."""
    if mention.noun == "observer" and "its_noun" in chunks[mention.last - 1].classes:
        return True
    if mention.noun in {"observer", "person"} and (_of_its_office(mention, chunks) or _its_own(mention, chunks)):
        return True
    return any("its" in c.classes for c in chunks[mention.last : mention.last + 2])


def _its_own(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Its 10 observers will stay in Astana.'"""
    if any(c.classes & {"possessive", "its"} for c in chunks[mention.at + 1 : mention.last]):
        return True
    return (
        mention.start > 0
        and "possessive" in chunks[mention.start - 1].classes
        and chunks[mention.at].number is not None
    )


def _of_its_office(mention: Mention, chunks: list[Chunk]) -> bool:
    """'the SCO informed that its mission would number 20', 'the CIS: its headquarters expects 140'."""
    for at in range(mention.start - 1, max(mention.clause[0], mention.start - _ITS_CLAUSE) - 1, -1):
        chunk = chunks[at]
        if chunk.number is not None or chunk.text in ",;:" or "commission" in chunk.classes:
            return False  # 'At its sitting the commission accredited 87': no body's office
        if "possessive" in chunk.classes:
            return any(c.classes & {"have", "announced", "count_verb"} for c in chunks[at + 1 : mention.start])
    return False


def owner_of(mention: Mention, chunks: list[Chunk]) -> str | None:
    """The body named before 'its 300 observers' in the same sentence."""
    for chunk in reversed(chunks[: mention.at]):
        if chunk.name is not None and chunk.name.kind is NameKind.ORGANIZATION:
            return f"organization:{chunk.name.id}"
    own = any("its" in c.classes for c in chunks[mention.at + 1 : mention.last])
    return _subject_behind(chunks[mention.last : mention.clause[1]]) if own else None


def _subject_behind(behind: list[Chunk]) -> str | None:
    """'Для девяти своих представителей аккредитации добился Исполком СНГ': the body that its verb stands before."""
    verb = next((i for i, c in enumerate(behind) if c.classes & {"verb", "accredited", "proposed"}), None)
    near = behind[verb + 1 : verb + 4] if verb is not None else []
    if any(c.number is not None for c in behind[:verb]):
        return None
    body = next((c.name for c in near if c.name is not None and c.name.kind is NameKind.ORGANIZATION), None)
    return None if body is None else f"organization:{body.id}"


def is_flagged(mention: Mention, chunks: list[Chunk]) -> bool:
    """'accredited under its flag': the body of the sentence before, whoever delegated them."""
    first, last = mention.clause
    at = next((i for i in range(first, last) if "flag" in chunks[i].classes), None)
    if at is None:
        return False
    papers = chunks[at + 1 : mention.start] if "in_them" in chunks[at].classes else []
    return not any("closing_subject" in c.classes for c in papers)  # 'В ней ходатайства за 38 человек': in a folder
