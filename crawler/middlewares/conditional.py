"""Conditional requests, from our own memory of what each URL last offered."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime, timedelta
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response

from crawler.memory import Seen
from crawler.run import CrawlRun, run_of
from foundation.errors import CrawlError
from storage.archive import Place
from storage.source_views import Validator

AUDIT_AFTER = timedelta(hours=24)
"""A URL whose body was not received in full for so long is asked for unconditionally, whatever its validators say."""


class ConditionalMiddleware:
    """Asks 'has it changed?' where the answer can be trusted, and tells whether a body is the one already known.

    A server's 304 is trusted only for a URL whose validators proved honest: storage has seen them change with the
    body and stay with it. Until then, and once a day after that, the URL is asked for unconditionally, so that a
    validator which goes stale costs a day at most. Scrapy's HTTP cache would serve a page for days without asking.

    Sets in the response's meta: `unchanged` (bool), and `seen` (what to remember once the content is dealt with).
    """

    def __init__(self, run: CrawlRun) -> None:
        self._run = run
        self._in_order = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(run_of(crawler))

    async def process_request(self, request: Request) -> None:
        """Add the validators that may be trusted; a redirect's copy must not carry those of another URL."""
        for header in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(header, None)
        if request.meta.get("robots"):
            return
        async with self._in_order:  # first come, first served: looking up must not change the order of the news
            known = request.meta["known"] = await self._run.validator(request.url)
        if not request.meta.get("unconditional"):
            for header, value in conditions(known, now=self._run.clock.now()).items():
                request.headers[header] = value

    def process_response(self, request: Request, response: Response) -> Response:
        """Compare the body with the known one.

        Raises CrawlError for a 304 that nobody asked for.
        """
        if response.status == 304:
            if not is_conditional(request):
                raise CrawlError(f"{request.url} answers 304 to an unconditional request; the server is out of order")
            request.meta["unchanged"] = True
        elif response.status == 200 and not request.meta.get("robots"):
            digest = _digest(request, response)
            known = request.meta.get("known")
            seen = request.meta["seen"] = seen_of(request.url, response.headers, digest)
            request.meta["unchanged"] = known is not None and known.body_hash == seen.body_hash
        return response


def seen_of(url: str, headers: Headers, digest: str) -> Seen:
    """What a whole response (200) offers; `digest` is that of its body, unpacked (SHA-256)."""
    return Seen(
        url,
        etag=_text(headers.get("ETag")),
        last_modified=_text(headers.get("Last-Modified")),
        body_hash=digest,
    )


def conditions(known: Validator | None, *, now: datetime) -> dict[str, str]:
    """The headers by which to ask whether a URL has changed; none where its validators may not be trusted at `now`."""
    if known is None or not known.proven or now - known.fetched_at >= AUDIT_AFTER:
        return {}
    given = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {header: value for header, value in given.items() if value}


def is_conditional(request: Request) -> bool:
    """Whether a request asks only for what has changed."""
    return bool({b"If-None-Match", b"If-Modified-Since"} & set(request.headers))


def _digest(request: Request, response: Response) -> str:
    """The SHA-256 of the body, as the archive knows it if that has kept the very same one."""
    place: Place | None = request.meta.get("place")
    if place is not None and not request.meta["packed"]:
        return place.digest.removeprefix("sha256:")
    return hashlib.sha256(response.body).hexdigest()


def _text(header: bytes | None) -> str | None:
    return header.decode("latin-1").strip()[:1000] or None if header else None
