"""The end of a crawl, as Scrapy sees it."""

from __future__ import annotations

from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.run import CrawlRun, run_of


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
        """End the run."""
        await self._run.end(reason)

    async def engine_stopped(self) -> None:
        """Give back what was opened for this crawl alone."""
        if self._run.on_closed is not None:
            await self._run.on_closed()
