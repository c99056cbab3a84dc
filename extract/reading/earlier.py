"""What is told of another time: an earlier year's poll, what was long ago, a poll that is over."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from extract.reading.compared import earlier_asides
from extract.reading.scan import Chunk, Sentence

_OPENING = 10
"""Chunks of a sentence's opening, which dates all of it."""
_LONG_AGO = 9
"""Chunks between words of the past and the number that they date."""
_AN_ASIDE = 3
"""Chunks from which on what stands behind a comma is an aside of its own."""
_COUNTS_SOMEONE = frozenset(
    {"poll", "compare", "voting", "observer", "accredited", "their_number", "count_subject", "of_them"}
)
"""What a sentence of an earlier year speaks of: 'in 2005 there were 1,600 of them'."""
_DATED = _COUNTS_SOMEONE | {"voting_day", "the_one", "when", "likewise", "long_ago"}
"""What a year dates with the whole sentence."""
_AFTER_A_POLL = 60
"""Days after which a poll is no news any more."""
_PEOPLE = frozenset({"observer", "person", "journalist"})
_FIRST_POLL = 1990
"""No Kazakh poll with observers was held before."""
_MONTHS_OF_ACCREDITATION = 2
"""Observers are accredited for that long before a poll: a month farther back is that of an earlier one."""


def said_of_long_ago(chunks: list[Chunk], at: int) -> bool:
    """'recommendations made after earlier elections' says nothing of a number that stands far from it.

    Nor does 'there are 641 people, 70 fewer than three years ago' of the first number: it measures the second.
    """
    if any("long_ago" in c.classes for c in chunks[max(0, at - _LONG_AGO) : at]) and not _as_before(chunks, at):
        return True
    told = next((i for i, c in enumerate(chunks[at : at + _LONG_AGO], at) if "long_ago" in c.classes), None)
    if told is None:
        return False
    comma = next((i for i in range(at, told) if chunks[i].text == ","), told)
    return not any(c.number is not None for c in chunks[comma + 1 : comma + 2])


def _as_before(chunks: list[Chunk], at: int) -> bool:
    """'as at the previous elections, ...': likened to them, said of now."""
    told = max(i for i in range(max(0, at - _LONG_AGO), at) if "long_ago" in chunks[i].classes)
    return any("likewise" in c.classes for c in chunks[max(0, told - 3) : told])


def said_of_an_earlier_year(chunks: list[Chunk], at: int, published: date | None) -> bool:
    """'По сравнению с 2019 годом, когда следили 1013 наблюдателей, ...': a number in the clause of an earlier year."""
    opens = next((i for i in range(at - 1, 1, -1) if "when" in chunks[i].classes), None)
    if opens is None or published is None or chunks[opens - 1].text != ",":
        return False
    if any(c.text in ",;" for c in chunks[opens:at]):
        return False
    year = _year(chunks[opens - 2])
    return year is not None and chunks[opens - 2].day is not None and year < published.year - 1


def _opens_long_ago(chunks: list[Chunk]) -> bool:
    """'At the previous election 641 ...', but not 'the largest group, as at the previous elections, is ...'."""
    at = next((i for i, c in enumerate(chunks[:_OPENING]) if "long_ago" in c.classes), None)
    if at is None:
        return False
    inserted = at > 1 and any(c.text == "," for c in chunks[at + 1 : at + 2])
    return not (inserted and any("likewise" in c.classes for c in chunks[max(0, at - 3) : at]))


def compares_days(sentence: Sentence, published: date | None) -> bool:
    """'Салыстырсақ, 17 қазанда 43, ал 24 қазанда 76 байқаушы болған еді': days before the poll at hand."""
    if published is None or not {"compare", "long_ago"} <= sentence.chunks[0].classes:
        return False
    days = [d.day for i in sentence.dated if (d := sentence.chunks[i].day) is not None and d.day is not None]
    return bool(days) and all(0 <= (published - day).days <= _AFTER_A_POLL for day in days)


