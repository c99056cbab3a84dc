"""The migrations make exactly the tables that the models describe, from every earlier version."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, text

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


FIRST_SCHEMA = (
    (
        "INSERT INTO article (id, source, language, article_id, found_via, first_fetched_at, last_fetched_at, outcome)"
        " VALUES (7, 'kazinform', 'en', 'a', 'feed', '2023-03-01 06:00:00', '2023-03-01 06:00:00', 'report')"
    ),
    (
        "INSERT INTO revision (id, article_key, number, title, body, content_hash, fetched_at)"
        " VALUES (3, 7, 1, 'Story', 'Text', 'abc', '2023-03-01 06:00:00')"
    ),
    (
        "INSERT INTO report (id, revision_key, superseded, election_stated, day, day_origin, complete, countries_named,"
        " organizations_named, unknown_names)"
        " VALUES (5, 3, false, false, '2023-03-01', 'stated', false, '[]', '[]', '[]')"
    ),
    (
        "INSERT INTO review_item (id, kind, text, report_key, created_at)"
        " VALUES (1, 'unknown_name', 'GUAM', 5, '2023-03-01 06:00:00')"
    ),
)
SECOND_SCHEMA = (
    (
        "INSERT INTO review_item (id, kind, text, article_key, report_key, created_at)"
        " VALUES (2, 'unknown_name', 'ASO', 7, 5, '2023-03-02 06:00:00')"
    ),
    (
        "INSERT INTO article (id, source, language, article_id, found_via, first_fetched_at, last_fetched_at, outcome)"
        " VALUES (8, 'kazinform', 'en', 'b', 'feed', '2023-03-01 06:00:00', '2023-03-01 06:00:00', 'unreadable')"
    ),
    (
        "INSERT INTO review_item (id, kind, text, article_key, report_key, created_at, closed_at, closed_by, note)"
        " VALUES (3, 'unknown_name', 'GUAM', 8, 5, '2023-03-02 06:00:00', '2023-03-02 07:00:00', 'Aigul', 'known')"
    ),
    (
        "INSERT INTO review_item (id, kind, text, article_key, created_at)"
        " VALUES (4, 'figures_outside_body', '134 observers', 8, '2023-03-02 06:00:00')"
    ),
)


def items(connection: Connection, *columns: str) -> list[tuple[object, ...]]:
    rows = connection.execute(text("SELECT * FROM review_item ORDER BY id")).mappings()
    return [tuple(row[column] for column in columns) for row in rows]


@pytest.mark.parametrize("kind", ["sqlite_url", "empty_postgresql_url"])
def test_review_items_go_forward_and_back(kind: str, request: pytest.FixtureRequest) -> None:
    """Forward, an item finds its article; back, what the first schema has no place for is lost, the rest stays."""
    engine = create_engine(request.getfixturevalue(kind))
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(1), to="0001")
        for statement in FIRST_SCHEMA:
            connection.execute(text(statement))
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(2), to="0002")
        assert items(connection, "id", "kind", "text", "article_key", "report_key", "sentence", "closed_at") == [
            (1, "unknown_name", "GUAM", 7, 5, None, None)
        ]
        for statement in SECOND_SCHEMA:
            connection.execute(text(statement))
    with engine.begin() as connection:
        schema.downgrade(connection, to="0001")
        assert schema.version(connection) == "0001"
        assert items(connection, "id", "text", "report_key") == [(1, "GUAM", 5), (2, "ASO", 5)]
        names = {c["name"] for c in inspect(connection).get_columns("review_item")}
        assert names == {"id", "kind", "text", "report_key", "created_at"}
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(3))
        assert items(connection, "id", "article_key") == [(1, 7), (2, 7)]
    engine.dispose()
