"""What `Database.check` finds wrong, on both kinds of database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from extract.model import Evidence, Where
from foundation.errors import StorageError
from storage import Database, models, record, schema
from storage.integrity import problems
from tests.storage.campaign import EVERYTHING, article, figure, march, report

pytestmark = pytest.mark.long


@pytest.fixture
def filled(database: Database) -> Database:
    """An article in two revisions, and its alerts."""
    for day, value in ((1, 25), (2, 62)):
        words = f"{value} observers"
        stated = replace(figure(value), evidence=Evidence(words, 0, len(words), Where.BODY))
        with database.write() as session:
            record(
                session,
                article("a", f"{words} are accredited.", day=day),
                report(stated),
                fetched_at=march(day),
                found_via="feed",
                subscriptions=(EVERYTHING,),
            )
    return database


def spoil(database: Database, *statements: str) -> None:
    with database.connect() as connection:
        writer = connection.execution_options(writes=True)
        for statement in statements:
            writer.execute(text(statement))
        writer.commit()


def test_a_sound_database_has_no_problems(filled: Database) -> None:
    steps: list[tuple[str, int, int]] = []
    assert filled.check(lambda *step: steps.append(step)) == ()
    assert steps[-1][1] == steps[-1][2] > 10


SPOILT = (
    ("UPDATE revision SET number = 3 WHERE number = 2", "article 1 has revisions missing"),
    ("UPDATE report SET superseded = true", "article 1 has not exactly one report that counts"),
    ("UPDATE report SET superseded = false", "article 1 has not exactly one report that counts"),
    ("UPDATE report SET superseded = (id = 2)", "report 1 counts although a later revision states something"),
    ("UPDATE report SET headline = 4 WHERE id = 2", "report 2 names a main figure that it does not have"),
    ("UPDATE figure SET position = 1 WHERE id = 2", "report 2 lacks figures"),
    (
        "UPDATE figure SET quote = '63 observers' WHERE id = 2",
        "report 2 quotes words that its article does not have",
    ),
    ("UPDATE figure SET status = 'guessed'", "figure.status holds 'guessed', which means nothing to this program"),
    ("""UPDATE change SET details = '{"kind": 7}' WHERE id = 1""", "change 1 cannot be read"),
    ("UPDATE alert SET next_attempt_at = NULL WHERE id = 1", "alert 1 waits for no instant"),
    ("UPDATE alert SET state = 'sent' WHERE id = 1", "alert 1 is sent at no instant"),
    ("UPDATE alert SET state = 'unconfirmed' WHERE id = 1", "alert 1 waits to be confirmed without end"),
    ("UPDATE report SET voided_at = day WHERE id = 2", "report 2 is voided, and no decision says by whom"),
    (
        "INSERT INTO decision (id, kind, by, made_at, details) VALUES (1, 'settle', 'A', '2023-03-01', '{}')",
        "decision 1 of kind settle does not say about what",
    ),
    (
        """INSERT INTO dispute (id, election_key, scope, status, day, opened_by, opened_at, outcome)
        SELECT 1, election_key, 'total', status, day, id, made_at, 'yielded' FROM change WHERE id = 1""",
        "dispute 1 is over without an outcome, or open with one",
    ),
    ("ALTER TABLE notice ADD COLUMN mood TEXT", f"the tables are not those of schema {schema.head()}: remove column"),
)
"""What spoils a record, and what is said of it."""


def test_records_that_cannot_be_are_told(filled: Database) -> None:
    with filled.connect() as connection:
        writer = connection.execution_options(writes=True)
        for statement, problem in SPOILT:
            writer.execute(text(statement))
            found = problems(writer)
            assert any(problem in line for line in found), (problem, found)
            writer.rollback()
    assert filled.check() == ()


def test_rows_that_point_nowhere_are_told_and_counted(filled: Database) -> None:
    drop = ["ALTER TABLE article_url DROP CONSTRAINT fk_article_url_article_key"] if filled.file is None else []
    with filled.connect() as connection:
        if filled.file:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA query_only = OFF")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        for statement in (*drop, "UPDATE article_url SET article_key = 99"):
            connection.exec_driver_sql(statement)
        for number in range(8):
            seen = {"url": f"u{number}", "article_key": 98, "seen_at": march(1)}
            connection.execute(insert(models.ArticleUrl).values(seen))
        if filled.file:
            connection.exec_driver_sql("BEGIN")
        else:
            connection.commit()
    problems = filled.check()
    assert any("article_url" in line and "points to no row of article" in line for line in problems)
    assert "... and 4 more like this" in problems


def test_counters_of_the_server_that_lag_behind_are_told(postgresql_url: str) -> None:
    database = Database.open(postgresql_url)
    spoil(database, "INSERT INTO notice (id, source, kind, made_at, details) VALUES (7, 's', 'silent', now(), '{}')")
    (problem,) = database.check()
    assert "the next row of notice would get an id that is taken" in problem
    spoil(database, problem.rpartition(": ")[2])
    assert database.check() == ()
    database.close()


def test_constraints_of_the_server_that_were_never_checked_are_told(postgresql_url: str) -> None:
    database = Database.open(postgresql_url)
    spoil(
        database,
        "ALTER TABLE notice DROP CONSTRAINT pk_notice CASCADE",
        "ALTER TABLE notice ADD CONSTRAINT pk_notice PRIMARY KEY (id)",
        "ALTER TABLE alert ADD CONSTRAINT fk_alert_notice_key FOREIGN KEY (notice_key) REFERENCES notice NOT VALID",
    )
    assert any("fk_alert_notice_key was never checked" in problem for problem in database.check())
    database.close()


def complaint(file: Path) -> str:
    """What is said of a damaged file, by the check or, where that cannot even begin, by an error."""
    try:
        damaged = Database.look(f"sqlite:///{file}")
        found = damaged.check()
        damaged.close()
    except StorageError as error:
        return str(error)
    return "; ".join(found)


def test_damage_to_the_pages_is_told(sqlite_database: Database) -> None:
    file = sqlite_database.file
    assert file
    for number in range(30):
        with sqlite_database.write() as session:
            record(session, article(f"a{number}", "Words. " * 900), None, fetched_at=march(1), found_via="feed")
    sqlite_database.close()
    content = bytearray(file.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle + 200 : middle + 20_000] = b"\x13" * 19_800
    file.write_bytes(content)
    assert complaint(file)
