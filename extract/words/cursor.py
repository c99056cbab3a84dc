"""A run of tokens that may be asked about positions a little before its start and behind its end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from extract.words.tokens import Token

DASHES = frozenset("-–—‑−")
_MARGIN = 16
_NO_COLUMNS: tuple[tuple[Any, ...], ...] = ((),) * len(Token._fields)


def digits_or(tokens: Sequence[Token], words: Collection[str]) -> list[int]:
    """The tokens that are digits or one of the words, by index."""
    return [i for i, token in enumerate(tokens) if token.kind == "digits" or token.lower in words]


class Cursor:
    """Looks at tokens by index; up to 16 places outside of the run there is nothing."""

    def __init__(self, tokens: Sequence[Token], taken: Collection[int] = ()) -> None:
        """`taken` are tokens whose digits belong to something else and are not to be seen."""
        self.tokens = tokens
        margin = ("",) * _MARGIN
        texts, words, _, _, kinds, glued = zip(*tokens, strict=True) if tokens else _NO_COLUMNS
        digits = [text if kind == "digits" else "" for text, kind in zip(texts, kinds, strict=True)]
        for at in taken:
            digits[at] = ""
        self._words: tuple[str, ...] = words + margin
        self.lower: Callable[[int], str] = self._words.__getitem__
        self.digits: Callable[[int], str] = (*digits, *margin).__getitem__
        """The token's text if it is a run of digits, else nothing."""
        self.glued: Callable[[int], bool] = (glued + (False,) * _MARGIN).__getitem__

    def holds(self, words: frozenset[str]) -> bool:
        """Whether any of the words stands among the tokens."""
        return not words.isdisjoint(self._words)

    def is_dash(self, at: int) -> bool:
        """Whether the token is a dash that joins, without a blank on either side."""
        return self.lower(at) in DASHES and self.glued(at) and self.glued(at + 1)

    def phrase(self, at: int, phrase: tuple[str, ...]) -> bool:
        """Whether the words of a phrase begin at a token."""
        return self.lower(at) == phrase[0] and self._words[at : at + len(phrase)] == phrase
