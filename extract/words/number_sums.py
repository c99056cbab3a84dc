"""The sum that a row of number words makes: 'two hundred and twelve', 'двадцать одна тысяча', 'бес жүз он'."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extract.words.number_words import NumberWords, Word
from extract.words.spans import NumberKind

NO_PLACE = 1000
"""The place that a number without a word has filled."""


@dataclass(slots=True)
class Sum:
    """A number in the making: finished thousands, the group at work, and the smallest place filled in it."""

    total: int | Decimal = 0
    group: int | Decimal = 0
    """Whole, but for a half."""
    place: int = NO_PLACE
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
            if self.group == 0 and not (words.needs_count and self.place == NO_PLACE):
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
        self.group, self.place, self.scale = 0, NO_PLACE, scale
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
