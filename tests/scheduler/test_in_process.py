"""The engine of one process: what a crawl finds is delivered as soon as it is on record."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field

import pytest

from crawler.progress import CrawlResult, OnAlerts
from scheduler.in_process import InProcess
from scheduler.jobs import Jobs
from storage import baseline
from tests.alerts.desk import Desk
from tests.alerts.receivers import WebhookReceiver
from tests.scheduler.scripted import ScriptedCrawler, a_source


@pytest.fixture(autouse=True)
def known_source(desk: Desk) -> None:
    """A first crawl, whose alerts are held, is behind it."""
    with desk.database.write() as session:
        baseline.finish(session, ("alpha",), (), now=desk.clock.now())


@dataclass
class Lingering(ScriptedCrawler):
    """A crawler that has more to do after what it has found."""

    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def crawl(self, key: str, *, on_alerts: OnAlerts | None = None) -> CrawlResult:
        result = await super().crawl(key)
        if result.alerts and on_alerts is not None:
            on_alerts()
        await self.released.wait()
        return result


@dataclass(kw_only=True)
class Parting(Jobs):
    """Rounds of delivery that have looked and not come to their end yet."""

    looked: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def deliver(self, channel: str) -> None:
        await super().deliver(channel)
        self.looked.set()
        await self.released.wait()


def jobs_of(desk: Desk, crawler: ScriptedCrawler, kind: type[Jobs] = Jobs) -> Jobs:
    return kind(
        database=desk.database,
        clock=desk.clock,
        sources=[a_source("alpha")],
        crawler=crawler,
        deliverer=desk.deliverer(),
        subscriptions=crawler.subscriptions,
    )


def scripted(desk: Desk, kind: type[ScriptedCrawler] = ScriptedCrawler) -> ScriptedCrawler:
    return kind(desk.database, [c.subscription() for c in desk.channels], desk.clock)


def test_an_alert_does_not_wait_for_the_end_of_its_crawl(desk: Desk, receiver: WebhookReceiver) -> None:
    async def crawled() -> None:
        crawler = scripted(desk, Lingering)
        assert isinstance(crawler, Lingering)
        crawler.script["alpha"] = deque([[101]])
        engine = InProcess(jobs_of(desk, crawler))
        await engine.crawl(["alpha"])
        crawl = engine.crawls["alpha"]
        await asyncio.to_thread(receiver.wait_for, 1)
        assert not crawl.done()
        crawler.released.set()
        await asyncio.wait({crawl, *engine.deliveries.values()})

    asyncio.run(crawled())
    assert [r.json["figure"]["value"] for r in receiver.requests] == [101]


def test_what_comes_as_a_round_ends_gets_another_one(desk: Desk, receiver: WebhookReceiver) -> None:
    async def two_rounds() -> None:
        jobs = jobs_of(desk, scripted(desk), Parting)
        assert isinstance(jobs, Parting)
        engine = InProcess(jobs)
        engine.deliver_at_once()
        await jobs.looked.wait()
        desk.publish()
        engine.deliver_at_once()
        assert not receiver.requests
        jobs.released.set()
        await asyncio.to_thread(receiver.wait_for, 1)
        while engine.deliveries:
            await asyncio.wait(engine.deliveries.values())

    asyncio.run(two_rounds())
    assert len(desk.values(receiver.keys)) == 1
