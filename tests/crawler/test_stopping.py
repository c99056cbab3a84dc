"""Stopping, cancelling, limits of time, and one crawl a source at a time."""

from __future__ import annotations

import asyncio
import gc
import threading
from datetime import timedelta

import pytest
import scrapy
from scrapy.utils.trackref import live_refs

from crawler.crawl import Crawler, CrawlResult
from crawler.limits import CrawlerSettings
from foundation.errors import CrawlError, NotFound
from storage import queries, sources
from tests.crawler.conftest import Newsroom, source_of
from tests.crawler.server import NewsSite, Reply
from tests.crawler.test_crawl import publish


def hold_back(site: NewsSite, *paths: str) -> threading.Event:
    """Let these replies wait for the event that is returned."""
    let_go = threading.Event()
    for path in paths:
        reply = site.routes[path]
        assert isinstance(reply, Reply)
        reply.hold = let_go
    return let_go


@pytest.mark.parametrize("held", ["/robots.txt", "/feed", "/news/observers-134"])
def test_a_stop_in_the_middle_loses_nothing_that_was_downloaded(newsroom: Newsroom, site: NewsSite, held: str) -> None:
    publish(site, 134, 398, 641)
    let_go = hold_back(site, held)

    async def stopped(crawler: Crawler) -> CrawlResult:
        crawl = asyncio.create_task(crawler.crawl("courier"))
        await asyncio.to_thread(site.wait_for, held)
        stop = asyncio.create_task(crawler.stop(timeout=30))
        await asyncio.sleep(0)
        let_go.set()
        assert await stop
        assert crawler.running == ()
        return await crawl

    result = newsroom.run(stopped, source_of(site, delay="60s") if held.startswith("/robots") else source_of(site))
    assert result.finish_reason == "stopped"
    with newsroom.database.read() as session:
        assert len(queries.reports(session)) == result.fetched
        assert sources.state(session, "courier").last_success_at is None
    let_go.set()
    publish(site, 134, 398, 641)
    after = newsroom.crawl()
    assert (after.fetched + result.fetched, after.ok) == (3, True)


def test_a_stop_while_the_crawl_is_being_noted_leaves_no_open_run(newsroom: Newsroom, site: NewsSite) -> None:
    """Another writer keeps the note waiting: what was asked to stop is over only when the note is, too."""
    publish(site, 134)

    async def stopped(crawler: Crawler) -> CrawlResult:
        with newsroom.database.write():
            crawl = asyncio.create_task(crawler.crawl("courier"))
            stop = asyncio.create_task(crawler.stop(timeout=30))
            _, waiting = await asyncio.wait({crawl, stop}, timeout=1)
            assert waiting == {crawl, stop}
        assert await stop
        return await crawl

    assert newsroom.run(stopped, source_of(site)).finish_reason == "stopped"
    with newsroom.database.read() as session:
        assert [(r.finish_reason, r.finished_at is not None) for r in sources.runs(session)] == [("stopped", True)]


def test_a_stop_at_once_is_not_lost(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)

    async def stopped(crawler: Crawler) -> CrawlResult:
        crawl = asyncio.create_task(crawler.crawl("courier"))
        await asyncio.sleep(0)
        assert await crawler.stop(timeout=30)
        return await crawl

    assert newsroom.run(stopped).finish_reason == "stopped"


def test_a_stop_does_not_wait_for_the_pace(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, *range(100, 120))

    async def stopped(crawler: Crawler) -> CrawlResult:
        crawl = asyncio.create_task(crawler.crawl("courier"))
        await asyncio.to_thread(site.wait_for, "/robots.txt")
        async with asyncio.timeout(15):
            assert await crawler.stop()
        return await crawl

    result = newsroom.run(stopped, source_of(site, delay="60s"))
    assert (result.finish_reason, result.errors, site.paths()) == ("stopped", (), [])


def test_a_cancelled_caller_stops_the_crawl(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    let_go = hold_back(site, "/feed")

    async def cancelled(crawler: Crawler) -> CrawlResult:
        crawl = asyncio.create_task(crawler.crawl("courier"))
        await asyncio.to_thread(site.wait_for, "/feed")
        crawl.cancel()
        await asyncio.sleep(0)
        let_go.set()
        with pytest.raises(asyncio.CancelledError):
            await crawl
        assert crawler.running == ()
        return await crawler.crawl("courier")

    assert newsroom.run(cancelled).fetched == 1
    with newsroom.database.read() as session:
        assert [run.finish_reason for run in sources.runs(session)] == ["finished", "stopped"]


def test_a_source_is_crawled_once_at_a_time(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    let_go = hold_back(site, "/feed")

    async def twice(crawler: Crawler) -> CrawlResult:
        crawl = asyncio.create_task(crawler.crawl("courier"))
        await asyncio.to_thread(site.wait_for, "/feed")
        assert crawler.running == ("courier",)
        with pytest.raises(CrawlError, match="courier is being crawled already"):
            await crawler.crawl("courier")
        let_go.set()
        return await crawl

    assert newsroom.run(twice).ok


def test_an_unknown_source(newsroom: Newsroom, site: NewsSite) -> None:
    async def unknown(crawler: Crawler) -> None:
        with pytest.raises(NotFound, match=r"'currier'.*courier"):
            await crawler.crawl("currier")

    newsroom.run(unknown)


def test_a_crawl_that_takes_too_long_is_closed_and_says_so(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134, 398, 641)
    newsroom.limits = CrawlerSettings(crawl_timeout=timedelta(seconds=2))
    result = newsroom.crawl(source_of(site, delay="3s"))
    assert (result.finish_reason, result.ok) == ("timeout", False)
    assert "crawl_timeout" in result.errors[-1]


def test_stopping_an_idle_crawler(newsroom: Newsroom, site: NewsSite) -> None:
    async def idle(crawler: Crawler) -> bool:
        return await crawler.stop(timeout=1)

    assert newsroom.run(idle) is True


def test_memory_stays_flat_over_many_crawls(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)

    async def often(crawler: Crawler) -> int:
        for _ in range(12):
            await crawler.crawl("courier")
            newsroom.clock.pass_by(hours=1)
        gc.collect()
        # Every crawl's crawler and engine hang on its spider; to list all objects would disturb the other threads.
        return sum(len(alive) for kind, alive in live_refs.items() if issubclass(kind, scrapy.Spider))

    assert newsroom.run(often) <= 2
