"""Numerals alone: digits with their groups and number words, read into values without looking at what stands around.

`extract.words.numbers` decides what a numeral is used for.
"""

from __future__ import annotations

from decimal import Decimal

from extract.words.number_digits import DigitReader, Numeral
from extract.words.number_sums import Sum
from extract.words.spans import NumberKind


class NumeralReader(DigitReader):
    """Reads numerals that begin at a token, in digits or in words."""

    def read(self, at: int) -> Numeral | None:
        """The numeral that begins at a token, as long as it goes."""
        if self.digits(at):
            return self.in_digits(at)
        return self._in_words(at) if self.lower(at) in self.words.numerals else None

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
        number = Sum() if step == at else Sum(group=1, place=1)
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

    def _add_words(self, at: int, number: Sum) -> tuple[int, str]:
        last, case = at, ""
        while not number.ended and not case:
            step = self._joined(last, number) if last > at else last
            half = self._half_after(step) if last > at else 0
            if half and number.place == 1:
                number.group += Decimal("0.5")
                last = step + half
                continue
            word = self.word(step)
            if word is None and last > at:
                word = self.words.in_company.get(self.lower(step))
            if word is None or not number.add(word, self.words):
                break
            last, case = step + 1, word.case
        return last, case

    def _joined(self, at: int, number: Sum) -> int:
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
        number = Sum(group=Decimal("1.5"), place=1)
        last, case = self._add_words(at + 1, number)
        return Numeral(at, last, int(number.value), NumberKind.CARDINAL, written_out=True, case=case)

    def _only_in_company(self, at: int) -> bool:
        word = self.word(at)
        return word is not None and word.role in ("scale", "group") and self.lower(at) not in self.words.bare

    def _is_group(self, at: int) -> bool:
        word = self.word(at)
        return word is not None and word.role == "group"
