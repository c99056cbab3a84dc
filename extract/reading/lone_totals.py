"""Numbers that open or end a sentence as the total that it came to: 'In all, 398', 'it is 641 now'."""

from __future__ import annotations

import itertools

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk

_THEN = 5
"""Chunks behind an earlier total that say when it was."""


def _is_the_result(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The result - 1,033 people', 'Итог – 1 033 человека'."""
    opening = chunks[mention.clause[0] : mention.start]
    return len(opening) > 1 and opening[-1].text in "–—" and all("count_subject" in c.classes for c in opening[:-1])


def opens_with_number(mention: Mention, chunks: list[Chunk]) -> bool:
    """'At 258, the number of observers is twice what it was', 'which brings to 711 the number of those ...'."""
    equated = chunks[mention.last : mention.last + 2]
    if _stands_alone_as_total(mention, chunks):
        return True
    if mention.noun == "bare" and mention.start <= 1 and len(equated) > 1 and "copula" in equated[0].classes:
        return "count_subject" in equated[1].classes
    brought = mention.start > 0 and {"cumulative", "until_number"} <= chunks[mention.start - 1].classes
    if brought and any("count_subject" in c.classes for c in chunks[mention.last : mention.last + 2]):
        return True
    words = (c for c in itertools.islice(chunks, mention.start) if c.is_word)
    before = list(itertools.islice(words, 2))
    opens = len(before) == 1 and "place_prep" in before[0].classes
    return opens and any("count_subject" in c.classes for c in chunks[mention.last : mention.last + 4])


def _stands_alone_as_total(mention: Mention, chunks: list[Chunk]) -> bool:
    """By the word beside it: 'the result - 1,033', 'up from 111', '246 remain', 'in all 158', 'барлығы 493 болды'."""
    ahead = chunks[mention.start - 1] if mention.start else None
    behind = chunks[mention.last].classes if mention.last < len(chunks) else frozenset()
    if behind & {"remains", "reached"} and (_remain(mention, chunks) or _came_to(mention, chunks)):
        return True
    if behind & {"in_all"} and _for_so_many_in_all(mention, chunks):
        return True
    if ahead is None or (ahead.text not in "–—" and ahead.classes.isdisjoint({"up_from", "leaves", "in_all"})):
        return False
    rules = (_is_the_result, _up_from, _remain, _in_all)
    return any(rule(mention, chunks) for rule in rules)


def _remain(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Four gave their badges back, so 246 remain', '246-сы қалды', 'which leaves 246': the rest."""
    ahead = chunks[mention.start - 1].classes if mention.start else frozenset()
    behind = chunks[mention.last].classes if mention.last < len(chunks) else frozenset()
    if "leaves" in ahead and mention.noun in {"bare", "person", "observer"}:
        # 'That leaves 160 on the list', not 'на рассмотрении остаются 39'
        return not any("proposed" in c.classes for c in chunks[mention.clause[0] : mention.start - 1])
    if mention.noun != "bare" or "remains" not in behind:
        return False
    return any("withdrawn" in c.classes for c in chunks[: mention.start])


def _in_all(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The commission accredited 52 observers, in all 158.'"""
    if mention.noun != "bare" or mention.start < 2 or "in_all" not in chunks[mention.start - 1].classes:
        return False
    behind = chunks[mention.last : mention.last + 1]
    counted = any("observer" in c.classes for c in chunks[: mention.start]) and any(
        c.number for c in chunks[: mention.start]
    )
    return chunks[mention.start - 2].text in ",;–—" and counted and all(c.text in ".;,)" for c in behind)


def _for_so_many_in_all(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Another 24 observers were accredited, for 245 in all.'"""
    ahead = chunks[max(0, mention.start - 2) : mention.start]
    if mention.noun != "bare" or len(ahead) < 2 or ahead[0].text != "," or "with_number" not in ahead[1].classes:
        return False
    return any(c.number is not None for c in chunks[: mention.start])


def _came_to(mention: Mention, chunks: list[Chunk]) -> bool:
    """'76 байқаушыны тіркеп, барлығы 493 болды': what the observers before came to with these."""
    ahead = chunks[mention.start - 1].classes if mention.start else frozenset()
    behind = chunks[mention.last].classes if mention.last < len(chunks) else frozenset()
    if mention.noun not in {"bare", "person"} or "reached" not in behind:
        return False
    before = chunks[: mention.start]
    if mention.noun == "bare" and mention.start > 1 and before[-1].text == "," and "adding" in before[-2].classes:
        return any("accredited" in c.classes for c in before)  # 'қатарына 31 адам қосылып, 229 болды'
    if "in_all" not in ahead:
        return False
    counted = next((i for i in range(len(before) - 1, -1, -1) if before[i].number is not None), None)
    return counted is not None and any("observer" in c.classes for c in before[counted + 1 : counted + 4])


def _up_from(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The number of observers stands at 143, up from 111 last week': the total of then, unless of an earlier poll."""
    if not mention.start or "up_from" not in chunks[mention.start - 1].classes:
        return False
    if mention.noun == "other" and not chunks[mention.at + 1].classes & {"last_ones", "filler"}:
        return False  # but 'last week', 'a week ago' are no nouns of the number
    behind = chunks[mention.last : mention.last + _THEN]
    if any(c.classes & {"poll", "long_ago", "compare"} for c in behind):
        return False
    if not any(c.classes & {"count_subject", "observer"} for c in chunks[: mention.start]):
        return False
    if mention.noun == "other":
        mention.noun, mention.last = "bare", mention.at + 1
    return True
