"""A crawler of new settings takes the place of an old one while a crawl is under way."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from crawler.crawl import Crawler, CrawlResult
from crawler.limits import CrawlerSettings
from extract.model import Status
from foundation.errors import CrawlError
from storage import baseline, outbox
from storage.vocabulary import ChangeKind, Subscription
from tests.crawler.conftest import Newsroom, source_of
from tests.crawler.server import NewsSite
from tests.crawler.test_crawl import publish
from tests.crawler.test_stopping import hold_back

TEAM = Subscription(
    channel="team", elections=frozenset(), kinds=frozenset(ChangeKind), statuses=frozenset({Status.ACCREDITED})
)


def test_a_crawl_under_way_goes_on_and_what_it_finds_goes_to_the_new_channels(
    newsroom: Newsroom, site: NewsSite
) -> None:
    publish(site, 134)
    let_go = hold_back(site, "/news/observers-134")
    source = source_of(site)
    with newsroom.database.write() as session:
        baseline.finish(session, [source.key], (), now=newsroom.clock.now())

    async def play() -> tuple[CrawlResult, CrawlResult]:
        before = Crawler([source], CrawlerSettings(), newsroom.database, (), newsroom.clock)
        crawl = asyncio.create_task(before.crawl(source.key))
        await asyncio.to_thread(site.wait_for, "/news/observers-134")
        limits = CrawlerSettings(read_timeout=timedelta(seconds=9))
        after = Crawler([source], limits, newsroom.database, [TEAM], newsroom.clock, reader=newsroom.reader)
        after.succeed(before)
        assert after.running == (source.key,)
        with pytest.raises(CrawlError, match="is being crawled already"):
            await after.crawl(source.key)
        let_go.set()
        finished = await crawl
        again = await after.crawl(source.key)
        await after.close()
        return finished, again

    finished, again = asyncio.run(play())
    assert (finished.finish_reason, finished.errors, finished.alerts) == ("finished", (), 1)
    assert (again.ok, again.fetched) == (True, 0)
    assert [asked.path for asked in site.asked].count("/robots.txt") == 1
    with newsroom.database.read() as session:
        assert [alert.channel for alert in outbox.alerts(session)] == ["team"]
