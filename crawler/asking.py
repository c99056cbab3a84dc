"""Asking for single documents past Scrapy, as politely as it would: for the look before a crawl."""

from __future__ import annotations

import asyncio
from time import monotonic
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import aiohttp
from scrapy.downloadermiddlewares.httpcompression import ACCEPTED_ENCODINGS
from scrapy.http import Response
from scrapy.utils._download_handlers import make_response

from crawler import archive, settings
from crawler.handler import guarded_session, tls_context
from crawler.handler import headers_of as sent_headers
from crawler.middlewares.archive import headers_of, keep
from crawler.middlewares.robots import AGENT
from crawler.robots import MAX_ROBOTS_BYTES, RobotsRules
from crawler.run import CrawlRun
from crawler.spiders import user_agent
from crawler.unpacking import content
from foundation.errors import CrawlError

_REPEATED = frozenset({408, 429})
"""Answers to robots.txt that ask for patience or another try, beside those from 500 on."""


class Asker:
    """Asks one request after the other, as robots.txt and the source's delay allow; a context manager.

    The answers are kept for the crawl (`CrawlRun.answers`), and when each host was last asked.
    """

    def __init__(self, run: CrawlRun) -> None:
        self._run = run
        self._session = guarded_session(run.guard)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def ask_for(self, url: str, conditions: dict[str, str]) -> Response | None:
        """What a document is answered with; None where it may not be asked for.

        Raises AddressRefused, CrawlError for an answer that is too large, and what the client raises.
        """
        run = self._run
        run.guard.check_url(url)
        delay = run.source.delay.total_seconds()
        if run.source.obey_robots:
            rules = await self._rules(url)
            if rules is None or not rules.allows(url, AGENT):
                return None
            delay = max(delay, rules.delay(AGENT))
        await self._wait(url, delay)
        response = await self._ask(url, run.limits.max_bytes, conditions)
        run.answers[url] = response
        return response

    async def _rules(self, url: str) -> RobotsRules | None:
        """What robots.txt says, asked for where that is not known any more; None where the crawl has to see to it."""
        run = self._run
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        rules = run.resident.robots.fresh(origin, now=run.clock.now())
        if rules is not None:
            return rules
        address = f"{origin}/robots.txt"
        await self._wait(address, run.source.delay.total_seconds())
        response = await self._ask(address, MAX_ROBOTS_BYTES, {})
        if not (response.status == 200 or 400 <= response.status < 500) or response.status in _REPEATED:
            run.answers[address] = response
            return None
        packed = archive.Response(address, response.status, headers_of(response), response.body)
        body = content(packed, max_bytes=MAX_ROBOTS_BYTES) if response.status == 200 else b""
        await keep(run, response, now=run.clock.now())
        rules = run.resident.robots.rules[origin] = RobotsRules.parse(body, now=run.clock.now())
        return rules

    async def _wait(self, url: str, delay: float) -> None:
        asked = self._run.asked_at.get(urlsplit(url).hostname or "")
        if asked is not None:
            await asyncio.sleep(max(asked + delay - monotonic(), 0))

    async def _ask(self, url: str, most: int, more: dict[str, str]) -> Response:
        """Raises CrawlError for a response that is too large, and what the client raises."""
        run = self._run
        headers = {
            **settings.DEFAULT_REQUEST_HEADERS,
            "User-Agent": user_agent(run.limits),
            "Accept-Encoding": b", ".join(ACCEPTED_ENCODINGS).decode("ascii"),
            **more,
        }
        run.asked_at[urlsplit(url).hostname or ""] = monotonic()
        timeout = aiohttp.ClientTimeout(total=run.limits.timeout.total_seconds())
        asking = self._session.get(url, headers=headers, allow_redirects=False, timeout=timeout, ssl=tls_context())
        async with asking as response:
            body = bytearray()
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > most:
                    raise CrawlError(f"{url} answers more than {most:,} bytes")
            return make_response(
                url=url,
                status=response.status,
                headers=sent_headers(response),
                body=bytes(body),
                protocol="HTTP/1.1",
            )
