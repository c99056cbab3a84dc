"""Articles that a process of its own records: the same facts and alerts, and nothing is lost if that process dies."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from crawler.crawl import Crawler, CrawlResult
from crawler.memory import MANY
from crawler.progress import OnProgress, ProgressEvent, ReportFound
from crawler.reading import Reader
from crawler.recorder import Recorder
from extract.model import Status
from storage import baseline, outbox, queries
from storage.database import Database
from storage.vocabulary import ChangeKind, Subscription
from tests.crawler import pages
from tests.crawler.conftest import LIMITS, NOW, ManualClock, source_of
from tests.crawler.server import NewsSite, Reply
from tests.databases import opened
from tests.support.dying import die_at_commit

_DESK = Subscription(channel="desk", elections=frozenset(), kinds=frozenset(ChangeKind), statuses=frozenset(Status))
_TOTALS = (134, 190, 256)


@pytest.fixture
def databases(tmp_path: Path) -> Iterator[tuple[Database, Database]]:
    """Two empty ones, the source's first crawl being behind them."""
    with (
        closing(opened(f"sqlite:///{tmp_path}/one.sqlite3")) as one,
        closing(opened(f"sqlite:///{tmp_path}/other.sqlite3")) as other,
    ):
        for database in (one, other):
            with database.write() as session:
                baseline.finish(session, ["courier"], (), now=NOW)
        yield one, other


@pytest.fixture(autouse=True)
def _news(site: NewsSite) -> None:
    _publish(site, others=2)


def _publish(site: NewsSite, *, others: int) -> None:
    """Articles of observers, and others without a word of them, all in the feed."""
    items = []
    for total in _TOTALS:
        path = f"/news/observers-{total}"
        site.routes[path] = Reply(pages.observers(total, canonical=site.url + path))
        items.append((site.url + path, f"CEC accredits {total} foreign observers"))
    for number in range(others):
        path = f"/news/bridge-{number}"
        title = f"Bridge number {number} opens in Semey"
        site.routes[path] = Reply(pages.article(title, "It crosses the river where the ferry has gone for a century."))
        items.append((site.url + path, title))
    site.routes["/feed"] = Reply(pages.rss(items), type="application/rss+xml")


def _crawler(
    site: NewsSite,
    database: Database,
    reader: Reader,
    recorder: Recorder | None = None,
    on_progress: OnProgress | None = None,
) -> Crawler:
    return Crawler(
        [source_of(site, fetch="all")],
        LIMITS,
        database,
        [_DESK],
        ManualClock(NOW),
        on_progress=on_progress,
        reader=reader,
        recorder=recorder,
    )


def _facts(database: Database) -> tuple[Sequence[object], Sequence[object]]:
    """What is on record, and what is to be told."""
    with database.read() as session:
        reports = sorted(queries.reports(session), key=lambda one: one.id)
        told = [alert.change and (alert.change.change, alert.change.made_at) for alert in outbox.alerts(session)]
        return [(report.article, report.figures, report.changes) for report in reports], told


def test_another_process_records_the_same(site: NewsSite, databases: tuple[Database, Database], reader: Reader) -> None:
    async def crawl(database: Database, recorder: Recorder | None) -> tuple[CrawlResult, int]:
        told: list[None] = []
        crawler = _crawler(site, database, reader, recorder)
        result = await crawler.crawl("courier", on_alerts=lambda: told.append(None))
        await crawler.close()
        return result, len(told)

    async def beside(database: Database) -> tuple[CrawlResult, int]:
        recorder = Recorder(database)
        await recorder.ready()
        try:
            return await crawl(database, recorder)
        finally:
            await recorder.close()

    here, there = databases
    assert asyncio.run(crawl(here, None)) == asyncio.run(beside(there))
    reports, told = _facts(here)
    assert (len(reports), len(told)) == (3, 3)
    assert _facts(there) == (reports, told)


def test_an_article_is_fetched_again_if_the_process_that_was_recording_it_died(
    site: NewsSite, databases: tuple[Database, Database], reader: Reader
) -> None:
    here, there = databases

    async def crawl_twice() -> tuple[CrawlResult, CrawlResult]:
        recorder = Recorder(there)
        await recorder.write(partial(die_at_commit, len(_TOTALS) - 1))
        await recorder.ready()
        crawler = _crawler(site, there, reader, recorder)
        try:
            return await crawler.crawl("courier"), await crawler.crawl("courier")
        finally:
            await crawler.close()
            await recorder.close()

    failed, again = asyncio.run(crawl_twice())
    assert [("the process that records died" in error) for error in failed.errors] == [True]
    assert (failed.ok, failed.alerts) == (False, 2)
    assert (again.ok, again.fetched, again.alerts) == (True, 1, 1)
    asyncio.run(_crawler(site, here, reader).crawl("courier"))
    assert _facts(there) == _facts(here)


def test_a_large_crawl_has_a_process_of_its_own_that_records_and_ends_with_it(
    site: NewsSite, databases: tuple[Database, Database], reader: Reader
) -> None:
    _publish(site, others=MANY)
    at_work: list[int] = []

    def look(event: ProgressEvent) -> None:
        if isinstance(event, ReportFound):
            at_work.append(len(multiprocessing.active_children()))

    async def crawl() -> CrawlResult:
        crawler = _crawler(site, databases[0], reader, on_progress=look)
        try:
            return await crawler.crawl("courier")
        finally:
            await crawler.close()

    result = asyncio.run(crawl())
    assert (result.ok, result.fetched, result.reports) == (True, MANY + 3, 3)
    assert at_work == [len(multiprocessing.active_children()) + 1] * 3
