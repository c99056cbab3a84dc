"""Feeds, sitemaps and listings of any kind: read or refused with a word about which one, and never anything else."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import HtmlResponse

from crawler.discovery.feeds import read_feed
from crawler.discovery.listings import read_listing
from crawler.discovery.sitemaps import read_sitemap
from crawler.links import Entry, article_link
from crawler.relevance import Relevance
from crawler.source import Source
from foundation.errors import CrawlError

URL = "https://courier.example/document"
SOURCE = Source(key="courier", name="Courier", hosts=("courier.example",), article_urls=(r"/(?P<id>[^/?]+)",))

PIECES = [
    '<?xml version="1.0" encoding="utf-8"?>', '<?xml version="1.0" encoding="utf-16"?>', "<?xml version='1.1'?>",
    '<?xml version="1.0" encoding="no-such"?>', "<?php x ?>", '<rss version="2.0"><channel>', "</channel></rss>",
    '<feed xmlns="http://www.w3.org/2005/Atom">', "</feed>", "<rdf:RDF>", "<rdf:RDF xmlns:rdf='r' xmlns='s'>",
    "</rdf:RDF>",
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', "</urlset>", "<sitemapindex>", "</sitemapindex>",
    "<item>", "</item>", "<entry>", "</entry>", "<url>", "</url>", "<sitemap>", "</sitemap>",
    "<link>https://courier.example/1</link>", "<link href='/2'/>", "<link rel='self' href='::'/>", "<link/>",
    "<loc>https://courier.example/3</loc>", "<loc>file:///etc/passwd</loc>", "<loc>http://[</loc>", "<loc/>",
    "<title>Observers &amp; others</title>", "<title><![CDATA[<b>12</b> observers]]></title>",
    "<title>&nbsp;&bad;</title>",
    "<pubDate>Tue, 08 Nov 2022 12:00:00 +0600</pubDate>", "<pubDate>Tue, 99 Nov 99999 99:99:99 +9999</pubDate>",
    "<pubDate>yesterday</pubDate>", "<published>2022-11-08T12:00:00+06:00</published>", "<lastmod>2022-11</lastmod>",
    "<lastmod>0000-00-00</lastmod>", "<updated>9999-12-31T23:59:59-23:59</updated>", "<lastmod>0001-01-01</lastmod>",
    "<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>", "<!DOCTYPE rss SYSTEM 'file:///etc/passwd'>", "&b;",
    "<!-- -- -->", "<![CDATA[", "]]>", "<a:b>", "<x xmlns:a='b' a:c='d'/>", "&#0;", "&#x1F;", "&#xD800;", "&", "<",
    "\x00",
    "<a href='/4'>Observers</a>", "<a href='http://courier.example\\@elsewhere.example/5'>x</a>", "<base href='//x'>",
    "<html><body>", "</body></html>", "<description>" + "&lt;p&gt;" * 50 + "</description>", "<" + "x" * 300 + ">",
]  # fmt: skip

documents = st.one_of(
    st.binary(max_size=300),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=30).map(
        lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass")
    ),
    st.lists(st.sampled_from(PIECES), max_size=20).map(lambda pieces: "".join(pieces).encode("utf-16")),
    st.lists(st.sampled_from(PIECES), max_size=20).map(lambda pieces: gzip.compress("".join(pieces).encode())[:-3]),
)


def feed(body: bytes) -> Iterable[Entry]:
    return read_feed(body, url=URL, time_zone="Asia/Almaty")


def sitemap(body: bytes) -> Iterable[Entry]:
    return read_sitemap(body, url=URL, time_zone="Asia/Almaty", max_bytes=10_000).entries


def listing(body: bytes) -> Iterable[Entry]:
    return read_listing(HtmlResponse(URL, body=body), "//a/@href")


@pytest.mark.parametrize("read", [feed, sitemap, listing])
@given(body=documents)
def test_a_document_is_read_or_refused(read: Callable[[bytes], Iterable[Entry]], body: bytes) -> None:
    try:
        entries = list(read(body))
    except CrawlError as error:
        assert URL in str(error)  # noqa: PT017 - either outcome is right
        return
    for entry in entries:
        assert entry.published is None or entry.published.tzinfo is not None
        link = article_link(entry, SOURCE.site(), language="en", found_in="f")
        if link is not None:
            assert link.url.startswith(("http://", "https://"))
            assert isinstance(Relevance().may_concern(link), bool)
