"""Where the queue is: a schema of PostgreSQL called after the one that our tables are in."""

from __future__ import annotations

from psycopg import sql
from sqlalchemy import Connection, text

_SUFFIX = "_jobs"
TOLD = "SELECT obj_description(to_regnamespace(:place), 'pg_namespace')"
"""How far the queue's tables were moved forward, by the comment on their schema; NULL where there are none."""


def place(connection: Connection) -> str:
    """The schema that the queue has, or would have."""
    return f"{connection.execute(text('SELECT current_schema()')).scalar_one()}{_SUFFIX}"


def exists(connection: Connection) -> bool:
    """Whether the queue's tables are there, of whichever version."""
    quoted = sql.Identifier(place(connection)).as_string()
    return connection.execute(text(TOLD), {"place": quoted}).scalar() is not None
