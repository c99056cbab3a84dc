"""The look before a crawl reads what has changed: news of no concern need no crawl, and nothing is weighed twice."""

from __future__ import annotations

import asyncio
import gc
import logging
import weakref
from dataclasses import replace
from datetime import timedelta

import pytest
from scrapy.http import HtmlResponse

from crawler.crawl import Crawler, CrawlResult
from crawler.discovery.listings import read_listing
from crawler.source import Source
from storage import sources
from storage.database import Database
from tests.crawler import pages
from tests.crawler.conftest import NOW, Newsroom, source_of
from tests.crawler.server import NewsSite, Reply, conditional
from tests.crawler.test_look import get_to_know, opened, two_feeds


def publish(site: NewsSite, path: str, titles: dict[int, str]) -> None:
    """Let a feed list articles of these numbers and titles."""
    items = [(f"{site.url}/news/story-{number}", title, NOW) for number, title in titles.items()]
    site.routes[path] = conditional(pages.rss(items), f'"{sorted(titles)}"')


def post(site: NewsSite, *shown: list[int]) -> None:
    """Let the pages of a listing link to stories of no concern, by their numbers."""
    for page, numbers in enumerate(shown, start=1):
        links = [(f"/news/story-{number}", f"Weather of day {number}") for number in numbers]
        site.routes[f"/list?page={page}"] = conditional(pages.listing(links), f'"{numbers}"')


def again(newsroom: Newsroom, source: Source, *turns: object) -> list[CrawlResult]:
    """Crawl with one resident crawler, ten minutes apart, after each of the turns (a function without arguments)."""

    async def crawls(crawler: Crawler) -> list[CrawlResult]:
        results = []
        for turn in turns:
            turn()  # type: ignore[operator]  # what a test changes
            results.append(await crawler.crawl("courier"))
            newsroom.clock.pass_by(minutes=10)
        return results

    return newsroom.run(crawls, source)


def test_news_that_concern_nobody_need_no_crawl(
    newsroom: Newsroom, site: NewsSite, caplog: pytest.LogCaptureFixture
) -> None:
    source = two_feeds(site)
    get_to_know(newsroom, site, source)
    site.routes["/one.xml"] = conditional(
        pages.rss(
            [
                (f"{site.url}/news/weather-9", "Snow in Almaty", NOW),
                (f"{site.url}/news/observers-102", "CEC accredits 102 foreign observers", NOW),
            ]
        ),
        '"snow"',
    )
    with caplog.at_level(logging.INFO):
        result = newsroom.crawl(source)
    assert not opened(caplog)
    assert (result.finish_reason, result.found, result.fetched, result.unchanged) == ("finished", 2, 0, 1)
    assert site.paths() == ["/one.xml", "/two.xml"]
    with newsroom.database.read() as session:
        run = sources.runs(session, "courier")[0]
    assert (run.news, run.found, run.finish_reason) == (1, 2, "finished")
    newsroom.clock.pass_by(minutes=10)
    site.asked.clear()
    assert newsroom.crawl(source).unchanged == 2
    assert [asked.headers["if-none-match"] for asked in site.asked if asked.path == "/one.xml"] == ['"snow"']


def test_a_page_of_what_was_dealt_with_ends_a_listing(newsroom: Newsroom, site: NewsSite) -> None:
    listing = {"url": site.url + "/list?page={page}", "language": "en", "pages": 2}
    source = source_of(site, listings=[listing])
    asked: list[list[str]] = []

    def turn(*shown: list[int]) -> object:
        def change() -> None:
            asked.append(site.paths())
            site.asked.clear()
            post(site, *shown)

        return change

    again(
        newsroom,
        source,
        turn([1, 2, 3, 4], [5, 6, 7, 8]),
        turn([9, 1, 2, 3], [4, 5, 6, 7]),
        turn([12, 11, 10, 9], [1, 2, 3, 4]),
        turn([13, 12, 11, 10], [9, 1, 2, 3]),
    )
    both = ["/list?page=1", "/list?page=2"]
    assert [*asked[1:], site.paths()] == [both, both[:1], both, both[:1]]


