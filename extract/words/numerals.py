"""Numerals alone: digits with their groups and number words, read into values without looking at what stands around.

`extract.words.numbers` decides what a numeral is used for.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from extract.words.cursor import Columns, Cursor
from extract.words.number_words import NumberWords, Word
from extract.words.spans import NumberKind

_GROUP_MARKS = frozenset(".,'’")
_NO_PLACE = 1000
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


@dataclass(slots=True)
class _Sum:
    """A number in the making: finished thousands, the group at work, and the smallest place filled in it."""

    total: int | Decimal = 0
    group: int | Decimal = 0
    """Whole, but for a half."""
    place: int = _NO_PLACE
    scale: int = 10**18
    kind: NumberKind = NumberKind.CARDINAL
    ended: bool = False

    @property
    def value(self) -> int | Decimal:
        return self.total + self.group

    def add(self, word: Word, words: NumberWords) -> bool:
        """Take a word in if it fits behind what is there."""
        if word.role == "scale":
            return self._scale(word.value, words)
        if word.role == "group":
            return self._noun(word.value)
        if word.role == "ordinal" and word.value >= 100 and self.group:
            self.group *= word.value
        else:
            place, needed = _places(word.value, words)
            if self.place <= needed:
                return False
            self.group += word.value
            self.place = place
        if word.role == "ordinal":
            self.kind = NumberKind.ORDINAL
        elif word.role == "collective":
            self.kind = NumberKind.COLLECTIVE
        self.ended = word.role != "cardinal"
        return True

    def _scale(self, scale: int, words: NumberWords) -> bool:
        if scale == 100:
            if self.group == 0 and not (words.needs_count and self.place == _NO_PLACE):
                self.group = 1
            elif (
                self.group == 0 or self.place != 1 or self.group >= 100 or (not words.needs_count and self.group >= 10)
            ):
                return False
            self.group *= 100
            self.place = 100
            return True
        if scale >= self.scale or (self.group == 0 and self.total):
            return False
        self.total += (self.group or 1) * scale
        self.group, self.place, self.scale = 0, _NO_PLACE, scale
        return True

    def _noun(self, size: int) -> bool:
        if self.group >= 100:
            return False
        self.group = (self.group or 1) * size
        self.place = 1
        return True


def _places(value: int, words: NumberWords) -> tuple[int, int]:
    """The place that a word fills, and the place that must still be free."""
    if value < 10:
        return 1, 1
    if value < 20:
        return (10 if words.ten_adds else 1), 10
    if value < 100:
        return 10, 10
    return 100, 100


class NumeralReader(Cursor):
    """Reads numerals that begin at a token."""

    def __init__(self, columns: Columns, words: NumberWords, taken: frozenset[int]) -> None:
        """`taken` are the tokens that belong to dates."""
        super().__init__(columns, taken)
        self.words = words
        self.taken = taken

    def word(self, at: int) -> Word | None:
        return self.words.words.get(self.lower(at)) if at not in self.taken else None

    def read(self, at: int) -> Numeral | None:
        """The numeral that begins at a token, as long as it goes."""
        if self.digits(at):
            return self._in_digits(at)
        return self._in_words(at) if self.lower(at) in self.words.numerals else None

    # Words

    def _in_words(self, at: int) -> Numeral | None:
        lower = self.lower(at)
        if lower in self.words.half_before:
            return self._half(at)
        if lower in self.words.one_and_half:
            return self._times_half(at)
        step = at
        if lower in self.words.article:
            following = self.word(at + 1)
            if following is None or following.role not in ("scale", "group"):
                return None
            step = at + 1
        number = _Sum() if step == at else _Sum(group=1, place=1)
        last, case = self._add_words(step, number)
        if last == step:
            return None
        alone = last - at == 1 and self._only_in_company(at)
        if number.value != int(number.value):
            return Numeral(at, last, int(number.value), NumberKind.FRACTION, written_out=True)
        kind = number.kind
        if kind is NumberKind.CARDINAL and last - at == 2 and lower in self.words.article and self._is_group(last - 1):
            kind = NumberKind.COLLECTIVE
        return Numeral(at, last, int(number.value), kind, written_out=True, case=case, lone=alone)

    def _add_words(self, at: int, number: _Sum) -> tuple[int, str]:
        last, case = at, ""
        while not number.ended and not case:
            step = self._joined(last, number) if last > at else last
            half = self._half_after(step) if last > at else 0
            if half and number.place == 1:
                number.group += Decimal("0.5")
                last = step + half
                continue
            word = self.word(step)
            if word is None or not number.add(word, self.words):
                break
            last, case = step + 1, word.case
        return last, case

    def _joined(self, at: int, number: _Sum) -> int:
        """The token where the next number word stands, behind a hyphen or an 'and'."""
        if self.words.hyphen_joins and self.is_dash(at) and self.word(at + 1):
            return at + 1
        if self.lower(at) in self.words.and_words and number.place >= 100:
            following = self.word(at + 1)
            if following and following.role in ("cardinal", "ordinal") and following.value < 100:
                return at + 1
        return at

    def _half_after(self, at: int) -> int:
        return next((len(p) for p in self.words.and_half if self.phrase(at, p) and self.word(at + len(p))), 0)

    def _half(self, at: int) -> Numeral | None:
        """'half a dozen', 'half a million'."""
        step = at + 1 + (self.lower(at + 1) in self.words.article)
        word = self.word(step)
        if word is None or word.role not in ("scale", "group"):
            return None
        return Numeral(at, step + 1, word.value // 2, NumberKind.CARDINAL, written_out=True)

    def _times_half(self, at: int) -> Numeral | None:
        """'полторы тысячи', 'полтора десятка'."""
        word = self.word(at + 1)
        if word is None or word.role not in ("scale", "group"):
            return Numeral(at, at + 1, 1, NumberKind.FRACTION, written_out=True)
        number = _Sum(group=Decimal("1.5"), place=1)
        last, case = self._add_words(at + 1, number)
        return Numeral(at, last, int(number.value), NumberKind.CARDINAL, written_out=True, case=case)

    def _only_in_company(self, at: int) -> bool:
        word = self.word(at)
        return word is not None and word.role in ("scale", "group") and self.lower(at) not in self.words.bare

    def _is_group(self, at: int) -> bool:
        word = self.word(at)
        return word is not None and word.role == "group"

    # Digits

    def stands_alone(self, at: int) -> bool:
        """Whether a blank and no digits stand behind the digits at a token, as behind most: nothing continues them."""
        return not (self.glued(at + 1) or self.digits(at + 1))

    def _in_digits(self, at: int) -> Numeral:
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
