"""Asking a source whether it can be crawled: one document a host, by the crawler's own way to the network.

Nothing is recorded and no article is asked for. What the crawler obeys (robots.txt, the delay, the address guard) is
obeyed here too; what it repeats or waits for is not.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.http import Response, TextResponse
from scrapy.settings import Settings
from twisted.python.failure import Failure

from crawler import settings as scrapy_settings
from crawler.crawl import new_run
from crawler.discovery.feeds import read_feed
from crawler.discovery.listings import read_listing
from crawler.discovery.sitemaps import read_sitemap
from crawler.explain import explain
from crawler.limits import CrawlerSettings
from crawler.links import article_link
from crawler.middlewares.robots import AGENT
from crawler.reading import Reader
from crawler.run import CrawlRun
from crawler.source import Feed, Listing, Source
from crawler.spiders import spider_class
from foundation.clock import Clock
from foundation.errors import CrawlError
from storage.database import Database

_LONGEST_ANSWER = 15.0
"""Seconds; a crawl is more patient."""
_LONGEST_PROBE = 60
"""Seconds for all hosts of a source together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of asking for one document."""

    url: str
    error: str | None = None
    """Why it is of no use, in words; None if it is fine."""
    articles: int = 0
    """How many articles of the source it lists."""
    date: datetime | None = None
    """The server's clock (its Date header), aware."""
    received_at: datetime | None = None


@dataclass(slots=True)
class Probe:
    """What a source answered."""

    source: str
    answers: list[Answer] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    """Feeds, sitemaps and listings that robots.txt forbids, as far as it is known."""
    slow: float = 0.0
    """Crawl-delay in seconds, where robots.txt asks for more than the source's own delay."""


async def probe(source: Source, limits: CrawlerSettings, database: Database, clock: Clock) -> Probe:
    """Ask each host of the source for one of its documents; `database` is not touched.

    Failures are part of the result. When the caller is cancelled, the requests end first.
    """
    reader = Reader(limits)
    run = new_run(source, limits, database, reader, clock, dry_run=True)
    found = Probe(source.key)
    custom = one_off_settings(source, limits)
    spider = type("ProbeSpider", (_ProbeSpider,), {"name": source.key, "custom_settings": custom})
    crawler = ScrapyCrawler(spider, Settings(scrapy_settings.as_dict()))
    task = asyncio.create_task(crawler.crawl_async(run=run, found=found), name=f"probe {source.key}")
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await stop_one_off(crawler, run, task)
        raise
    finally:
        await reader.close()
    _weigh_robots(source, run, found)
    return found


class _ProbeSpider(Spider):
    """Asks for the documents, reads them as a crawl would, and keeps what came of it."""

    run: CrawlRun

    def __init__(self, name: str | None = None, *, run: CrawlRun, found: Probe) -> None:
        super().__init__(name)
        self.run = run
        self._found = found

    @classmethod
    def from_crawler(cls, crawler: ScrapyCrawler, *, run: CrawlRun, found: Probe) -> Self:
        """Made by Scrapy."""
        return super().from_crawler(crawler, run=run, found=found)

    async def start(self) -> AsyncIterator[Request]:
        """One document of each host."""
        self.run.started.set()
        for place, kind in _one_a_host(self.run.source):
            yield Request(
                _url(place),
                callback=self.answered,
                errback=self.failed,
                cb_kwargs={"place": place, "kind": kind},
                dont_filter=True,
            )

    def answered(self, response: Response, *, place: Feed | Listing, kind: str) -> None:
        """An answer with status 200; it may still be no such document."""
        articles, error = 0, None
        try:
            articles = _count(response, place, kind, self.run)
        except CrawlError as unfit:
            error = str(unfit)
        self._note(response.url, response, error, articles)

    def failed(self, failure: Failure) -> None:
        """No answer, or one that is of no use."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        response = getattr(failure.value, "response", None)
        self._note(request.url, response, explain(failure.value, request.url), 0)

    def _note(self, url: str, response: Response | None, error: str | None, articles: int) -> None:
        date = _date(response) if response is not None else None
        now = self.run.clock.now()
        self._found.answers.append(Answer(url=url, error=error, articles=articles, date=date, received_at=now))


def one_off_settings(source: Source, limits: CrawlerSettings) -> dict[str, Any]:
    """The spider's settings of a crawl, without what records, repeats or waits."""
    custom = dict(spider_class(source, limits).custom_settings or {})
    middlewares = {
        **scrapy_settings.DOWNLOADER_MIDDLEWARES,
        "crawler.middlewares.conditional.ConditionalMiddleware": None,
        "crawler.middlewares.patience.PatienceMiddleware": None,
    }
    return custom | {
        "EXTENSIONS": {**scrapy_settings.EXTENSIONS, "crawler.extensions.CrawlRecord": None},
        "ITEM_PIPELINES": {},
        "DOWNLOADER_MIDDLEWARES": middlewares,
        "RETRY_ENABLED": False,
        "DOWNLOAD_TIMEOUT": min(limits.timeout.total_seconds(), _LONGEST_ANSWER),
        "CLOSESPIDER_TIMEOUT": _LONGEST_PROBE,
    }


