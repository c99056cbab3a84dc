"""Copies: a SQLite file as it stands, or all rows of one database in another one, whatever kind the two are of.

A copy of rows goes by the tables as a version of the schema has them, not by the models, so that a database of an older
version can be copied before it is moved forward.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    MetaData,
    Table,
    Text,
    func,
    insert,
    select,
)
from sqlalchemy.exc import DataError, IntegrityError, StatementError
from sqlalchemy.types import TypeEngine

from foundation.errors import StorageError
from storage.columns import Instant
from storage.schema import is_of_models

OnProgress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done and how much there is, in pages or rows."""

NOT_COPIED = frozenset({"daemon", "accredwatch_version"})
"""Tables that say something of one place only: who works there, and which version its tables have."""

_PAGES = 256  # a megabyte a step: a stop and the progress display wait for no more
_ROWS = 500


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def copy_file(source: Path | sqlite3.Connection, target: Path, on_progress: OnProgress = silent) -> None:
    """Write one consistent state of a SQLite database to a new file that needs no other file beside it.

    Writers of the source go on meanwhile. Raises sqlite3.Error.
    """
    opened = _open_to_read(source) if isinstance(source, Path) else source
    copy = sqlite3.connect(target)
    try:
        if not opened.in_transaction:
            opened.execute("BEGIN")
        # Whoever has begun to read keeps that state; else the copy would begin anew with each commit of another writer.
        opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
        opened.backup(copy, pages=_PAGES, progress=lambda _, left, total: on_progress("copying", total - left, total))
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
        if isinstance(source, Path):
            opened.close()


def _open_to_read(file: Path) -> sqlite3.Connection:
    """A connection that never writes; a file with nothing beside it may be on a medium that cannot be written."""
    beside = [file.with_name(file.name + side) for side in ("-wal", "-journal")]
    mode = "mode=ro" if any(other.exists() and other.stat().st_size for other in beside) else "mode=ro&immutable=1"
    return sqlite3.connect(f"file:{quote(str(file))}?{mode}", uri=True)


def portable_tables(connection: Connection) -> Sequence[Table]:
    """The tables of this SQLite database that are copied, with types that both kinds of database understand.

    They come in an order in which rows find those that they point to.
    """
    found = MetaData()
    found.reflect(connection, only=lambda name, _: is_of_models(name, "table"))
    portable = MetaData()
    return [
        Table(
            table.name,
            portable,
            *(Column(c.name, _portable(c.type), primary_key=c.primary_key) for c in table.columns),
        )
        for table in found.sorted_tables
        if table.name not in NOT_COPIED
    ]


def count_rows(connection: Connection, tables: Sequence[Table]) -> dict[str, int]:
    """The number of rows of each table."""
    return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}


def copy_rows(
    source: Connection, target: Connection, tables: Sequence[Table], on_progress: OnProgress = silent
) -> Mapping[str, int]:
    """Copy all rows of these tables, in this order, into empty ones; the number of rows of each.

    Raises StorageError for a value that the other kind of database has no place for.
    """
    total = sum(count_rows(source, tables).values())
    copied: dict[str, int] = {}
    for table in tables:
        copied[table.name] = 0
        try:
            rows = source.execute(
                select(table).order_by(*table.primary_key.columns), execution_options={"yield_per": _ROWS}
            )
            for part in rows.mappings().partitions():
                target.execute(insert(table), [dict(row) for row in part])
                copied[table.name] += len(part)
                on_progress("copying", sum(copied.values()), total)
        except (DataError, IntegrityError, ValueError, TypeError) as error:
            raise _misfit(table, error) from error
        except StatementError as error:
            if isinstance(error.orig, ValueError | TypeError):
                raise _misfit(table, error) from error
            raise
    return copied


def _misfit(table: Table, error: Exception) -> StorageError:
    reason = " ".join(str(getattr(error, "orig", None) or error).split())[:200]
    return StorageError(
        f"the table {table.name} holds a row that cannot be copied ({reason}): `accredwatch db check` may tell more"
    )


def _portable(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    # Words are copied as text, known or not: what is wrong in a copy is for the check to say.
    if isinstance(kind, JSON):
        return JSON(none_as_null=True)
    portable: tuple[tuple[type[TypeEngine[Any]], TypeEngine[Any]], ...] = (
        (DateTime, Instant()),
        (Date, Date()),
        (Boolean, Boolean()),
        (Integer, BigInteger()),
    )
    return next((found for known, found in portable if isinstance(kind, known)), Text())
