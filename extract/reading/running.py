"""Numbers without a noun that are a running total by the words around them: 'it now has 106', 'we have 171 now'."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk

_TO_COME_TO = 6
"""Chunks of 'we have thus arrived at'."""
_WHO_COUNTS = frozenset({"we_have", "commission", "it_sends", "this"})
_COMING_TO = _WHO_COUNTS | {"copula", "count_verb", "have", "now", "present", "result", "adverb", "until_number"}
_NOW = 5
"""Chunks between 'now' and the number that there are."""


def is_counted_so_far(mention: Mention, chunks: list[Chunk], *, known: bool) -> bool:
    """Whether the words around a number say how many there are; `known` where a total was told before it."""
    if _it_has(mention, chunks) or _there_were(mention, chunks):
        return True
    rules = (_are_now, _so_many_in_all, _are_left, _has_come_to)
    return known and any(rule(mention, chunks) for rule in rules)


def _has_come_to(mention: Mention, chunks: list[Chunk]) -> bool:
    """'We have thus arrived at 395', 'The commission is at 395 now', 'This brings us to 395.'"""
    ahead, behind = chunks[mention.clause[0] : mention.start], chunks[mention.last : mention.last + 2]
    if mention.more or mention.of_them or mention.group is not None or not 1 < len(ahead) <= _TO_COME_TO:
        return False
    if "count_verb" not in ahead[-1].classes or not all(c.classes & _COMING_TO for c in ahead if c.is_word):
        return False
    if not all(c.number is None for c in ahead) or not any(c.classes & _WHO_COUNTS for c in ahead):
        return False
    return all(not c.is_word or c.classes & {"now", "cumulative"} for c in behind[:1])


def _are_left(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Seventeen were struck off the list. 395 are left.'"""
    ahead, behind = chunks[mention.clause[0] : mention.start], chunks[mention.last : mention.last + 2]
    if mention.of_them or mention.group is not None or any(c.is_word and "filler" not in c.classes for c in ahead):
        return False
    return bool(behind) and "remains" in behind[0].classes and all(not c.is_word for c in behind[1:])


def _so_many_in_all(mention: Mention, chunks: list[Chunk]) -> bool:
    """'44 were accredited after 20 on May 3, or 64 in all', 'All in all, 107.': nothing else stands beside it."""
    behind, ahead = chunks[mention.last : mention.last + 2], chunks[mention.clause[0] : mention.start]
    if mention.more or mention.of_them or mention.group is not None or mention.number.approx is not None:
        return False
    if behind and "in_all" in behind[0].classes:
        before = ahead[-1] if ahead else None
        closed = len(behind) < 2 or not behind[1].is_word
        return closed and before is not None and (not before.is_word or bool(before.classes & {"and", "of_another"}))
    opened = [c for c in ahead if c.text not in ",–—-:"]
    summed = len(opened) == 1 and bool(opened[0].classes & {"in_all", "cumulative"})
    return summed and all(c.text in ".;!" for c in behind[:1])


def _it_has(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Before today the commission had accredited 43. It now has 106.'"""
    before, after = chunks[mention.clause[0] : mention.start], chunks[mention.last : mention.last + 1]
    if not 2 <= len(before) <= 4 or any(c.text not in ".;," for c in after):
        return False
    if not all(c.classes & {"it_sends", "have", "cumulative_hint", "copula"} or c.text == "there" for c in before):
        return False
    return any("have" in c.classes for c in before) and any("cumulative_hint" in c.classes for c in before)


def _are_now(mention: Mention, chunks: list[Chunk]) -> bool:
    """'129 had been accredited; with all the changes we have 171 now', 'теперь у нас 171', 'енді олар 173 болды'."""
    first = max(mention.clause[0], mention.start - _NOW)
    told = (
        i for i, c in enumerate(chunks[mention.last :], mention.last) if not (_tells_when(c) or "in_all" in c.classes)
    )
    last = next(told, len(chunks))
    if mention.more or last - mention.last > _NOW or (last < len(chunks) and chunks[last].text not in '.,;!"»”'):
        return False
    before = [c for c in chunks[first : mention.start] if not c.classes & {"approx"} or "now" in c.classes]
    counted = [c for c in before[-3:] if c.classes & {"we_have", "they", "the_list"} or c.text == "there"]
    if _so_in_all(chunks[: mention.start]) and last > mention.last and "reached" in chunks[mention.last].classes:
        return True
    if not counted or any(c.number is not None for c in before[-3:]) or not _tells_when(before[-1]):
        return False
    around = [*before, *chunks[mention.last : last]]
    return any(c.classes & {"now", "cumulative", "before_now"} or _today(c) for c in around)


def _today(chunk: Chunk) -> bool:
    """'67 observers stood on the list before; today there are 126.'"""
    return chunk.day is not None and chunk.day.relative and not chunk.day.weekday


def _so_in_all(before: list[Chunk]) -> bool:
    """'Сөйтіп барлығы 229 болды': nothing but words of the result and of summing stand before the number."""
    if not before or "in_all" not in before[-1].classes or not any("result" in c.classes for c in before):
        return False
    return all(c.classes & {"result", "in_all", "adverb"} or c.text == "," for c in before)


def _tells_when(chunk: Chunk) -> bool:
    """Words of counting and of time, as they stand around a number that has no noun."""
    counting = chunk.classes & {"we_have", "they", "have", "copula", "now", "as_of_phrase", "reached", "before_now"}
    return bool(counting) or chunk.day is not None


def _there_were(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Before the latest sitting there were 237', 'As of May 18 there had been 39', 'This time there are 641'."""
    first = mention.clause[0]
    before, after = chunks[first : mention.start], chunks[mention.last : mention.last + 1]
    if not before or mention.more or not all(c.text in ".;,:" or c.classes & {"of_them", "they"} for c in after):
        return False
    counted = [c for c in chunks[max(first, mention.start - 3) : mention.start] if not c.classes & {"approx", "adverb"}]
    if not counted or not counted[-1].classes & {"copula", "count_verb"}:
        return False
    opened = any(c.classes & {"before_now", "this_poll"} for c in before)
    told = any(c.classes & {"their_number", "it_sends"} or c.text == "there" for c in before)
    return opened and (told or not any(c.is_word and not c.classes for c in before))


def of_those_accredited(mention: Mention, chunks: list[Chunk]) -> bool:
    """'489 accredited ones', 'of observers, 272', 'наблюдателей стало 486': a word beside it stands for the people."""
    behind = chunks[mention.last].classes if mention.last < len(chunks) else frozenset()
    before = chunks[max(mention.clause[0], mention.start - 2) : mention.start]
    people = bool(before) and bool(before[0].classes & {"of_observers", "accredited_ones"})
    counted = len(before) == 2 and people and bool(before[1].classes & {"count_verb", "future"})
    return "accredited_ones" in behind or counted or any("of_observers" in c.classes for c in before[-1:])
