"""What a form or an address asks for: empty means nothing, and what is not understood is said rather than ignored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, TypeVar

from fastapi import HTTPException, Path

from foundation.nearest import suggestion

Word = TypeVar("Word", bound=StrEnum)
LARGEST_ID = 2**31 - 1
"""PostgreSQL's ids go no further, and comparing with a larger number is an error there."""
Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
"""An id in a path."""


def one_of(kind: type[Word], text: str, name: str) -> Word | None:
    """The word of the vocabulary, or None for nothing. Raises HTTPException naming those that there are."""
    known = key_of([member.value for member in kind], text, name)
    return None if known is None else kind(known)


def key_of(known: Iterable[str], text: str, name: str) -> str | None:
    """One of the known keys, or None for nothing. Raises HTTPException naming the nearest."""
    keys = list(known)
    if not text:
        return None
    if text in keys:
        return text
    hint = suggestion(text, keys) or f"; known: {', '.join(keys) or 'none yet'}"
    raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, f"No {name} is called {text!r}{hint}")


def day(text: str, name: str) -> date | None:
    """A day, or None for nothing. Raises HTTPException for what is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        message = f"{name}: {text!r} is no day; write one such as 2023-03-19"
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, message) from error


def number(text: str, name: str) -> int | None:
    """An id or count, or None for nothing. Raises HTTPException for what is none."""
    if not text:
        return None
    if text.isdecimal() and len(text) <= len(str(LARGEST_ID)) and int(text) <= LARGEST_ID:
        return int(text)
    raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, f"{name}: {text!r} is no number")
