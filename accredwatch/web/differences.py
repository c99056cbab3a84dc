"""Two texts side by side, with what differs marked; bounded, whatever the texts are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from accredwatch.printing import printable

_MOST_PARAGRAPHS = 1000
_MOST_WORDS = 600
"""In a paragraph; comparing takes the square of their number. A longer one is marked as a whole."""
_ALIKE = 0.4
"""Share of words in common from which two paragraphs are versions of one."""
_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Part:
    """Some words, and whether the other text has others in their place."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of the old text beside one of the new one; empty where there is none."""

    old: tuple[Part, ...]
    new: tuple[Part, ...]
    same: bool = False


def compare(old: str, new: str) -> tuple[Row, ...]:
    """The paragraphs of both texts in rows."""
    olds, news = (printable(text).split("\n") for text in (old, new))
    if max(len(olds), len(news)) > _MOST_PARAGRAPHS:
        differs = old != new
        return (Row((Part(printable(old), differs),), (Part(printable(new), differs),), same=not differs),)
    rows: list[Row] = []
    matcher = SequenceMatcher(None, olds, news, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        before, after = olds[start:end], news[other_start:other_end]
        if tag == "equal":
            rows += [Row((Part(line),), (Part(line),), same=True) for line in before]
        else:
            rows += [_row(one, other) for one, other in zip_longest(before, after)]
    return tuple(rows)


def _row(old: str | None, new: str | None) -> Row:
    if old is None or new is None:
        return Row(_whole(old), _whole(new))
    words, others = _WORD.findall(old), _WORD.findall(new)
    if max(len(words), len(others)) > _MOST_WORDS:
        return Row(_whole(old), _whole(new))
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return Row(_whole(old), _whole(new))
    codes = matcher.get_opcodes()
    mine = ((tag, words[start:end]) for tag, start, end, _, _ in codes)
    theirs = ((tag, others[start:end]) for tag, _, _, start, end in codes)
    return Row(_parts(mine), _parts(theirs))


def _whole(text: str | None) -> tuple[Part, ...]:
    return (Part(text, differs=True),) if text else ()


def _parts(pieces: Iterable[tuple[str, Sequence[str]]]) -> tuple[Part, ...]:
    return tuple(Part("".join(words), differs=tag != "equal") for tag, words in pieces if words)
