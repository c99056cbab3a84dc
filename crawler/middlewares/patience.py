"""Waiting when an outlet asks for it: Retry-After, and back-off without it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

import structlog
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.run import CrawlRun, run_of
from foundation.errors import CrawlError

log = structlog.get_logger(__name__)

_ASKING_TO_WAIT = frozenset({429, 503})
LONGEST_WAIT_INSIDE = timedelta(seconds=30)
"""A wait up to this long is spent inside the crawl; for a longer one the crawl ends and the source rests."""
LONGEST_REST = timedelta(hours=24)
"""How long a Retry-After is honoured; an outlet that says a year most likely means 'go away': for people to see."""
_TRIES = 3
_FIRST_BACK_OFF = timedelta(seconds=5)


class AskedToWait(CrawlError):
    """The outlet wants to be left alone for a while. Raised for every request until then."""


class PatienceMiddleware:
    """On 429 and 503: waits a short while and asks again, or lets the source rest until the outlet wants us back.

    What is learnt here is remembered with the source (retry_not_before), so that the daemon waits, too.
    """

    def __init__(self, run: CrawlRun) -> None:
        self._run = run
        self._held: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(run_of(crawler))

    async def process_request(self, request: Request) -> None:
        """Hold requests to a host that is being waited for.

        Raises AskedToWait while the source rests.
        """
        host = urlsplit(request.url).netloc
        loop = asyncio.get_running_loop()
        while (remaining := self._held.get(host, 0.0) - loop.time()) > 0:
            await self._sleep(request, remaining)
        self._refuse_while_resting(request)

    async def process_response(self, request: Request, response: Response) -> Response | Request:
        """Ask again after a short wait; pass on whatever is no plea to wait.

        Raises AskedToWait where the wait is too long for a crawl.
        """
        if response.status not in _ASKING_TO_WAIT:
            return response
        now = self._run.clock.now()
        asked = retry_after(response.headers.get("Retry-After"), now=now)
        tries = request.meta.get("tries", 1)
        wait = _FIRST_BACK_OFF * 2 ** (tries - 1) if asked is None else asked
        log.info(
            "asked_to_wait", source=self._run.source.key, url=request.url, status=response.status, seconds=wait.seconds
        )
        if wait <= LONGEST_WAIT_INSIDE and tries < _TRIES:
            loop = asyncio.get_running_loop()
            self._held[urlsplit(request.url).netloc] = loop.time() + wait.total_seconds()
            again: Request = request.copy()
            again.meta["tries"] = tries + 1
            again.dont_filter = True
            return again
        # It was asked in vain, or not told how long: each time that happens in a row the rest doubles.
        rest = self._run.source.interval * 2 ** min(self._run.consecutive_errors + 1, 10)
        if asked is not None and asked > LONGEST_WAIT_INSIDE:
            rest = asked
        self._run.not_before = now + min(rest, LONGEST_REST)
        self._refuse_while_resting(request)
        return response

    def _refuse_while_resting(self, request: Request) -> None:
        until = self._run.not_before
        if until is not None and self._run.clock.now() < until:
            raise AskedToWait(
                f"{urlsplit(request.url).netloc} asks us not to come back before {until:%Y-%m-%d %H:%M} UTC; "
                "the next crawl after that goes on"
            )

    async def _sleep(self, request: Request, seconds: float) -> None:
        """Sleep, unless the crawl is stopped meanwhile."""
        try:
            await asyncio.wait_for(self._run.stopping.wait(), seconds)
        except TimeoutError:
            return
        raise IgnoreRequest(f"{request.url} was not asked for: the crawl is being stopped")


def retry_after(header: bytes | None, *, now: datetime) -> timedelta | None:
    """What a Retry-After header asks for, in seconds or as a date; None without one that can be read."""
    text = (header or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:12]), 10**9))
    try:
        asked = parsedate_to_datetime(text) - now
    except (ValueError, TypeError):  # TypeError: a date without a zone
        return None
    return max(asked, timedelta())
