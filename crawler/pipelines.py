"""Pipelines: they clean and drop, and write nothing."""

from __future__ import annotations

import asyncio
from typing import Self

from scrapy.crawler import Crawler

from crawler.glance import glance
from crawler.items import Download
from crawler.reading import PageText, Reading
from crawler.run import CrawlRun, run_of
from foundation.errors import ExtractError, ExtractionTimeout, MemoryExceeded
from foundation.failpoints import Failpoint, passing
from storage.archive import Place
from storage.vocabulary import SignPlace


class ReadingPipeline:
    """Reads each page in a worker process, but for those that say nothing at a glance."""

    def __init__(self, run: CrawlRun) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(run_of(crawler))

    async def process_item(self, item: Download) -> Download:
        """Put in what the page says. A page that nobody can read is a failure, but known: asking again cannot help.

        Raises ExtractionTimeout, MemoryExceeded and CrawlError, after which the next crawl tries again: the machine may
        be to blame.
        """
        passing(Failpoint.FETCHED)
        page = PageText(
            url=item.url,
            body=item.body,
            content_type=item.content_type,
            site=self._run.site,
            published=item.published,
            title=item.link.title,
            known=item.link.known,
        )
        try:
            seen = glance(page)
            item.reading = seen if isinstance(seen, Reading) else await self._read(seen, item.place)
        except (ExtractionTimeout, MemoryExceeded):
            raise
        except ExtractError as error:
            self._run.fail(f"{item.url}: {error}", complete=True)
            item.reading = Reading(None, None, str(error))
        for kind in item.reading.signs:
            self._run.signs.note(kind, SignPlace.ARTICLE, item.url)
        return item

    async def _read(self, page: PageText, place: Place | None) -> Reading:
        """Have a worker read the page, and meanwhile wait for the disk: what is read of it may be told at once."""
        settling = asyncio.create_task(self._run.settle([place] if place is not None else []))
        try:
            return await self._run.reader.read(page)
        finally:
            await settling
