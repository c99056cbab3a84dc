"""The database: SQLite in a file, or PostgreSQL; opened, made, moved forward, and read or written in transactions.

Readers see one consistent state and cannot write. Writers come one at a time, on both databases, so that what a writer
has read stays true until it commits: SQLite begins with BEGIN IMMEDIATE, PostgreSQL takes an advisory lock.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from foundation.clock import Clock, SystemClock
from foundation.errors import NotFound, SchemaMismatch, StorageError
from foundation.failpoints import Failpoint, passing
from storage import schema
from storage.address import read_url, show_url
from storage.copies import OnProgress, silent
from storage.faults import busy, in_our_words
from storage.integrity import problems
from storage.marker import Marker, marker_path, read_marker, require_file, write_marker
from storage.upgrade import move_forward, upgrade_file
from storage.vanishing import of_client

WRITER_LOCK = 0x0ACC_0B5E
"""Key of the advisory lock that PostgreSQL's writers take, one at a time."""
_AS_CLIENT = {"connect_timeout": 10, "application_name": "accredwatch", **of_client()}
"""What every connection to a server has, unless the URL says otherwise."""


_FULL = 2
"""SQLite's number for `synchronous = FULL`."""


class Database:
    """A database that is open; usable from several threads, each with its own sessions."""

    def __init__(self, engine: Engine, name: str, file: Path | None, busy_timeout: timedelta) -> None:
        self._engine = engine
        self.name = name
        """How messages call it: without user and password."""
        self.file = file
        """The SQLite file; None for PostgreSQL."""
        self.busy_timeout = busy_timeout
        self._readers = engine.execution_options(writes=False, **_reading(engine))
        self._writers = engine.execution_options(writes=True)
        self._hasty_writers = engine.execution_options(writes=True, hasty=True)
        self._one_writer = threading.Lock()

    @classmethod
    def open(
        cls,
        url: str,
        *,
        base: Path | None = None,
        busy_timeout: timedelta = timedelta(seconds=15),
        migrate: bool = True,
        clock: Clock | None = None,
    ) -> Self:
        """Open the database at `url`, a relative file being looked for in `base`; make it where none was made before.

        An older schema is moved forward, or with `migrate=False` refused. Raises ConfigError for a bad URL,
        DatabaseMissing where one was made and is gone, SchemaMismatch for another version's, DatabaseBusy where another
        process keeps it locked, StorageError for what cannot be reached, read or written.
        """
        database = cls._at(url, base, busy_timeout)
        try:
            if database.file:
                prepare_place(database.file)
                require_file(database.file)
            database._set_up(migrate=migrate, clock=clock or SystemClock())
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def look(cls, url: str, *, base: Path | None = None, busy_timeout: timedelta = timedelta(seconds=15)) -> Self:
        """Open the database at `url` as it is: nothing is made, and an older schema stays what it is.

        Raises NotFound where no database was made yet, and what `open` raises.
        """
        database = cls._at(url, base, busy_timeout)
        try:
            if database.file:
                require_file(database.file)
            database._require_tables()
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def _at(cls, url: str, base: Path | None, busy_timeout: timedelta) -> Self:
        parsed = read_url(url, base=base)
        file = None if parsed.get_backend_name() == "postgresql" else Path(parsed.database or "")
        engine = _sqlite(parsed, busy_timeout) if file else _postgresql(parsed, busy_timeout)
        return cls(engine, str(file or show_url(parsed)), file, busy_timeout)

    def version(self) -> str | None:
        """The version of its schema; None where it holds nothing. Raises StorageError for what is not ours."""
        with self._errors(), self._readers.connect() as connection:
            return schema.version(connection)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one consistent state and cannot write."""
        with self._errors(), Session(self._readers, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self, *, hasty: bool = False) -> Iterator[Session]:
        """A session that is the only writer; commits at the end, rolls back if the block raises.

        With `hasty` nobody waits for the disk: the end of the process harms nothing, but a power cut may take this
        back, and nothing that came before it. For what does no harm if it is done again.

        Raises DatabaseBusy when another writer takes longer than the busy timeout. Keep the block short.
        """
        with (
            self._errors(),
            self._turn(),
            Session(self._hasty_writers if hasty else self._writers, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.connection()
            yield session
            session.flush()
            passing(Failpoint.BEFORE_COMMIT)
        passing(Failpoint.AFTER_COMMIT)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Let this process's writers follow each other at once: SQLite's wait for one another in ever longer naps."""
        if self.file is None:
            yield
            return
        if not self._one_writer.acquire(timeout=self.busy_timeout.total_seconds()):
            raise busy(self.name, self.busy_timeout.total_seconds())
        try:
            yield
        finally:
            self._one_writer.release()

    def check(self, on_progress: OnProgress = silent) -> tuple[str, ...]:
        """What is wrong inside the database, one line each; empty if all is well. It reads every row.

        Raises StorageError where damage keeps it from being read at all.
        """
        with self.read() as session:
            return problems(session.connection(), on_progress)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def elsewhere(self) -> Callable[[], Database]:
        """What opens this database in another process of ours. It holds the password: a secret."""
        url = self._engine.url.render_as_string(hide_password=False)
        return partial(Database._at, url, None, self.busy_timeout)

    def address(self) -> str:
        """Where the server is, as PostgreSQL's own clients read it, with the password: a secret. Only of a server."""
        from psycopg.conninfo import make_conninfo  # noqa: PLC0415 - only who uses a server waits for its library

        words, named = self._engine.dialect.create_connect_args(self._engine.url)
        named.pop("context", None)  # SQLAlchemy's way of reading values
        address: str = make_conninfo(*words, **{**_AS_CLIENT, **named})
        return address

    def connect(self) -> Connection:
        """A connection outside the sessions, for the daemon's lock."""
        return self._engine.connect()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        with in_our_words(self.name, self.busy_timeout.total_seconds()):
            yield

    def _require_tables(self) -> None:
        if (self.file and not self.file.exists()) or self.version() is None:
            raise NotFound(f"there is no database at {self.name} yet: `accredwatch db upgrade` makes one")

    def _set_up(self, *, migrate: bool, clock: Clock) -> None:
        with self._errors():
            current = self.version()
            if current not in {None, schema.head()} and not migrate:
                raise SchemaMismatch(
                    f"the schema of {self.name} is {current}, this program works with {schema.head()}: "
                    "run `accredwatch db upgrade`"
                )
            if self.file is None and current != schema.head():
                with self._writers.begin() as connection:
                    move_forward(connection, self.name, clock)
            elif self.file is not None and (current != schema.head() or not self._in_wal_mode()):
                with self._writers.connect() as connection:
                    upgrade_file(connection, self.file, limit=self.busy_timeout, clock=clock)
            if current != schema.head():
                passing(Failpoint.AFTER_SCHEMA)
            if self.file is not None:
                with self._readers.connect() as connection:
                    uuid, made_at = schema.identity(connection)
                _agree_with_marker(self.file, Marker(uuid=uuid, made_at=made_at.isoformat(timespec="seconds")))

    def _in_wal_mode(self) -> bool:
        with self._readers.connect() as connection:
            return connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def _reading(engine: Engine) -> dict[str, Any]:
    if engine.dialect.name == "sqlite":
        return {}
    return {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}


