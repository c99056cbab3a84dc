"""What the next crawl makes of one that was killed, or whose findings could not be recorded."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from sqlalchemy import text

from crawler.crawl import Crawler, CrawlResult
from crawler.source import Source
from storage import queries, sources
from storage.database import Database
from tests.crawler import pages
from tests.crawler.conftest import NOW, Newsroom, source_of
from tests.crawler.server import Asked, NewsSite, Reply, Route


def listed(site: NewsSite, *numbers: int) -> Source:
    """A source whose listing shows these articles, two a page."""
    for number in numbers:
        url = f"{site.url}/news/observers-{number}"
        site.routes[f"/news/observers-{number}"] = Reply(pages.observers(number, canonical=url))
    for page, first in enumerate(range(0, len(numbers), 2), 1):
        shown = numbers[first : first + 2]
        links = [(f"/news/observers-{number}", f"CEC accredits {number} foreign observers") for number in shown]
        site.routes[f"/all/{page}"] = Reply(pages.listing(links))
    return source_of(site, listings=[{"url": f"{site.url}/all/{{page}}", "language": "en", "pages": 9}])


def recorded(database: Database) -> set[str]:
    with database.read() as session:
        return {(report.article.url or "").rpartition("-")[2] for report in queries.reports(session)}


def test_what_a_killed_crawl_saw_and_did_not_fetch_is_not_passed_over(newsroom: Newsroom, site: NewsSite) -> None:
    assert newsroom.crawl(listed(site, 101)).ok
    newsroom.clock.pass_by(hours=1)
    assert newsroom.crawl(listed(site, 107, 101)).ok
    # What is left of the second crawl if it was killed after its first article, the newest one of several pages.
    with newsroom.database.write() as session:
        session.execute(text("UPDATE crawl_run SET finished_at = NULL, finish_reason = NULL WHERE id = 2"))
        session.execute(text("UPDATE source_state SET last_success_at = :then"), {"then": NOW.replace(tzinfo=None)})
    newsroom.clock.pass_by(hours=1)
    assert newsroom.crawl(listed(site, 107, 106, 105, 104, 103, 102, 101)).ok
    assert recorded(newsroom.database) == {"101", "102", "103", "104", "105", "106", "107"}
    newsroom.clock.pass_by(hours=1)
    before = len(site.paths())
    assert newsroom.crawl(listed(site, 107, 106, 105, 104, 103, 102, 101)).ok
    again = [path for path in site.paths()[before:] if path.startswith("/all/")]
    assert again == ["/all/1"], "once that is made up for, a listing is read as far as it is new"


def locking(other: sqlite3.Connection, page: Route) -> Route:
    """The page, while another process takes the database as the page is asked for."""

    def answer(asked: Asked) -> Reply:
        other.execute("BEGIN IMMEDIATE")
        return page if isinstance(page, Reply) else page(asked)

    return answer


def test_an_edit_that_could_not_be_recorded_is_asked_for_again(newsroom: Newsroom, site: NewsSite) -> None:
    file = newsroom.database.file
    newsroom.database = Database.open(f"sqlite:///{file}", busy_timeout=timedelta(milliseconds=50))
    url = f"{site.url}/news/observers-134"
    published = NOW - timedelta(days=1)

    def show(total: int, updated_hours_ago: float) -> None:
        site.routes["/news/observers-134"] = Reply(pages.observers(total, canonical=url))
        updated = newsroom.clock.now() - timedelta(hours=updated_hours_ago)
        entry = (url, f"CEC accredits {total} foreign observers", published, updated)
        site.routes["/feed"] = Reply(pages.atom([entry]), type="application/atom+xml")

    async def play(crawler: Crawler) -> tuple[bool, bool]:
        show(134, 3)
        assert (await crawler.crawl("courier")).ok
        newsroom.clock.pass_by(minutes=4)
        show(143, 0.01)
        other = sqlite3.connect(str(file), isolation_level=None, check_same_thread=False)
        site.routes["/news/observers-134"] = locking(other, site.routes["/news/observers-134"])
        failed = await crawler.crawl("courier")
        other.execute("ROLLBACK")
        other.close()
        site.routes["/news/observers-134"] = Reply(pages.observers(143, canonical=url))
        newsroom.clock.pass_by(minutes=2)
        return failed.ok, (await crawler.crawl("courier")).ok

    assert newsroom.run(play) == (False, True)
    with newsroom.database.read() as session:
        (report,) = queries.reports(session)
        assert [run.finish_reason for run in sources.runs(session)][:1] == ["finished"]
    assert report.article.title == "CEC accredits 143 foreign observers"


def test_pages_that_say_nothing_and_could_not_be_recorded_are_fetched_again(newsroom: Newsroom, site: NewsSite) -> None:
    title = "Fog and ice on the roads of the north, says CEC"
    urls = [f"{site.url}/news/fog-{number}" for number in (7, 8, 9)]
    for number in (7, 8, 9):
        site.routes[f"/news/fog-{number}"] = Reply(pages.weather())
    site.routes["/feed"] = Reply(pages.rss([(url, title) for url in urls]), type="application/rss+xml")
    newsroom.database = Database.open(f"sqlite:///{newsroom.database.file}", busy_timeout=timedelta(milliseconds=50))
    other = sqlite3.connect(str(newsroom.database.file), isolation_level=None, check_same_thread=False)

    async def play(crawler: Crawler) -> tuple[CrawlResult, CrawlResult]:
        site.routes["/news/fog-9"] = locking(other, site.routes["/news/fog-9"])
        failed = await crawler.crawl("courier")
        other.execute("ROLLBACK")
        other.close()
        site.routes["/news/fog-9"] = Reply(pages.weather())
        newsroom.clock.pass_by(minutes=10)
        return failed, await crawler.crawl("courier")

    failed, made_up = newsroom.run(play)
    assert (failed.ok, failed.fetched) == (False, 0)
    assert any(error.startswith("3 pages of which nothing was read could not be recorded") for error in failed.errors)
    assert (made_up.ok, made_up.fetched) == (True, 3)
