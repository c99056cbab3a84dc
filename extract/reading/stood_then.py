"""Totals of an earlier day: 'On Monday it was still 345', 'By Monday, 345 had badges', beside a larger one of today."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence

_OTHERS = frozenset({"accredited", "applicant", "new", "new_word", "the_new", "proposed", "withdrawn", "meeting"})
_PASSED = frozenset({"filler", "adverb", "approx"})
_LAST_WEEK = frozenset({"new", "compare"})
"""What a period is that batches are of, unless so many were there then: 'last week we had 62'."""
_WHO_WERE = frozenset({"it_sends", "they", "count_subject", "we_have", "of_observers"})
_BEHIND = 6
"""Chunks between a number and 'by Monday'."""


def stood_then(total: Mention, sentence: Sentence) -> bool:
    """Whether the words of a smaller total say that there were so many on a day, not that they were let in then."""
    if total.more or total.of_value is not None or total.rest:
        return False
    chunks = sentence.chunks
    first, last = total.clause
    last_week = [c for c in chunks[first : total.start] if c.classes >= _LAST_WEEK]
    if not sentence.dated and not last_week and "before_now" not in sentence.classes:
        return False
    ahead = [c for c in chunks[first : total.start] if not c.classes & _PASSED or c.classes & {"now", "copula"}]
    ahead = [c for c in ahead if c not in last_week]
    behind = chunks[total.last : min(last, total.last + _BEHIND)]
    if any(c.number is not None or c.classes & _OTHERS for c in ahead):
        return False
    if ahead and _were_there(ahead):
        clause = chunks[first:last]
        return bool(last_week) or any(c.day is not None or "before_now" in c.classes for c in clause)
    if not any(c.classes & {"accredited", "papers"} for c in behind):
        return False
    return _by_that_day(ahead)


def _were_there(ahead: list[Chunk]) -> bool:
    """'there were', 'it was', 'they were', 'the list had', 'we had'."""
    verb = ahead[-1].classes
    if "we_have" in verb:
        return True
    subject = ahead[-2].classes if len(ahead) > 1 else frozenset()
    return bool(verb & {"copula", "have"}) and bool(subject & _WHO_WERE)


def _by_that_day(ahead: list[Chunk]) -> bool:
    """'By Monday, 345 had badges.'"""
    words = [c for c in ahead if c.text != ","]
    return len(words) == 2 and "as_of" in words[0].classes and words[1].day is not None
