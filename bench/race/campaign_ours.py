"""Our daemon in the campaign: as it is, with the campaign's hour for its clock."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from accredwatch.config import load
from accredwatch.newsroom.receiver import Receiver
from accredwatch.newsroom.sources import replica_sources
from alerts.delivery import Deliverer
from alerts.settings import AlertSettings, Channel
from bench.race.campaign_facts import COMPLETED, Key, stated
from bench.race.campaign_sites import Sites
from bench.race.campaign_verdict import Message
from crawler.crawl import Crawler
from crawler.limits import CrawlerSettings
from scheduler.daemon import Daemon
from scheduler.in_process import InProcess
from scheduler.plan import Plan
from scheduler.settings import SchedulerSettings
from storage.database import Database
from storage.vocabulary import Audience

ROOT = Path(__file__).resolve().parents[2]


class _SitesClock:
    """What time it is at the sites."""

    def __init__(self, sites: Sites) -> None:
        self._sites = sites

    def now(self) -> datetime:
        """The sites' instant."""
        return self._sites.newsroom.now


class Ours:
    """A daemon with one channel for readers and one for operators, both as they are by default."""

    def __init__(self, sites: Sites, database: Database, readers: Receiver, operators: Receiver) -> None:
        self._sites, self._readers, self._operators = sites, readers, operators
        self.messages: list[Message] = []
        """What the readers got, in order."""
        clock = _SitesClock(sites)
        channels = [
            Channel(name="desk", url=SecretStr(readers.channel_url)),
            Channel(name="duty", url=SecretStr(operators.channel_url), audience=Audience.OPERATORS),
        ]
        subscriptions = [channel.subscription() for channel in channels]
        # Due at each look, and taken to be down only where it is.
        every = {"interval": sites.campaign.every}
        replicas = replica_sources(load(ROOT / "config.toml").source, sites.newsroom)
        sources = [source.model_copy(update=every) for source in replicas]
        self._crawler = Crawler(sources, CrawlerSettings(), database, subscriptions, clock)
        plan = Plan(
            sources=sources,
            crawler=self._crawler,
            deliverer=Deliverer(database=database, settings=AlertSettings(), clock=clock, channels=channels),
            subscriptions=subscriptions,
            settings=SchedulerSettings(jitter=0),
        )
        self._engine = InProcess.of(plan, database, clock)
        self._daemon = Daemon(database=database, plan=plan, engine=self._engine, clock=clock)
        self._runner = asyncio.Runner()

    @property
    def notices(self) -> list[str]:
        """What operators were told of the sources, in order."""
        return [str(delivery.payload["title"]) for delivery in self._operators.accepted]

    def look(self, now: datetime) -> None:
        """Crawl what is due and deliver what came of it."""
        before = len(self._readers.accepted)
        self._runner.run(self._tick())
        for delivery in self._readers.accepted[before:]:
            for payload in delivery.payload.get("alerts") or [delivery.payload]:
                self.messages.append(Message(now, str(delivery.payload["title"]), frozenset(_keys(payload))))

    def close(self) -> None:
        """End it."""
        self._runner.run(self._crawler.close())
        self._runner.close()

    async def _tick(self) -> None:
        # Twice: what the last crawl leaves is delivered at the daemon's next waking.
        for _ in range(2):
            await self._daemon.tick()
            while tasks := {*self._engine.crawls.values(), *self._engine.deliveries.values()}:
                await asyncio.wait(tasks)
                await asyncio.sleep(0)


@contextmanager
def ours(sites: Sites, folder: Path) -> Iterator[Ours]:
    """Our daemon with a database in the folder, for the length of the block."""
    with Receiver() as readers, Receiver() as operators:
        database = Database.open(f"sqlite:///{folder}/campaign.sqlite3", clock=_SitesClock(sites))
        program = Ours(sites, database, readers, operators)
        try:
            yield program
        finally:
            program.close()
            database.close()


def _keys(payload: Mapping[str, Any]) -> Iterator[Key]:
    """The fact that an alert tells, by its fields."""
    figure, previous = payload.get("figure"), payload.get("previous")
    if payload["kind"] == "completed":
        yield COMPLETED
    elif payload["kind"] == "corrected":
        yield "corrected", figure and figure["value"], previous and previous["value"]
    elif figure:
        yield stated(figure["scope"], figure["status"], figure["basis"], figure["value"])
