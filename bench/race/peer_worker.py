"""Runs inside a peer's environment: fetches pages from the replica newsroom, reads them, and prints what that took.

Argument: a JSON object with `peer`, `urls`, and `feed`, the URL of the feed that lists them.
Prints a JSON object: `pages`, `seconds`, `cpu` (of the whole process after it has warmed up), `texts` of some length
and `dates` found.
It knows nothing of our program.
"""

# What the peers bring has no types.
# mypy: disable-error-code="misc, untyped-decorator, no-any-return, metaclass"

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

Read = tuple[str, bool]
"""The text, and whether there is a date."""


def _news_please(urls: list[str], _: str) -> Iterator[Read]:
    import requests  # noqa: PLC0415 - each environment holds one peer
    from newsplease import NewsPlease  # noqa: PLC0415

    # Its `from_urls` keeps every page in memory and begins a thread for each; this is what those threads do.
    with requests.Session() as session:
        for url in urls:
            html = session.get(url, timeout=30).text
            article = NewsPlease.from_html(html, url=url, fetch_images=False)
            yield article.maintext or "", article.date_publish is not None


def _newspaper(urls: list[str], _: str) -> Iterator[Read]:
    from newspaper import Article  # noqa: PLC0415

    for url in urls:
        article = Article(url, fetch_images=False)
        article.download()
        article.parse()
        yield article.text or "", article.publish_date is not None


def _fundus(urls: list[str], feed: str) -> Iterator[Read]:
    from datetime import datetime  # noqa: PLC0415

    from fundus import Crawler  # noqa: PLC0415
    from fundus.parser import ArticleBody, BaseParser, ParserProxy, attribute  # noqa: PLC0415
    from fundus.parser.utility import extract_article_body_with_selector, generic_date_parsing  # noqa: PLC0415
    from fundus.publishers.base_objects import Publisher, PublisherGroup  # noqa: PLC0415
    from fundus.scraping.url import RSSFeed  # noqa: PLC0415
    from lxml.etree import XPath  # noqa: PLC0415

    class ReplicaParser(ParserProxy):
        class V1(BaseParser):
            _paragraph_selector = XPath("//div[contains(@class, 'article__content')]/p")

            @attribute
            def body(self) -> ArticleBody | None:
                return extract_article_body_with_selector(
                    self.precomputed.doc, paragraph_selector=self._paragraph_selector
                )

            @attribute
            def publishing_date(self) -> datetime | None:
                return generic_date_parsing(self.precomputed.ld.bf_search("datePublished"))

            @attribute
            def title(self) -> str | None:
                return self.precomputed.ld.bf_search("headline")

    class Replica(metaclass=PublisherGroup):
        default_language = "en"
        Newsroom = Publisher(
            name="Replica", domain=feed.rpartition("/rss")[0], parser=ReplicaParser, sources=[RSSFeed(feed)]
        )

    crawler = Crawler(Replica.Newsroom, delay=0.0, threading=False, ignore_crawl_delay=True)
    for article in crawler.crawl(max_articles=len(urls), only_complete=False):
        yield str(article.body or ""), article.publishing_date is not None


PEERS: dict[str, Callable[[list[str], str], Iterator[Read]]] = {
    "news-please": _news_please,
    "newspaper4k": _newspaper,
    "fundus": _fundus,
}


def main() -> None:
    """Fetch and read all pages."""
    asked: dict[str, Any] = json.loads(sys.argv[1])
    logging.disable(logging.CRITICAL)
    read = PEERS[asked["peer"]]
    for _ in read(asked["urls"][:3], asked["feed"]):  # what is loaded with the first page
        continue
    texts = dates = pages = 0
    cpu, begun = time.process_time(), time.monotonic()
    for text, dated in read(asked["urls"], asked["feed"]):
        pages += 1
        texts += len(text) > 200
        dates += dated
    taken = {"seconds": time.monotonic() - begun, "cpu": time.process_time() - cpu}
    sys.stdout.write(json.dumps({"pages": pages, "texts": texts, "dates": dates, **taken}))


if __name__ == "__main__":
    main()
