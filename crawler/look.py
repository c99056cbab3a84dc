"""The look before a crawl: do its documents say that they are as they were?

A crawl of a quiet source costs a few requests and ten times their price in machinery. So the feeds, sitemaps and needed
listings are asked first, by what storage knows of them; where all of them answer that nothing has changed (304), the
crawl is over, and it is on record like any other. Everything else is left to the crawl proper, which is handed the
answers that have come (`CrawlRun.answers`) and asks for the rest: it is there that answers are weighed, failures told
and requests repeated. Where a document has changed, the others are asked all the same: the crawl needs them before the
first article, and they cost less here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import lru_cache
from time import monotonic
from urllib.parse import urlsplit

import aiohttp
import structlog
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import ACCEPTED_ENCODINGS
from scrapy.http import Headers, Response
from scrapy.utils._download_handlers import make_response

from crawler import archive, settings
from crawler.handler import guarded_session, tls_context
from crawler.middlewares.archive import headers_of, keep
from crawler.middlewares.conditional import conditions
from crawler.middlewares.robots import AGENT
from crawler.robots import MAX_ROBOTS_BYTES, RobotsRules
from crawler.run import CrawlRun
from crawler.source import Source
from crawler.spiders import user_agent
from crawler.unpacking import content
from foundation.errors import AccredwatchError, CrawlError, StorageError

log = structlog.get_logger(__name__)

_REPEATED = frozenset({408, 429})
"""Answers to robots.txt that ask for patience or another try, beside those from 500 on."""
_SOUND = frozenset({200, 304})
"""Answers of a document after which the look goes on."""


async def nothing_new(run: CrawlRun) -> bool:
    """Whether every document of the source is as the last crawl saw it; if so, this crawl is over and recorded.

    A stop ends the look at once; what follows is the crawl's own way to end.
    """
    if run.resident.unrecorded:
        return False
    look = _Look(run)
    looking = asyncio.create_task(look.all_unchanged(), name=f"look {run.source.key}")
    stopping = asyncio.create_task(run.stopping.wait())
    await asyncio.wait({looking, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not looking.done():
        looking.cancel()
        await asyncio.wait({looking})
        return False
    if not looking.result():
        return False
    try:
        await run.end_quiet(look.asked)
    except StorageError as error:
        # Nobody knows of this look, so the source is due at once: the next one must not ask an outlet in vain.
        log.debug("look_failed", source=run.source.key, error=str(error))
        run.resident.unrecorded = True
        return False
    return True


def documents(source: Source) -> Iterator[str]:
    """What a crawl of a source asks for where nothing is new: of listings only those of languages without feeds."""
    places = (*source.feeds, *source.sitemaps)
    for place in places:
        yield _address(place.url, 1)
    fed = {place.language for place in places}
    for listing in source.listings:
        if listing.language not in fed:
            yield _address(listing.url, listing.first_page)


@lru_cache(maxsize=1024)
def _address(url: str, page: int) -> str:
    return str(Request(url.replace("{page}", str(page))).url)  # escaped as Scrapy does it: validators go by that


class _Look:
    def __init__(self, run: CrawlRun) -> None:
        self._run = run
        self._urls = list(documents(run.source))
        self._conditions: dict[str, dict[str, str]] = {}

    @property
    def asked(self) -> int:
        """How many documents there are to ask for."""
        return len(self._urls)

    async def all_unchanged(self) -> bool:
        """Whether all documents are as they were; what hinders the look is for the crawl to meet, and to tell of."""
        try:
            return await self._is_enough() and await self._ask_all()
        except (AccredwatchError, aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            log.debug("look_failed", source=self._run.source.key, error=str(error) or type(error).__name__)
            return False

    async def _is_enough(self) -> bool:
        """Whether the crawl would do nothing but ask for the documents, each with validators that may be trusted."""
        run = self._run
        if run.until is not None or run.dry_run or not self._urls:
            return False
        now = run.begun_at
        outlook = await run.memory.before_a_look(run.source.key, self._urls, run.limits.revisit, now=now)
        run.follow_up(outlook.standing)
        if run.resting or not run.follows_on or outlook.standing.state.baseline_started_at is None:
            return False
        self._conditions = {url: conditions(outlook.offers.get(url), now=now) for url in self._urls}
        return all(self._conditions.values()) and not outlook.due

    async def _ask_all(self) -> bool:
        """Ask for the documents, as long as their answers are sound; whether all of them are as they were."""
        statuses: list[int | None] = []
        async with guarded_session(self._run.guard) as session:
            for url in self._urls:
                statuses.append(await self._ask_for(session, url))
                if statuses[-1] != 304:
                    self._run.open_soon()  # the crawl begins in storage while the other documents are asked for
                if statuses[-1] not in _SOUND:
                    break
        return all(status == 304 for status in statuses)

    async def _ask_for(self, session: aiohttp.ClientSession, url: str) -> int | None:
        """The status that a document is answered with; None where it may not be asked for."""
        run = self._run
        run.guard.check_url(url)
        delay = run.source.delay.total_seconds()
        if run.source.obey_robots:
            rules = await self._rules(session, url)
            if rules is None or not rules.allows(url, AGENT):
                return None
            delay = max(delay, rules.delay(AGENT))
        await self._wait(url, delay)
        response = await self._ask(session, url, run.limits.max_bytes, self._conditions[url])
        run.answers[url] = response
        return response.status

    async def _rules(self, session: aiohttp.ClientSession, url: str) -> RobotsRules | None:
        """What robots.txt says, asked for where that is not known any more; None where the crawl has to see to it."""
        run = self._run
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        rules = run.resident.robots.fresh(origin, now=run.clock.now())
        if rules is not None:
            return rules
        address = f"{origin}/robots.txt"
        await self._wait(address, run.source.delay.total_seconds())
        response = await self._ask(session, address, MAX_ROBOTS_BYTES, {})
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

    async def _ask(self, session: aiohttp.ClientSession, url: str, most: int, more: dict[str, str]) -> Response:
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
        asking = session.get(url, headers=headers, allow_redirects=False, timeout=timeout, ssl=tls_context())
        async with asking as response:
            body = bytearray()
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > most:
                    raise CrawlError(f"{url} answers more than {most:,} bytes")
            return make_response(
                url=url,
                status=response.status,
                headers=Headers(list(response.headers.items())),
                body=bytes(body),
                protocol="HTTP/1.1",
            )