def _sqlite(url: URL, busy_timeout: timedelta) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": busy_timeout.total_seconds()},
        pool_timeout=busy_timeout.total_seconds(),
        # The connection used last has statements and pages at hand; in turns, each would come to hold them.
        pool_use_lifo=True,
    )
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    # The driver would begin transactions on its own, too late and always deferred.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # Kilobytes, by the minus sign. The default of 2,000 fills in each of the pool's connections, so that a daemon grows
    # for days; the system's own cache has the file anyway.
    connection.execute("PRAGMA cache_size = -256")
    # A commit survives a power cut: an alert that was marked as sent must not come back.
    connection.execute("PRAGMA synchronous = FULL")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes, hasty = bool(options.get("writes")), bool(options.get("hasty"))
    # Past SQLAlchemy, for which these two are statements like any other: they cost a small transaction's half.
    cursor: sqlite3.Cursor = connection.connection.cursor()  # type: ignore[assignment]  # of the driver that this is for
    cursor.execute(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    if writes and hasty != connection.info.get("hasty", False):
        _make_hasty(cursor, connection.info, hasty=hasty)
    # A deferred transaction that reads first and then writes fails at once, whatever the timeout.
    cursor.execute("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
    cursor.close()


def _make_hasty(cursor: sqlite3.Cursor, info: dict[str, Any], *, hasty: bool) -> None:
    """Let the transactions of a connection wait for the disk or not; one that never waits is left at that."""
    waits = cursor.execute("PRAGMA synchronous").fetchone()[0] == _FULL
    if hasty and waits:
        cursor.execute("PRAGMA synchronous = NORMAL")
        info["hasty"] = True
    elif not hasty:
        cursor.execute("PRAGMA synchronous = FULL")
        info["hasty"] = False


def _postgresql(url: URL, busy_timeout: timedelta) -> Engine:
    engine = create_engine(
        url,
        pool_pre_ping=True,
        pool_timeout=busy_timeout.total_seconds(),
        connect_args={name: value for name, value in _AS_CLIENT.items() if name not in url.query},
    )
    milliseconds = int(busy_timeout.total_seconds() * 1000)

    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("hasty"):
            connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
        if options.get("writes"):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {milliseconds}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK}, hashtext(current_schema()))")

    event.listen(engine, "begin", begin)
    return engine


def prepare_place(file: Path) -> None:
    """Make the directory of a SQLite file. Raises StorageError where a file cannot stand."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{file.parent} cannot be made ({error.strerror}): correct database.url") from error
    if file.is_dir():
        raise StorageError(f"{file} is a directory: name a file in database.url")
    if not os.access(file.parent, os.W_OK | os.X_OK):
        raise StorageError(f"{file.parent} cannot be written: let this user write there, or correct database.url")


def _agree_with_marker(file: Path, found: Marker) -> None:
    marker = read_marker(file)
    if marker is None or not marker.uuid:
        write_marker(file, found)
    elif marker.uuid != found.uuid:
        raise StorageError(
            f"{file} is another database than the one made there at {marker.made_at}: put that one back, "
            f"or remove {marker_path(file)} to go on with this one"
        )
