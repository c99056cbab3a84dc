"""The look before a crawl: do its documents show anything to fetch?

A crawl of a source that has no news for us costs a few requests and ten times their price in machinery. So the feeds,
sitemaps and needed listings are asked first, by what storage knows of them; where all of them answer that nothing has
changed (304), or show nothing new that may concern elections, the crawl is over, and it is on record like any other.
Everything else is left to the crawl proper, which goes on where the look has ended: with what the documents show
(`CrawlRun.sighted`), and with the answers that the look could make nothing of (`CrawlRun.answers`); it is there that
such answers are weighed, failures told and requests repeated. Where a document has changed, the others are asked all
the same: the crawl needs them before the first article, and they cost less here.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import aiohttp
import structlog
from scrapy import Request
from scrapy.http import Headers, Response, TextResponse
from scrapy.utils._download_handlers import make_response

from crawler import archive
from crawler.asking import Asker
from crawler.discovery.feeds import read_feed
from crawler.discovery.listings import read_listing
from crawler.frontier import Frontier
from crawler.links import Entry
from crawler.middlewares.archive import headers_of, keep
from crawler.middlewares.conditional import conditions, seen_of
from crawler.run import CrawlRun
from crawler.sighting import Sighted
from crawler.source import Feed, Listing, Source
from crawler.unpacking import content
from foundation.errors import AccredwatchError, ArchiveError, CrawlError, StorageError
from storage.source_views import Validator

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Document:
    url: str
    place: Feed | Listing
    is_sitemap: bool = False


async def nothing_new(run: CrawlRun) -> bool:
    """Whether no document of the source shows anything to fetch; if so, this crawl is over and recorded.

    A stop ends the look at once; what follows is the crawl's own way to end.
    """
    if run.resident.unrecorded:
        return False
    looking = asyncio.create_task(_Look(run).is_enough(), name=f"look {run.source.key}")
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
        await _end(run)
    except StorageError as error:
        # Nobody knows of this look, so the source is due at once: the next one must not ask an outlet in vain.
        log.debug("look_failed", source=run.source.key, error=str(error))
        run.resident.unrecorded = True
        return False
    return True


async def _end(run: CrawlRun) -> None:
    if run.documents:
        await run.open()
        await run.end("finished")
    else:
        await run.end_quiet()


def documents(source: Source) -> Iterator[str]:
    """What a crawl of a source asks for where nothing is new: of listings only those of languages without feeds."""
    for document in _documents(source):
        yield document.url


def _documents(source: Source) -> Iterator[_Document]:
    for place in source.feeds:
        yield _Document(_address(place.url, 1), place)
    for place in source.sitemaps:
        yield _Document(_address(place.url, 1), place, is_sitemap=True)
    fed = {place.language for place in (*source.feeds, *source.sitemaps)}
    for listing in source.listings:
        if listing.language not in fed:
            yield _Document(_address(listing.url, listing.first_page), listing)


@lru_cache(maxsize=1024)
def _address(url: str, page: int) -> str:
    return str(Request(url.replace("{page}", str(page))).url)  # escaped as Scrapy does it: validators go by that


class _Look:
    def __init__(self, run: CrawlRun) -> None:
        self._run = run
        self._documents = tuple(_documents(run.source))
        self._offers: dict[str, Validator] = {}
        self._reading: list[asyncio.Task[bool]] = []
        self._keeping: list[asyncio.Task[object]] = []

    async def is_enough(self) -> bool:
        """Whether there is nothing to fetch; what hinders the look is for the crawl to meet, and to tell of."""
        try:
            return await self._may_be_enough() and await self._ask_all()
        except (AccredwatchError, aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            log.debug("look_failed", source=self._run.source.key, error=str(error) or type(error).__name__)
            return False

    async def _may_be_enough(self) -> bool:
        """Whether the crawl would begin by asking for the documents, each with validators that may be trusted."""
        run = self._run
        if run.until is not None or run.dry_run or not self._documents:
            return False
        now, urls = run.begun_at, [document.url for document in self._documents]
        outlook = await run.memory.before_a_look(run.source.key, urls, run.limits.revisit, now=now)
        run.follow_up(outlook.standing)
        if run.resting or not run.follows_on or outlook.standing.state.baseline_started_at is None:
            return False
        self._offers = dict(outlook.offers)
        return not outlook.due and all(conditions(self._offers.get(url), now=now) for url in urls)

    async def _ask_all(self) -> bool:
        """Ask for the documents, as long as their answers are sound, and read meanwhile what has changed."""
        run = self._run
        try:
            async with Asker(run) as asker:
                for document in self._documents:
                    given = conditions(self._offers[document.url], now=run.begun_at)
                    response = await asker.ask_for(document.url, given)
                    if response is None or response.status not in {200, 304}:
                        return False
                    if response.status == 304:
                        run.sight(document.url, Sighted())
                        continue
                    run.open_soon()  # the crawl begins in storage while documents are asked for and read
                    self._reading.append(asyncio.create_task(self._take_in(document, response)))
        finally:
            # The crawl goes by what they decide, also if this look is stopped.
            for tasks in (self._reading, self._keeping):
                if tasks:
                    await asyncio.wait(tasks)
        return all(task.result() for task in self._reading)

    async def _take_in(self, document: _Document, response: Response) -> bool:
        """Deal with a document that has changed; whether nothing follows from it."""
        run, place, url = self._run, document.place, document.url
        try:
            body = self._content(response)
            entries = await self._read(document, _unpacked(response, body))
        except (CrawlError, ArchiveError) as error:
            log.debug("look_failed", source=run.source.key, error=str(error))
            return False
        if entries is None:
            return False
        frontier = run.frontier = run.frontier or Frontier(run)
        try:
            sighting = await frontier.look(entries, place.language, url)
        except StorageError as error:
            run.fail(f"{url}: {error}")
            return False
        if entries and not sighting.shows_any:
            return False
        seen, known = seen_of(url, response.headers, hashlib.sha256(body).hexdigest()), self._offers[url]
        run.sight(url, Sighted(entries, sighting), seen, unchanged=seen.body_hash == known.body_hash)
        self._keeping.append(asyncio.create_task(keep(run, response, now=run.clock.now())))
        return not sighting.wanted and frontier.ends_with(place, sighting, entries)

    async def _read(self, document: _Document, page: Response) -> list[Entry] | None:
        """What a document lists; None for one that only the crawl reads. Raises CrawlError for what is none."""
        place, zone = document.place, self._run.source.time_zone
        # In a thread: the largest documents take seconds, in which other crawls go on.
        if isinstance(place, Feed) and not document.is_sitemap:
            return await asyncio.to_thread(read_feed, page.body, url=page.url, time_zone=zone)
        if isinstance(place, Listing) and isinstance(page, TextResponse):
            return await asyncio.to_thread(read_listing, page, place.links)
        return None

    def _content(self, response: Response) -> bytes:
        packed = archive.Response(response.url, response.status, headers_of(response), response.body)
        return content(packed, max_bytes=self._run.limits.max_bytes)


def _unpacked(response: Response, body: bytes) -> Response:
    """The response as it would have come without being packed, of the class that its headers and body tell."""
    headers = Headers(response.headers)
    headers.pop("Content-Encoding", None)
    return make_response(url=response.url, status=response.status, headers=headers, body=body, protocol="HTTP/1.1")
