"""What a poll costs that finds nothing new: the daemon on the demo's outlets, after their campaign."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from accredwatch.config import load
from accredwatch.newsroom.campaign import DAYS, LOOKS
from accredwatch.newsroom.outlets import ALMATY
from accredwatch.newsroom.sources import replica_sources
from alerts.delivery import Deliverer
from alerts.settings import AlertSettings
from bench.soak.sites import ROOT, Sites, sites
from crawler.crawl import Crawler
from crawler.limits import CrawlerSettings
from scheduler.daemon import Daemon
from scheduler.in_process import InProcess
from scheduler.plan import Plan
from scheduler.settings import SchedulerSettings
from storage.database import Database

BEGIN = datetime.combine(DAYS[0], LOOKS[0], ALMATY)
"""The first instant of the campaign, before which everything else in the store was published."""
_QUIET = datetime.combine(DAYS[-1], LOOKS[-1], ALMATY) + timedelta(days=14)
"""Nothing is published any more, and nothing is asked for again."""
_SETTLING = 4
"""Rounds in which the campaign is taken in."""


@dataclass(frozen=True, slots=True)
class Poll:
    """One round through three outlets that finds nothing, in milliseconds: the median of the rounds."""

    taken: float
    cpu: float
    """Of the daemon's own process."""


@dataclass
class _Clock:
    """Tells the instant that was set."""

    instant: datetime

    def now(self) -> datetime:
        """The current instant, aware."""
        return self.instant


def poll(url: str, rounds: int) -> Poll:
    """Let a daemon on this database take in the campaign, and then find nothing so many times."""
    database = Database.open(url)
    try:
        with sites() as outlets:
            return asyncio.run(_poll(database, outlets, rounds))
    finally:
        database.close()


async def _poll(database: Database, outlets: Sites, rounds: int) -> Poll:
    clock = _Clock(_QUIET)
    outlets.set_time(_QUIET)
    replicas = replica_sources(load(ROOT / "config.toml").source, outlets)
    crawler = Crawler(replicas, CrawlerSettings(), database, (), clock)
    plan = Plan(
        sources=replicas,
        crawler=crawler,
        deliverer=Deliverer(database=database, settings=AlertSettings(), clock=clock, channels=[]),
        subscriptions=(),
        settings=SchedulerSettings(),
    )
    engine = InProcess.of(plan, database, clock)
    daemon = Daemon(database=database, plan=plan, engine=engine, clock=clock)
    taken, cpu = [], []
    try:
        for number in range(_SETTLING + rounds):
            clock.instant += timedelta(hours=4)
            begun, used = time.perf_counter(), time.process_time()
            await _round(daemon, engine)
            if number >= _SETTLING:
                taken.append((time.perf_counter() - begun) * 1000)
                cpu.append((time.process_time() - used) * 1000)
    finally:
        await crawler.close()
    return Poll(median(taken), median(cpu))


async def _round(daemon: Daemon, engine: InProcess) -> None:
    await daemon.tick()
    if len(engine.crawls) != len(daemon.plan.sources):
        raise RuntimeError(f"only {sorted(engine.crawls)} are crawled in this round")
    while tasks := {*engine.crawls.values(), *engine.deliveries.values()}:
        await asyncio.wait(tasks)
        await asyncio.sleep(0)
