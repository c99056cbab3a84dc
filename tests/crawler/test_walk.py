"""A walk through the past: what stands on record is the same however many read, and in the order of publication."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from crawler.backfill import Stretch, stretches
from crawler.chronicle import Chronicle
from crawler.progress import CrawlResult
from crawler.reading import Reader
from crawler.record import ReadPage
from crawler.recorder import Recorder
from crawler.walk import Walk, Way
from extract.model import Article
from extract.report import read_report
from foundation.errors import StorageError
from storage import backfill, queries
from storage.database import Database
from storage.source_views import Validator
from tests.crawler import pages
from tests.crawler.conftest import LIMITS, ManualClock, source_of
from tests.crawler.server import NewsSite, Reply
from tests.databases import opened
from tests.support.dying import die

_FIRST = date(2022, 10, 8)
_TOTALS = range(100, 440, 10)
"""One article a day, of two months; each tells of ten observers more than the one before."""
_LATER = datetime(2023, 1, 1, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[NewsSite]:
    """Shows the articles, the newest one first, on pages by month that tell no dates."""
    with NewsSite() as server:
        listed: dict[str, list[tuple[str, str]]] = {}
        for number, total in enumerate(_TOTALS):
            day, path = _FIRST + timedelta(days=number), f"/news/observers-{total}"
            published = f"{day}T15:15:00+06:00"
            page = pages.observers(total, day=f"{day:%B} {day.day}", canonical=server.url + path, published=published)
            # Those of odd days take longer to read, so that of two workers one gets ahead of the other.
            more = "<p>A word on it.</p>" * 300 * (number % 2)
            server.routes[path] = Reply(page.replace("</article>", f"{more}</article>"))
            listed.setdefault(f"{day:%Y/%m}", []).insert(0, (path, f"CEC accredits {total} foreign observers"))
        for month, links in listed.items():
            server.routes[f"/{month}/1"] = Reply(pages.listing(links[:6]))
            server.routes[f"/{month}/2"] = Reply(pages.listing(links[6:]))
        yield server


@pytest.fixture
def months(site: NewsSite) -> Sequence[Stretch]:
    archive = {"url": f"{site.url}/{{year}}/{{month}}/{{page}}", "language": "en"}
    source = source_of(site, feeds=[], date_archives=[archive])
    return stretches(source, date(2022, 10, 1), date(2022, 11, 30))


class Past:
    """A database, and what walks that lead into it have told."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.results: list[tuple[str, CrawlResult]] = []
        self.ways: list[Way] = []

    def walk(self, todo: Sequence[Stretch], reader: Reader, *, stop: int = 0) -> None:
        """Walk through stretches; with `stop`, only until so many articles are dealt with."""

        async def through() -> None:
            stops: list[asyncio.Task[None]] = []

            def tell(way: Way) -> None:
                self.ways.append(way)
                if stop and way.done == stop and not stops:
                    stops.append(asyncio.create_task(walk.stop()))

            walk = Walk(
                LIMITS,
                self.database,
                ManualClock(_LATER),
                reader=reader,
                on_way=tell,
                on_walked=lambda stretch, result: self.results.append((stretch.name, result)),
            )
            try:
                await walk.through(todo)
            finally:
                await asyncio.gather(*stops)
                await walk.close()

        asyncio.run(through())

    def done(self) -> frozenset[str]:
        """The stretches that are noted as done."""
        with self.database.read() as session:
            return backfill.done(session, "courier")

    def totals(self) -> list[int]:
        """The totals on record, in the order in which they were recorded."""
        with self.database.read() as session:
            return [report.figures[0].value for report in sorted(queries.reports(session), key=lambda one: one.id)]

    def content(self) -> dict[str, list[str]]:
        """Every row of every table, but what tells databases apart, and what SQLite keeps for itself to find words."""
        with self.database.read() as session:
            tables = inspect(session.connection()).get_table_names()
            ours = [name for name in tables if name != "identity" and not name.startswith("search_index")]
            return {
                name: sorted(map(repr, session.execute(text(f"SELECT * FROM {name}"))))  # noqa: S608 - our own tables
                for name in ours
            }


@pytest.fixture
def pasts(tmp_path: Path) -> Iterator[tuple[Past, Past]]:
    """Two empty databases."""
    with (
        closing(opened(f"sqlite:///{tmp_path}/one.sqlite3")) as one,
        closing(opened(f"sqlite:///{tmp_path}/other.sqlite3")) as other,
    ):
        yield Past(one), Past(other)


def test_the_records_are_the_same_with_more_workers_and_after_a_stop_and_in_the_order_of_publication(
    pasts: tuple[Past, Past], months: Sequence[Stretch], reader: Reader
) -> None:
    one, other = pasts
    one.walk(months, reader)
    assert [(name, result.ok, result.reports, result.changes) for name, result in one.results] == [
        ("2022-10", True, 24, 24),
        ("2022-11", True, 10, 10),
    ]
    assert one.totals() == [*_TOTALS]
    shares = [way.share for way in one.ways]
    assert shares == sorted(shares)
    assert shares[-1] == 1

    two_workers = Reader(LIMITS.model_copy(update={"workers": 2}))
    other.walk(months, two_workers, stop=2)
    ((name, result),) = other.results
    assert (name, result.finish_reason) == ("2022-10", "stopped")
    assert not other.done()
    assert 2 <= len(other.totals()) < 24, "what was fetched is on record, and nothing more was asked for"
    other.walk(months, two_workers)
    asyncio.run(two_workers.close())
    assert other.done() == {"2022-10", "2022-11"}
    assert other.content() == one.content()


@pytest.fixture
def recorder(pasts: tuple[Past, Past]) -> Iterator[Recorder]:
    made = Recorder(pasts[0].database)
    yield made
    asyncio.run(made.close())


def _page(number: int, published: datetime) -> ReadPage:
    """An article on so many observers and 200 more."""
    day = published.date()
    url = f"https://courier.example/news/observers-{number}"
    paragraph = f"As of {day:%B} {day.day}, {200 + number} foreign observers have been accredited for the election."
    article = Article(
        "CEC accredits observers",
        (paragraph,),
        "en",
        url,
        source="courier",
        article_id=str(number),
        published=published,
    )
    return ReadPage(
        article=article,
        report=read_report(article),
        fetched_at=_LATER,
        found_via="test",
        urls=(),
        offers=Validator(url=url, etag=None, last_modified=None, body_hash="0", fetched_at=_LATER, proven=False),
        time_zone="Asia/Almaty",
    )


def test_few_pages_are_held_and_a_process_that_dies_is_replaced(recorder: Recorder, pasts: tuple[Past, Past]) -> None:
    numbers = [number + (2, 0, -2)[number % 3] for number in range(30)]  # 2, 1, 0, 5, 4, 3 and so on

    async def enter() -> int:
        with pytest.raises(StorageError, match="the process that records died"):
            await recorder.write(die)
        chronicle = Chronicle(recorder, _LATER, most_held=5)
        for number in numbers:
            published = datetime.combine(_FIRST, time(9), UTC) + timedelta(days=number)
            await chronicle.take(_page(number, published), published)
        await recorder.ready()  # it does one thing after the other
        held = len(numbers) - len(pasts[0].totals())
        assert (await chronicle.settle()).errors == ()
        return held

    assert asyncio.run(enter()) < 5 + 20
    assert pasts[0].totals() == [200 + number for number in range(30)]
