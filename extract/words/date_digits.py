"""Which digits can be a day, a year or a date in digits."""

from __future__ import annotations

from collections.abc import Mapping

from extract.words.cursor import DASHES, Columns, Cursor
from extract.words.date_words import Calendar
from extract.words.number_words import Word
from extract.words.spans import Written

LONGEST_LIST = 9
"""Days or years that one list may hold."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_LAST_DAY = 31
_TEN = 10
_TENS = (20, 30)
"""What a day's ordinal may have before it: 'двадцать пятого'."""


class DateDigits(Cursor):
    """Reads the digits of days and years at a token."""

    def __init__(self, columns: Columns, words: Calendar, counts: Mapping[str, Word]) -> None:
        super().__init__(columns)
        self.words = words
        self.counts = counts

    def is_in(self, at: int, name: str) -> bool:
        return self.lower(at) in self.words.words.get(name, ())

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
        if not value:
            return self.spelled_day(last) if self.words.day_ordinals else None
        return (at, at + 1, value) if self.after_suffix(at + 1) == last else None

    def spelled_day(self, last: int) -> tuple[int, int, int] | None:
        """'восьмого января', 'двадцать пятое мая': an ordinal, in the case in which days are told."""
        number = self.counts.get(self.lower(last - 1))
        if number is None or number.role != "ordinal" or not self.lower(last - 1).endswith(self.words.day_ordinals):
            return None
        tens = self.counts.get(self.lower(last - 2)) if number.value < _TEN else None
        if tens is not None and tens.role == "cardinal" and tens.value in _TENS:
            spelled = tens.value + number.value
            return (last - 2, last, spelled) if spelled <= _LAST_DAY else None
        return (last - 1, last, number.value) if number.value <= _LAST_DAY else None

    def day_from(self, at: int) -> tuple[int, int] | None:
        value = self.dom(at)
        return (self.after_suffix(at + 1), value) if value else None

    def numeric(self, at: int) -> Written | None:
        if not (self.glued(at + 1) and self.glued(at + 2) and self.glued(at + 3) and self.glued(at + 4)):
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

    def year_before(self, first: int) -> tuple[int, int | None]:
        at = first - 1
        if self.lower(at) == "." and len(self.lower(at - 1)) <= 2:
            at -= 1
        if self.is_in(at, "year_after") and self.can_be_year(at - 1):
            return at - 1, int(self.digits(at - 1))
        return first, None

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
