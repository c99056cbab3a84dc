"""Keeping what was fetched, as it came."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response as ScrapyResponse

from crawler.archive import Response
from crawler.run import CrawlRun, run_of
from foundation.errors import ArchiveError
from storage.archive import Place


class ArchiveMiddleware:
    """Archives every response with a content, before anything is unpacked; redirects, errors and robots.txt, too.

    Sets `place` in the request's meta, and `packed`: whether a Content-Encoding is still to be undone. What cannot be
    archived is reported as a failure of the crawl and read all the same: a fact without its page is better than no
    fact.
    """

    def __init__(self, run: CrawlRun) -> None:
        self._run = run
        self._in_order = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(run_of(crawler))

    async def process_response(self, request: Request, response: ScrapyResponse) -> ScrapyResponse:
        """Keep the response."""
        request.meta.pop("place", None)
        now = self._run.clock.now()
        async with self._in_order:
            place = await keep(self._run, response, now=now)
        if place is not None:
            request.meta["place"] = place
            request.meta["packed"] = b"Content-Encoding" in response.headers
        return response


async def keep(run: CrawlRun, response: ScrapyResponse, *, now: datetime) -> Place | None:
    """Keep a response that came at `now` (aware), and tell where; None for one without content, or if it failed.

    It is safe only when it was settled.
    """
    archive = run.archive
    if archive is None or response.status == 304:
        return None
    kept = Response(response.url, response.status, headers_of(response), response.body)
    try:
        if archive.is_quick(kept, fetched_at=now):
            place = archive.append(kept, fetched_at=now)
        else:
            # In a thread: a slow disk must not keep the other crawls waiting.
            place = await asyncio.to_thread(archive.append, kept, fetched_at=now)
    except ArchiveError as error:
        run.fail(str(error), complete=True)
        return None
    run.kept.append(place)
    return place


def headers_of(response: ScrapyResponse) -> tuple[tuple[str, str], ...]:
    """The headers of a response, in its order."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in dict.items(response.headers)
        for value in values
    )
