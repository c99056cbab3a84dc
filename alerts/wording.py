"""What is said of figures: in English for the command line and the page, and what templates compare texts with."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from alerts.languages import words
from extract.model import Approx, ElectionType
from storage.views import Statement

_ALIKE = 0.3
"""Share of words in common from which two sentences are versions of one."""
_ENGLISH = words("en")


def number(value: int, approx: Approx | None = None) -> str:
    """'1,026', or 'over 600' where the text says no more."""
    return _ENGLISH.number(value, approx)


def signed(value: int) -> str:
    """'+473', with a true minus sign for a fall."""
    return _ENGLISH.signed(value)


def observers(scope: str) -> str:
    """Whose observers a figure counts: 'observers', 'observers from the OSCE', 'observers from Germany'."""
    return _ENGLISH.observers(scope)


def sender(scope: str) -> str:
    """Whom a scope names: 'country:DE' is 'Germany', 'organization:OSCE' is 'OSCE', 'total' stays."""
    return _ENGLISH.sender(scope)


def poll(kind: ElectionType) -> str:
    """The poll in words: 'parliamentary election'."""
    return _ENGLISH.poll(kind)


def apart(one: str, other: str) -> str:
    """The first text with »guillemets« around what the other one has not; as it is if they share too little.

    >>> apart("In all 739 came.", "In all 793 came.")
    'In all »739« came.'
    """
    ours, others = one.split(" "), other.split(" ")
    matcher = SequenceMatcher(None, ours, others, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return one
    pieces = []
    for tag, start, end, _, _ in matcher.get_opcodes():
        if start < end:
            piece = " ".join(ours[start:end])
            pieces.append(piece if tag == "equal" else f"»{piece}«")
    return " ".join(pieces)


def either(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The first statement of each value."""
    first: dict[int, Statement] = {}
    for statement in statements:
        first.setdefault(statement.value, statement)
    return tuple(first.values())