def test_what_could_not_be_had_is_asked_for_again(newsroom: Newsroom, site: NewsSite) -> None:
    source = source_of(site)
    first, both = {1: "CEC accredits observers"}, {2: "Snow", 1: "CEC accredits observers"}

    def appears() -> None:
        publish(site, "/feed", both)
        site.routes["/news/story-1"] = Reply(pages.observers(1, canonical=f"{site.url}/news/story-1"))

    lost, found, quiet = again(
        newsroom,
        source,
        lambda: publish(site, "/feed", first),
        appears,
        lambda: publish(site, "/feed", both | {3: "Fog"}),
    )
    assert (lost.fetched, lost.failures) == (0, 1)
    assert (found.fetched, found.failures) == (1, 0)
    assert (quiet.found, quiet.fetched) == (3, 0)
    assert site.paths().count("/news/story-1") == 2


def test_a_title_that_changes_is_weighed_anew(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/news/story-1"] = Reply(pages.observers(1, canonical=f"{site.url}/news/story-1"))
    dull, telling = again(
        newsroom,
        source_of(site),
        lambda: publish(site, "/feed", {1: "Snow", 2: "Fog"}),
        lambda: publish(site, "/feed", {3: "Rain", 1: "CEC accredits observers", 2: "Fog"}),
    )
    assert (dull.fetched, telling.fetched) == (0, 1)


def test_a_look_that_cannot_be_recorded_asks_nobody_in_vain(newsroom: Newsroom, site: NewsSite) -> None:
    source = two_feeds(site)
    get_to_know(newsroom, site, source)
    file = newsroom.database.file
    hasty = Database.open(f"sqlite:///{file}", busy_timeout=timedelta(milliseconds=100))
    asked = []

    async def crawls(crawler: Crawler) -> CrawlResult:
        with newsroom.database.write():
            for _ in range(2):
                assert (await crawler.crawl("courier")).finish_reason == "failed"
                asked.append(site.paths())
        return await crawler.crawl("courier")

    recorded = replace(newsroom, database=hasty).run(crawls, source)
    hasty.close()
    assert asked == [["/one.xml", "/two.xml"]] * 2
    assert (recorded.finish_reason, recorded.unchanged) == ("finished", 2)


def test_what_is_remembered_of_a_listing_holds_no_page() -> None:
    response = HtmlResponse("https://example.org/", body=pages.listing([("/news/1", "One")]).encode(), encoding="utf-8")
    link = response.selector.root.xpath("//a")[0]
    page = weakref.ref(link)
    entries = read_listing(response, "//a/@href")
    del link, response
    gc.collect()
    assert [entry.url for entry in entries] == ["https://example.org/news/1"]
    assert page() is None


def test_new_settings_weigh_everything_anew(newsroom: Newsroom, site: NewsSite) -> None:
    """Words that are added to the configuration bring in what was of no concern before."""
    source = source_of(site)
    site.routes["/news/story-1"] = Reply(pages.article("Snow", "It snows in Almaty." * 20))

    async def play() -> list[CrawlResult]:
        before = newsroom.crawler(source)
        publish(site, "/feed", {1: "Snow", 2: "Fog"})
        results = [await before.crawl("courier")]
        newsroom.clock.pass_by(minutes=10)
        limits = newsroom.limits.model_copy(update={"words": {"en": ["snow"]}})
        after = replace(newsroom, limits=limits).crawler(source)
        after.succeed(before)
        publish(site, "/feed", {3: "Rain", 1: "Snow", 2: "Fog"})
        results.append(await after.crawl("courier"))
        await after.close()
        return results

    assert [result.pages for result in asyncio.run(play())] == [0, 1]
