"""Where a text writes days: spans of tokens with what they say, before anything is resolved.

Months, numeric dates and years; what depends on the day of publication (weekdays, 'yesterday') is found here as well
and resolved in `extract.words.dates`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.words.cursor import DASHES, Cursor, digits_or
from extract.words.date_words import Calendar, calendar
from extract.words.number_words import Word, number_words
from extract.words.tokens import Token

_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_LONGEST_LIST = 9
_FARTHEST_BACK = 31


@dataclass(frozen=True, slots=True)
class Written:
    """A day, month, year or period as the text writes it; `[first:last)` are token indices."""

    first: int
    last: int
    year: int | None = None
    month: int | None = None
    dom: int | None = None
    end_year: int | None = None
    end_month: int | None = None
    end_dom: int | None = None
    offset: int | None = None
    """Days from publication: yesterday is -1."""
    weekday: int | None = None
    """0 is Monday."""
    direction: str = "past"
    """Of a weekday: 'past' (nearest, publication day included), 'before', 'this', 'after'."""


def written_days(tokens: Sequence[Token], language: str) -> list[Written]:
    """All days, months and years that a text writes, in order, not overlapping."""
    words = calendar(language)
    begins = digits_or(tokens, words.starts)
    if not begins:
        return []
    reader = _Reader(tokens, words, number_words(language).words)
    found: list[Written] = []
    passed = 0
    for at in begins:
        if at < passed:
            continue
        new = list(reader.read(at, found[-1].last if found else 0))
        while new and found and found[-1].first >= new[0].first:
            found.pop()
        found += new
        passed = new[-1].last if new else 0
    return found


class _Reader(Cursor):
    """Reads days around a token."""

    def __init__(self, tokens: Sequence[Token], words: Calendar, counts: Mapping[str, Word]) -> None:
        super().__init__(tokens)
        self.words = words
        self.counts = counts

    def is_in(self, at: int, name: str) -> bool:
        return self.lower(at) in self.words.words.get(name, ())

    def read(self, at: int, floor: int) -> Iterator[Written]:
        token = self.tokens[at]
        if token.kind == "digits":
            found = self.numeric(at)
            if found:
                yield found
            elif self.is_year(at):
                yield from self.years(at)
            elif self.dom(at) and self.is_in(self.after_suffix(at + 1), "of_the_month"):
                yield Written(at, self.after_suffix(at + 1) + 1, dom=self.dom(at))
        elif token.lower in self.words.months and self.spelled_as_name(token):
            yield from self.around_month(at, floor)
        elif token.lower in self.words.relative:
            found = self.relative(at)
            if found:
                yield found
        elif self.is_in(at, "ago"):
            found = self.days_ago(at)
            if found:
                yield found
        elif token.lower in self.words.weekdays and self.spelled_as_name(token):
            found = self.weekday(at, floor)
            if found:
                yield found

    def spelled_as_name(self, token: Token) -> bool:
        return not self.words.capital or token.text[0].isupper()

    # Numbers that can be a day or a year

    def dom(self, at: int) -> int:
        """The day of a month that the token can be; 0 if it cannot."""
        text = self.digits(at)
        if not text or len(text) > 2 or not 1 <= int(text) <= 31:
            return 0
        if self.glued(at) and self.lower(at - 1) in (".", ",", ":", "/") and self.glued(at - 1) and self.digits(at - 2):
            return 0
        if self.glued(at + 1) and self.lower(at + 1) in (".", ",", ":", "/") and self.glued(at + 2):
            follows = self.digits(at + 2)
            if follows and not (self.lower(at + 1) == "," and self.can_be_year(at + 2)):
                return 0
        return int(text)

    def can_be_year(self, at: int) -> bool:
        text = self.digits(at)
        if len(text) != 4 or not _FIRST_YEAR <= int(text) <= _LAST_YEAR:
            return False
        return not (
            self.glued(at + 1) and self.lower(at + 1) in (",", ".", ":") and self.glued(at + 2) and self.digits(at + 2)
        )

    def after_suffix(self, at: int) -> int:
        """The token after a day's ending ('th', '-го', '-ында') that begins at a token."""
        step = 1 if self.lower(at) in DASHES and self.glued(at) else 0
        if self.is_in(at + step, "day_suffixes") and self.glued(at + step):
            return at + step + 1
        return at

    def day_before(self, last: int) -> tuple[int, int, int] | None:
        """A day whose last token is `last - 1`: its first token, the token after its digits, the day."""
        at = last - 1
        if self.is_in(at, "day_suffixes") and self.glued(at):
            at -= 2 if self.lower(at - 1) in DASHES and self.glued(at - 1) else 1
        value = self.dom(at)
        return (at, at + 1, value) if value and self.after_suffix(at + 1) == last else None

    # Numeric dates

    def numeric(self, at: int) -> Written | None:
        if not all(self.glued(at + k) for k in range(1, 5)):
            return None
        a, b, c = self.digits(at), self.digits(at + 2), self.digits(at + 4)
        mark = self.lower(at + 1)
        if not (a and b and c) or mark != self.lower(at + 3) or mark not in (".", "/", "-"):
            return None
        if len(a) == 4 and len(b) <= 2 and len(c) <= 2:
            year, month, day = int(a), int(b), int(c)
        elif len(a) <= 2 and len(b) <= 2 and (len(c) == 4 or (len(c) == 2 and mark == ".")):
            day, month, year = int(a), int(b), int(c) + (2000 if len(c) == 2 else 0)
        else:
            return None
        if month > 12 >= day:
            day, month = month, day
        if not (1 <= day <= 31 and 1 <= month <= 12 and _FIRST_YEAR <= year <= _LAST_YEAR):
            return None
        return Written(at, self.after_year(at + 5), year, month, day)

    # Around a month's name

    def around_month(self, at: int, floor: int) -> Iterator[Written]:
        last = at + 1
        if self.lower(at) in self.words.short and self.lower(last) == "." and self.glued(last):
            last += 1
        before = self.days_before(at, floor)
        after = self.days_after(at, last) if not before or not self.surely_before(before) else []
        if after:
            yield from self.with_month(after, at, self.words.months[self.lower(at)], after[-1].last)
        elif before:
            yield from self.with_month(before, before[0].first, self.words.months[self.lower(at)], last)
        else:
            yield from self.bare_month(at, last)

    def surely_before(self, days: list[Written]) -> bool:
        return not self.words.day_after or self.is_in(days[0].first - 1, "day_before")

    def with_month(self, days: list[Written], first: int, month: int, last: int) -> Iterator[Written]:
        last, year = self.year_after(last)
        if year is None:
            first, year = self.year_before(first)
        for number, day in enumerate(days):
            begin = first if number == 0 else day.first
            end = last if number == len(days) - 1 else day.last
            period = day.end_dom is not None
            yield replace(
                day,
                first=begin,
                last=end,
                year=year,
                month=month,
                end_year=year if period else None,
                end_month=month if period else None,
            )

    def days_before(self, at: int, floor: int) -> list[Written]:
        last = at
        if self.is_in(at - 1, "day_link") or (self.lower(at - 1) in DASHES and self.glued(at) and self.glued(at - 1)):
            last -= 1
        found = self.day_before(last)
        if not found or found[0] < floor:
            return []
        first, _, value = found
        start = self.range_start(first, value, floor)
        if start:
            return [Written(start[0], at, dom=start[2], end_dom=value)]
        days = [Written(first, at, dom=value)]
        while len(days) < _LONGEST_LIST and self.is_separator(days[0].first - 1, first_of_list=len(days) == 1):
            found = self.day_before(days[0].first - 1)
            if not found or found[0] < floor or found[2] >= (days[0].dom or 0):
                break
            if len(days) == 1 and self.is_in(found[0] - 1, "between"):
                return [Written(found[0], at, dom=found[2], end_dom=value)]
            days.insert(0, Written(found[0], days[0].first - 1, dom=found[2]))
        return days

    def is_separator(self, at: int, *, first_of_list: bool) -> bool:
        return self.is_in(at, "and") or (not first_of_list and self.lower(at) == ",")

    def range_start(self, first: int, value: int, floor: int) -> tuple[int, int, int] | None:
        mark = self.lower(first - 1)
        start: tuple[int, int, int] | None = None
        if mark in DASHES or self.is_in(first - 1, "to"):
            start = self.day_before(first - 1)
        elif self.is_in(first - 1, "to_after_from"):
            start = self.day_before(first - 1)
            if start and not self.is_in(start[0] - 1, "from"):
                start = None
        elif self.is_in(first - 1, "ablative"):
            start = self.day_before(first)
        return start if start and start[0] >= floor and start[2] < value else None

    def day_from(self, at: int) -> tuple[int, int] | None:
        value = self.dom(at)
        return (self.after_suffix(at + 1), value) if value else None

    def days_after(self, month: int, at: int) -> list[Written]:
        if self.is_in(at, "month_noun"):
            at += 1
        elif not self.words.day_after and self.lower(month) not in self.words.genitive:
            return []
        found = self.day_from(at)
        if not found:
            return []
        days = [Written(at, found[0], dom=found[1])]
        while len(days) < _LONGEST_LIST:
            mark = days[-1].last
            following = self.day_from(mark + 1)
            if not following or following[1] <= (days[-1].dom or 0) or self.is_in(following[0], "counted"):
                break
            if self.lower(following[0]) in self.words.months:
                break
            if self.links_range(month, mark, following[0]):
                return [*days[:-1], replace(days[-1], last=following[0], end_dom=following[1])]
            if not self.is_in(mark, "and") and not self.list_goes_on(mark, following[0]):
                break
            days.append(Written(mark + 1, following[0], dom=following[1]))
        return days

    def links_range(self, month: int, mark: int, after: int) -> bool:
        if self.lower(mark) in DASHES:
            return self.glued(mark) and self.glued(mark + 1)
        if self.is_in(mark, "to"):
            return True
        return self.is_in(mark, "and") and (self.is_in(month - 1, "between") or self.is_in(after, "between_after"))

    def list_goes_on(self, comma: int, after: int) -> bool:
        return self.lower(comma) == "," and self.is_in(after, "and") and self.day_from(after + 1) is not None

    def year_after(self, at: int) -> tuple[int, int | None]:
        """The token after a year that follows, and the year; (at, None) if none follows."""
        year = at
        if self.lower(at) == ",":
            year = at + 1
            if not self.words.day_after and not self.is_in(year + 1, "year_after_date"):
                return at, None
        elif self.is_in(at, "month_link"):
            year = at + 1
        if not self.can_be_year(year) or (year == at and self.is_in(year + 1, "counted")):
            return at, None
        if self.is_in(year + 1, "year_after") and not self.is_in(year + 1, "year_after_date"):
            return at, None
        return self.after_year(year + 1), int(self.digits(year))

    def after_year(self, at: int) -> int:
        """The token after the words that belong to a year: 'года', 'г.', a stray letter in the place of a comma."""
        if self.is_in(at, "year_after"):
            dot = self.lower(at + 1) == "." and len(self.lower(at)) <= 2
            return at + 2 if dot and not self.starts_sentence(at + 2) else at + 1
        if self.glued(at) and self.tokens[at].kind == "word" and len(self.tokens[at].text) == 1:
            return at + 1
        return at

    def starts_sentence(self, at: int) -> bool:
        return at >= len(self.tokens) or self.tokens[at].text[0].isupper()

    def year_before(self, first: int) -> tuple[int, int | None]:
        at = first - 1
        if self.lower(at) == "." and len(self.lower(at - 1)) <= 2:
            at -= 1
        if self.is_in(at, "year_after") and self.can_be_year(at - 1):
            return at - 1, int(self.digits(at - 1))
        return first, None

    def bare_month(self, at: int, last: int) -> Iterator[Written]:
        month = self.words.months[self.lower(at)]
        after, year = self.year_after(last)
        first = at
        if year is None:
            first, year = self.year_before(at)
        if year is None and self.lower(at) in self.words.bare and not self.is_in(at - 1, "month_before"):
            return
        if year is None and self.lower(at) in self.words.short:
            return
        yield Written(first, after, year=year, month=month)

    # Years alone

    def is_year(self, at: int) -> bool:
        return self.can_be_year(at) and (self.is_year_by_words(at) or self.linked_year(at))

    def is_year_by_words(self, at: int) -> bool:
        if self.glued(at) and self.digits(at - 2) and self.lower(at - 1) in (".", ","):
            return False
        dash_after = self.glued(at + 1) and self.lower(at + 1) in DASHES
        dash_before = self.glued(at) and self.lower(at - 1) in DASHES
        if self.is_in(at + 1, "year_after") or self.is_in(at + 1, "year_nouns"):
            return True
        if self.is_in(at + 1, "counted"):
            return False
        return (
            self.is_in(at - 1, "year_before")
            or (self.is_in(at - 1, "year_before_unless_counted") and not self.counts_on(at))
            or (self.lower(at - 1) == "(" and self.lower(at + 1) == ")")
            or (dash_before and self.is_in(at - 2, "year_before"))
            or (dash_after and self.is_in(at + 2, "year_suffixes"))
        )

    def counts_on(self, at: int) -> bool:
        return bool(self.digits(at + 1)) and not self.glued(at + 1)

    def linked_year(self, at: int) -> bool:
        """Whether a list of years ('в 2011, 2012 и 2015 годах') goes on behind this one and ends as years do."""
        for _ in range(_LONGEST_LIST):
            step = self.after_link(at + 1)
            if step == at + 1 or not self.can_be_year(step):
                return False
            if self.is_year_by_words(step):
                return True
            at = step
        return False

    def after_link(self, at: int) -> int:
        """The token after the one or two that join a list: ',', 'and', a dash."""
        for step in (at, at + 1):
            if not (self.is_in(step, "and") or self.lower(step) == "," or self.lower(step) in DASHES):
                return step
        return at + 2

    def years(self, at: int) -> Iterator[Written]:
        while True:
            last = at + 1
            if self.glued(last) and self.lower(last) in DASHES and self.is_in(last + 1, "year_suffixes"):
                last += 2
            last = self.after_year(last)
            yield Written(at, last, year=int(self.digits(at)))
            step = self.after_link(last)
            if step == last or not self.can_be_year(step) or self.is_in(step + 1, "counted"):
                return
            at = step

    # Days relative to the publication

    def relative(self, at: int) -> Written | None:
        for words, offset in self.words.relative[self.lower(at)]:
            if self.phrase(at, words):
                last = at + len(words)
                if self.is_title(at) or self.is_in(last, "no_day_before"):
                    return None
                if self.is_in(at, "relative_alone") and not self.ends_phrase(last):
                    return None
                return Written(at, last + 1 if self.lower(last) == "'s" else last, offset=offset)
        return None

    def ends_phrase(self, at: int) -> bool:
        """Whether nothing follows that a word could govern: 'накануне.' is a day, 'накануне выборов' none."""
        return at >= len(self.tokens) or self.tokens[at].text in ".,;:)!?»"

    def days_ago(self, at: int) -> Written | None:
        """'three days ago', 'три дня назад'."""
        if not self.is_in(at - 1, "ago_days"):
            return None
        text = self.digits(at - 2)
        number = self.counts.get(self.lower(at - 2))
        days = int(text) if text and len(text) < 3 else number.value if number and number.role == "cardinal" else 0
        return Written(at - 2, at + 1, offset=-days) if 0 < days <= _FARTHEST_BACK else None

    def is_title(self, at: int) -> bool:
        """'Kazakhstan Today' is a newspaper, not a day."""
        before = self.tokens[at - 1].text if at else ""
        return self.tokens[at].text[0].isupper() and before[:1].isupper() and self.tokens[at - 1].kind == "word"

    def weekday(self, at: int, floor: int) -> Written | None:
        if self.lower(at) in self.words.words.get("weekdays_after", ()) and not self.is_in(at - 1, "weekday_before"):
            marked = any(self.lower(at - 1).startswith(w) for w, _ in self.words.markers)
            if not marked and not self.is_in(at + 1, "day_noun"):
                return None
        for link, other in ((at + 1, at + 2), (at - 1, at - 2)):
            linked = self.lower(link) in DASHES or self.is_in(link, "to")
            if linked and self.lower(other) in self.words.weekdays:
                return None
        first, direction = at, "past"
        if at - 1 >= floor:
            for stem, name in self.words.markers:
                if self.lower(at - 1).startswith(stem):
                    first, direction = at - 1, {"past": "before", "this": "this", "future": "after"}[name]
                    break
        last = at + 1
        if self.is_in(last, "day_noun"):
            last += 1
        return Written(first, last, weekday=self.words.weekdays[self.lower(at)], direction=direction)
