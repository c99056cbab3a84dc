"""The schema's version: making it, moving it forward, refusing what this program does not know."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, inspect, select, text

from foundation.errors import SchemaMismatch, StorageError
from storage.models import Identity

if TYPE_CHECKING:
    from alembic.config import Config

VERSION_TABLE = "accredwatch_version"
SEARCH_INDEX = "search_index"
"""In SQLite a table, with tables of its own that begin so; in PostgreSQL an index, and the column that it is on."""


_MIGRATIONS = Path(__file__).parent / "migrations"


def _config() -> Config:
    # Alembic costs eight megabytes, which a daemon on a database of this version has no use for.
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@cache
def versions() -> tuple[str, ...]:
    """All versions that this program knows, the newest first: the names of their files begin with them."""
    files = (_MIGRATIONS / "versions").glob("v[0-9]*_*.py")
    return tuple(sorted((file.name[1:].partition("_")[0] for file in files), reverse=True))


def head() -> str:
    """The version of the schema that this program works with."""
    return versions()[0]


def version(connection: Connection) -> str | None:
    """The version of the database's schema; None where it holds nothing at all.

    Raises StorageError for somebody else's tables, SchemaMismatch for a version that this program does not know.
    """
    tables = table_names(connection)
    current = _noted_version(connection) if VERSION_TABLE in tables else None
    if current is None:
        if tables:
            raise StorageError(
                f"the database holds tables of another program ({', '.join(sorted(tables)[:3])}) and none of "
                "accredwatch: give accredwatch a database or schema of its own in database.url"
            )
        return None
    if current not in versions():
        raise SchemaMismatch(
            f"the database's schema {current} is newer than this program, which knows {head()}: "
            "install the version of accredwatch that made it, or restore the backup from before"
        )
    return current


def _noted_version(connection: Connection) -> str | None:
    """What Alembic has noted; None where a schema is only begun, or was taken back altogether."""
    noted: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608 - a constant
    return noted


def is_of_models(name: str | None, kind: str, _: object = None) -> bool:
    """Whether the models describe what has this name in the database: the index of search is each database's own.

    Alembic's `include_name`, of tables, columns and indexes.
    """
    if name is None or kind not in {"table", "column", "index"}:
        return True
    return name != SEARCH_INDEX and not name.startswith(f"{SEARCH_INDEX}_")


COMPARED: Mapping[str, Any] = {
    "version_table": VERSION_TABLE,
    "compare_type": True,
    "include_name": is_of_models,
}
"""How the tables are compared with the models."""


def table_names(connection: Connection) -> set[str]:
    """The tables that stand in the database, that of the version included."""
    return set(inspect(connection).get_table_names())


def upgrade(connection: Connection, *, now: datetime, to: str = "head") -> None:
    """Bring the schema to `to` inside the connection's transaction; a database without identity gets one."""
    from alembic import command  # noqa: PLC0415 - as above

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    if connection.execute(select(Identity.id)).first() is None:
        connection.execute(insert(Identity).values(id=1, uuid=str(uuid.uuid4()), made_at=now))


def downgrade(connection: Connection, *, to: str) -> None:
    """Take the schema back to version `to` inside the connection's transaction; what that has no place for is lost."""
    from alembic import command  # noqa: PLC0415 - as above

    config = _config()
    config.attributes["connection"] = connection
    command.downgrade(config, to)


def identity(connection: Connection) -> tuple[str, datetime]:
    """UUID of the database and the instant at which it was made."""
    row = connection.execute(select(Identity.uuid, Identity.made_at)).first()
    if row is None:
        raise StorageError("the database has lost its identity: restore a backup")
    return row.uuid, row.made_at
