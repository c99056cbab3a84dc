"""Where the phrase of a number's noun ends, and which words are no noun of it."""

from __future__ import annotations

from extract.reading.scan import Chunk

_STOPS = frozenset(
    {
        "origin",
        "represent",
        "have",
        "function",
        "including",
        "of_them",
        "count_verb",
        "remains",
        "announced",
        "withdrawn",
        "verb",
        "reached",
        "present",
    }
)
_NO_CLASSES: frozenset[str] = frozenset()
PERSONAL = frozenset({"observer", "person", "journalist", "diplomat"})
"""Classes of words for people."""


def qualifies(chunk: Chunk, number: Chunk) -> bool:
    """Words behind a number that say how exact it is: 'астам', 'дейін', 'or so'."""
    tail = number.number.tail if number.number is not None else None
    return tail is not None and chunk.last <= tail


def _says_since_when(chunk: Chunk) -> bool:
    """'it has stood at 79 since the previous meeting', 'a rise of 139 in a week': no noun of the number."""
    return "new" in chunk.classes and chunk.last - chunk.first > 1 and bool(chunk.classes & {"since", "place_prep"})


def acts(chunk: Chunk) -> bool:
    """'еще три подали документы', 'took three off the list': a phrase of a verb is no noun, nor 'since last week'.

    So it is with 'двоих вычеркнули из списка'.
    """
    verb = "proposed" in chunk.classes and "have" in chunk.classes
    listed = bool(chunk.classes & {"definite", "list_word"})
    off = listed and bool(chunk.classes & {"withdrawn", "just_added"})  # 'joined the list', too
    return verb or off or _says_since_when(chunk)


def closes(chunks: list[Chunk], i: int, at: int) -> bool:
    chunk = chunks[i]
    if chunk.number is not None or chunk.day is not None or _says_since_when(chunk):
        return True
    if not chunk.is_word:
        return not (chunk.text in "-/–" and i > at and _tight(chunks, i))
    if chunk.classes & {"accredited", "proposed"}:
        if {"function", "have"} <= chunk.classes:
            return True  # '23 have nominated observers': the verb of those counted
        following = chunks[i + 1].classes if i + 1 < len(chunks) else _NO_CLASSES
        return not (
            following & PERSONAL
            or any(c.classes & {"observer", "journalist", "association"} for c in chunks[i + 1 : i + 4])
        )
    if chunk.classes & {"observing", "light_behind"} and "foreigner" in chunks[i - 1].classes:
        return True  # '215 шетелдік байқап отырады', 'аккредиттеуден 215 шетелдік өтті'
    if "object_case" in chunk.classes and "foreigner" in chunks[i - 1].classes and _ends_sentence(chunks, i):
        return True  # '125 шетелдік отырады': the verb ends the sentence, and its ending looks like that of a case
    if "accreditation" in chunk.classes and i == at + 1 and not chunk.classes & PERSONAL:
        behind = chunks[i + 1 : i + 2]
        return all(not c.is_word or "function" in c.classes for c in behind)  # 'granted all the 13 accreditation'
    if "and" in chunk.classes:
        return i == at + 1 and i + 1 < len(chunks) and _is_of_the_next(chunks[i + 1 : i + 4])
    return bool(chunk.classes & _STOPS) and not chunk.classes & {"international", "rest", "new"}


def _is_of_the_next(behind: list[Chunk]) -> bool:
    """'... and ODIHR 26', 'organizations put up 694 and foreign countries 118': the next number's sender."""
    senders = next((c for c in behind if not c.classes & {"definite", "adjective", "international"}), behind[0])
    return behind[0].name is not None or bool(senders.classes & {"organizations", "countries"})


def _ends_sentence(chunks: list[Chunk], i: int) -> bool:
    return i + 1 >= len(chunks) or chunks[i + 1].text in ".!?»”"


def _tight(chunks: list[Chunk], i: int) -> bool:
    """A hyphen between words ('long-term'), not a dash between phrases, but for 'seven - diplomats'."""
    if i + 1 >= len(chunks) or not chunks[i + 1].is_word or chunks[i].text not in "-/":
        return False
    return chunks[i].glued or "diplomat" in chunks[i + 1].classes
