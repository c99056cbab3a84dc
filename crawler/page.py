"""One page of an outlet that is no source yet, by the crawler's own way to the network.

What the crawler obeys (robots.txt, the address guard) is obeyed here too. Nothing is recorded.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.http import Response, TextResponse
from scrapy.settings import Settings
from twisted.python.failure import Failure

from crawler import settings as scrapy_settings
from crawler.crawl import new_run
from crawler.explain import explain
from crawler.limits import CrawlerSettings
from crawler.probe import one_off_settings, stop_one_off
from crawler.reading import Reader
from crawler.resident import Resident
from crawler.run import CrawlRun
from crawler.source import Source
from foundation.clock import Clock
from foundation.errors import CrawlError
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Page:
    """A web page as it came."""

    url: str
    """Where redirects within the outlet's hosts have led."""
    body: bytes
    content_type: str | None = None


@dataclass(slots=True)
class _Outcome:
    page: Page | None = None
    error: str = "the request ended without an answer; the log tells why"


async def fetch_page(  # noqa: PLR0913 - what a request depends on, all of it
    url: str, source: Source, limits: CrawlerSettings, database: Database, clock: Clock, *, resident: Resident
) -> Page:
    """Ask for one page on the hosts of `source`; `database` is not touched.

    `resident` keeps what robots.txt said for the next page; `crawler.pause` tells how long to wait before that.

    Raises CrawlError, which says why the page cannot be had: an address that is refused, robots.txt, no answer.
    """
    reader = Reader(limits)
    run = new_run(source, limits, database, reader, clock, resident=resident, dry_run=True)
    outcome = _Outcome()
    custom = one_off_settings(source, limits)
    spider = type("PageSpider", (_PageSpider,), {"name": source.key, "custom_settings": custom})
    crawler = ScrapyCrawler(spider, Settings(scrapy_settings.as_dict()))
    task = asyncio.create_task(crawler.crawl_async(run=run, url=url, outcome=outcome), name=f"page {url}")
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await stop_one_off(crawler, run, task)
        raise
    finally:
        await reader.close()
    if outcome.page is None:
        raise CrawlError(outcome.error)
    return outcome.page


class _PageSpider(Spider):
    """Asks for one page and keeps what came of it."""

    run: CrawlRun

    def __init__(self, name: str | None = None, *, run: CrawlRun, url: str, outcome: _Outcome) -> None:
        super().__init__(name)
        self.run = run
        self._url = url
        self._outcome = outcome

    @classmethod
    def from_crawler(cls, crawler: ScrapyCrawler, *, run: CrawlRun, url: str, outcome: _Outcome) -> Self:
        """Made by Scrapy."""
        return super().from_crawler(crawler, run=run, url=url, outcome=outcome)

    async def start(self) -> AsyncIterator[Request]:
        """The page."""
        self.run.started.set()
        yield Request(self._url, callback=self.answered, errback=self.failed, dont_filter=True)

    def answered(self, response: Response) -> None:
        """An answer with status 200; it may still be no web page."""
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1") or None
        if isinstance(response, TextResponse):
            self._outcome.page = Page(response.url, response.body, content_type)
        else:
            self._outcome.error = f"{response.url} is no web page (Content-Type {content_type!r})"

    def failed(self, failure: Failure) -> None:
        """No answer, or one that is of no use."""
        self._outcome.error = explain(failure.value, self._url)
