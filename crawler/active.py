"""A crawl under way, until it is over or stopped."""

from __future__ import annotations

import asyncio
import contextlib

from scrapy.crawler import Crawler as ScrapyCrawler

from crawler import settings as scrapy_settings
from crawler.look import nothing_new
from crawler.progress import CrawlResult, CrawlStarted
from crawler.run import CrawlRun
from crawler.spiders.base import SourceSpider
from foundation.errors import CrawlError


class Active:
    """A crawl under way in a task of its own, so that cancelling its caller does not tear it apart."""

    def __init__(self, run: CrawlRun, spider: type[SourceSpider]) -> None:
        self.run = run
        self._spider = spider
        self._crawler: ScrapyCrawler | None = None
        """Made only where the look before the crawl is not enough."""
        self._task = asyncio.create_task(self._work(), name=f"crawl {run.source.key}")

    async def _work(self) -> None:
        run = self.run
        run.tell(CrawlStarted(run.source.key))
        # What an alert takes is mostly this process's time, and to begin takes as much again.
        await run.precedence.let_pass()
        try:
            if not await nothing_new(run):
                if not run.wanted:
                    await run.precedence.let_pass()
                self._crawler = ScrapyCrawler(self._spider, scrapy_settings.own())
                await self._crawler.crawl_async(run=run)
        finally:
            run.precedence.over(run.source.key)

    async def finish(self) -> CrawlResult:
        """Wait until the crawl is over."""
        try:
            await asyncio.shield(self._task)
        except asyncio.CancelledError:
            if not self._task.cancelled():
                await self.stop()
            raise
        if self.run.result is None:
            raise CrawlError(f"the crawl of {self.run.source.key} ended without a result; the log tells why")
        return self.run.result

    async def stop(self) -> None:
        """Ask the crawl to end, and wait until it has."""
        self.run.stopping.set()
        started = asyncio.create_task(self.run.started.wait())
        # A stop before the engine really runs would be lost, and waiting for its end would take for ever.
        await asyncio.wait({started, self._task}, return_when=asyncio.FIRST_COMPLETED)
        started.cancel()
        if self._crawler is not None and not self._task.done():
            self._hurry(self._crawler)
            await self._crawler.stop_async()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait({self._task})

    def _hurry(self, crawler: ScrapyCrawler) -> None:
        """Let queued requests go at once; the download handler turns them away."""
        for slot in crawler.engine.downloader.slots.values():
            slot.delay = 0.0
            if slot.latercall is not None:
                slot.latercall.cancel()
                slot.latercall = None
            crawler.engine.downloader._process_queue(slot)
