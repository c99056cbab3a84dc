"""The queue's tables: Procrastinate's own, in a schema beside ours, with who works there.

They are made where they are missing and moved forward by Procrastinate's migrations; the comment on the schema tells
how far. Our migrations never touch them, and a backup leaves them out: what is due follows from our tables.
"""

from __future__ import annotations

from pathlib import Path

from procrastinate.schema import SchemaManager
from psycopg import sql
from sqlalchemy import Connection, text

from foundation.errors import StorageError
from scheduler.queue.place import TOLD, place
from storage.database import Database
from storage.faults import in_our_words

_WORKERS = """
CREATE TABLE accredwatch_workers (
    id bigint PRIMARY KEY REFERENCES procrastinate_workers (id) ON DELETE CASCADE,
    name text NOT NULL,
    host text NOT NULL,
    pid integer NOT NULL,
    queues text NOT NULL,
    concurrency integer NOT NULL,
    since timestamp with time zone NOT NULL
)
"""


def prepare(database: Database) -> str:
    """Make the queue's tables, or move them forward; the schema that they are in.

    Raises StorageError where the server refuses, or they are of a newer program.
    """
    with in_our_words(database.name, database.busy_timeout.total_seconds()), database.write() as session:
        connection = session.connection()
        name = place(connection)
        quoted = sql.Identifier(name).as_string()
        path = connection.execute(text("SHOW search_path")).scalar_one()
        told = connection.execute(text(TOLD), {"place": quoted}).scalar()
        wanted = [file.name for file in _migrations()]
        if told == wanted[-1]:
            return name
        if told is not None and told not in wanted:
            raise StorageError(
                f"the queue in the schema {name} of {database.name} is of a newer program ({told}): "
                "install the same version of accredwatch on all machines"
            )
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {quoted}")
        connection.execute(text("SELECT set_config('search_path', :place, true)"), {"place": quoted})
        if told is None:
            _run(connection, SchemaManager.get_schema())
            _run(connection, _WORKERS)
        else:
            for file in _migrations()[wanted.index(told) + 1 :]:
                _run(connection, file.read_text(encoding="utf-8"))
        connection.execute(text("SELECT set_config('search_path', :path, true)"), {"path": path})
        connection.exec_driver_sql(f"COMMENT ON SCHEMA {quoted} IS '{wanted[-1]}'")
        return name


def _migrations() -> list[Path]:
    """Procrastinate's steps, oldest first; its whole schema is what they amount to."""
    return sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))


def _run(connection: Connection, statements: str) -> None:
    """Statements of a file, as they stand there: their percent signs and colons mean nothing to us."""
    connection.connection.cursor().execute(statements)
