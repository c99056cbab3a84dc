"""Pipelines: they clean and drop, and write nothing."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from crawler.items import Download
from crawler.reading import PageText
from crawler.run import CrawlRun, run_of


class ReadingPipeline:
    """Reads each page in a worker process."""

    def __init__(self, run: CrawlRun) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(run_of(crawler))

    async def process_item(self, item: Download) -> Download:
        """Put in what the page says; raises ExtractError, CrawlError."""
        item.reading = await self._run.reader.read(
            PageText(
                url=item.url,
                body=item.body,
                content_type=item.content_type,
                site=self._run.site,
                published=item.published,
                language=item.link.identity.language,
            )
        )
        return item
