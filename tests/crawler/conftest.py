"""A loopback news site, a database in a file, and crawlers that work on them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from crawler.crawl import Crawler, CrawlResult
from crawler.limits import CrawlerSettings
from crawler.progress import ProgressEvent
from crawler.reading import Reader
from crawler.source import Source
from storage.database import Database
from tests.crawler.server import NewsSite
from tests.databases import opened

Result = TypeVar("Result")
NOW = datetime(2022, 11, 8, 12, 0, tzinfo=UTC)


@dataclass
class ManualClock:
    """Stands still until told otherwise."""

    instant: datetime = NOW

    def now(self) -> datetime:
        return self.instant

    def pass_by(self, **how_long: float) -> None:
        self.instant += timedelta(**how_long)


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with NewsSite() as server:
        yield server


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    own = opened(f"sqlite:///{tmp_path}/test.sqlite3")
    yield own
    own.close()


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    """Worker processes for all tests: starting one takes seconds."""
    shared = Reader(LIMITS)
    yield shared
    asyncio.run(shared.close())


LIMITS = CrawlerSettings(timeout=timedelta(seconds=10), contact="https://example.org/bot")


def source_of(site: NewsSite, **more: object) -> Source:
    """A source on the loopback site: its articles are /news/SLUG-ID and twins of them."""
    table: dict[str, object] = {
        "key": "courier",
        "name": "The Steppe Courier",
        "hosts": ["127.0.0.1", "localhost"],
        "article_urls": [
            r"^(?:127\.0\.0\.1|localhost)/(?:amp/)?(?:(?P<lang>en|ru|kk)/)?news/[^/?]*?-?(?P<id>\d+)(?:[/?]|$)"
        ],
        "languages": ["en", "ru", "kk"],
        "allow_private_addresses": True,
        "delay": "0s",
    }
    if not {"feeds", "sitemaps", "listings"} & set(more):
        table["feeds"] = [{"url": f"{site.url}/feed", "language": "en"}]
    return Source.model_validate(table | more)


@dataclass
class Newsroom:
    """A crawler at work on the loopback site."""

    site: NewsSite
    database: Database
    clock: ManualClock
    reader: Reader
    limits: CrawlerSettings = LIMITS
    events: list[ProgressEvent] = field(default_factory=list)

    def crawler(self, *sources: Source) -> Crawler:
        return Crawler(
            sources, self.limits, self.database, (), self.clock, on_progress=self.events.append, reader=self.reader
        )

    def crawl(
        self, source: Source | None = None, *, since: datetime | None = None, dry_run: bool = False
    ) -> CrawlResult:
        """Crawl once with a crawler of its own, as a program started anew would."""
        chosen = source or source_of(self.site)

        async def once() -> CrawlResult:
            return await self.crawler(chosen).crawl(chosen.key, since=since, dry_run=dry_run)

        return asyncio.run(once())

    def run(self, work: Callable[[Crawler], Awaitable[Result]], *sources: Source) -> Result:
        """Let `work` (a coroutine function) use one resident crawler."""

        async def resident() -> Result:
            crawler = self.crawler(*(sources or (source_of(self.site),)))
            try:
                return await work(crawler)
            finally:
                await crawler.close()

        return asyncio.run(resident())


@pytest.fixture
def newsroom(site: NewsSite, database: Database, clock: ManualClock, reader: Reader) -> Newsroom:
    return Newsroom(site, database, clock, reader)
