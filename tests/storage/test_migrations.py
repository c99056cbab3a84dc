"""The migrations make exactly the tables that the models describe, from every earlier version."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from foundation.errors import SchemaMismatch
from storage import Database, schema
from storage.columns import Base
from tests.storage.campaign import march


def test_models_and_migrations_agree(database: Database) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": schema.VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_constraints_have_the_names_of_the_models(database: Database) -> None:
    with database.connect() as connection:
        found = inspect(connection)
        for table in Base.metadata.sorted_tables:
            uniques = {u["name"] for u in found.get_unique_constraints(table.name)}
            keys = {k["name"] for k in found.get_foreign_keys(table.name)}
            assert uniques | keys <= {str(c.name) for c in table.constraints}


def test_older_schema_is_moved_forward_or_refused(request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("sqlite_url")
    engine = create_engine(url)
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(1), to="0001")
    engine.dispose()
    if schema.head() != "0001":
        with pytest.raises(SchemaMismatch, match="db upgrade"):
            Database.open(url, migrate=False)
    database = Database.open(url)
    with database.connect() as connection:
        assert schema.version(connection) == schema.head()
    database.close()
