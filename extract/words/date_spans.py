"""Where a text writes days: spans of tokens with what they say, before anything is resolved.

Months, numeric dates and years; what depends on the day of publication (weekdays, 'yesterday') is found here as well
and resolved in `extract.words.dates`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.words.cursor import DASHES, Columns
from extract.words.date_digits import LONGEST_LIST
from extract.words.date_months import MonthDays
from extract.words.date_words import calendar
from extract.words.number_words import number_words
from extract.words.spans import Written
from extract.words.tokens import Token

_YEAR, _DAY = 4, 2
"""Digits of a year, and at most of a day."""
_FARTHEST_BACK = 31
"""Days that 'days ago' may go back."""


def written_days(tokens: Sequence[Token], language: str, columns: Columns | None = None) -> list[Written]:
    """All days, months and years that a text writes, in order, not overlapping.

    `columns` are those of the tokens, where they are made already.
    """
    words = calendar(language)
    columns = columns or Columns(tokens)
    begins = columns.digits_or(words.starts)
    if not begins:
        return []
    reader = _Reader(columns, words, number_words(language).words)
    found: list[Written] = []
    passed = 0
    for at in begins:
        if at < passed:
            continue
        new = reader.read(at, found[-1].last if found else 0)
        while new and found and found[-1].first >= new[0].first:
            found.pop()
        found += new
        passed = new[-1].last if new else 0
    return found


class _Reader(MonthDays):
    """Reads the days, months and years that begin at a token or stand around it."""

    def read(self, at: int, floor: int) -> Sequence[Written]:
        """What begins at a token or stands around it; `floor` is the end of what was read before."""
        token = self.tokens[at]
        if token.kind == "digits":
            return self.in_digits(at, len(token.text))
        if token.lower in self.words.months and self.spelled_as_name(token):
            return list(self.around_month(at, floor))
        found: Written | None = None
        if token.lower in self.words.relative:
            found = self.relative(at)
        elif self.is_in(at, "ago"):
            found = self.days_ago(at)
        elif token.lower in self.words.weekdays and self.spelled_as_name(token):
            found = self.weekday(at, floor)
        return (found,) if found else ()

    def in_digits(self, at: int, size: int) -> Sequence[Written]:
        """A date in digits, a year, or a day of a month that is not named; `size` says how many digits there are."""
        found = self.numeric(at) if self.glued(at + 1) else None
        if found:
            return (found,)
        if size == _YEAR and self.is_year(at):
            return list(self.years(at))
        if size <= _DAY and self.is_in(self.after_suffix(at + 1), "of_the_month") and self.dom(at):
            return (Written(at, self.after_suffix(at + 1) + 1, dom=self.dom(at)),)
        return ()

    def spelled_as_name(self, token: Token) -> bool:
        return not self.words.capital or token.text[0].isupper()

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
            return self.is_in(at - 1, "year_of_people") and self.is_in(at + 1, "people")
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
        for _ in range(LONGEST_LIST):
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
                alone = self.ends_phrase(last) or self.is_in(last, "behind_alone")
                if self.is_in(at, "relative_alone") and not alone:
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
