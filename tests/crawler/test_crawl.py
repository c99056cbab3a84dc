"""Crawling from discovery to storage."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import structlog

from crawler.crawl import Crawler, CrawlResult
from crawler.progress import CrawlFinished, CrawlProgress, CrawlStarted, ReportFound
from storage import known, queries, sources
from tests.crawler import pages
from tests.crawler.conftest import NOW, Newsroom, source_of
from tests.crawler.server import NewsSite, Reply

YESTERDAY = datetime(2022, 11, 7, 9, 0, tzinfo=UTC)


def publish(site: NewsSite, *numbers: int, feed: str = "/feed") -> None:
    """Put an article of observers for each number into a feed, the only ones there."""
    items = []
    for number in numbers:
        url = f"{site.url}/news/observers-{number}"
        site.routes[f"/news/observers-{number}"] = Reply(pages.observers(number, canonical=url))
        items.append((url, f"CEC accredits {number} foreign observers", YESTERDAY))
    site.routes[feed] = Reply(pages.rss(items), type="application/rss+xml")


def article_urls(newsroom: Newsroom) -> list[str]:
    with newsroom.database.read() as session:
        return sorted(report.article.url or "" for report in queries.reports(session))


def test_a_feed_brings_an_article_into_storage(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    result = newsroom.crawl()
    assert (result.errors, result.finish_reason, result.ok) == ((), "finished", True)
    assert (result.found, result.fetched, result.reports, result.changes) == (1, 1, 1, 1)
    with newsroom.database.read() as session:
        (report,) = queries.reports(session)
        state = sources.state(session, "courier")
        (run,) = sources.runs(session)
    assert report.article.url == f"{site.url}/news/observers-134"
    assert report.found_via == f"{site.url}/feed"
    assert state.last_success_at == NOW
    assert (run.finish_reason, run.found, run.fetched, run.reports) == ("finished", 1, 1, 1)


def test_an_article_that_tells_no_day_is_named(newsroom: Newsroom, site: NewsSite) -> None:
    undated = f"{site.url}/news/observers-134"
    dated = f"{site.url}/news/observers-398"
    site.routes["/news/observers-134"] = Reply(re.sub("<meta prop[^>]*>", "", pages.observers(134, canonical=undated)))
    site.routes["/news/observers-398"] = Reply(pages.observers(398, canonical=dated))
    site.routes["/feed"] = Reply(
        pages.rss([(undated, "CEC accredits 134 foreign observers"), (dated, "398 accredited")])
    )
    with structlog.testing.capture_logs() as logs:
        newsroom.crawl()
    assert [log["url"] for log in logs if log["event"] == "article_undated"] == [undated]
    with newsroom.database.read() as session:
        published = {report.article.url: report.article.published for report in queries.reports(session)}
    assert published[undated] is None
    assert published[dated] is not None


def test_the_second_crawl_asks_for_nothing_that_is_known(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    newsroom.crawl()
    newsroom.clock.pass_by(days=10)
    publish(site, 134, 398)
    result = newsroom.crawl()
    assert (result.found, result.fetched, result.reports) == (2, 1, 1)
    assert site.paths().count("/news/observers-134") == 1


def test_two_crawls_in_one_process(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)

    async def twice(crawler: Crawler) -> tuple[CrawlResult, CrawlResult]:
        first = await crawler.crawl("courier")
        newsroom.clock.pass_by(minutes=10)
        publish(site, 134, 398)
        return first, await crawler.crawl("courier")

    first, second = newsroom.run(twice)
    assert (first.reports, second.reports) == (1, 1)
    assert site.paths(robots=True).count("/robots.txt") == 1


def test_twins_of_a_story_are_fetched_and_recorded_once(newsroom: Newsroom, site: NewsSite) -> None:
    title = "CEC accredits 134 foreign observers"
    local = site.url.replace("127.0.0.1", "localhost")
    twins = [
        f"{site.url}/news/observers-134",
        f"{site.url}/amp/news/observers-134",
        f"{local}/news/observers-134/",
        f"{site.url}/news/{title.lower().replace(' ', '-')}-edited-134?utm_source=rss#top",
    ]
    for twin in twins:
        path = twin.split(str(site.port))[1].partition("#")[0]
        site.routes[path] = Reply(pages.observers(134, canonical=twins[0]))
    site.routes["/feed"] = Reply(pages.rss([(twin, title) for twin in twins]))
    result = newsroom.crawl()
    assert (result.found, result.fetched, result.errors) == (1, 1, ())
    assert len([path for path in site.paths() if path != "/feed"]) == 1


def test_a_short_link_is_recorded_under_the_identity_that_it_leads_to(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/news/4711"] = Reply(status=301, headers={"Location": "/news/observers-134"})
    publish(site, 134)
    site.routes["/feed"] = Reply(pages.rss([(f"{site.url}/news/4711", "CEC accredits observers")]))
    newsroom.crawl()
    newsroom.clock.pass_by(days=10)
    publish(site, 134)
    again = newsroom.crawl()
    assert (again.found, again.fetched) == (1, 0)
    site.routes["/feed"] = Reply(pages.rss([(f"{site.url}/news/4711", "CEC accredits observers")]))
    assert newsroom.crawl().fetched == 0


def test_what_cannot_concern_elections_is_not_asked_for(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/news/fog-7"] = Reply(pages.weather())
    site.routes["/feed"] = Reply(pages.rss([(f"{site.url}/news/fog-7", "Fog and ice on the roads")]))
    assert (newsroom.crawl().found, site.paths()) == (1, ["/feed"])
    everything = newsroom.crawl(source_of(site, fetch="all"))
    assert (everything.fetched, everything.reports) == (1, 0)


def test_an_irrelevant_page_is_known_afterwards(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/news/fog-7"] = Reply(pages.weather())
    site.routes["/feed"] = Reply(pages.rss([(f"{site.url}/news/fog-7", "Fog and ice on the roads, says CEC")]))
    newsroom.crawl()
    newsroom.clock.pass_by(days=2)
    result = newsroom.crawl()
    assert (result.found, result.fetched, result.ok) == (1, 0, True)


def test_an_update_told_by_the_feed_is_fetched(newsroom: Newsroom, site: NewsSite) -> None:
    old = NOW - timedelta(days=20)
    url = f"{site.url}/news/observers-134"
    site.routes["/news/observers-134"] = Reply(pages.observers(134, canonical=url, published=old.isoformat()))
    entry = (url, "CEC accredits 134 foreign observers", old)
    site.routes["/feed"] = Reply(pages.atom([(*entry, old)]))
    newsroom.crawl()
    newsroom.clock.pass_by(hours=2)
    site.routes["/news/observers-134"] = Reply(pages.observers(143, canonical=url, published=old.isoformat()))
    assert newsroom.crawl().fetched == 0
    site.routes["/feed"] = Reply(pages.atom([(*entry, newsroom.clock.now() - timedelta(minutes=5))]))
    assert newsroom.crawl().fetched == 1


def test_a_dry_run_tells_and_writes_nothing(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    result = newsroom.crawl(dry_run=True)
    assert (result.found, result.fetched, result.reports, result.changes) == (1, 1, 1, 0)
    found = [event for event in newsroom.events if isinstance(event, ReportFound)]
    assert [(event.headline, event.link.title) for event in found] == [(134, "CEC accredits 134 foreign observers")]
    with newsroom.database.read() as session:
        assert queries.reports(session) == ()
        assert sources.states(session) == {}
        assert sources.runs(session) == ()
        assert known.validator(session, f"{site.url}/feed") is None
    assert newsroom.crawl().fetched == 1


def test_since_looks_back_so_far_and_no_further(newsroom: Newsroom, site: NewsSite) -> None:
    old, new = NOW - timedelta(days=9), NOW - timedelta(days=2)
    items = []
    for number, when in ((134, old), (398, new)):
        url = f"{site.url}/news/observers-{number}"
        site.routes[f"/news/observers-{number}"] = Reply(pages.observers(number, canonical=url))
        items.append((url, "CEC accredits observers", when))
    site.routes["/feed"] = Reply(pages.rss(items))
    result = newsroom.crawl(since=NOW - timedelta(days=5))
    assert (result.found, result.fetched) == (2, 1)
    assert article_urls(newsroom) == [f"{site.url}/news/observers-398"]


def test_several_sources_at_once(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    publish(site, 398, feed="/other")
    other = source_of(site, key="herald", feeds=[{"url": f"{site.url}/other", "language": "en"}])

    async def both(crawler: Crawler) -> tuple[CrawlResult, CrawlResult]:
        return await asyncio.gather(crawler.crawl("courier"), crawler.crawl("herald"))

    results = newsroom.run(both, source_of(site), other)
    assert [(r.source, r.reports) for r in results] == [("courier", 1), ("herald", 1)]


def test_progress_is_told(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134, 398)
    result = newsroom.crawl()
    assert isinstance(newsroom.events[0], CrawlStarted)
    assert newsroom.events[-1] == CrawlFinished(result)
    last = [event for event in newsroom.events if isinstance(event, CrawlProgress)][-1]
    assert (last.found, last.wanted, last.done, last.reports) == (2, 2, 2, 2)


def test_the_oldest_article_is_recorded_first(newsroom: Newsroom, site: NewsSite) -> None:
    items = []
    for hours, number in ((1, 641), (30, 134), (9, 398)):
        url = f"{site.url}/news/observers-{number}"
        site.routes[f"/news/observers-{number}"] = Reply(pages.observers(number, canonical=url))
        items.append((url, "CEC accredits observers", NOW - timedelta(hours=hours)))
    site.routes["/feed"] = Reply(pages.rss(items))
    newsroom.crawl()
    assert [path.rpartition("-")[2] for path in site.paths()[1:]] == ["134", "398", "641"]


def test_an_update_in_the_future_is_no_reason_to_ask_again_and_again(newsroom: Newsroom, site: NewsSite) -> None:
    old = NOW - timedelta(days=20)
    url = f"{site.url}/news/observers-134"
    site.routes["/news/observers-134"] = Reply(pages.observers(134, canonical=url, published=old.isoformat()))
    entry = (url, "CEC accredits 134 foreign observers", old)
    site.routes["/feed"] = Reply(pages.atom([(*entry, NOW + timedelta(days=2))]))
    for _ in range(4):
        newsroom.crawl()
        newsroom.clock.pass_by(hours=2)
    assert site.paths().count("/news/observers-134") == 1


def test_an_edit_that_takes_the_figures_out_is_noticed(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    newsroom.crawl()
    path = "/news/observers-134"
    site.routes[path] = Reply(pages.weather(canonical=site.url + path))
    newsroom.clock.pass_by(days=2)
    result = newsroom.crawl()
    assert (result.fetched, result.reports, result.ok) == (1, 0, True)
    with newsroom.database.read() as session:
        assert [item.kind for item in queries.review(session)] == ["figures_gone"]


def test_a_slug_in_cyrillic_is_one_identity_escaped_or_not(newsroom: Newsroom, site: NewsSite) -> None:
    raw, escaped = "/news/наблюдатели", "/news/" + quote("наблюдатели")
    site.routes[escaped] = Reply(pages.observers(134, canonical=site.url + raw))
    source = source_of(site, article_urls=[r"^127\.0\.0\.1/news/(?P<id>[^/?]+)"])
    for path in (raw, escaped, raw):
        site.routes["/feed"] = Reply(pages.rss([(site.url + path, "Observers accredited")]))
        newsroom.crawl(source)
        newsroom.clock.pass_by(days=12)
    assert site.paths().count(escaped) == 1