def _places(source: Source) -> list[tuple[Feed | Listing, str]]:
    return [
        *((feed, "feed") for feed in source.feeds),
        *((sitemap, "sitemap") for sitemap in source.sitemaps),
        *((listing, "listing") for listing in source.listings),
    ]


def _one_a_host(source: Source) -> list[tuple[Feed | Listing, str]]:
    chosen: dict[str, tuple[Feed | Listing, str]] = {}
    for place, kind in _places(source):
        chosen.setdefault(urlsplit(place.url).netloc, (place, kind))
    return list(chosen.values())


def _url(place: Feed | Listing) -> str:
    return place.url.replace("{page}", str(place.first_page if isinstance(place, Listing) else 1))


def _count(response: Response, place: Feed | Listing, kind: str, run: CrawlRun) -> int:
    """How many articles of the source a document lists, or sitemaps if it is an index of them.

    Raises CrawlError if it is no document of its kind.
    """
    zone = run.source.time_zone
    if isinstance(place, Listing):
        if not isinstance(response, TextResponse):
            raise CrawlError(f"{response.url} is no web page")
        entries = read_listing(response, place.links)
    elif kind == "feed":
        entries = read_feed(response.body, url=response.url, time_zone=zone)
    else:
        sitemap = read_sitemap(response.body, url=response.url, time_zone=zone, max_bytes=run.limits.max_bytes)
        if sitemap.sitemaps:
            return len(sitemap.sitemaps)
        entries = sitemap.entries
    links = (article_link(entry, run.site, language=place.language, found_in=response.url) for entry in entries)
    return sum(link is not None for link in links)


def _weigh_robots(source: Source, run: CrawlRun, found: Probe) -> None:
    if not source.obey_robots:
        return
    asked = {_url(place) for place, _ in _one_a_host(source)}
    for place, _ in _places(source):
        url = _url(place)
        parts = urlsplit(url)
        rules = run.resident.robots.rules.get(f"{parts.scheme}://{parts.netloc}")
        if rules is None:
            continue
        found.slow = max(found.slow, rules.delay(AGENT))
        if url not in asked and not rules.allows(url, AGENT):
            found.forbidden.append(url)
    found.slow = found.slow if found.slow > source.delay.total_seconds() else 0.0


def _date(response: Response) -> datetime | None:
    text = (response.headers.get("Date") or b"").decode("latin-1")
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo is not None else None


async def stop_one_off(crawler: ScrapyCrawler, run: CrawlRun, task: asyncio.Task[None]) -> None:
    """Let the requests of a spider that was started for itself end, and wait until they have."""
    run.stopping.set()
    started = asyncio.create_task(run.started.wait())
    try:
        # A stop before the engine really runs would be lost.
        await asyncio.wait({started, task}, return_when=asyncio.FIRST_COMPLETED)
        started.cancel()
        if not task.done():
            await crawler.stop_async()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait({task})
    finally:
        # The engine may leave its clients to a loop that is about to end.
        for session in run.sessions:
            await session.close()
