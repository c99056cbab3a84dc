"""Sitemaps, sitemap indexes and news sitemaps."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from crawler.discovery.xml import Children, descendants, instant, local, parse, unpack
from crawler.links import Entry, absolute
from foundation.errors import CrawlError


class Sitemap(NamedTuple):
    """A sitemap's content: links, or (of an index) further sitemaps with the day of their last change."""

    entries: list[Entry]
    sitemaps: list[tuple[str, datetime | None]]


def read_sitemap(body: bytes, *, url: str, time_zone: str, max_bytes: int) -> Sitemap:
    """The links of a sitemap, gzipped or not.

    A news sitemap gives titles and publication dates; a plain one's `lastmod` is when the page was last edited.
    Raises CrawlError if the document is no sitemap, or unpacks to more than `max_bytes`.
    """
    root = parse(unpack(body, url=url, max_bytes=max_bytes), url=url)
    if local(root) not in {"urlset", "sitemapindex"}:
        raise CrawlError(f"{url} is no sitemap (its root is {local(root)}); correct `sitemaps` of the source")
    sitemaps = [
        (loc, instant(item.text_of("lastmod"), time_zone))
        for item in map(Children, descendants(root, "sitemap"))
        if (loc := absolute(url, item.text_of("loc")))
    ]
    entries = []
    for item in map(Children, descendants(root, "url")):
        if loc := absolute(url, item.text_of("loc")):
            news = next(map(Children, item.called("news")), item)
            entries.append(
                Entry(
                    url=loc,
                    title=news.text_of("title"),
                    published=instant(news.text_of("publication_date"), time_zone),
                    updated=instant(item.text_of("lastmod"), time_zone),
                )
            )
    return Sitemap(entries, sitemaps)
