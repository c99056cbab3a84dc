"""How either kind of database is connected to, and how its transactions begin."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from storage.vanishing import of_client

WRITER_LOCK = 0x0ACC_0B5E
"""Key of the advisory lock that PostgreSQL's writers take, one at a time."""
AS_CLIENT = {"connect_timeout": 10, "application_name": "accredwatch", **of_client()}
"""What every connection to a server has, unless the URL says otherwise."""
_FULL = 2
"""SQLite's number for `synchronous = FULL`."""


def reading(engine: Engine) -> dict[str, Any]:
    """The options of connections that only read."""
    if engine.dialect.name == "sqlite":
        return {}
    return {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}


def sqlite(url: URL, busy_timeout: timedelta) -> Engine:
    """The engine of a SQLite file, which is made with the first connection."""
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


def postgresql(url: URL, busy_timeout: timedelta) -> Engine:
    """The engine of a PostgreSQL server, whose writers take turns by its lock."""
    engine = create_engine(
        url,
        pool_pre_ping=True,
        pool_timeout=busy_timeout.total_seconds(),
        connect_args={name: value for name, value in AS_CLIENT.items() if name not in url.query},
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
