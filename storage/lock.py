"""One daemon a database.

The lock belongs to the process: the operating system (SQLite) or the server (PostgreSQL) takes it back when the
process ends, however it ends. The record of who holds it is only for people, so a process id that is used again
misleads nobody.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from foundation.errors import AlreadyRunning, StorageError
from foundation.failpoints import Failpoint, passing
from storage import models
from storage.database import Database
from storage.faults import in_our_words, unwritable
from storage.texts import clean
from storage.vanishing import USUAL, notice_on_both_ends

DAEMON_LOCK = 0x0ACC_0DAE
"""Key of PostgreSQL's advisory lock for the daemon."""
WORK_LOCK = 0x0ACC_0B07
"""Key of the lock that workers share, and that whoever needs the database for itself has alone."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock: what it calls itself, its process, since when (ISO 8601, UTC)."""

    who: str
    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"{self.who}, process {self.pid} on {self.host}, since {self.since}"


_LOST = "the connection that held the daemon's lock on the database is gone: restart the daemon"
_held: set[int] = set()


def _let_go_in_child() -> None:
    # A forked worker shares the lock; if it kept it, it would outlive a killed daemon and bar the next one.
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_let_go_in_child)


class Hold:
    """The lock in our hands."""

    def __init__(
        self, holder: Holder, connection: Connection | None = None, files: Mapping[Path, int | None] | None = None
    ) -> None:
        self.holder = holder
        self._connection = connection
        self._files = files or {}

    def verify(self) -> None:
        """Raise StorageError if the lock is lost: PostgreSQL has restarted, or the file is no longer the one locked.

        What is written into a file that was removed is lost with the process.
        """
        for path, inode in self._files.items():
            if _inode(path) != inode:
                raise StorageError(
                    f"{path} was removed or replaced while the daemon worked on it, which ends: put the file back or "
                    "restore a backup, then start the daemon"
                )
        if self._connection is None:
            return
        held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted"
        try:
            kept = self._connection.exec_driver_sql(held).scalar()
        except DBAPIError as error:
            raise StorageError(_LOST) from error
        if not kept:
            raise StorageError(_LOST)


@contextmanager
def hold(db: Database, who: str, *, now: datetime, beside_workers: bool = False) -> Iterator[Hold]:
    """Be the only daemon on this database for the length of the block. `who` is how messages call us.

    Workers may be at work meanwhile only with `beside_workers`. Raises AlreadyRunning, which names the other one.
    """
    if db.file is None:
        with _hold_server(db, _us(who, now), now, beside_workers=beside_workers) as held:
            passing(Failpoint.LOCKED)
            yield held
    else:
        with hold_file(db.file, who, now=now) as held:
            passing(Failpoint.LOCKED)
            yield held


@contextmanager
def hold_file(file: Path, who: str, *, now: datetime) -> Iterator[Hold]:
    """`hold` for a SQLite file that cannot be opened, or is not there yet."""
    with _hold_file(file, _us(who, now)) as held:
        yield held


def _us(who: str, now: datetime) -> Holder:
    return Holder(clean(who), os.getpid(), socket.gethostname(), now.isoformat(timespec="seconds"))


def holder(db: Database) -> Holder | None:
    """Who holds the lock at the moment; None if nobody does."""
    if db.file is None:
        with db.connect() as connection, in_our_words(db.name, db.busy_timeout.total_seconds()):
            return _server_record(connection) if _server_holds(connection) else None
    path = _lock_path(db.file)
    if not path.exists():
        return None
    handle = os.open(path, os.O_RDONLY)
    try:
        return None if _try_lock(handle, fcntl.LOCK_SH) else _file_record(path)
    finally:
        os.close(handle)


def _lock_path(file: Path) -> Path:
    return file.with_name(file.name + "-daemon")


@contextmanager
def _hold_file(file: Path, us: Holder) -> Iterator[Hold]:
    path = _lock_path(file)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        if not _try_lock(handle, fcntl.LOCK_EX):
            raise _already_running(str(file), _file_record(path))
        _write_record(path, handle, us)
        _held.add(handle)
        # The file stays behind: removing it would let a third process lock a new one while a second waits for this.
        yield Hold(us, files={place: _inode(place) for place in (file, path)})
    finally:
        _held.discard(handle)
        os.close(handle)


