"""Which sentences tell of another Kazakh poll than the article's."""

from __future__ import annotations

import itertools
from datetime import date

from extract.model import Election, ElectionType
from extract.reading.compared import earlier_asides
from extract.reading.polls import TYPES
from extract.reading.scan import Sentence
from extract.words import elections

_NEAR = 6
"""Chunks between the name of a kind of poll, or a day, and the words that go with it."""
_OPENS = 8
"""Chunks with which 'last spring, at the' opens a sentence."""


def of_another_poll(sentence: Sentence, election: Election | None, published: date | None) -> bool:
    """'At the presidential election of 2022 there were 641', told before the Mazhilis is elected in 2023."""
    if election is None or election.type is None or election.date is None or "poll" not in sentence.classes:
        return False
    kinds = {kind for name, kind in TYPES if name in sentence.classes}
    days = [day for i in sentence.dated if (day := sentence.chunks[i].day) is not None]
    if not kinds or election.type in kinds:
        return False
    if any(day.day is not None for day in days):
        return _is_yet_to_be_held(sentence, published, election.date)
    if "month_adjective" in sentence.classes and _of_a_months_poll(sentence):
        return True
    if earlier_asides(sentence, published):
        return False
    if all(day.year is None for day in days) and _was_held_before(sentence, kinds):
        return True
    if not days and _is_no_referendum(sentence, kinds, election.type):
        return True
    return bool(days) and all(day.year is not None and day.year < election.date.year for day in days)


def _is_no_referendum(sentence: Sentence, kinds: set[ElectionType], own: ElectionType) -> bool:
    """'The referendum had 380 observers', told of an election, or the other way: people vote on both at no time."""
    if (ElectionType.REFERENDUM in kinds) == (own is ElectionType.REFERENDUM):
        return False
    if sentence.classes & {"accredited", "count_subject"}:
        return False  # what is counted now, whatever name the poll has
    if own is not ElectionType.REFERENDUM:
        return True
    named = {name for name, kind in TYPES if kind in kinds}
    pairs = zip(sentence.chunks, [*sentence.chunks[1:], sentence.chunks[-1]], strict=True)
    return any(a.classes & named and "poll" in a.classes | b.classes for a, b in pairs)


def _was_held_before(sentence: Sentence, kinds: set[ElectionType]) -> bool:
    """'Last year's presidential election drew 858 observers', told of the one after it: its kind stands by its name."""
    named = {name for name, kind in TYPES if kind in kinds}
    first = next((i for i, c in enumerate(sentence.chunks) if c.classes & named), None)
    if first is None or not any("poll" in c.classes for c in sentence.chunks[first : first + _NEAR]):
        return False
    behind = sentence.chunks[first + 1 : first + _NEAR]
    if any("last_ones" in a.classes and b.day is not None for a, b in itertools.pairwise(behind)):
        return True  # '641 observers had been accredited for the presidential election last November'
    return any(c.classes & {"last_ones", "long_ago"} for c in sentence.chunks[: min(first, _OPENS)])


def _is_yet_to_be_held(sentence: Sentence, published: date | None, voting: date) -> bool:
    """'27 қазанда өзіміздегі парламент сайлауы өтеді', told before a referendum: a poll of another day to come."""
    if published is None or not {"held", "poll"} <= sentence.classes or len(sentence.dated) != 1:
        return False
    at = sentence.dated[0]
    day = sentence.chunks[at].day
    if day is None or day.day is None or day.relative or day.day in {voting, *(p.date for p in elections.known())}:
        return False
    behind = sentence.chunks[at + 1 : at + _NEAR]
    poll = next((i for i, c in enumerate(behind) if "poll" in c.classes), len(behind))
    return day.day > published and any("held" in c.classes for c in behind[poll + 1 : poll + 2])


def _of_a_months_poll(sentence: Sentence) -> bool:
    """'На мартовских выборах в мажилис их было 793': of a poll of another kind, by the month that held it."""
    pairs = zip(sentence.chunks, sentence.chunks[1:], strict=False)
    return any("month_adjective" in a.classes and "poll" in b.classes for a, b in pairs)
