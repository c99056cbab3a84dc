"""Pages of which nothing was read: many at once leave what they leave one by one, at a fraction of the statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from extract.model import Article, DateOrigin
from storage import Database, known, models, queries, record, sources, unread
from storage.archive import Place
from storage.source_views import Validator
from storage.unread import Unread
from tests.databases import opened
from tests.storage.campaign import article, figure, march, report

SOURCE = "kazinform"
LEFT = (
    models.Article, models.ArticleUrl, models.Revision, models.SearchText, models.ArchivedResponse,
    models.HttpValidator, models.SourceState,
)  # fmt: skip


def page(number: int, *, minute: int = 0, title: str | None = None, identified: bool = True) -> Unread:
    url = f"https://kazinform.example/a{number}"
    at = march(10, 13).replace(minute=minute)
    return Unread(
        article=Article(
            title=title or f"Fog on {number:,} roads",
            paragraphs=(),
            language="en",
            url=url,
            source=SOURCE,
            article_id=f"a{number}" if identified else None,
            published=march(10, 12),
            published_from=DateOrigin.FEED,
        ),
        fetched_at=at,
        found_via="https://kazinform.example/feed",
        urls=(f"{url}?from=feed", "https://kazinform.example/" + "x" * 5000),
        offers=Validator(
            url=url, etag=f'"{minute}"', last_modified=None, body_hash=f"{number} {minute}", fetched_at=at, proven=False
        ),
        archived=Place(
            url=url, status=200, fetched_at=at, file="2023/03/10/x.warc.gz", offset=1000 * number + minute,
            length=900, digest=f"sha256:{number}",
        ),
    )  # fmt: skip


def one_by_one(session: Session, pages: list[Unread]) -> None:
    for each in pages:
        record(
            session, each.article, None, fetched_at=each.fetched_at, found_via=each.found_via, source=SOURCE,
            urls=each.urls, archived=each.archived,
        )  # fmt: skip
        offers = each.offers
        known.remember_validator(
            session, offers.url, etag=offers.etag, last_modified=None, body_hash=offers.body_hash or "",
            now=offers.fetched_at,
        )  # fmt: skip


def rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the tables concerned, without the keys that the database gave."""
    found = {}
    with database.read() as session:
        for model in LEFT:
            names = [
                c.key for c in model.__table__.columns if c.key not in {"id", "article_key", "archived_key", "place"}
            ]
            found[model.__tablename__] = sorted(
                tuple(repr(getattr(row, name)) for name in names) for row in session.scalars(select(model))
            )
    return found


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are executed meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_many_at_once_leave_what_they_leave_one_by_one(database: Database, tmp_path: Path) -> None:
    one = page(1)
    batch = [
        page(2),
        replace(page(3, title="A title with \0 in it"), archived=None),
        page(2, minute=5, title="Fog on 2 roads, told anew"),
        page(1, minute=6),
        page(4, identified=False),
    ]
    other = opened(f"sqlite:///{tmp_path}/other.sqlite3")
    with database.write() as session, other.write() as others:
        one_by_one(session, [one])
        one_by_one(others, [one])
        unread.remember(session, SOURCE, batch)
        one_by_one(others, batch)
    assert rows(database) == rows(other)
    assert database.check() == ()
    other.close()


def test_a_hundred_pages_take_hardly_more_statements_than_one(database: Database) -> None:
    with counted() as seen, database.write() as session:
        unread.remember(session, SOURCE, [page(number) for number in range(100)])
    assert len(seen) < 30
    with database.read() as session:
        assert len(known.articles(session, SOURCE, [f"a{number}" for number in range(200)])) == 100
        assert sources.on_record(session) == {SOURCE: (100, 0)}


def test_a_known_article_that_shows_no_text_any_more_becomes_a_question(database: Database) -> None:
    stated = article("a7", "The commission has accredited 614 observers.", day=10)
    with database.write() as session:
        record(session, stated, report(figure(614)), fetched_at=march(10, 13), found_via="feed")
    with database.write() as session:
        unread.remember(session, SOURCE, [page(7), page(8)])
    with database.read() as session:
        assert [item.kind for item in queries.review(session)] == ["figures_gone"]
