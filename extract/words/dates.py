"""Days in a text, resolved by the text itself and the day of publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from extract.words.cursor import DASHES
from extract.words.date_spans import written_days
from extract.words.date_words import Calendar, calendar
from extract.words.spans import Day, Written
from extract.words.tokens import Token

_MERGE_MARKS = frozenset({",", "("})
_LONGEST_RELATIVE = 3
_MOST_REMEMBERED = 10_000
"""Days that are resolved once: the articles of a day name the same ones."""


def find_days(
    tokens: Sequence[Token], language: str, published: date | None, days: Sequence[Written] | None = None
) -> list[Day]:
    """All days, periods, months and years in a text, in order, not overlapping; `language` is 'en', 'ru' or 'kk'.

    A day without a year takes the year that puts it nearest to the publication day. A weekday means the last one up
    to the publication day, unless a word such as 'next' says otherwise. Without a publication day such days stay
    unresolved, with `month` and `dom` set where the text gives them. Numbers that belong to a date are covered.
    `days` are the `written_days` of the text, where they are known already.
    """
    words = calendar(language)
    joined: list[Written] = []
    for found in written_days(tokens, language) if days is None else days:
        if joined:
            together = _same_day(tokens, joined[-1], found, published) or _period(tokens, joined[-1], found, words)
            if together:
                joined[-1] = together
                continue
        joined.append(found)
    resolved = [_resolve(found, published) for found in joined]
    for at in range(len(resolved) - 1, 0, -1):
        resolved[at - 1] = _in_one_year(resolved[at - 1], resolved[at])
    return resolved


def _in_one_year(one: Day, other: Day) -> Day:
    """Days of one list ('6, 13 и 21 мая') fall in one year, even where half a year lies around them."""
    listed = one.month == other.month and not one.relative and 0 < other.first - one.last <= 1
    if not listed or one.day is None or other.day is None or one.until or one.year_given:
        return one
    return one._replace(day=_valid(other.day.year, one.month, one.dom), year=other.day.year)


def _same_day(tokens: Sequence[Token], one: Written, other: Written, published: date | None) -> Written | None:
    """'Sunday, June 5', 'today, 13 March', 'January 4 (Monday)': the date says it all."""
    between = tokens[one.last : other.first]
    if len(between) > 1 or (between and between[0].lower not in _MERGE_MARKS):
        return None
    one_date, other_date = one.dom is not None, other.dom is not None
    if not between and other_date and _apart(one, other, published):
        return None
    if _is_relative(one) and other_date:
        return other._replace(first=one.first)
    if one_date and other.weekday is not None and other.direction == "past":
        return one._replace(last=other.last)
    if one.offset is not None and other.weekday is not None and one.last - one.first <= _LONGEST_RELATIVE:
        return one._replace(last=other.last)
    return None


def _apart(one: Written, other: Written, published: date | None) -> bool:
    """'бүгін 9 маусымға тағайындалған сайлауға': today something is done for the day that follows.

    So it is on a weekday that is not that day's: 'бейсенбіде 19 наурызда өтетін сайлауға'.
    """
    if published is None:
        return False
    day = _nearest(other.year, other.month, other.dom, published)
    if one.weekday is not None:
        return day is not None and day.weekday() != one.weekday
    if one.offset is None:
        return False
    return day is not None and abs((day - _relative_day(one, published)).days) > 1


def _is_relative(found: Written) -> bool:
    return found.offset is not None or found.weekday is not None


def _period(tokens: Sequence[Token], one: Written, other: Written, words: Calendar) -> Written | None:
    """'from January 20 to February 27', 'с 20 января по 27 февраля', '20 қаңтардан 27 ақпанға дейін'."""
    if one.dom is None or other.dom is None or one.end_dom is not None or other.end_dom is not None:
        return None
    between = tokens[one.last : other.first]
    before = tokens[one.first - 1].lower if one.first else ""
    if between:
        link = between[0].lower
        started = before in words.words.get("from", ())
        linked = (
            link in DASHES
            or (link in words.words.get("to", ()) and (started or link != "until"))
            or (link in words.words.get("to_after_from", ()) and started)
            or (link in words.words.get("and", ()) and before in words.words.get("between", ()))
        )
        if len(between) > 1 or not linked:
            return None
    elif not tokens[one.last - 1].lower.endswith(tuple(words.words.get("from_endings", ()))):
        return None
    return one._replace(
        last=other.last, end_year=other.year, end_month=other.month, end_dom=other.dom, year=one.year or None
    )


def _resolve(found: Written, published: date | None) -> Day:
    if _is_relative(found):
        day = _relative_day(found, published) if published else None
        return Day(
            found.first,
            found.last,
            day,
            year_given=False,
            relative=True,
            weekday=found.weekday is not None,
            year=day.year if day else None,
            month=day.month if day else None,
            dom=day.day if day else None,
        )
    given = found.year is not None or found.end_year is not None
    day = _nearest(found.year, found.month, found.dom, published)
    until = None
    if found.end_dom is not None:
        until = _nearest(found.end_year, found.end_month, found.end_dom, published)
        day = _begin(found, until) or day
    year = found.year if day is None else day.year
    return Day(found.first, found.last, day, year_given=given, until=until, year=year, month=found.month, dom=found.dom)


def _begin(found: Written, until: date | None) -> date | None:
    """The first day of a period: of its own year, else the last such day before the end."""
    if found.year is not None or until is None:
        return _nearest(found.year, found.month, found.dom, until)
    begin = _valid(until.year, found.month, found.dom)
    return begin if begin and begin <= until else _valid(until.year - 1, found.month, found.dom)


def _relative_day(found: Written, published: date) -> date:
    if found.weekday is None:
        return published + timedelta(days=found.offset or 0)
    back = (published.weekday() - found.weekday) % 7
    ahead = (found.weekday - published.weekday()) % 7
    days = {"past": -back, "before": -(back or 7), "this": ahead, "after": ahead or 7}[found.direction]
    return published + timedelta(days=days)


def _valid(year: int, month: int | None, dom: int | None) -> date | None:
    if month is None or dom is None:
        return None
    try:
        return date(year, month, dom)
    except ValueError:
        return None


@lru_cache(maxsize=_MOST_REMEMBERED)
def _nearest(year: int | None, month: int | None, dom: int | None, published: date | None) -> date | None:
    if year is not None:
        return _valid(year, month, dom)
    if published is None:
        return None
    if month is None and dom is not None:
        months = [divmod(published.year * 12 + published.month - 1 + step, 12) for step in (-1, 0, 1)]
        found = [d for y, m in months if (d := _valid(y, m + 1, dom))]
        return min(found, key=lambda d: (abs((d - published).days), d < published), default=None)
    near = [_valid(published.year + step, month, dom) for step in (-1, 0, 1)]
    return min((d for d in near if d), key=lambda d: abs((d - published).days), default=None)
