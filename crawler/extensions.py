"""The end of a crawl, as Scrapy sees it."""

from __future__ import annotations

from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.progress import CrawlFinished
from crawler.run import CrawlRun, run_of
from foundation.errors import StorageError


class CrawlRecord:
    """Notes in storage how the crawl went, and what its documents looked like."""

    def __init__(self, run: CrawlRun) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        extension = cls(run_of(crawler))
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(extension.engine_stopped, signal=signals.engine_stopped)
        return extension

    async def spider_closed(self, reason: str) -> None:
        """Close the run; a failure to write that down becomes part of its result."""
        run = self._run
        try:
            run.result = await run.close(reason)
        except StorageError as error:
            run.fail(f"how the crawl went could not be recorded: {error}")
            run.result = run.tally.result("failed")
        run.tell(CrawlFinished(run.result))

    async def engine_stopped(self) -> None:
        """Give back what was opened for this crawl alone."""
        if self._run.on_closed is not None:
            await self._run.on_closed()
