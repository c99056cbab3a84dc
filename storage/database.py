"""The database: SQLite in a file, or PostgreSQL; opened, made, moved forward, and read or written in transactions.

Readers see one consistent state and cannot write. Writers come one at a time, on both databases, so that what a writer
has read stays true until it commits: SQLite begins with BEGIN IMMEDIATE, PostgreSQL takes an advisory lock.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from foundation.clock import Clock, SystemClock
from foundation.errors import NotFound, SchemaMismatch, StorageError
from foundation.failpoints import Failpoint, passing
from storage import schema
from storage.address import read_url, show_url
from storage.copies import OnProgress, silent
from storage.engines import AS_CLIENT, postgresql, reading, sqlite
from storage.faults import busy, in_our_words
from storage.integrity import problems
from storage.marker import Marker, marker_path, read_marker, require_file, write_marker
from storage.upgrade import move_forward, upgrade_file


class Database:
    """A database that is open; usable from several threads, each with its own sessions."""

    def __init__(self, engine: Engine, name: str, file: Path | None, busy_timeout: timedelta) -> None:
        self._engine = engine
        self.name = name
        """How messages call it: without user and password."""
        self.file = file
        """The SQLite file; None for PostgreSQL."""
        self.busy_timeout = busy_timeout
        self._readers = engine.execution_options(writes=False, **reading(engine))
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
        engine = sqlite(parsed, busy_timeout) if file else postgresql(parsed, busy_timeout)
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
        return partial(Database.look, url, busy_timeout=self.busy_timeout)

    def address(self) -> str:
        """Where the server is, as PostgreSQL's own clients read it, with the password: a secret. Only of a server."""
        from psycopg.conninfo import make_conninfo  # noqa: PLC0415 - only who uses a server waits for its library

        words, named = self._engine.dialect.create_connect_args(self._engine.url)
        named.pop("context", None)  # SQLAlchemy's way of reading values
        address: str = make_conninfo(*words, **{**AS_CLIENT, **named})
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
