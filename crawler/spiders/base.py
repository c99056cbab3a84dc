"""The spider that every source uses: its table of config.toml says what to ask for, this class asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response, TextResponse

from crawler.discovery.feeds import read_feed
from crawler.discovery.listings import read_listing
from crawler.discovery.sitemaps import read_sitemap
from crawler.failures import Failures
from crawler.frontier import Frontier, has_page
from crawler.items import Download
from crawler.links import ArticleLink
from crawler.run import CrawlRun
from crawler.sighting import Sighted
from crawler.source import Feed, Listing
from foundation.errors import CrawlError

_DOCUMENTS_FIRST = 10  # articles have the negative minute of their publication
_MOST_LISTED = 10_000_000  # articles of one listing, which a walk tells apart by the order in which it came upon them


class SourceSpider(Spider):
    """Discovers the articles of a source and yields those that may concern elections, newly seen or worth another look.

    Order: known articles to look at again, feeds and sitemaps; then, where those do not reach back far enough (the
    first crawl, `since`, a long pause, a language without feeds), listings, page after page.

    Subclasses add what a table cannot say, by overriding `published_by_url` and `published_on_page`.
    """

    run: CrawlRun

    def __init__(self, name: str | None = None, *, run: CrawlRun) -> None:
        super().__init__(name)
        self.run = run
        self.failures = Failures(run, self.name)
        self.frontier = run.frontier or Frontier(run)
        self.frontier.published_by_url = self.published_by_url
        self._listings_asked = False
        self._walked_by = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *, run: CrawlRun | None = None) -> Self:
        """Made by Scrapy; `scrapy crawl` gives no run, so the factory in its settings makes one."""
        made = run or crawler.settings["CRAWL_RUN_FACTORY"](cls.name)
        spider = super().from_crawler(crawler, run=made)
        crawler.signals.connect(spider.on_idle, signal=signals.spider_idle)
        crawler.signals.connect(spider.failures.of_spider, signal=signals.spider_error)
        crawler.signals.connect(spider.failures.of_item, signal=signals.item_error)
        return spider

    def published_by_url(self, url: str) -> datetime | None:  # noqa: ARG002 - for subclasses
        """The latest instant at which an article of this URL can have been published, if the URL tells."""
        return None

    def published_on_page(self, response: TextResponse) -> datetime | None:  # noqa: ARG002 - for subclasses
        """When a page was published, by signs that only this outlet gives; counts where page and feed show no date."""
        return None

    async def start(self) -> AsyncIterator[Request]:
        """What is asked for first."""
        self.run.started.set()
        if not await self.run.open():
            return
        if not self.run.sighted:  # the look, which has begun with that, has found none to be due
            for request in await self._articles(await self.frontier.to_revisit()):
                yield request
        for feed in self.run.source.feeds:
            asked = self._document(feed, self.parse_feed, page=1)
            if (sighted := self.run.sighted.get(asked.url)) is None:
                yield asked
                continue
            for request in await self._after_feed(feed, 1, sighted):
                yield request
        for sitemap in self.run.source.sitemaps:
            yield self._document(sitemap, self.parse_sitemap, page=1, depth=0)

    async def parse_feed(self, response: Response, *, place: Feed, page: int) -> AsyncIterator[Request]:
        """The articles of a feed, and its next page while that may hold anything new."""
        sighted = Sighted()
        if response.status == 304:
            self.run.document_read(response)
        else:
            # In a thread, as below: the largest documents take seconds, in which other crawls go on.
            entries = await asyncio.to_thread(
                read_feed, response.body, url=response.url, time_zone=self.run.source.time_zone
            )
            self.run.document_read(response)
            sighted = Sighted(entries, await self.frontier.look(entries, place.language, response.url))
            if entries and sighted.sighting and not sighted.sighting.shows_any:
                self.failures.shows_no_article(response)
        for request in await self._after_feed(place, page, sighted):
            yield request

    async def _after_feed(self, place: Feed, page: int, sighted: Sighted) -> list[Request]:
        if sighted.sighting is None:
            self.frontier.reached(place.language)
            return []
        requests = await self._articles(sighted.sighting.wanted)
        back = self.frontier.reaches_back(sighted.sighting, sighted.entries, place.language)
        if not back and sighted.entries and has_page(place, page + 1):
            requests.append(self._document(place, self.parse_feed, page=page + 1))
        return requests

    async def parse_sitemap(self, response: Response, *, place: Feed, page: int, depth: int) -> AsyncIterator[Request]:
        """The articles of a sitemap, or the sitemaps of an index that may hold anything new."""
        if response.status == 304:
            self.run.document_read(response)
            self.frontier.reached(place.language)
            return
        found = await asyncio.to_thread(
            read_sitemap,
            response.body,
            url=response.url,
            time_zone=self.run.source.time_zone,
            max_bytes=self.run.limits.max_bytes,
        )
        self.run.document_read(response)
        sighting = await self.frontier.look(found.entries, place.language, response.url)
        if found.entries and not sighting.shows_any:
            self.failures.shows_no_article(response)
        for request in await self._articles(sighting.wanted):
            yield request
        if depth == 0:
            for url in self.frontier.sitemaps(found.sitemaps, place.pages):
                yield self._document(place, self.parse_sitemap, url=url, page=page, depth=1)
        back = self.frontier.reaches_back(sighting, found.entries, place.language)
        if depth == 0 and found.entries and not back and has_page(place, page + 1):
            yield self._document(place, self.parse_sitemap, page=page + 1, depth=0)

    async def parse_listing(self, response: Response, *, place: Listing, page: int) -> AsyncIterator[Request]:
        """The articles of a listing's page, and its next page, until one shows what an earlier crawl has recorded."""
        self.run.document_read(response)
        if response.status == 304 or not isinstance(response, TextResponse):
            return
        entries = await asyncio.to_thread(read_listing, response, place.links)
        sighting = await self.frontier.look(entries, place.language, response.url)
        if page == place.first_page and not sighting.shows_any:
            self.failures.shows_no_article(response)
        for request in await self._articles(sighting.wanted, place):
            yield request
        if self.frontier.goes_on(place, sighting, page):
            yield self._document(place, self.parse_listing, page=page + 1)

    def on_idle(self) -> None:
        """When feeds and sitemaps are read: the listings that are needed besides.

        Raises DontCloseSpider while there are some.
        """
        run = self.run
        if self._listings_asked or run.resting or run.stopping.is_set() or not run.is_open:
            return
        self._listings_asked = True
        needed = [place for place in run.source.listings if self.frontier.incomplete(place.language)]
        requests = [request for place in needed for request in self._from_listing(place)]
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def _from_listing(self, place: Listing) -> list[Request]:
        """The request for a listing, or what follows from it where it has been dealt with."""
        asked = self._document(place, self.parse_listing, page=place.first_page)
        if (sighted := self.run.sighted.get(asked.url)) is None:
            return [asked]
        if sighted.sighting is None:
            return []
        requests = [self._article(link) for link in sighted.sighting.wanted]
        if self.frontier.goes_on(place, sighted.sighting, place.first_page):
            requests.append(self._document(place, self.parse_listing, page=place.first_page + 1))
        return requests

    def parse_article(self, response: Response, *, link: ArticleLink) -> Iterator[Download]:
        """A downloaded article; nothing if it is as it was."""
        if response.meta.get("unchanged"):
            self.run.answered[link.identity] = self.run.clock.now()
            self.run.recorded.add(link.identity)
            self.run.tally.unchanged += 1
            self.run.article_done()
            return
        self.run.tally.pages += 1
        if response.status != 200:
            raise CrawlError(f"{response.url} answers {response.status}; only a whole page (200) is read")
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        if not isinstance(response, TextResponse):
            raise CrawlError(f"{response.url} is no web page (Content-Type {content_type!r}); it is not read")
        link = link.merged(self.run.links.get(link.identity, link))
        yield Download(
            link=link,
            url=response.url,
            body=response.body,
            content_type=content_type or None,
            seen=response.meta["seen"],
            published=link.published or self.published_on_page(response),
            fetched_at=self.run.clock.now(),
            place=response.meta.get("place"),
        )

    async def _articles(self, links: Iterable[ArticleLink], place: Listing | None = None) -> list[Request]:
        """The requests for articles, with what is known of their addresses looked up for all of them at once."""
        requests = [self._article(link, place) for link in links]
        await self.run.recall([request.url for request in requests])
        return requests

    def _article(self, link: ArticleLink, place: Listing | None = None) -> Request:
        """Oldest first, so that a total is recorded before the one that replaces it."""
        self.run.tally.wanted += 1
        return Request(
            link.url,
            callback=self.parse_article,
            errback=self.failures.of_article,
            cb_kwargs={"link": link},
            priority=self._priority(link, place),
            dont_filter=True,
            meta={"handle_httpstatus_list": [304]},
        )

    def _priority(self, link: ArticleLink, place: Listing | None) -> int:
        """By the minute of publication. In a walk, a listing that shows no dates is taken to begin with the newest."""
        if self.run.chronicle is None or place is None or link.published is not None:
            published = link.published or self.run.clock.now()
            return -int(published.timestamp() // 60)
        self._walked_by += 1
        return self._walked_by - _MOST_LISTED * (1 + self.run.source.listings.index(place))

    def _document(
        self, place: Feed | Listing, callback: Callable[..., Any], *, page: int, url: str | None = None, **more: int
    ) -> Request:
        return Request(
            url or place.url.replace("{page}", str(page)),
            callback=callback,
            errback=self.failures.of_document,
            cb_kwargs={"place": place, "page": page, **more},
            priority=_DOCUMENTS_FIRST,
            dont_filter=True,
            meta={"handle_httpstatus_list": [304], "unconditional": self.run.since is not None},
        )
