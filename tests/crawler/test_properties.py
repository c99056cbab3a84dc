"""What holds for any input."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

import yarl
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request

from crawler.addresses import AddressGuard
from crawler.discovery.feeds import read_feed
from crawler.discovery.sitemaps import read_sitemap
from crawler.discovery.xml import instant, plain
from crawler.links import Entry, article_link
from crawler.middlewares.patience import retry_after
from crawler.relevance import Relevance
from crawler.robots import RobotsRules
from crawler.source import Source
from foundation.errors import AddressRefused, CrawlError
from tests.crawler import pages

SOURCE = Source(key="courier", name="Courier", hosts=("c.example",), article_urls=(r"/(?P<id>[^/?]+)",))
GOOD = [
    pages.rss([("https://c.example/news/1", "Observers & others", datetime(2022, 11, 8, tzinfo=UTC))]).encode(),
    pages.atom(
        [("https://c.example/1", "T", datetime(2022, 11, 8, tzinfo=UTC), datetime(2022, 11, 9, tzinfo=UTC))]
    ).encode(),
    pages.sitemap(["https://c.example/1", "https://c.example/2"]).encode(),
]
urls = st.one_of(
    st.text(),
    st.builds(
        "{}://{}{}{}{}".format,
        st.sampled_from(["http", "https", "HTTP", "file", "ftp", "javascript", ""]),
        st.sampled_from(["", "user@", "a:1\\@", "c.example@", "%63.example@"]),
        st.sampled_from(
            [
                "c.example",
                "C.EXAMPLE",
                "c.example.",
                "x.c.example",
                "xc.example",
                "10.0.0.1",
                "[::1]",
                "0x7f.1",
                "[::]@c.example",
                "ｃ.example",
            ]
        ),
        st.sampled_from(["", ":80", ":0", ":99999", ":x", "\\@d.example", "#@d.example", "?@d.example", "\t"]),
        st.text(max_size=9),
    ),
)


@given(st.sampled_from(GOOD), st.integers(0, 400), st.integers(0, 60), st.binary(max_size=12))
def test_a_damaged_document_is_read_or_refused(good: bytes, start: int, length: int, instead: bytes) -> None:
    body = good[:start] + instead + good[start + length :]

    def as_feed() -> list[Entry]:
        return read_feed(body, url="https://c.example/f", time_zone="Asia/Almaty")

    def as_sitemap() -> list[Entry]:
        return read_sitemap(body, url="https://c.example/f", time_zone="Asia/Almaty", max_bytes=10_000).entries

    for read in (as_feed, as_sitemap):
        try:
            entries = read()
        except CrawlError as error:
            assert "https://c.example/f" in str(error)  # noqa: PT017 - either outcome is right
        else:
            assert all(entry.published is None or entry.published.tzinfo for entry in entries)


@given(urls)
def test_what_the_guard_lets_through_is_on_the_sources_hosts_for_every_parser(url: str) -> None:
    try:
        AddressGuard(SOURCE).check_url(url)
    except AddressRefused:
        return
    for host in (urlsplit(url).hostname, yarl.URL(url).raw_host):
        assert host is not None
        assert host.lower() == "c.example" or host.lower().endswith(".c.example")
    assert yarl.URL(url).user is None


@given(urls)
def test_any_link_is_an_article_or_none(url: str) -> None:
    link = article_link(Entry(url), SOURCE.site(), language="en", found_in="f")
    if link is not None:
        assert link.identity.article_id
        assert Request(link.url).url
        assert isinstance(Relevance().may_concern(link), bool)


@given(st.text(), st.binary())
def test_texts_from_outside_raise_nothing(text: str, data: bytes) -> None:
    found = instant(text, "Asia/Almaty")
    assert found is None or found.tzinfo is not None
    wait = retry_after(data, now=datetime(2022, 11, 8, tzinfo=UTC))
    assert wait is None or wait.total_seconds() >= 0
    assert "  " not in plain(text)
    rules = RobotsRules.parse(data, now=datetime(2022, 11, 8, tzinfo=UTC))
    assert 0 <= rules.delay("accredwatch") <= 60
    assert isinstance(rules.allows("https://c.example/1", "accredwatch"), bool)
