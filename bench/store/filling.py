"""Filling a database of either kind, past the program: a million articles would take it hours."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import islice
from typing import TypeVar

import psycopg
from sqlalchemy import make_url

from bench.store import rows
from bench.store.content import Content
from bench.store.rows import Row

_Item = TypeVar("_Item")
_BATCH = 20_000
_WITH_NUMBERS = (
    "alert", "archived_response", "article", "change", "crawl_run", "figure", "report", "revision",
)  # fmt: skip

Insert = Callable[[str, Sequence[Row]], None]
"""Writes rows of one table; every row has the same columns."""


def fill(url: str, content: Content, say: Callable[[str], None]) -> None:
    """Fill the database at the URL, whose tables are there and empty."""
    if url.startswith("sqlite"):
        _fill_file(str(make_url(url).database), content, say)
    else:
        _fill_server(url.replace("postgresql+psycopg://", "postgresql://"), content, say)


def _fill_file(file: str, content: Content, say: Callable[[str], None]) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for pragma in ("synchronous = OFF", "cache_size = -500000", "foreign_keys = OFF"):
            connection.execute(f"PRAGMA {pragma}")

        def insert(table: str, given: Sequence[Row]) -> None:
            names = list(given[0])
            marks = ", ".join("?" * len(names))
            columns = ", ".join(f'"{name}"' for name in names)
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - names of ours
                [[_for_sqlite(value) for value in row.values()] for row in given],
            )
            connection.execute("COMMIT")

        aside = _take_aside(connection)
        _write_all(insert, content, say)
        say("indexes")
        connection.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
        for statement in aside:
            connection.execute(statement)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _take_aside(connection: sqlite3.Connection) -> list[str]:
    """Drop what would be kept up to date row by row, indexes and triggers; how they are made again."""
    found = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    for kind, name, _ in found:
        connection.execute(f"DROP {kind} {name}")
    return [made for _, _, made in found]


def _fill_server(url: str, content: Content, say: Callable[[str], None]) -> None:
    with psycopg.connect(url, autocommit=True) as connection:

        def insert(table: str, given: Sequence[Row]) -> None:
            columns = ", ".join(f'"{name}"' for name in given[0])
            copy = f"COPY {table} ({columns}) FROM STDIN"
            with connection.cursor() as cursor, cursor.copy(copy.encode()) as stream:
                for row in given:
                    stream.write_row([_for_server(value) for value in row.values()])

        connection.execute("SET maintenance_work_mem = '512MB'")
        # What is written fits together, as the check of the small store in the tests shows.
        connection.execute("SET session_replication_role = replica")
        aside = connection.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND indexname NOT IN "
            "(SELECT conname FROM pg_constraint)"
        ).fetchall()
        for name, _ in aside:
            connection.execute(f"DROP INDEX {name}".encode())
        _write_all(insert, content, say)
        say("indexes")
        for _, made in aside:
            connection.execute(str(made).encode())
        for table in _WITH_NUMBERS:
            connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))".encode()  # noqa: S608
            )
        connection.execute("VACUUM ANALYZE")


def _write_all(insert: Insert, content: Content, say: Callable[[str], None]) -> None:
    for table, made in (("election", rows.elections), ("source_state", rows.states), ("crawl_run", rows.runs)):
        _insert_all(insert, table, made(content))
    done = 0
    for stories in _batches(content.stories()):
        by_table: dict[str, list[Row]] = defaultdict(list)
        for of_one in rows.of_articles(stories):
            for table, row in of_one.items():
                by_table[table].append(row)
        for of_report in rows.of_reports(content, stories):
            for table, some in of_report.items():
                by_table[table].extend(some)
        for table in _IN_ORDER:
            if by_table[table]:
                insert(table, by_table[table])
        done += len(stories)
        say(f"{done:,} articles")


_IN_ORDER = (
    "article", "article_url", "archived_response", "revision", "search_text", "http_validator", "report", "figure",
    "change", "alert",
)  # fmt: skip


def _insert_all(insert: Insert, table: str, made: Iterable[Row]) -> None:
    for some in _batches(made):
        insert(table, some)


def _batches(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    given = iter(items)
    while batch := list(islice(given, _BATCH)):
        yield batch


def _for_sqlite(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, list | dict) else value


def _for_server(value: object) -> object:
    return json.dumps(value) if isinstance(value, list | dict) else value
