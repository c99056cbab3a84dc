"""The look before a crawl: a quiet source costs its conditional requests, and nothing of a crawl gets lost by it."""

from __future__ import annotations

import asyncio
import gzip
import logging
import threading
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest

from crawler.archive import Archive
from crawler.crawl import Crawler, CrawlResult
from crawler.progress import CrawlFinished, CrawlStarted
from crawler.source import Source
from extract.model import Status
from storage import baseline, outbox, sources
from storage.vocabulary import ChangeKind, Subscription
from tests.crawler import pages
from tests.crawler.conftest import NOW, Newsroom, source_of
from tests.crawler.server import Asked, NewsSite, Reply, Route, conditional

FEEDS = ("/one.xml", "/two.xml")


def two_feeds(site: NewsSite, **more: object) -> Source:
    feeds = [{"url": site.url + path, "language": "en"} for path in FEEDS]
    return source_of(site, feeds=feeds, **more)


def show(site: NewsSite, path: str, *numbers: int) -> None:
    """Let a feed list these articles, with a validator of its own for every state."""
    items = [(f"{site.url}/news/observers-{n}", f"CEC accredits {n} foreign observers", NOW) for n in numbers]
    for n, (url, _, published) in zip(numbers, items, strict=True):
        page = pages.observers(n, canonical=url, published=published.isoformat())
        site.routes[f"/news/observers-{n}"] = conditional(page, f'"{n}"')
    site.routes[path] = conditional(pages.rss(items), f'"{path} {numbers}"')


def get_to_know(newsroom: Newsroom, site: NewsSite, source: Source) -> None:
    """Crawl until the validators of both feeds have proved honest, and forget what was asked."""
    for number in (1, 2):
        for path in FEEDS:
            show(site, path, 100 + number, 200 + number)
        newsroom.crawl(source)
        newsroom.clock.pass_by(minutes=10)
    site.asked.clear()


def opened(caplog: pytest.LogCaptureFixture) -> bool:
    """Whether Scrapy's machinery was started."""
    return any(record.message == "Spider opened" for record in caplog.records)


def test_a_quiet_source_is_only_asked_whether_it_has_changed(
    newsroom: Newsroom, site: NewsSite, caplog: pytest.LogCaptureFixture
) -> None:
    source = two_feeds(site)
    get_to_know(newsroom, site, source)
    newsroom.events.clear()
    with caplog.at_level(logging.INFO):
        result = newsroom.crawl(source)
    assert not opened(caplog)
    assert result == CrawlResult("courier", 0, 0, 2, 0, 0, 0, (), 0, 0, "finished")
    assert newsroom.events == [CrawlStarted("courier"), CrawlFinished(result)]
    assert site.paths(robots=True) == ["/robots.txt", *FEEDS]
    for asked in site.asked[1:]:
        assert "if-none-match" in asked.headers
        assert asked.headers["user-agent"] == "accredwatch/0.1 (+https://example.org/bot)"
    with newsroom.database.read() as session:
        run = sources.runs(session, "courier")[0]
        state = sources.state(session, "courier")
    assert (run.finish_reason, run.unchanged, run.started_at) == ("finished", 2, newsroom.clock.now())
    assert run.finished_at == state.last_attempt_at == state.last_success_at == newsroom.clock.now()


def test_robots_is_read_once_an_hour_and_kept(newsroom: Newsroom, site: NewsSite, tmp_path: Path) -> None:
    source = two_feeds(site)
    get_to_know(newsroom, site, source)
    archive = Archive(tmp_path / "archive")

    async def for_an_hour() -> None:
        crawler = Crawler(
            [source], newsroom.limits, newsroom.database, (), newsroom.clock, reader=newsroom.reader, archive=archive
        )
        for _ in range(8):
            assert (await crawler.crawl("courier")).ok
            newsroom.clock.pass_by(minutes=10)
        await crawler.close()

    site.routes["/robots.txt"] = Reply("User-agent: *\nDisallow: /private", type="text/plain")
    asyncio.run(for_an_hour())
    assert site.paths(robots=True).count("/robots.txt") == 2
    kept = b"".join(gzip.decompress(path.read_bytes()) for path in archive.folder.rglob("*.warc.gz"))
    assert kept.count(f"WARC-Target-URI: {site.url}/robots.txt".encode()) == 2


@pytest.mark.parametrize("path", FEEDS)
def test_what_is_new_is_asked_for_once(newsroom: Newsroom, site: NewsSite, path: str) -> None:
    source = two_feeds(site)
    get_to_know(newsroom, site, source)
    show(site, path, 301, 102)
    result = newsroom.crawl(source)
    assert (result.fetched, result.unchanged, result.errors) == (1, 1, ())
    assert sorted(site.paths()) == sorted([*FEEDS, "/news/observers-301"])
    newsroom.clock.pass_by(minutes=10)
    assert newsroom.crawl(source).unchanged == 2


