"""The benchmark of large stores, in a small form: it runs through, and what it fills in is sound."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.store.asking import Timed
from bench.store.content import KEYWORD, Content, Size, value_of
from bench.store.filling import fill
from bench.store.polling import Poll, Polls
from bench.store.table import Measured, document
from storage import queries
from storage.database import Database
from storage.search import search

SMALL = Content(Size(1000), datetime(2023, 1, 1, tzinfo=UTC))


def test_what_is_filled_in_is_sound_on_both_kinds_of_database(database: Database, database_url: str) -> None:
    fill(database_url, SMALL, lambda _: None)
    assert database.check() == ()
    with database.read() as session:
        (one,) = queries.elections(session)
        articles = sum(source.articles for source in queries.sources(session))
        found = search(session, f"story {KEYWORD[:4]}", limit=5)
    assert (one.reports, articles) == (20, 1000)
    assert one.accredited is not None
    assert one.accredited.figure.value == value_of(19)
    days = [hit.article.published for hit in found.articles if hit.article.published]
    assert len(days) == 5
    assert days == sorted(days, reverse=True)


def test_the_tables_say_what_was_measured() -> None:
    polls = Polls(Poll(taken=30, cpu=10), Poll(taken=33, cpu=12), times=1.25)
    one = Measured("SQLite", "3.50", 0.004, 2, polls, [Timed("first page", [3, 5, 4])])
    text = document(SMALL.size, 50, [one], "python -m bench.store")
    assert "1,000 articles, 20 reports with 50 figures on 1 elections" in text
    assert "| SQLite | 10.0 ms | 12.0 ms | 1.25 | 30 ms | 33 ms |" in text
    assert "| first page | 4 (5) |" in text
