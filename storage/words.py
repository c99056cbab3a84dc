"""Words as search compares them: without case, ё as е, numbers without the marks between their thousands.

Both kinds of database are given the same words, so that they find the same.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

_MARKS = "\u0300-\u036f"
"""Accents that stand behind their letter."""
_BETWEEN = " ,.'’\u00a0\u2009\u202f"
"""What stands between thousands in one language or another."""
_TOKEN = re.compile(rf"(?<!\d)\d{{1,3}}(?:[{_BETWEEN}]\d{{3}})+(?!\d)|(?:[^\W_][{_MARKS}]*)+")
_APART = re.compile(f"[{_BETWEEN}]")
_LONGEST = 100
"""Characters of a word; what goes on makes no difference."""
_MOST = 200_000
"""Characters that are indexed of an article; PostgreSQL takes no more than a megabyte, with the places of the words."""
_LARGEST = 2**63 - 1
_AT_ONCE = 2**28
"""Places for each second; as many articles have keys of their own there."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: the text is `[start:end]`, `forms` what it is found by; the first is the whole of it."""

    start: int
    end: int
    forms: tuple[str, ...]


def words(text: str) -> Iterator[Word]:
    """The words of a text in their order; '1,026' is one word, found as 1026 and by its parts."""
    for found in _TOKEN.finditer(text):
        yield Word(found.start(), found.end(), _forms(found[0]))


def _forms(token: str) -> tuple[str, ...]:
    """By what a word is found; without a mark between its characters by the whole of it alone."""
    if token.isalnum():
        return (fold(token),)
    parts = _APART.split(token)
    whole = fold("".join(parts))
    return (whole, *map(fold, parts)) if len(parts) > 1 else (whole,)


def fold(word: str) -> str:
    """The word in the one form in which words are compared."""
    if word.isascii():  # nothing else is to be done to nearly all words of an English text
        return word.lower()[:_LONGEST]
    return unicodedata.normalize("NFKC", word).casefold().replace("ё", "е")[:_LONGEST]


def to_index(title: str | None, body: str) -> str:
    """What is kept of an article to find it by: its words with blanks between them, those of the title first."""
    found = (_forms(token) for text in (title or "", body) for token in _TOKEN.findall(text))
    return " ".join(form for forms in found for form in forms)[:_MOST]


def place_of(article: int, when: datetime) -> int:
    """Where an article stands among all, published at that instant: later ones higher, no two at one place."""
    return math.floor(when.timestamp()) * _AT_ONCE + article % _AT_ONCE


def asked(text: str) -> tuple[str, ...]:
    """The words that somebody searches for, each once. Nothing in them is an operator."""
    return tuple(dict.fromkeys(word.forms[0] for word in words(text)))


def value_of(word: str) -> int | None:
    """The number that a word is, as far as a figure may have it as its value; None for other words."""
    if not word.isdecimal() or len(word) > len(str(_LARGEST)):
        return None
    value = int(word)
    return value if value <= _LARGEST else None
