"""Writing what was read: the crawler's only place that records articles."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import Self

import structlog
from scrapy.crawler import Crawler

from crawler.items import Download
from crawler.links import Identity, absolute
from crawler.progress import ReportFound
from crawler.record import ReadPage, record
from crawler.run import CrawlRun, run_of
from extract.model import Article, DateOrigin
from extract.site import Site
from foundation.failpoints import Failpoint, passing
from storage.unread import Unread

log = structlog.get_logger(__name__)


class IngestPipeline:
    """Records each article in one transaction with its figures, changes and alerts; many together that say nothing.

    It stands at the end of the pipelines rather than in a signal handler: what a pipeline raises reaches the crawl's
    errors, what a handler raises Scrapy logs and forgets.
    """

    def __init__(self, run: CrawlRun) -> None:
        self._run = run
        self._in_order = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(run_of(crawler))

    async def process_item(self, item: Download) -> Download:
        """Record the article. In a dry run it is only counted.

        Raises StorageError.
        """
        passing(Failpoint.READ)
        run = self._run
        article = identified(item, run)
        changes = 0
        if run.until is not None and (article.published is None or article.published > run.until):
            # Recorded here, it would be known to the crawl that is to tell of it.
            log.debug("article_left", source=run.source.key, url=item.url)
            run.article_done()
            return item
        if not run.dry_run and _says_nothing(item):
            await run.leave(_unread(item, article))
        elif run.chronicle is not None and article.published is not None:
            await self._settle(item)
            await run.chronicle.take(_read_page(item, article, run), article.published)
        elif not run.dry_run:
            async with self._in_order:
                await self._settle(item)
                recorded = await run.memory.write(partial(record, page=_read_page(item, article, run)))
            changes = len(recorded.changes)
            run.tally.changes += changes
            run.alerted(recorded.alerts)
        run.tally.fetched += 1
        run.recorded.add(item.link.identity)
        self._tell(item, article, changes)
        run.article_done()
        return item

    async def _settle(self, item: Download) -> None:
        """Wait until the response is on the disk; if it is lost, nothing is to cite it."""
        if item.place is not None and not await self._run.settle([item.place]):
            item.place = None

    def _tell(self, item: Download, article: Article, changes: int) -> None:
        """Tell whoever watches, and the log, what the article states."""
        run, reading = self._run, item.reading
        report = reading.report if reading else None
        if report is not None and report.relevant:
            run.tally.reports += 1
            headline = report.main.value if report.main else None
            if article.published is None:
                log.info("article_undated", source=run.source.key, url=item.url)
            run.tell(ReportFound(run.source.key, replace(item.link, title=article.title), headline, changes))
        if reading is not None and reading.figures_outside_body is not None:
            words = reading.figures_outside_body
            log.warning("figures_outside_body", source=run.source.key, url=item.url, words=words)
        why = reading.why if reading else None
        log.debug("article_done", source=run.source.key, url=item.url, why=why, changes=changes)


def _says_nothing(item: Download) -> bool:
    """Whether nothing can follow from the page: no article was read, and none was known."""
    reading = item.reading
    unread = reading is None or (reading.article is None and reading.figures_outside_body is None)
    return unread and not item.link.known


def _read_page(item: Download, article: Article, run: CrawlRun) -> ReadPage:
    reading = item.reading
    return ReadPage(
        article=article,
        report=reading.report if reading else None,
        fetched_at=item.fetched_at,
        found_via=item.link.found_in or "revisit",
        urls=_addresses(item),
        offers=item.seen.offers(now=item.fetched_at),
        time_zone=run.source.time_zone,
        subscriptions=run.subscriptions,
        hold=run.hold,
        figures_outside_body=reading.figures_outside_body if reading else None,
        archived=item.place,
        asked=item.link.identity if item.link.known else None,
    )


def _unread(item: Download, article: Article) -> Unread:
    return Unread(
        article=article,
        fetched_at=item.fetched_at,
        found_via=item.link.found_in or "revisit",
        urls=_addresses(item),
        offers=item.seen.offers(now=item.fetched_at),
        archived=item.place,
    )


def _addresses(item: Download) -> tuple[str, ...]:
    return tuple(dict.fromkeys((item.link.url, item.url)))


def identified(item: Download, run: CrawlRun) -> Article:
    """The article under its identity: that of its canonical URL, else of where redirects led, else of the link."""
    reading = item.reading
    article = reading.article if reading else None
    if article is None:
        article = Article(
            title=item.link.title,
            paragraphs=(),
            language=item.link.identity.language,
            url=item.url,
            published=item.published,
            published_from=DateOrigin.FEED if item.published else None,
        )
    return under_identity(article, run.site, item.url, item.link.identity)


def under_identity(article: Article, site: Site, url: str, otherwise: Identity) -> Article:
    """The article of a site under the identity of its canonical URL, else of the URL that it was fetched from."""
    for candidate in (absolute("", article.url), url):
        if candidate and (found := site.identify(candidate)):
            identity = Identity(found[0] or otherwise.language, found[1])
            break
    else:
        identity = otherwise
    return replace(article, source=site.key, article_id=identity.article_id, language=identity.language)
