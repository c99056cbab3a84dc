"""robots.txt, waiting when asked to, conditional requests."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from crawler.crawl import Crawler, CrawlResult
from crawler.middlewares.patience import retry_after
from crawler.robots import RobotsRules
from storage import known, sources
from tests.crawler import pages
from tests.crawler.conftest import NOW, Newsroom, source_of
from tests.crawler.server import Asked, NewsSite, Reply, conditional
from tests.crawler.test_crawl import publish


def robots(text: str) -> Reply:
    return Reply(text, type="text/plain")


def test_the_agent_names_itself_and_a_contact(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    newsroom.crawl()
    agents = {asked.headers["user-agent"] for asked in site.asked}
    assert agents == {"accredwatch/0.1 (+https://example.org/bot)"}
    assert not any("cookie" in asked.headers or "referer" in asked.headers for asked in site.asked)


def test_what_robots_forbids_is_not_asked_for(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134, 398)
    site.routes["/robots.txt"] = robots("User-agent: accredwatch\nDisallow: /news/observers-134\n")
    result = newsroom.crawl()
    (error,) = result.errors
    assert "observers-134 is forbidden by robots.txt" in error
    assert "/news/observers-134" not in site.paths()
    assert result.fetched == 1
    assert newsroom.crawl(source_of(site, obey_robots=False)).fetched == 1


@pytest.mark.parametrize("status", [200, 401, 403, 404, 410])
def test_without_rules_everything_is_allowed(newsroom: Newsroom, site: NewsSite, status: int) -> None:
    publish(site, 134)
    site.routes["/robots.txt"] = Reply("<html>User-agent: *\nnot here" if status != 200 else "", status=status)
    assert newsroom.crawl().fetched == 1


def test_an_error_page_is_no_rule(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    site.routes["/robots.txt"] = Reply("User-agent: *\nDisallow: /", status=404)
    assert newsroom.crawl().fetched == 1


def test_without_an_answer_for_robots_nothing_is_asked_for(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    site.routes["/robots.txt"] = Reply(status=500)
    result = newsroom.crawl()
    assert (result.finish_reason, site.paths()) == ("failed", [])
    assert "robots.txt" in result.errors[0]


def test_robots_is_asked_for_once_a_host_even_by_several_requests_at_once(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    publish(site, 398, feed="/other")
    feeds = [{"url": f"{site.url}/{name}", "language": "en"} for name in ("feed", "other")]
    newsroom.crawl(source_of(site, feeds=feeds))
    assert site.paths(robots=True).count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 7", 7.0),
        ("User-agent: accredwatch\nCrawl-delay: 0.5\n\nUser-agent: *\nCrawl-delay: 7", 0.5),
        ("User-agent: *\nRequest-rate: 1/20", 20.0),
        ("User-agent: *\nCrawl-delay: 86400", 60.0),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
        ("", 0.0),
    ],
)
def test_crawl_delay(text: str, seconds: float) -> None:
    assert RobotsRules.parse(text.encode(), now=NOW).delay("accredwatch") == seconds


def test_a_crawl_delay_slows_the_crawl_down(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134, 398)
    site.routes["/robots.txt"] = robots("User-agent: *\nCrawl-delay: 0.3")
    arrivals: list[float] = []

    async def timed(crawler: Crawler) -> CrawlResult:
        loop = asyncio.get_running_loop()
        for path in ("/feed", "/news/observers-134", "/news/observers-398"):
            reply = site.routes[path]
            assert isinstance(reply, Reply)

            def answer(_: Asked, reply: Reply = reply) -> Reply:
                arrivals.append(loop.time())
                return reply

            site.routes[path] = answer
        return await crawler.crawl("courier")

    assert newsroom.run(timed).fetched == 2
    assert all(later - earlier > 0.25 for earlier, later in pairwise(arrivals))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (b"120", timedelta(seconds=120)),
        (format_datetime(NOW + timedelta(hours=2), usegmt=True).encode(), timedelta(hours=2)),
        (format_datetime(NOW - timedelta(hours=2), usegmt=True).encode(), timedelta(0)),
        (b"99999999999999999999999", timedelta(seconds=10**9)),
        (b"soon", None),
        (b"-5", None),
        (b"\xb2", None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after(header: bytes | None, expected: timedelta | None) -> None:
    assert retry_after(header, now=NOW) == expected


@pytest.mark.parametrize("status", [429, 503])
def test_a_long_wait_ends_the_crawl_and_is_remembered(newsroom: Newsroom, site: NewsSite, status: int) -> None:
    publish(site, 134, 398)
    site.routes["/news/observers-134"] = Reply(status=status, headers={"Retry-After": "7200"})
    result = newsroom.crawl()
    assert result.finish_reason == "asked_to_wait"
    with newsroom.database.read() as session:
        state = sources.state(session, "courier")
    assert state.retry_not_before == NOW + timedelta(hours=2)
    before = len(site.asked)
    newsroom.clock.pass_by(hours=1)
    waiting = newsroom.crawl()
    assert (waiting.finish_reason, len(site.asked)) == ("asked_to_wait", before)
    assert "2022-11-08 14:00" in waiting.errors[0]
    publish(site, 134, 398)
    newsroom.clock.pass_by(hours=1)
    after = newsroom.crawl()
    assert (after.finish_reason, after.ok) == ("finished", True)
    with newsroom.database.read() as session:
        assert len([run for run in sources.runs(session) if run.finish_reason == "finished"]) == 1
        assert sources.state(session, "courier").retry_not_before is None


def test_a_wait_of_a_year_is_honoured_for_a_day(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/feed"] = Reply(status=429, headers={"Retry-After": str(365 * 86400)})
    newsroom.crawl()
    with newsroom.database.read() as session:
        assert sources.state(session, "courier").retry_not_before == NOW + timedelta(days=1)


def test_a_short_wait_is_spent_inside_the_crawl(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    answers = iter([Reply(status=429, headers={"Retry-After": "0"}), site.routes["/feed"]])
    site.routes["/feed"] = lambda _: next(answers)  # type: ignore[assignment,return-value]
    result = newsroom.crawl()
    assert (result.fetched, result.ok, site.paths().count("/feed")) == (1, True, 2)


def test_whoever_keeps_saying_429_is_left_alone(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/feed"] = Reply(status=429, headers={"Retry-After": "0"})
    result = newsroom.crawl()
    assert (result.finish_reason, site.paths().count("/feed")) == ("asked_to_wait", 3)
    with newsroom.database.read() as session:
        first = sources.state(session, "courier").retry_not_before
    assert first is not None
    newsroom.clock.instant = first
    newsroom.crawl()
    with newsroom.database.read() as session:
        second = sources.state(session, "courier").retry_not_before
    assert second is not None
    assert second - newsroom.clock.instant > first - NOW > timedelta(0)


def test_a_feed_is_asked_for_conditionally_once_its_validators_proved_honest(
    newsroom: Newsroom, site: NewsSite
) -> None:
    def publish_as(etag: str, *numbers: int) -> None:
        publish(site, *numbers)
        feed = site.routes["/feed"]
        assert isinstance(feed, Reply)
        site.routes["/feed"] = conditional(feed.data.decode(), etag)

    def sent() -> str | None:
        return site.headers_of("/feed")[-1].get("if-none-match")

    publish_as('"1"', 134)
    newsroom.crawl()
    newsroom.clock.pass_by(days=4)
    assert (newsroom.crawl().unchanged, sent()) == (2, None), "the feed, and its article at its last revisit"
    publish_as('"2"', 134, 398)
    newsroom.clock.pass_by(hours=1)
    newsroom.crawl()
    newsroom.clock.pass_by(days=4)
    newsroom.crawl()
    assert sent() is None, "after a day the answer is audited"
    newsroom.clock.pass_by(hours=1)
    third = newsroom.crawl()
    assert sent() == '"2"'
    assert (third.unchanged, third.found, third.ok) == (1, 0, True)


def test_a_validator_that_stays_while_the_body_changes_is_not_trusted(newsroom: Newsroom, site: NewsSite) -> None:
    for numbers in ((134,), (134, 398), (134, 398, 641)):
        publish(site, *numbers)
        feed = site.routes["/feed"]
        assert isinstance(feed, Reply)
        site.routes["/feed"] = conditional(feed.data.decode(), '"same"')
        assert newsroom.crawl().found == len(numbers)
        newsroom.clock.pass_by(hours=1)
    assert not any("if-none-match" in headers for headers in site.headers_of("/feed"))


def test_a_304_that_nobody_asked_for_is_an_error(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/feed"] = Reply(status=304)
    (error,) = newsroom.crawl().errors
    assert "304" in error


def test_a_feed_is_asked_for_in_full_while_its_articles_are_not_dealt_with(newsroom: Newsroom, site: NewsSite) -> None:
    for etag, status in (('"1"', 200), ('"2"', 500)):
        publish(site, 134, 398) if etag == '"2"' else publish(site, 134)
        feed = site.routes["/feed"]
        assert isinstance(feed, Reply)
        site.routes["/feed"] = conditional(feed.data.decode(), etag)
        if status == 500:
            site.routes["/news/observers-398"] = Reply(status=status)
        newsroom.crawl()
        newsroom.clock.pass_by(hours=1)
    site.routes["/news/observers-398"] = Reply(pages.observers(398, canonical=f"{site.url}/news/observers-398"))
    assert newsroom.crawl().fetched == 1


def test_validators_of_one_url_are_not_sent_to_another(newsroom: Newsroom, site: NewsSite) -> None:
    def feed(asked: Asked) -> Reply:
        return Reply(
            pages.rss([]), headers={"ETag": f'"{len(site.asked)}"', "Last-Modified": "Tue, 08 Nov 2022 10:00:00 GMT"}
        )

    site.routes["/feed"] = feed
    for _ in range(3):
        newsroom.crawl()
        newsroom.clock.pass_by(hours=1)
    site.routes["/feed"] = Reply(status=302, headers={"Location": "/moved"})
    site.routes["/moved"] = Reply(pages.rss([]))
    newsroom.crawl()
    assert "if-none-match" not in site.headers_of("/moved")[-1]


def test_times_are_instants(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    newsroom.crawl()
    with newsroom.database.read() as session:
        found = known.validator(session, f"{site.url}/news/observers-134")
    assert found is not None
    assert found.fetched_at == datetime(2022, 11, 8, 12, 0, tzinfo=UTC)