def _write_record(path: Path, handle: int, us: Holder) -> None:
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps([us.who, us.pid, us.host, us.since]).encode(), 0)
    except OSError as error:
        raise unwritable(path, error) from error


def _inode(path: Path) -> int | None:
    """Which file it is that stands there; None if none does."""
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return None


def _try_lock(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _file_record(path: Path) -> Holder | None:
    try:
        who, pid, host, since = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Holder(str(who), int(pid), str(host), str(since))


@contextmanager
def _hold_server(db: Database, us: Holder, now: datetime, *, beside_workers: bool) -> Iterator[Hold]:
    with in_our_words(db.name, db.busy_timeout.total_seconds()), own_session(db) as connection:
        if not _take(connection):
            raise _already_running(db.name, _server_record(connection))
        if not beside_workers and not take_work_lock(connection, shared=False):
            raise AlreadyRunning(
                f"workers are at work on {db.name}, which `{us.who}` needs for itself: stop each `accredwatch worker`"
            )
        connection.execute(delete(models.Daemon))
        connection.execute(insert(models.Daemon).values(id=1, who=us.who, pid=us.pid, host=us.host, since=now))
        yield Hold(us, connection)


@contextmanager
def own_session(db: Database, *, noticed_after: timedelta = USUAL) -> Iterator[Connection]:
    """A server session of its own, ended with the block or the process: its locks must not go back to the pool.

    Nor do they stay with forked children, which would keep them for a process that was killed, or with a machine that
    vanished without a word, which the server notices after so long.
    """
    import psycopg  # noqa: PLC0415 - only who uses a server waits for its library

    connection = db.connect().execution_options(isolation_level="AUTOCOMMIT")
    descriptor = None
    try:
        driver = connection.connection.driver_connection
        if not isinstance(driver, psycopg.Connection):
            raise StorageError(f"{db.name} is opened by a driver that is not psycopg")
        descriptor = driver.fileno()
        _held.add(descriptor)
        notice_on_both_ends(connection, descriptor, noticed_after)
        yield connection
        if not connection.invalidated:
            # Else the server lets go of them only some time after the session's end, and refuses whoever comes next.
            with suppress(OperationalError):  # a session that is gone holds nothing
                connection.exec_driver_sql("SELECT pg_advisory_unlock_all()")
    finally:
        if descriptor is not None:
            _held.discard(descriptor)
        connection.invalidate()
        connection.close()


def take_work_lock(connection: Connection, *, shared: bool) -> bool:
    """Try for the workers' lock for the rest of the session: with the others, or alone; whether it is ours."""
    kind = "_shared" if shared else ""
    lock = f"SELECT pg_try_advisory_lock{kind}({WORK_LOCK}, hashtext(current_schema()))"
    return bool(connection.exec_driver_sql(lock).scalar())


def _take(connection: Connection) -> bool:
    import psycopg  # noqa: PLC0415 - as above

    # It takes a moment, too, to see that a process was killed: whoever is started in its place waits that long.
    connection.exec_driver_sql("SET lock_timeout = '2s'")
    try:
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({DAEMON_LOCK}, hashtext(current_schema()))")
    except OperationalError as error:
        if isinstance(error.orig, psycopg.errors.LockNotAvailable):
            return False
        raise
    finally:
        connection.exec_driver_sql("RESET lock_timeout")
    return True


def _server_holds(connection: Connection) -> bool:
    held = text(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = :key "
        "AND objid::bigint = hashtext(current_schema())::bigint & 4294967295 "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    return bool(connection.execute(held, {"key": DAEMON_LOCK}).scalar())


def _server_record(connection: Connection) -> Holder | None:
    row = connection.execute(select(models.Daemon)).first()
    return Holder(row.who, row.pid, row.host, row.since.isoformat(timespec="seconds")) if row else None


def _already_running(name: str, other: Holder | None) -> AlreadyRunning:
    return AlreadyRunning(f"a daemon already works on {name} ({other or 'it is just starting'}): stop that one first")
