"""Text as tokens with exact offsets: the ground that names, numbers, dates and clauses are found on.

A token is a run of letters ('word', an apostrophe inside belongs to it: int'l), a run of digits ('digits'), the English
possessive or a dash typed as hyphens ('mark', as one token) or any other single character ('mark'). Hyphens and
slashes separate, so that 'OSCE/ODIHR', 'twenty-two' and 'бір-бірден' are seen in their parts; `glued` tells that no
blank stands before.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"(?P<word>[^\W\d_]++(?:['’ʼ`](?!s\b)[^\W\d_]++)*+)|(?P<digits>\d++)|(?P<mark>['’]s\b|-{2,3}|\S)")


_MOST_REMEMBERED = 50_000
"""Pieces of text whose lower case is kept, so that a long-lived process does not grow."""


class Token(NamedTuple):
    """A piece of text; `text` is exactly `[start:end]` of the string that was tokenized."""

    text: str
    lower: str
    """Lower case, with the typographic apostrophe as a plain one, hyphens for a dash as one; Russian ё as е."""
    start: int
    end: int
    kind: str
    """'word', 'digits' or 'mark'."""
    glued: bool
    """No blank stands between this token and the one before."""


def tokenize(text: str) -> list[Token]:
    """Split text into tokens, in time linear in its length."""
    tokens = []
    before = -1
    new = tuple.__new__  # what Token() comes to, without a call between
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        piece = text[start:end]
        tokens.append(new(Token, (piece, _folded(piece), start, end, found.lastgroup, start == before)))
        before = end
    return tokens


@lru_cache(maxsize=_MOST_REMEMBERED)
def _folded(piece: str) -> str:
    if piece.startswith("--"):
        return "–"
    return piece.lower().replace("’", "'").replace("ʼ", "'").replace("ё", "е")
