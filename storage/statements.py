"""Statements that are made once and run past the mapper, with plain values.

Recording an article takes two dozen statements. One that is built anew, or made out by the mapper from changed rows,
costs several times what the database takes for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, Executable
from sqlalchemy.orm import Session, make_transient_to_detached

from storage.models import Change, Report


def run(
    session: Session, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]]
) -> CursorResult[*tuple[Any, ...]]:
    """Run a statement with the values of its parameters, or with those of many rows.

    It sees, and follows upon, what the session's own rows have changed.
    """
    session.flush()
    return session.connection().execute(statement, values)


def add(session: Session, statement: Executable, values: Mapping[str, Any]) -> int:
    """Run an INSERT of one row; the number that the row got as its key."""
    (key,) = cast("tuple[int]", run(session, statement, values).inserted_primary_key)
    return key


def put(session: Session, statement: Executable, row: Change | Report) -> None:
    """Run an INSERT of a row that was made just now; the session knows it from then on, as one that it has loaded."""
    values = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    row.id = add(session, statement, values)
    make_transient_to_detached(row)
    session.add(row)
