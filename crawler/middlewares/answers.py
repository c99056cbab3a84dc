"""Answers that came before the crawl began."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.middlewares.conditional import is_conditional
from crawler.run import CrawlRun, run_of


class AnswersMiddleware:
    """Gives what the look before the crawl was answered (`crawler.look`), each answer once, and lets its host rest.

    It stands next to the network: to everything above it such an answer is like any other.
    """

    def __init__(self, run: CrawlRun, crawler: Crawler) -> None:
        self._run = run
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(run_of(crawler), crawler)

    def process_request(self, request: Request) -> Response | None:
        """The answer, if there is one; without one the network is asked, no sooner than the host may be asked again."""
        answer = self._run.answers.pop(request.url, None)
        # Meanwhile the validators may have become too old to be asked by; then that they are as they were says nothing.
        if answer is not None and (answer.status != 304 or is_conditional(request)):
            return answer
        asked = self._run.asked_at.pop(urlsplit(request.url).hostname or "", None)
        if asked is not None:
            _, slot = self._crawler.engine.downloader._get_slot(request)
            slot.lastseen = max(slot.lastseen, asked)
        return None
