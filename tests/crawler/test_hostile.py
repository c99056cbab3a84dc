"""Documents and servers that mean harm, or just fail."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.limits import CrawlerSettings
from storage import queries
from storage.database import Database
from tests.certificates import self_signed
from tests.crawler import pages
from tests.crawler.conftest import Newsroom, source_of
from tests.crawler.server import Asked, NewsSite, Reply
from tests.crawler.test_crawl import publish

BOMB = gzip.compress(b"<p>0</p>" * 4_000_000)


@contextmanager
def resolving(monkeypatch: pytest.MonkeyPatch, **names: list[str]) -> Iterator[list[str]]:
    """Let these host names (dots written as __) resolve to these addresses, one after the other at each look-up."""
    looked_up: list[str] = []
    real = socket.getaddrinfo
    answers = {name.replace("__", "."): iter(addresses) for name, addresses in names.items()}

    def fake(host: str, port: int, *rest: Any, **more: Any) -> list[Any]:  # noqa: ANN401 - of getaddrinfo
        if host in answers:
            looked_up.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers[host]), port))]
        return real(host, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", fake)
    yield looked_up


def test_a_private_address_is_refused_before_any_byte_is_sent(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    result = newsroom.crawl(source_of(site, allow_private_addresses=False))
    assert (result.finish_reason, result.fetched) == ("failed", 0)
    assert "127.0.0.1" in result.errors[0]
    assert "allow_private_addresses" in result.errors[0]
    assert site.asked == []


def test_a_name_that_resolves_to_a_private_address_is_refused(
    newsroom: Newsroom, site: NewsSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = source_of(
        site,
        hosts=["courier.example"],
        feeds=[{"url": f"http://courier.example:{site.port}/feed", "language": "en"}],
        allow_private_addresses=False,
    )
    with resolving(monkeypatch, courier__example=["127.0.0.1"] * 9) as looked_up:
        result = newsroom.crawl(source)
    assert looked_up
    assert "resolves to 127.0.0.1" in result.errors[0]
    assert site.asked == []


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::ffff:10.0.0.1]/", "//0x7f.1/",
        "https://elsewhere.example/", "file:///etc/passwd", "ftp://127.0.0.1/", "data:text/html,hello",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/feed", "/news/observers-134"])
def test_redirects_lead_nowhere_else(newsroom: Newsroom, site: NewsSite, location: str, path: str) -> None:
    publish(site, 134, 398)
    site.routes[path] = Reply(status=302, headers={"Location": location})
    result = newsroom.crawl()
    (error,) = result.errors
    assert "10.0.0.1" in error or location.removeprefix("//") in error
    assert result.fetched == (1 if path != "/feed" else 0)


def test_a_redirect_loop_ends(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/feed"] = Reply(status=302, headers={"Location": "/feed2"})
    site.routes["/feed2"] = Reply(status=302, headers={"Location": "/feed"})
    result = newsroom.crawl()
    assert (len(result.errors), result.finish_reason) == (1, "failed")
    assert len(site.paths()) == 6


def test_a_sitemap_of_foreign_and_local_addresses(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    urls = [
        "http://[broken/news/x-3",
        "file:///etc/passwd",
        "http://10.0.0.1/news/x-1",
        "https://elsewhere.example/news/x-2",
        "javascript:alert(1)",
    ]
    site.routes["/map"] = Reply(pages.sitemap([*urls, f"{site.url}/news/observers-134"]), type="application/xml")
    result = newsroom.crawl(source_of(site, sitemaps=[{"url": f"{site.url}/map", "language": "en"}]))
    assert (result.found, result.fetched, result.errors) == (1, 1, ())


def test_an_index_of_foreign_sitemaps(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/map"] = Reply(
        "<sitemapindex><sitemap><loc>file:///etc/passwd</loc></sitemap>"
        "<sitemap><loc>https://elsewhere.example/map</loc></sitemap></sitemapindex>"
    )
    result = newsroom.crawl(source_of(site, sitemaps=[{"url": f"{site.url}/map", "language": "en", "pages": 9}]))
    assert sorted(error.partition(":")[0] for error in result.errors) == ["file", "https"]


@pytest.mark.parametrize("path", ["/feed", "/news/observers-134", "/robots.txt"])
@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"x" * 6_000_000),
        Reply(BOMB, headers={"Content-Encoding": "gzip"}),
        Reply(b"garbage", headers={"Content-Encoding": "gzip"}),
        Reply(b"\x00\xff" * 500, type="application/octet-stream"),
    ],
    ids=["large", "bomb", "damaged", "binary"],
)
def test_bodies_out_of_bounds(newsroom: Newsroom, site: NewsSite, path: str, reply: Reply) -> None:
    publish(site, 134, 398)
    site.routes[path] = reply
    result = newsroom.crawl()
    if path == "/robots.txt" and reply.type.endswith("octet-stream"):
        assert result.fetched == 2
        return
    assert result.errors
    assert all(site.url in error for error in result.errors)
    assert result.fetched == (0 if not path.startswith("/news") else 2 if reply.type.endswith("octet-stream") else 1)


def test_a_gzipped_sitemap_that_is_a_bomb(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/map.xml.gz"] = Reply(BOMB, type="application/x-gzip")
    result = newsroom.crawl(source_of(site, sitemaps=[{"url": f"{site.url}/map.xml.gz", "language": "en"}]))
    (error,) = result.errors
    assert "unpacks to more than" in error


def test_a_slow_drip_costs_its_own_limit(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134, 398)
    never = threading.Event()
    site.routes["/news/observers-134"] = Reply(chunks=[b"<p>"] * 20, hold=never)
    newsroom.limits = CrawlerSettings(timeout=timedelta(seconds=1))
    result = newsroom.crawl()
    never.set()
    (error,) = result.errors
    assert "observers-134" in error
    assert result.fetched == 1


def test_entities_in_a_feed_are_refused(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/feed"] = Reply(
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel>'
        "</rss>"
    )
    (error,) = newsroom.crawl().errors
    assert "refused" in error


@pytest.mark.parametrize("status", [404, 410, 500, 206])
def test_a_failing_article_does_not_fail_the_others(newsroom: Newsroom, site: NewsSite, status: int) -> None:
    publish(site, 134, 398)
    site.routes["/news/observers-134"] = Reply(status=status)
    result = newsroom.crawl()
    (error,) = result.errors
    assert error.startswith(f"{site.url}/news/observers-134 answers {status}")
    assert (result.fetched, result.finish_reason, result.ok) == (1, "finished", False)
    publish(site, 134, 398)
    newsroom.clock.pass_by(hours=1)
    assert newsroom.crawl().fetched == 1


def test_a_source_that_does_not_answer(newsroom: Newsroom, site: NewsSite) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/feed"
        result = newsroom.crawl(source_of(site, feeds=[{"url": url, "language": "en"}]))
    assert (result.finish_reason, len(result.errors)) == ("failed", 1)
    assert url in result.errors[0]


def test_many_failures_are_counted_and_the_list_is_bounded(newsroom: Newsroom, site: NewsSite) -> None:
    items = [(f"{site.url}/news/observers-{n}", "CEC accredits observers") for n in range(80)]
    site.routes["/feed"] = Reply(pages.rss(items))
    result = newsroom.crawl()
    assert (result.failures, len(result.errors)) == (80, 51)
    assert result.errors[-1] == "and 30 more failures"


def test_a_page_that_is_no_article_is_known_and_not_asked_for_again(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/news/gallery-5"] = Reply("<html><h1>Photos of election observers</h1><img src=1><img src=2></html>")
    site.routes["/feed"] = Reply(pages.rss([(f"{site.url}/news/gallery-5", "Photos of election observers")]))
    result = newsroom.crawl()
    assert (result.fetched, result.reports, result.errors) == (1, 0, ())
    newsroom.clock.pass_by(days=1)
    assert newsroom.crawl().fetched == 0


CAPTCHA = "<html><title>Just a moment...</title><body>Checking that you are no robot.</body></html>"


def test_a_captcha_with_status_200_is_no_article(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    site.routes["/news/observers-134"] = Reply(CAPTCHA)
    (error,) = newsroom.crawl().errors
    assert "captcha" in error
    publish(site, 134)
    assert newsroom.crawl().fetched == 1


def test_a_captcha_in_place_of_a_known_article_changes_nothing(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    newsroom.crawl()
    site.routes["/news/observers-134"] = Reply(CAPTCHA)
    newsroom.clock.pass_by(hours=5)
    result = newsroom.crawl()
    assert (result.fetched, result.ok) == (0, False)
    with newsroom.database.read() as session:
        (report,) = queries.reports(session)
    assert (report.revision, report.figures[0].value) == (1, 134)


def test_a_feed_that_is_a_captcha(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/feed"] = Reply(CAPTCHA)
    result = newsroom.crawl()
    assert (result.finish_reason, len(result.errors)) == ("failed", 1)


def test_a_certificate_that_nobody_vouches_for_is_refused(newsroom: Newsroom, tmp_path: Path) -> None:
    with NewsSite(tls=self_signed(tmp_path)) as site:
        publish(site, 134)
        url = f"https://localhost:{site.port}/feed"
        result = newsroom.crawl(source_of(site, feeds=[{"url": url, "language": "en"}]))
        assert (result.finish_reason, site.asked) == ("failed", [])
        assert "certificate" in result.errors[0].lower()


def test_a_proxy_of_the_environment_is_not_used(
    newsroom: Newsroom, site: NewsSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site, 134)
    with NewsSite() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        assert newsroom.crawl().fetched == 1
        assert proxy.asked == []


def test_a_database_that_cannot_be_written_to_is_an_error_of_the_crawl(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    path = "/news/observers-134"
    page = site.routes[path]
    assert isinstance(page, Reply)
    impatient = Database.open(f"sqlite:///{newsroom.database.file}", busy_timeout=timedelta(milliseconds=50))
    writer = ExitStack()

    def answer(_: Asked) -> Reply:
        writer.enter_context(newsroom.database.write())
        return page

    site.routes[path] = answer
    newsroom_of_the_impatient = replace(newsroom, database=impatient)
    result = newsroom_of_the_impatient.crawl()
    writer.close()
    assert (result.fetched, result.finish_reason) == (0, "failed")
    assert any("observers-134" in error for error in result.errors)
    site.routes[path] = page
    assert newsroom_of_the_impatient.crawl().fetched == 1
    impatient.close()
