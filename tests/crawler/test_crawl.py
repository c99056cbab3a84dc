"""Crawling from feed to storage."""

from __future__ import annotations

from datetime import UTC, datetime

from storage import queries
from tests.crawler import pages
from tests.crawler.conftest import Newsroom, source_of
from tests.crawler.server import NewsSite, Reply

YESTERDAY = datetime(2022, 11, 7, 9, 0, tzinfo=UTC)


def publish(site: NewsSite, *numbers: int, path: str = "/feed") -> None:
    """Put an article of observers for each number into the feed."""
    items = []
    for number in numbers:
        url = f"{site.url}/news/observers-{number}"
        site.routes[f"/news/observers-{number}"] = Reply(pages.observers(number, canonical=url))
        items.append((url, f"CEC accredits {number} foreign observers", YESTERDAY))
    site.routes[path] = Reply(pages.rss(items), type="application/rss+xml")


def test_a_feed_brings_an_article_into_storage(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    result = newsroom.crawl()
    assert (result.errors, result.finish_reason) == ((), "finished")
    assert (result.found, result.fetched, result.reports, result.changes) == (1, 1, 1, 1)
    with newsroom.database.read() as session:
        (report,) = queries.reports(session)
    assert report.article.url == f"{site.url}/news/observers-134"
