"""robots.txt: what may be asked, and how slowly."""

from __future__ import annotations

import asyncio
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http.request import NO_CALLBACK

from crawler.robots import MAX_ROBOTS_BYTES, RobotsRules
from crawler.run import CrawlRun, run_of
from crawler.signs import RobotsForbid
from foundation.errors import CrawlError

AGENT = "accredwatch"
"""The product token that robots.txt files address us by."""


class RobotsMiddleware:
    """Obeys robots.txt as RFC 9309 says: none (4xx) allows all, one that cannot be had (5xx, no answer) forbids all.

    A Crawl-delay larger than the source's own delay slows the host's slot down. Scrapy's own middleware reads an
    error page as rules and applies no delay.
    """

    def __init__(self, run: CrawlRun, crawler: Crawler) -> None:
        if not run.source.obey_robots:
            raise NotConfigured
        self._run = run
        self._crawler = crawler
        self._locks: dict[str, asyncio.Lock] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(run_of(crawler), crawler)

    async def process_request(self, request: Request) -> None:
        """Raises RobotsForbid if robots.txt forbids the URL, CrawlError if it cannot be had."""
        if request.meta.get("robots"):
            return
        rules = await self._rules(request)
        if not rules.allows(request.url, AGENT):
            raise RobotsForbid(
                f"{request.url} is forbidden by robots.txt; remove it from the source, or agree with "
                "the outlet and set obey_robots = false"
            )
        delay = max(rules.delay(AGENT), self._run.source.delay.total_seconds())
        _, slot = self._crawler.engine.downloader._get_slot(request)
        slot.delay = 0.0 if self._run.stopping.is_set() else delay

    async def _rules(self, request: Request) -> RobotsRules:
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._locks.setdefault(origin, asyncio.Lock()):
            book = self._run.resident.robots
            rules = book.fresh(origin, now=self._run.clock.now())
            if rules is None:
                rules = book.rules[origin] = await self._fetch(origin)
            return rules

    async def _fetch(self, origin: str) -> RobotsRules:
        request = Request(
            f"{origin}/robots.txt",
            callback=NO_CALLBACK,
            dont_filter=True,
            meta={"robots": True, "download_maxsize": MAX_ROBOTS_BYTES},
        )
        response = await self._crawler.engine.download_async(request)
        if response.status >= 500:
            raise CrawlError(
                f"{request.url} answers {response.status}: without it nothing of {origin} may be asked (RFC 9309); "
                "it is tried again at the next crawl"
            )
        body = response.body if response.status < 300 else b""
        return RobotsRules.parse(body, now=self._run.clock.now())
