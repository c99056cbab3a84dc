"""A run of tokens that may be asked about positions a little before its start and behind its end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from extract.words.tokens import Token

DASHES = frozenset("-–—‑−")
_MARGIN = 16
_NO_WORDS, _NOT_GLUED = ("",) * _MARGIN, (False,) * _MARGIN
_NO_COLUMNS: tuple[tuple[Any, ...], ...] = ((),) * len(Token._fields)


class Columns:
    """What is asked of a run's tokens by their place, taken out of them once for all who read the same run."""

    __slots__ = ("_numerals", "digits", "glued", "lower", "texts", "tokens")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.texts: tuple[str, ...]
        self.texts, lowers, _, _, kinds, glued = zip(*tokens, strict=True) if tokens else _NO_COLUMNS
        self.lower: tuple[str, ...] = lowers + _NO_WORDS
        self.glued: tuple[bool, ...] = glued + _NOT_GLUED
        self._numerals = [i for i, kind in enumerate(kinds) if kind == "digits"]
        digits = [""] * len(self.lower)
        for at in self._numerals:
            digits[at] = self.texts[at]
        self.digits: tuple[str, ...] = tuple(digits)
        """The token's text if it is a run of digits, else nothing."""

    def digits_or(self, words: AbstractSet[str]) -> list[int]:
        """The tokens that are digits or one of the words, by index."""
        if words.isdisjoint(self.lower):
            return self._numerals
        found = [i for i, lower in enumerate(self.lower[: len(self.tokens)]) if lower in words]
        return sorted({*self._numerals, *found})


class Cursor:
    """Looks at tokens by index; up to 16 places outside of the run there is nothing."""

    def __init__(self, columns: Columns, taken: Collection[int] = ()) -> None:
        """`taken` are tokens whose digits belong to something else and are not to be seen."""
        self.tokens = columns.tokens
        self._words = columns.lower
        self.lower: Callable[[int], str] = columns.lower.__getitem__
        digits: Sequence[str] = columns.digits
        if taken:
            digits = seen = list(columns.digits)
            for at in taken:
                seen[at] = ""
        self.digits: Callable[[int], str] = digits.__getitem__
        """The token's text if it is a run of digits, else nothing."""
        self.glued: Callable[[int], bool] = columns.glued.__getitem__

    def holds(self, words: frozenset[str]) -> bool:
        """Whether any of the words stands among the tokens."""
        return not words.isdisjoint(self._words)

    def is_dash(self, at: int) -> bool:
        """Whether the token is a dash that joins, without a blank on either side."""
        return self.lower(at) in DASHES and self.glued(at) and self.glued(at + 1)

    def phrase(self, at: int, phrase: tuple[str, ...]) -> bool:
        """Whether the words of a phrase begin at a token."""
        return self.lower(at) == phrase[0] and self._words[at : at + len(phrase)] == phrase
