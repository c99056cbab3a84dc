"""Backups: one SQLite file, whatever kind the database is of, made while others write, and proven before it counts.

The file can be looked at with any SQLite program, and `storage.restore` puts it into either kind of database.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace as replaced
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, delete, event, func, select

from foundation.errors import ConfigError, StorageError
from storage import schema
from storage.copies import OnProgress, copy_file, copy_rows, count_rows, portable_tables, silent
from storage.database import Database
from storage.faults import in_our_words
from storage.integrity import problems
from storage.marker import marker_path
from storage.models import Alert, Identity
from storage.table_checks import damage
from storage.vocabulary import ON_THE_WAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup holds."""

    file: Path
    bytes: int
    schema: str
    """Version of its schema."""
    uuid: str
    made_at: datetime
    """Identity of the database that it is a copy of: its UUID, and when that was made."""
    rows: Mapping[str, int]
    """Number of rows of each table."""
    waiting: int
    """How many alerts were on their way to their channels."""
    problems: tuple[str, ...]
    """What is wrong in its records, which are kept as they are; a damaged file is no backup at all."""


def back_up(database: Database, file: Path, *, replace: bool = False, on_progress: OnProgress = silent) -> Backup:
    """Write what the database holds at this moment to `file`, with the schema that it has, and prove the copy.

    The file appears whole or not at all, and takes the place of another one only with `replace`.

    Raises ConfigError for a file that cannot be meant, StorageError for what cannot be read, written or proven.
    """
    file = file.absolute()
    _require_place(database, file, replace=replace)
    with draft(file.with_name(f".{file.name}.{os.getpid()}.part"), 0o600) as part:
        with database.read() as session, in_our_words(f"{file} (a copy of {database.name})", 0):
            rows = _copy(session.connection(), part, on_progress)
            uuid, made_at = schema.identity(session.connection())
        backup = inspect_copy(part, str(file), on_progress)
        if backup.rows != rows or (backup.uuid, backup.made_at) != (uuid, made_at):
            raise StorageError(f"the backup {file} does not hold what {database.name} holds: look at the disk")
        write_through(part)
        part.replace(file)
        write_through(file.parent)
    return replaced(backup, file=file)


def inspect_copy(file: Path, name: str, on_progress: OnProgress = silent) -> Backup:
    """Prove that a SQLite file, which messages call `name`, is a sound database of ours, and tell what it holds.

    Raises StorageError if it is not, SchemaMismatch if it is newer than this program.
    """
    with in_our_words(name, 0), copy_engine(file) as engine, engine.connect() as connection:
        version = require_ours(connection, name)
        if found := damage(connection):
            raise StorageError(f"{name} is damaged, so it is no backup: " + "; ".join(found[:3]))
        uuid, made_at = schema.identity(connection)
        waiting = Alert.state.in_(ON_THE_WAY)
        return Backup(
            file=file,
            bytes=file.stat().st_size,
            schema=version,
            uuid=uuid,
            made_at=made_at,
            rows=count_rows(connection, portable_tables(connection)),
            waiting=connection.execute(select(func.count(Alert.id)).where(waiting)).scalar_one(),
            problems=problems(connection, on_progress),
        )


def require_ours(connection: Connection, name: str) -> str:
    """The version of the schema of the SQLite file `name`. Raises StorageError if it has none of ours."""
    version = schema.version(connection) if schema.VERSION_TABLE in schema.table_names(connection) else None
    if version is None:
        raise StorageError(f"{name} is no backup of accredwatch: it holds no tables of it")
    return version


@contextmanager
def copy_engine(file: Path) -> Iterator[Engine]:
    """An engine for a SQLite file under construction, which nobody else knows: fast, and not safe from power cuts."""
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def draft(path: Path, mode: int) -> Iterator[Path]:
    """A new file with these permissions, under construction; what is still there at the end is removed.

    Raises StorageError where the directory cannot be written or the disk is full.
    """
    try:
        path.unlink(missing_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        yield path
    except OSError as error:
        raise StorageError(f"{path.parent} cannot be written ({error.strerror}): choose another place") from error
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def write_through(path: Path) -> None:
    """Wait until a file, or the names in a directory, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def belongings(database: Path) -> set[Path]:
    """A SQLite file and what stands beside it under names of its own."""
    sides = {database.with_name(database.name + suffix) for suffix in ("-wal", "-shm", "-journal", "-daemon")}
    return {database, marker_path(database), *sides}


def _require_place(database: Database, file: Path, *, replace: bool) -> None:
    if file.name == "-":
        raise ConfigError("a backup is a file that is proven after it is written: name a file instead of -")
    if not file.parent.is_dir():
        raise ConfigError(f"{file.parent} is no directory: make it first")
    if file.is_dir():
        raise ConfigError(f"{file} is a directory: name a file in it")
    if database.file is not None and file in belongings(database.file):
        raise ConfigError(f"{file} belongs to the database itself: choose another name")
    if file.exists() and not replace:
        raise ConfigError(f"{file} exists already: choose another name, or replace it with --force")


def _copy(source: Connection, part: Path, on_progress: OnProgress) -> Mapping[str, int]:
    """Copy what the source shows in its transaction; the number of rows of each table."""
    driver = source.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        copy_file(driver, part, on_progress)
        return count_rows(source, portable_tables(source))
    version = schema.version(source)
    with copy_engine(part) as engine, engine.begin() as target:
        _, made_at = schema.identity(source)
        schema.upgrade(target, now=made_at, to=str(version))
        target.execute(delete(Identity))
        return copy_rows(source, target, portable_tables(target), on_progress)
