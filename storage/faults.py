"""What the database drivers complain of, in this program's words."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from foundation.errors import DatabaseBusy, StorageError

_SQLITE = {
    sqlite3.SQLITE_CORRUPT: "is damaged: restore a backup (what `sqlite3 FILE .recover` saves may help)",
    sqlite3.SQLITE_NOTADB: "is no SQLite database: check the path, or restore a backup",
    sqlite3.SQLITE_READONLY: "cannot be written: let this user write the file and its directory",
    sqlite3.SQLITE_PERM: "cannot be opened: let this user read and write the file and its directory",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: let this user read and write the file and its directory",
    sqlite3.SQLITE_IOERR: "cannot be read or written: look at the disk and the system's log",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full; make room, nothing is lost that was recorded",
}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


@contextmanager
def in_our_words(name: str, seconds: float) -> Iterator[None]:
    """Turn the drivers' errors about the database `name` into StorageError and DatabaseBusy, SQLAlchemy around or not.

    Errors of the statements themselves (a violated constraint, wrong SQL) pass as they are: they are our mistakes.
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise DatabaseBusy(f"all connections to {name} were in use for {seconds:g} s: try again later") from error
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if translated := _translate(cause, name, seconds):
            raise translated from error
        raise


def unwritable(place: Path, error: OSError) -> StorageError:
    """A file or directory beside the database that cannot be written, with what to do about it."""
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    remedy = "make room on its disk" if full else "let this user write there, or correct database.url"
    return StorageError(f"{place} cannot be written ({error.strerror}): {remedy}")


def _translate(error: BaseException | None, name: str, seconds: float) -> StorageError | None:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in _BUSY:
            return busy(name, seconds)
        return StorageError(f"the database {name} {_SQLITE[code]}") if code in _SQLITE else None
    from storage import server_faults  # noqa: PLC0415 - only who uses a server waits for its library

    if server_faults.is_busy(error):
        return busy(name, seconds)
    complaint = server_faults.complaint(error)
    return None if complaint is None else StorageError(f"the database {name} {complaint}")


def busy(name: str, seconds: float) -> DatabaseBusy:
    """The database `name` could not be written for so many seconds, since somebody else was writing."""
    return DatabaseBusy(
        f"the database {name} was locked by another process for more than {seconds:g} s: "
        "end that process, or raise database.busy_timeout"
    )
