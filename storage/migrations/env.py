"""Runs migrations on the connection and in the transaction that `storage.schema` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from storage.columns import Base
from storage.schema import VERSION_TABLE

_connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=_connection,
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=_connection.dialect.name == "sqlite",
    transactional_ddl=False,
)
context.run_migrations()
