"""What workers are at: locks by name on the server, which no two of them have at the same time.

All locks of a worker belong to one session of its own, so that the server takes them back when the process ends,
however it ends. They are PostgreSQL's; a SQLite file has no workers.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from foundation.errors import AlreadyRunning, ConfigError, StorageError
from storage.database import Database
from storage.faults import in_our_words
from storage.lock import own_session, take_work_lock
from storage.vanishing import USUAL

NAMED_LOCK = 0x0ACC_01ED
"""Key of the locks by name."""

_LOST = "the connection that held the worker's locks on the database is gone: start the worker anew"
_HELD = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted "
    "AND classid = :key"
)


class Work:
    """The locks by name that this process has; usable from several threads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names: set[str] = set()
        self._one_at_a_time = threading.Lock()

    def take(self, name: str) -> bool:
        """Try for the lock of this name; False while somebody has it, be it this process. Raises StorageError."""
        with self._one_at_a_time:
            if name in self._names or not self._ask("pg_try_advisory_lock", name):
                return False
            self._names.add(name)
            return True

    def give_back(self, name: str) -> None:
        """Let others have the lock of this name. Raises StorageError where it was lost meanwhile."""
        with self._one_at_a_time:
            self._names.discard(name)
            if not self._ask("pg_advisory_unlock", name):
                raise StorageError(_LOST)

    def verify(self) -> None:
        """Raise StorageError if the locks are lost, as when the server has restarted."""
        with self._one_at_a_time:
            try:
                held = self._connection.execute(_HELD, {"key": NAMED_LOCK}).scalar()
            except DBAPIError as error:
                raise StorageError(_LOST) from error
            if held != len(self._names):
                raise StorageError(_LOST)

    def _ask(self, function: str, name: str) -> bool:
        # Two names of one hash would wait for each other, which is rare and does no harm.
        asked = text(f"SELECT {function}(:key, hashtext(current_schema() || ' ' || :name))")
        try:
            return bool(self._connection.execute(asked, {"key": NAMED_LOCK, "name": name}).scalar())
        except DBAPIError as error:
            raise StorageError(_LOST) from error


@contextmanager
def at_work(db: Database, *, noticed_after: timedelta = USUAL) -> Iterator[Work]:
    """Be one of the workers on this database for the length of the block.

    A machine that vanishes without a word loses its locks after `noticed_after`, and knows it before.

    Raises ConfigError for a SQLite file, AlreadyRunning while somebody needs the database for himself.
    """
    if db.file is not None:
        raise ConfigError(f"{db.name} is a SQLite file, which one machine alone can use: workers need PostgreSQL")
    with (
        in_our_words(db.name, db.busy_timeout.total_seconds()),
        own_session(db, noticed_after=noticed_after) as connection,
    ):
        if not take_work_lock(connection, shared=True):
            raise AlreadyRunning(
                f"a daemon without workers, or another command, has {db.name} for itself (`accredwatch status` tells "
                "which): stop it, or wait for its end"
            )
        yield Work(connection)
