"""Which day is 'today' in what somebody said: that of the meeting, where the article came out a day or more later."""

from __future__ import annotations

from datetime import date, timedelta

from extract.model import Where
from extract.reading.dated import dates_a_state
from extract.reading.scan import Scan, Sentence

_OPEN, _CLOSE = "“«„", "”»"
_AGO = timedelta(days=3)
"""News of an older meeting says no more what was said there 'today'."""


def settle_quoted_days(scan: Scan) -> None:
    """'The commission met on April 7. “With today's decision we have 218,” it said', on the 8th: that was the 7th."""
    published = scan.published
    if published is None:
        return
    body = [s for s in scan.sentences if s.dated and s.where is Where.BODY]
    todays = [(s, at) for s in body for at in s.dated if _is_today(s, at, published)]
    if not todays or not all(_in_quotes(s, at) for s, at in todays):
        return
    met = next((d for s in body for at in s.dated if (d := _met_on(s, at, published)) is not None), None)
    for sentence, at in todays if met is not None else ():
        day = sentence.chunks[at].day
        if day is not None:
            sentence.chunks[at].day = day._replace(day=met)


def _is_today(sentence: Sentence, at: int, published: date) -> bool:
    day = sentence.chunks[at].day
    return day is not None and day.relative and not day.weekday and day.day == published


def _met_on(sentence: Sentence, at: int, published: date) -> date | None:
    """The day shortly before on which the text says that the commission met or accredited somebody."""
    day = sentence.chunks[at].day
    if day is None or day.day is None or not published - _AGO <= day.day < published:
        return None
    met = sentence.classes & {"meeting", "accredited"} and dates_a_state(sentence.chunks, at)
    return day.day if met and "as_of_phrase" not in sentence.chunks[max(0, at - 1)].classes else None


def _in_quotes(sentence: Sentence, at: int) -> bool:
    """Whether a quotation is open where it stands in its paragraph: „so“, “so”, «so» or "so"."""
    ahead = sentence.source[: sentence.tokens[sentence.chunks[at].first].start]
    opened = ""
    for mark in ahead:
        if mark in _CLOSE or (mark == '"' and opened == mark) or (mark == "“" and opened == "„"):
            opened = ""
        elif mark in _OPEN or mark == '"':
            opened = mark
    return bool(opened)
