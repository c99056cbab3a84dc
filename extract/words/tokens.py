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

_TOKEN = re.compile(r"(\s*+)([^\W\d_]++(?:['’ʼ`](?!s\b)[^\W\d_]++)*+|\d++|['’]s\b|-{2,3}|\S)")
"""The blanks before a token, and the token."""
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
    end = 0
    new = tuple.__new__  # what Token() comes to, without a call between
    for blanks, piece in _TOKEN.findall(text.rstrip()):  # no blanks that no token follows: none are tried twice
        start = end + len(blanks)
        end = start + len(piece)
        lower, kind = _known(piece)
        tokens.append(new(Token, (piece, lower, start, end, kind, not blanks and start > 0)))
    return tokens


@lru_cache(maxsize=_MOST_REMEMBERED)
def _known(piece: str) -> tuple[str, str]:
    """A piece's lower case and its kind."""
    if piece.startswith("--"):
        return "–", "mark"
    first = piece[0]
    kind = "digits" if first.isdecimal() else "word" if first.isalpha() or first.isnumeric() else "mark"
    return piece.lower().replace("’", "'").replace("ʼ", "'").replace("ё", "е"), kind
