"""The daemon with the real crawler between a newsroom in trouble, readers and operators."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from accredwatch.config import load
from accredwatch.newsroom.campaign import SITES, STORIES
from accredwatch.newsroom.server import Newsroom, Trouble
from accredwatch.newsroom.sources import replica_sources
from alerts.delivery import Deliverer
from alerts.settings import AlertSettings, Channel
from crawler.crawl import Crawler
from crawler.limits import CrawlerSettings
from scheduler.daemon import Daemon
from scheduler.in_process import InProcess
from scheduler.plan import Plan
from scheduler.settings import SchedulerSettings
from storage.database import Database
from tests.alerts.receivers import WebhookReceiver
from tests.scheduler.test_daemon import ticked

ROOT = Path(__file__).resolve().parents[2]
CAPTCHA = '<html><title>Just a moment...</title><body><div class="cf-challenge"></div></body></html>'
STORY = next(story for story in STORIES if story.outlet == "astana_times" and "observers" in story.title.lower())
"""Published in the middle of the trouble."""


@dataclass
class NewsroomClock:
    newsroom: Newsroom

    def now(self) -> datetime:
        return self.newsroom.now


@pytest.fixture
def receivers() -> Iterator[tuple[WebhookReceiver, WebhookReceiver]]:
    both = WebhookReceiver(), WebhookReceiver()
    yield both
    for receiver in both:
        receiver.close()


def test_operators_learn_of_a_captcha_of_its_end_and_of_the_story_fetched_late(
    sqlite_database: Database, receivers: tuple[WebhookReceiver, WebhookReceiver]
) -> None:
    readers, operators = receivers
    begin = STORY.published - timedelta(minutes=65)
    channels = [
        Channel.model_validate({"name": "readers", "url": readers.url}),
        Channel.model_validate({"name": "operators", "url": operators.url, "audience": "operators"}),
    ]
    subscriptions = [channel.subscription() for channel in channels]
    with Newsroom(STORIES, now=begin, outlets=SITES) as newsroom:
        clock = NewsroomClock(newsroom)
        (source,) = (
            source.model_copy(update={"interval": timedelta(minutes=10)})
            for source in replica_sources(load(ROOT / "config.toml").source, newsroom)
            if source.key == STORY.outlet
        )

        async def play() -> None:
            crawler = Crawler([source], CrawlerSettings(), sqlite_database, subscriptions, clock)
            plan = Plan(
                sources=[source],
                crawler=crawler,
                deliverer=Deliverer(
                    database=sqlite_database, settings=AlertSettings(), clock=clock, channels=channels,
                    names={source.key: source.name},
                ),
                subscriptions=subscriptions,
                settings=SchedulerSettings(jitter=0),
            )  # fmt: skip
            engine = InProcess.of(plan, sqlite_database, clock)
            daemon = Daemon(database=sqlite_database, plan=plan, engine=engine, clock=clock)

            async def crawl(times: int) -> None:
                for _ in range(times):
                    await ticked(daemon)
                    await ticked(daemon)
                    newsroom.now += timedelta(minutes=10)
                # After errors the daemon waits longer; nobody waits for that here.
                newsroom.now += timedelta(minutes=30)

            try:
                await crawl(3)
                newsroom.trouble(source.key, Trouble(body=CAPTCHA))
                newsroom.trouble(source.key, Trouble(path="/robots.txt", status=404))
                await crawl(16)
                newsroom.calm()
                newsroom.now += timedelta(hours=3)
                await crawl(6)
            finally:
                await crawler.close()

        asyncio.run(play())
    blocked, recovered = (request.json for request in operators.requests)
    assert (blocked["kind"], recovered["kind"], recovered["ended"]) == ("blocked", "recovered", "blocked")
    assert recovered["since"] == blocked["since"]
    assert STORY.title in {late["title"] for late in recovered["late"]}
    assert recovered["late_count"] >= 1
    assert "fetched late" in recovered["title"]
    assert {request.json["kind"] for request in readers.requests} <= {"new_total", "new_batch", "new_part", "conflict"}
