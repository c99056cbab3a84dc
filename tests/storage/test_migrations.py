"""The migrations make exactly the tables that the models describe, from every earlier version, and lose no row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from foundation.errors import SchemaMismatch
from storage import Database, schema
from storage.columns import Base
from storage.models import Alert, CrawlRun, Notice
from storage.vocabulary import AlertState
from tests.storage.campaign import march
from tests.storage.history import FIRST, FOURTH, HISTORY, SECOND, THIRD, fill

Content = dict[str, list[dict[str, object]]]


@pytest.fixture(params=["sqlite_url", "empty_postgresql_url"])
def url(request: pytest.FixtureRequest) -> str:
    """URL of an empty database; the test runs on both kinds."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """An engine of an empty database."""
    made = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    yield made
    made.dispose()


def content(connection: Connection) -> Content:
    """Every row of every table, as the driver gives it, in order; without what the database makes of them by itself."""
    found = {}
    names = set(inspect(connection).get_table_names()) - {schema.VERSION_TABLE}
    for table in sorted(name for name in names if schema.is_of_models(name, "table")):
        rows = [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]  # noqa: S608
        found[table] = sorted(rows, key=lambda row: [str(value) for value in row.values()])
    return found


def differences(connection: Connection) -> list[object]:
    """What the tables lack of the models, or have besides."""
    context = MigrationContext.configure(connection, opts=dict(schema.COMPARED))
    return list(compare_metadata(context, Base.metadata))


def test_models_and_migrations_agree(database: Database) -> None:
    with database.connect() as connection:
        assert differences(connection) == []


def test_constraints_have_the_names_of_the_models(database: Database) -> None:
    with database.connect() as connection:
        found = inspect(connection)
        for table in Base.metadata.sorted_tables:
            uniques = {u["name"] for u in found.get_unique_constraints(table.name)}
            keys = {k["name"] for k in found.get_foreign_keys(table.name)}
            checks = {c["name"] for c in found.get_check_constraints(table.name)}
            assert uniques | keys | checks <= {str(c.name) for c in table.constraints}


def test_the_rows_of_the_tests_stand_for_every_table() -> None:
    assert HISTORY[schema.head()].keys() == {table.name for table in Base.metadata.sorted_tables}


def test_the_files_are_named_by_the_versions_that_they_make() -> None:
    scripts = ScriptDirectory(str(Path(schema.__file__).with_name("migrations")))
    assert [script.revision for script in scripts.walk_revisions()] == list(schema.versions())
    assert schema.head() == scripts.get_current_head()


@pytest.mark.parametrize("version", HISTORY)
def test_an_older_schema_is_moved_forward_or_refused(url: str, engine: Engine, version: str) -> None:
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(1), to=version)
        fill(connection, HISTORY[version])
    engine.dispose()
    if version != schema.head():
        with pytest.raises(SchemaMismatch, match="db upgrade"):
            Database.open(url, migrate=False)
    database = Database.open(url)
    with database.read() as session:
        for mapper in Base.registry.mappers:
            assert session.scalars(select(mapper.class_)).all() or mapper.class_ in {Notice, *_since(version)}
    database.close()


def _since(version: str) -> set[type[Base]]:
    """Tables that are newer than the version, and so are empty."""
    return {m.class_ for m in Base.registry.mappers if m.class_.__tablename__ not in HISTORY[version]}


@pytest.mark.parametrize("version", HISTORY)
def test_rows_of_every_version_go_forward_and_come_back_as_they_were(engine: Engine, version: str) -> None:
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(1), to=version)
        fill(connection, HISTORY[version])
        before = content(connection)
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(2))
        assert differences(connection) == []
        forward = content(connection)
    for table, rows in before.items():
        for row, later in zip(rows, forward[table], strict=True):
            assert row == {name: later[name] for name in row}
    with engine.begin() as connection:
        schema.downgrade(connection, to=version)
        assert schema.version(connection) == version
        assert content(connection) == before
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(3))
        assert content(connection) == forward
        assert differences(connection) == []


def test_review_items_find_their_article_and_go_back_without_what_the_first_schema_lacks(engine: Engine) -> None:
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(1), to="0001")
        fill(connection, FIRST)
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(2), to="0002")
        items = connection.execute(text("SELECT id, article_key, report_key, closed_at FROM review_item")).all()
        assert items == [(41, 7, 5, None)]
        connection.execute(text("DELETE FROM review_item"))
        fill(connection, {"identity": SECOND["identity"], "review_item": SECOND["review_item"]})
    with engine.begin() as connection:
        schema.downgrade(connection, to="0001")
        assert connection.execute(text("SELECT id, text, report_key FROM review_item")).all() == [(41, "ГУАМ", 5)]


def test_going_back_from_the_third_schema_no_alert_of_a_fact_is_lost(engine: Engine) -> None:
    """What waited for a second source becomes due; notices and ends of disputes go, with their alerts."""
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(1), to="0003")
        fill(connection, THIRD)
    with engine.begin() as connection:
        schema.downgrade(connection, to="0002")
        alerts = connection.execute(text("SELECT id, state, next_attempt_at IS NULL FROM alert ORDER BY id")).all()
        assert [tuple(row) for row in alerts] == [(21, "sent", True), (22, "pending", False), (23, "pending", False)]
        assert connection.execute(text("SELECT id FROM change ORDER BY id")).scalars().all() == [11, 12]
        tables = set(inspect(connection).get_table_names())
        assert tables - {schema.VERSION_TABLE} == SECOND.keys()
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(3))
        assert differences(connection) == []
        assert len(content(connection)["review_item"]) == 3


def test_going_back_from_the_fourth_schema_what_waited_or_was_muted_is_due(engine: Engine) -> None:
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(1), to="0004")
        fill(connection, FOURTH)
    with engine.begin() as connection:
        schema.downgrade(connection, to="0003")
        alerts = connection.execute(
            text("SELECT id, state, next_attempt_at IS NULL FROM alert WHERE id > 25 ORDER BY id")
        ).all()
        assert [tuple(row) for row in alerts] == [
            (26, "pending", False),
            (27, "sent", True),
            (28, "sent", True),
            (29, "pending", False),
        ]
        assert set(inspect(connection).get_table_names()) - {schema.VERSION_TABLE} == THIRD.keys()
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(3))
        assert differences(connection) == []


@pytest.mark.parametrize("version", HISTORY)
def test_an_alert_has_one_news_whatever_version_its_database_began_with(url: str, engine: Engine, version: str) -> None:
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(1), to=version)
        fill(connection, HISTORY[version])
    engine.dispose()
    database = Database.open(url)

    def add(**news: int) -> None:
        with database.write() as session:
            _add_alert(session, **news)

    with database.write() as session:
        session.add(Notice(id=99, source="kazinform", kind="silent", made_at=march(1), details={}))
    add(notice_key=99)
    for wrong in ({}, {"change_key": 11, "notice_key": 99}, {"notice_key": 99}, {"notice_key": 98}):
        with pytest.raises(IntegrityError):
            add(**wrong)
    with database.read() as session:
        assert {tuple(run.signs) for run in session.scalars(select(CrawlRun)) if version < "0003"} <= {()}
    database.close()


def _add_alert(session: Session, **news: int) -> None:
    session.add(
        Alert(
            uuid=f"new {sorted(news.items())} {march(2)}",
            channel="operators",
            state=AlertState.PENDING,
            attempts=0,
            created_at=march(2),
            next_attempt_at=march(2),
            **news,
        )
    )
    session.flush()
