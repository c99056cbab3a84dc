"""What the checks of a database share: how problems are told, a few of each kind by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection

Problems = Iterator[str]
Check = Callable[[Connection], Iterable[str]]

_MOST = 5
"""How many rows of one kind of problem are named; the others are counted."""


def named(connection: Connection, rows: Any, words: str) -> Problems:  # noqa: ANN401 - a select of one column
    yield from first(words.format(row[0]) for row in connection.execute(rows))


def first(found: Iterator[str]) -> Problems:
    more = 0
    for number, line in enumerate(found):
        if number < _MOST:
            yield line
        else:
            more += 1
    if more:
        yield f"... and {more} more like this"