def of_an_earlier_year(sentence: Sentence, published: date | None) -> bool:
    """'in the 2015 presidential and 2016 parliamentary polls', 'four years ago, ... of 2015'."""
    if earlier_asides(sentence, published):
        return False
    if "long_ago" in sentence.classes and _opens_long_ago(sentence.chunks):
        return not compares_days(sentence, published)
    if {"compare", "poll"} <= next((c.classes for c in sentence.chunks if c.is_word), frozenset()):
        return True  # 'Өткен сайлауда 858 байқаушы болды': behind its day the same word says that the poll was held
    if published is None or not sentence.classes & _COUNTS_SOMEONE:
        return False
    chunks = sentence.chunks
    dated = sentence.dated
    if "poll" in sentence.classes and any(_of_a_past_poll(chunks, i, published) for i in dated):
        return True
    if any((d := chunks[i].day) is not None and d.day is not None for i in dated) or any(
        "since" in c.classes for i in dated for c in chunks[max(0, i - 1) : i] if c.text != "from"
    ):
        return False
    if dated and all(_of_a_month_long_past(chunks[i], published) for i in dated):
        return True
    years = [y for i in dated if (y := _year(chunks[i])) is not None]
    if years and "association" in sentence.classes and all(_of_a_rule(chunks, i) for i in dated):
        return False
    return bool(years) and all(y < published.year - (1 if published.month <= 3 else 0) for y in years)


def names_an_earlier_year(sentence: Sentence, published: date) -> bool:
    """'2015 жылы да осылай болған': a year before the one at hand, and no other day."""
    # A year whose word has an ending that no table knows is a number: 'байқаушылар 2019 жылғыдан аз болмайды'.
    named = [chunk for chunk, behind in pairwise(sentence.chunks) if not (chunk.number and behind.classes & _PEOPLE)]
    years = [year for chunk in named if (year := _year(chunk)) is not None]
    others = any(_year(sentence.chunks[i]) is None for i in sentence.dated)
    return bool(years) and not others and all(_FIRST_POLL <= year < published.year for year in years)


def _of_a_rule(chunks: list[Chunk], at: int) -> bool:
    """'251 associations have passed accreditation, a requirement introduced in 2022': a law's year, beside them.

    What stands between the last comma and the year speaks neither of people nor of a poll.
    """
    comma = next((i for i in range(at - 1, 0, -1) if chunks[i].text == ","), 0)
    aside = chunks[comma + 1 : at]
    told = any(c.classes & {"accredited", "accreditation"} for c in chunks[:comma])
    apart = told and len(aside) > _AN_ASIDE and "filler" in aside[0].classes
    return apart and not any(c.number or c.day or c.name or c.classes & _DATED for c in aside)


def _of_a_past_poll(chunks: list[Chunk], at: int, published: date) -> bool:
    """'5 маусымдағы референдумға 20 адам аттандырған еді', told in November: the day before the poll is its own."""
    named = chunks[at].day
    day = named.day if named is not None else None
    if day is None or (published - day).days <= _AFTER_A_POLL:
        return False
    return any("poll" in c.classes for c in chunks[at + 1 : at + 2])


def _of_a_month_long_past(chunk: Chunk, published: date) -> bool:
    """'for the presidential election in November', told in March: accreditation takes two months."""
    day = chunk.day
    if day is None or day.month is None or day.dom is not None or day.relative:
        return False
    if day.year is None:
        return _MONTHS_OF_ACCREDITATION < (published.month - day.month) % 12 < 12 - _MONTHS_OF_ACCREDITATION
    return (published.year - day.year) * 12 + published.month - day.month > _MONTHS_OF_ACCREDITATION


def _year(chunk: Chunk) -> int | None:
    text = chunk.text
    return int(text) if text.isdigit() and len(text) == 4 else None
