"""Numerals in digits, with the groups, endings and words of scale that belong to them: '14 000', '17-я', '20 тысяч'."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from extract.words.cursor import Columns, Cursor
from extract.words.number_words import NumberWords, Word
from extract.words.spans import NumberKind

_GROUP_MARKS = frozenset(".,'’")
_MOST_DIGITS = 15


class Numeral(NamedTuple):
    """A number as written; `[first:last)` are token indices."""

    first: int
    last: int
    value: int
    """Of a broken number, its whole part."""
    kind: NumberKind
    written_out: bool
    case: str = ""
    lone: bool = False
    """A single word that counts only in company: 'hundred', 'тысячи'."""


class DigitReader(Cursor):
    """Reads numerals that begin with the digits at a token."""

    def __init__(self, columns: Columns, words: NumberWords, taken: frozenset[int]) -> None:
        """`taken` are the tokens that belong to dates."""
        super().__init__(columns, taken)
        self.words = words
        self.taken = taken

    def word(self, at: int) -> Word | None:
        return self.words.words.get(self.lower(at)) if at not in self.taken else None

    def stands_alone(self, at: int) -> bool:
        """Whether a blank and no digits stand behind the digits at a token, as behind most: nothing continues them."""
        return not (self.glued(at + 1) or self.digits(at + 1))

    def in_digits(self, at: int) -> Numeral:
        if self.stands_alone(at) and self.lower(at + 1) not in self.words.behind_digits:
            text = self.tokens[at].text
            return Numeral(at, at + 1, int(text) if len(text) <= _MOST_DIGITS else 0, NumberKind.CARDINAL, False)
        value, last = self._grouped(at)
        whole = isinstance(value, int)
        number = Numeral(at, last, int(value), NumberKind.CARDINAL if whole else NumberKind.FRACTION, written_out=False)
        ended = self._ending(number) if whole else number
        return ended if ended.last > last else self._scaled(number, value)

    def _grouped(self, at: int) -> tuple[int | Decimal, int]:
        text = self.tokens[at].text
        if len(text) > _MOST_DIGITS:
            return 0, at + 1
        if len(text) <= 3 and text[0] != "0":
            last = self._groups(at)
            if last > at + 1:
                joined = "".join(t.text for t in self.tokens[at:last] if t.kind == "digits")
                return int(joined), last
        mark = self.lower(at + 1)
        if mark in (".", ",") and self.glued(at + 1) and self.glued(at + 2) and self.digits(at + 2):
            decimals = self.tokens[at + 2].text
            if len(decimals) <= _MOST_DIGITS:
                return Decimal(f"{text}.{decimals}"), at + 3
        return int(text), at + 1

    def _groups(self, at: int) -> int:
        """The token after groups of three digits: '1,013', '14 000'; broken numbers with three decimals are none."""
        mark = self.lower(at + 1)
        last, step = at + 1, 2
        if self.digits(at + 1) and not self.glued(at + 1):
            mark, step = " ", 1
        elif mark not in _GROUP_MARKS:
            return last
        while len(self.digits(last + step - 1)) == 3 and last - at < 9:
            piece = last + step - 1
            if mark != " " and not (self.lower(last) == mark and self.glued(last) and self.glued(piece)):
                break
            if mark == " " and self.glued(piece):
                break
            last = piece + 1
        if mark in (".", ",") and last == at + 3 and (self._scale_at(last) or self.lower(last) == "%"):
            return at + 1
        if (
            mark == "."
            and self.glued(last)
            and self.lower(last) == "."
            and self.glued(last + 1)
            and self.digits(last + 1)
        ):
            return at + 1
        return last

    def _ending(self, number: Numeral) -> Numeral:
        """Endings behind digits: '15th', '17-я', '29-ы', '100 ден'."""
        last = number.last
        word = last + 1 if self.is_dash(last) else last
        ending = self.lower(word)
        if not self.glued(word) and ending not in self.words.loose_endings:
            return number
        if ending in self.words.endings_if_next and self.lower(word + 1).endswith(self.words.endings_if_next[ending]):
            return number._replace(last=word + 1, case="other")
        if self.glued(word) and ending in self.words.ordinal_endings:
            return number._replace(last=word + 1, kind=NumberKind.ORDINAL)
        if (self.glued(word) and word > last) or (word == last and ending in self.words.loose_endings):
            case = self.words.endings.get(ending)
            if case == "collective":
                return number._replace(last=word + 1, kind=NumberKind.COLLECTIVE)
            if case:
                return number._replace(last=word + 1, case=case)
        return number

    def _scale_at(self, at: int) -> Word | None:
        word = self.word(at)
        return word if word and word.role == "scale" and word.value >= 100 else None

    def _scaled(self, number: Numeral, value: int | Decimal) -> Numeral:
        """'11.9 million', '20 тысяч', '11 million 950 thousand'."""
        if self._scale_at(number.last) is None:
            return number
        total, last, case, limit = Decimal(0), number.last, "", 10**18
        while True:
            word = self._scale_at(last)
            if word is None or word.value >= limit:
                break
            total += value * word.value
            limit, case = word.value, word.case
            last = self._after_scale(last)
            if not self.digits(last) or case:
                value = 0
                break
            value, after = self._grouped(last)
            if value >= limit or not isinstance(value, int):
                value = 0
                break
            if not self._scale_at(after):
                last = after
                break
            last = after
        total += value
        return Numeral(number.first, last, int(total), NumberKind.CARDINAL, written_out=False, case=case)

    def _after_scale(self, at: int) -> int:
        """The token after a scale word, its full stop included if it is an abbreviation inside a sentence."""
        dotted = self.lower(at) in self.words.short_scales and self.lower(at + 1) == "." and self.glued(at + 1)
        if dotted and at + 2 < len(self.tokens) and not self.tokens[at + 2].text[0].isupper():
            return at + 2
        return at + 1
