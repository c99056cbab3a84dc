"""Asides that recall an earlier poll: '641 observers, compared with 1,013 in 2019'; the rest of it is news."""

from __future__ import annotations

from datetime import date

from extract.reading.mentions import COUNTABLE
from extract.reading.scan import Chunk, Sentence

_FIRST_MONTHS = 3
"""Months in which a poll of the year before may still be the one at hand."""
_OPENING = 3
"""Chunks with which 'in 2019 ...; this time ...' opens its first clause."""
_EARLIER = frozenset({"compare", "long_ago"})
_REACH = 14
"""Chunks between the word that compares and the year."""


def _is_earlier(chunk: Chunk, published: date) -> bool:
    """A year or a month of a year before that of the poll at hand, or words such as 'the previous election'."""
    if "long_ago" in chunk.classes:
        return True
    if chunk.day is None or chunk.day.dom is not None or chunk.day.relative:
        return False
    year = int(chunk.text) if chunk.text.isdigit() and len(chunk.text) == 4 else chunk.day.year
    return year is not None and year < published.year - (1 if published.month <= _FIRST_MONTHS else 0)


def earlier_asides(sentence: Sentence, published: date | None) -> list[tuple[int, int]]:
    """The spans of a sentence that recall an earlier poll, where numbers stand outside of them."""
    if published is None or not sentence.counted or not (sentence.dated or sentence.classes & _EARLIER):
        return []
    set_against = len(sentence.counted) > 1 and {"compare", "this_poll"} <= sentence.classes
    if not (sentence.dated or set_against or "long_ago" in sentence.classes):
        return []
    told = range(len(sentence.chunks)) if set_against or "long_ago" in sentence.classes else sentence.dated
    years = [i for i in told if _is_earlier(sentence.chunks[i], published)]
    if set_against and not years and {"compare", "poll"} <= sentence.chunks[0].classes:
        years = [0]  # 'Өткен сайлауда 858 адам тіркелсе, биыл 498 байқаушы аккредиттелді'
    if not years:
        return []
    asides = [_aside(sentence.chunks, i) for i in years]
    spans = [span for span in asides if span is not None]
    if len(spans) < len(asides):
        return []  # 'the elections of 2007 drew over 1,100, but the preparation back then ...': all of it is of then
    outside = (i for i in sentence.counted if not any(first <= i < last for first, last in spans))
    others = any(n is not None and n.kind in COUNTABLE for i in outside if (n := sentence.chunks[i].number))
    return spans if others else []


def _aside(chunks: list[Chunk], year: int) -> tuple[int, int] | None:
    """From the word or mark that compares to the end of its clause."""
    for i in range(year - 1, max(-1, year - _REACH), -1):
        chunk = chunks[i]
        if chunk.text == "(":
            return i, _next(chunks, year, ")")
        if chunk.text == ";":
            return i, _next(chunks, year, ";")
        if chunk.text == ")":
            return None
        if chunk.text == "," and "this" in chunks[i + 1].classes and any(c.number for c in chunks[:i]):
            return i, _next(chunks, year, ";")  # '498 аккредиттелді, бұл 2021 жылғыдан 100 адамға көп'
        if "comparing" in chunk.classes:
            return _from_its_comma(chunks, i), _next(chunks, year, ",;")
        if "contrast" in chunk.classes or ("relative" in chunk.classes and i and chunks[i - 1].text == ","):
            return i, _next(chunks, year, ",;)")
    end = _next(chunks, year, ";")
    if year < _OPENING and end == len(chunks):
        end = next((i for i in range(year + 1, end - 1) if _turns_to_this_one(chunks, i)), end)
    return (0, end) if end < len(chunks) and year < _OPENING else None


def _turns_to_this_one(chunks: list[Chunk], at: int) -> bool:
    """'2019 жылы 1013 байқаушы болса, биыл 498 адам тіркелді': behind the comma it is this poll again."""
    return chunks[at].text == "," and "this_poll" in chunks[at + 1].classes


def _from_its_comma(chunks: list[Chunk], at: int) -> int:
    """', which is 372 fewer than in 2019': the difference belongs to the aside."""
    for i in range(at - 1, max(-1, at - _REACH), -1):
        if chunks[i].text in ",(–—":
            return i
        if "observer" in chunks[i].classes:
            break
    return at


def _next(chunks: list[Chunk], at: int, marks: str) -> int:
    return next((i for i in range(at + 1, len(chunks)) if chunks[i].text in marks), len(chunks))
