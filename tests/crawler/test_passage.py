"""The way of an article's request to its answer, beside those of the documents."""

from __future__ import annotations

import asyncio
from itertools import pairwise

from crawler.crawl import Crawler, CrawlResult
from crawler.limits import CrawlerSettings
from tests.crawler import pages
from tests.crawler.conftest import Newsroom, source_of
from tests.crawler.server import Asked, NewsSite, Reply
from tests.crawler.test_crawl import publish

_ARTICLES = (134, 202, 257, 310, 398, 410)
_PACE = 0.1


def test_documents_and_articles_of_a_host_take_turns(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, *_ARTICLES, feed="/feed?page=1")
    site.routes["/feed?page=2"] = Reply(pages.rss([(f"{site.url}/news/observers-99", "CEC accredits 99 observers")]))
    site.routes["/news/observers-99"] = Reply(pages.observers(99))
    arrivals: list[tuple[float, str]] = []
    feed = {"url": f"{site.url}/feed?page={{page}}", "language": "en", "pages": 2}
    source = source_of(site, feeds=[feed])
    site.routes["/robots.txt"] = Reply(f"User-agent: *\nCrawl-delay: {_PACE}", type="text/plain")

    async def timed(crawler: Crawler) -> CrawlResult:
        loop = asyncio.get_running_loop()
        for path, reply in list(site.routes.items()):
            assert isinstance(reply, Reply)

            def answer(asked: Asked, reply: Reply = reply) -> Reply:
                arrivals.append((loop.time(), asked.path))
                return reply

            site.routes[path] = answer
        return await crawler.crawl("courier")

    assert newsroom.run(timed, source).fetched == len(_ARTICLES) + 1
    asked = [path for _, path in arrivals if path != "/robots.txt"]
    assert asked.index("/feed?page=2") < len(asked) - 2, "no article was asked for beside the document"
    times = [at for at, path in arrivals if path != "/robots.txt"]
    assert all(later - earlier > 0.8 * _PACE for earlier, later in pairwise(times))


def test_an_article_whose_server_stumbles_is_asked_for_again(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    page = site.routes["/news/observers-134"]
    assert isinstance(page, Reply)
    replies = iter((Reply(status=502), Reply(status=500), page))
    site.routes["/news/observers-134"] = lambda _: next(replies)
    result = newsroom.crawl()
    assert (result.fetched, result.errors) == (1, ())
    assert site.paths().count("/news/observers-134") == 3


def test_a_page_that_is_too_large_is_given_up(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134, 398)
    site.routes["/news/observers-134"] = Reply(pages.observers(134) + " " * 20_000)
    newsroom.limits = CrawlerSettings(max_bytes=10_000)
    result = newsroom.crawl()
    assert (result.fetched, len(result.errors)) == (1, 1)
    assert "observers-134" in result.errors[0]
    assert site.paths().count("/news/observers-134") == 1