@pytest.mark.parametrize("path", FEEDS)
def test_a_host_rests_between_look_and_crawl(newsroom: Newsroom, site: NewsSite, path: str) -> None:
    source = two_feeds(site, delay=timedelta(milliseconds=300))
    get_to_know(newsroom, site, two_feeds(site))
    show(site, path, 301, 102)
    times: list[float] = []

    def noting(route: Route) -> Route:
        def answer(asked: Asked) -> Reply:
            times.append(monotonic())
            return route if isinstance(route, Reply) else route(asked)

        return answer

    for asked in list(site.routes):
        site.routes[asked] = noting(site.routes[asked])
    assert newsroom.crawl(source).fetched == 1
    assert len(times) == 4  # robots.txt, both feeds, the article
    assert all(later - earlier >= 0.25 for earlier, later in pairwise(times))


def test_a_plea_to_wait_is_heard(newsroom: Newsroom, site: NewsSite) -> None:
    source = two_feeds(site)
    get_to_know(newsroom, site, source)
    site.routes["/one.xml"] = Reply(status=429, headers={"Retry-After": "7200"})
    result = newsroom.crawl(source)
    assert result.finish_reason == "asked_to_wait"
    assert site.paths() == ["/one.xml"]
    with newsroom.database.read() as session:
        state = sources.state(session, "courier")
    assert state.retry_not_before == newsroom.clock.now() + timedelta(hours=2)
    newsroom.clock.pass_by(minutes=10)
    newsroom.crawl(source)
    assert site.paths() == ["/one.xml"]


def test_what_goes_wrong_is_told_by_the_crawl(newsroom: Newsroom, site: NewsSite) -> None:
    source = two_feeds(site)
    get_to_know(newsroom, site, source)
    site.routes["/two.xml"] = Reply("gone", status=404)
    result = newsroom.crawl(source)
    assert ["404" in error for error in result.errors] == [True]
    assert site.paths() == list(FEEDS)
    with newsroom.database.read() as session:
        run = sources.runs(session, "courier")[0]
    assert [(sign.kind, sign.place) for sign in run.signs] == [("gone", "document")]


def test_a_server_that_hangs_up_is_asked_again(newsroom: Newsroom, site: NewsSite) -> None:
    source = two_feeds(site)
    get_to_know(newsroom, site, source)
    whole = site.routes["/one.xml"]
    tries = []

    def hangs_up_once(asked: Asked) -> Reply:
        tries.append(asked)
        # Less comes than is announced.
        return Reply("<rss>", headers={"Content-Length": "90"}) if len(tries) == 1 else whole(asked)  # type: ignore[operator]

    site.routes["/one.xml"] = hangs_up_once
    result = newsroom.crawl(source)
    assert (result.ok, result.unchanged, len(tries)) == (True, 2, 2)


def test_what_robots_forbids_by_now_is_not_asked_for(newsroom: Newsroom, site: NewsSite) -> None:
    source = two_feeds(site)
    get_to_know(newsroom, site, source)
    site.routes["/robots.txt"] = Reply("User-agent: *\nDisallow: /one.xml", type="text/plain")
    result = newsroom.crawl(source)
    assert site.paths(robots=True) == ["/robots.txt", "/two.xml"]
    with newsroom.database.read() as session:
        run = sources.runs(session, "courier")[0]
    assert [sign.kind for sign in run.signs] == ["forbidden"]
    assert not result.ok


def test_an_article_that_is_due_is_looked_at_in_quiet_times_too(newsroom: Newsroom, site: NewsSite) -> None:
    source = two_feeds(site)
    get_to_know(newsroom, site, source)
    newsroom.clock.pass_by(hours=1)
    result = newsroom.crawl(source)
    assert "/news/observers-101" in site.paths()
    assert result.unchanged > 2


def test_a_stop_ends_the_look(newsroom: Newsroom, site: NewsSite) -> None:
    source = two_feeds(site)
    get_to_know(newsroom, site, source)
    never = threading.Event()
    site.routes["/one.xml"] = Reply(status=304, hold=never)

    async def stopped(crawler: Crawler) -> CrawlResult:
        crawl = asyncio.create_task(crawler.crawl("courier"))
        await asyncio.to_thread(site.wait_for, "/one.xml")
        assert await crawler.stop(timeout=20)
        return await crawl

    try:
        assert newsroom.run(stopped, source).finish_reason == "stopped"
    finally:
        never.set()
    assert site.paths() == ["/one.xml"]
    with newsroom.database.read() as session:
        assert sources.runs(session, "courier")[0].finish_reason == "stopped"
        assert not sources.broke_off(session, "courier")


def test_who_delivers_hears_of_an_alert_once_it_is_on_record(newsroom: Newsroom, site: NewsSite) -> None:
    source = two_feeds(site)
    get_to_know(newsroom, site, source)
    show(site, "/one.xml", 301, 102)
    with newsroom.database.write() as session:
        baseline.finish(session, ["courier"], (), now=newsroom.clock.now())
    desk = Subscription("desk", frozenset(), kinds=frozenset(ChangeKind), statuses=frozenset(Status))
    waiting: list[int] = []

    def look() -> None:
        with newsroom.database.read() as session:
            waiting.append(len(outbox.waiting(session, "desk")))

    async def once() -> CrawlResult:
        crawler = Crawler([source], newsroom.limits, newsroom.database, (desk,), newsroom.clock, reader=newsroom.reader)
        return await crawler.crawl("courier", on_alerts=look)

    result = asyncio.run(once())
    assert (result.alerts, waiting) == (1, [1])
