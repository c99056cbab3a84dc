"""Making a database and moving it forward: all or nothing, one process at a time, an older file kept as a copy."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import structlog
from sqlalchemy import Connection, text

from foundation.clock import Clock
from foundation.errors import DatabaseBusy, StorageError
from foundation.failpoints import Failpoint, passing
from storage import schema
from storage.copies import copy_file
from storage.marker import missing, read_marker

log = structlog.get_logger(__name__)


def move_forward(connection: Connection, name: str, clock: Clock) -> None:
    """Bring the schema of the database `name` to this program's version, inside the connection's transaction."""
    current = schema.version(connection)
    if current == schema.head():
        return
    schema.upgrade(connection, now=clock.now())
    passing(Failpoint.BEFORE_SCHEMA)
    log.info("database_upgraded" if current else "database_made", database=name, schema=schema.head())


def upgrade_file(connection: Connection, file: Path, *, limit: timedelta, clock: Clock) -> None:
    """Make a SQLite file's tables or move them forward; an older file is kept as it was, as a copy beside it.

    Raises DatabaseBusy where another process does so for longer than `limit`, StorageError.
    """
    with _alone_in(file.parent, limit):
        driver = connection.connection.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            raise StorageError(f"{file} is opened by a driver that is not sqlite3")
        # Rebuilding a table drops the old one, which must not touch the rows that point to it;
        # SQLite ignores the switch inside a transaction.
        driver.execute("PRAGMA journal_mode = WAL")
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                _refuse_hollow(connection, file)
                _keep_copy(connection, file)
                move_forward(connection, str(file), clock)
                if orphans := connection.execute(text("PRAGMA foreign_key_check")).all():
                    raise StorageError(f"upgrading {file} would leave {len(orphans)} rows that point nowhere")
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def copy_before(file: Path, version: str) -> Path:
    """Where the copy of a SQLite file stands that was made before its schema `version` was moved forward."""
    return file.with_name(f"{file.name}-schema-{version}")


def _keep_copy(connection: Connection, file: Path) -> None:
    """Copy the file before anything in it is changed; the connection has begun to write, so nobody else does."""
    current = schema.version(connection)
    if current is None or current == schema.head():
        return
    kept = copy_before(file, current)
    draft = kept.with_name(f"{kept.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with contextlib.closing(sqlite3.connect(file)) as reader:
            copy_file(reader, draft)
        draft.replace(kept)
    except OSError as error:
        raise StorageError(f"{kept} cannot be written ({error.strerror}), so {file} stays as it is") from error
    finally:
        draft.unlink(missing_ok=True)
    log.info("database_copied", database=str(file), copy=str(kept))


def _refuse_hollow(connection: Connection, file: Path) -> None:
    marker = read_marker(file)
    if marker and schema.version(connection) is None:
        raise missing(file, marker, "holds no tables")


@contextmanager
def _alone_in(directory: Path, limit: timedelta) -> Iterator[None]:
    """Keep other processes from making or upgrading a database here: switching to WAL does not wait for others."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        deadline = time.monotonic() + limit.total_seconds()
        while not _try_lock(handle):
            if time.monotonic() > deadline:
                raise DatabaseBusy(f"another process has been upgrading the database in {directory}: wait for its end")
            time.sleep(0.05)
        yield
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
