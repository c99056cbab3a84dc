"""Which day is 'today' in what somebody said: that of the meeting, where the article came out a day or more later."""

from __future__ import annotations

from datetime import date, timedelta

from extract.model import Where
from extract.reading.dated import dates_a_state
from extract.reading.scan import Scan, Sentence
from extract.words.spans import Day

_AGO = timedelta(days=3)
"""News of an older meeting says no more what was said there 'today'."""


def settle_quoted_days(scan: Scan) -> None:
    """'The commission met on April 7. “With today's decision we have 218,” it said', on the 8th: that was the 7th."""
    published = scan.published
    if published is None:
        return
    dated = [(s, at) for s in scan.sentences if s.dated and s.where is Where.BODY for at in s.dated]
    todays = [(s, at) for s, at in dated if _is_today(s.chunks[at].day, published)]
    met = next((d for s, at in dated if (d := _met_on(s, at, published)) is not None), None) if todays else None
    if met is None or not all(_in_quotes(s, at) for s, at in todays):
        return
    for sentence, at in todays:
        day = sentence.chunks[at].day
        if day is not None:
            sentence.chunks[at].day = day._replace(day=met)


def _is_today(day: Day | None, published: date) -> bool:
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
    low = ahead.rfind("„")
    opened = max(low, ahead.rfind("«"), ahead.rfind("“") if low < 0 else -1)
    closed = max(ahead.rfind("”"), ahead.rfind("»"), ahead.rfind("“") if low >= 0 else -1)
    return opened > closed or ahead.count('"') % 2 == 1
