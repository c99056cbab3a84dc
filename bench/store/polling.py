"""What a poll costs that finds nothing new: the daemon on the demo's outlets, after their campaign."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Self

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
    """One round through three outlets that finds nothing, in milliseconds: the medians of the rounds."""

    taken: float
    cpu: float
    """Of the daemon's own process."""


@dataclass(frozen=True, slots=True)
class Polls:
    """Rounds on an empty store and on a full one, which took turns."""

    empty: Poll
    full: Poll
    times: float
    """CPU time of a round on the full store by that of its neighbour on the empty one: the median."""


@dataclass
class _Clock:
    """Tells the instant that was set."""

    instant: datetime

    def now(self) -> datetime:
        """The current instant, aware."""
        return self.instant


def polls(empty: str, full: str, rounds: int) -> Polls:
    """Let a daemon on each database take in the campaign, and then both find nothing in turn, so many times."""
    databases = [Database.open(url) for url in (empty, full)]
    try:
        with sites() as outlets:
            measured = asyncio.run(_polls(databases, outlets, rounds))
    finally:
        for database in databases:
            database.close()
    of_empty, of_full = ([pair[at] for pair in measured] for at in (0, 1))
    return Polls(_middle(of_empty), _middle(of_full), median(full.cpu / empty.cpu for empty, full in measured))


def _middle(rounds: Sequence[Poll]) -> Poll:
    return Poll(median(one.taken for one in rounds), median(one.cpu for one in rounds))


async def _polls(databases: Sequence[Database], outlets: Sites, rounds: int) -> list[tuple[Poll, Poll]]:
    """What each pair of rounds took, the one on the empty store first; which of them begins changes with each pair."""
    clock = _Clock(_QUIET)
    outlets.set_time(_QUIET)
    sides = [_Side.on(database, outlets, clock) for database in databases]
    measured = []
    try:
        for number in range(_SETTLING + rounds):
            clock.instant += timedelta(hours=4)
            turns = (0, 1) if number % 2 else (1, 0)
            taken = {at: await sides[at].round() for at in turns}
            if number >= _SETTLING:
                measured.append((taken[0], taken[1]))
    finally:
        for side in sides:
            await side.crawler.close()
    return measured


@dataclass(frozen=True)
class _Side:
    """A daemon on one of the databases."""

    crawler: Crawler
    daemon: Daemon
    engine: InProcess

    @classmethod
    def on(cls, database: Database, outlets: Sites, clock: _Clock) -> Self:
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
        return cls(crawler, Daemon(database=database, plan=plan, engine=engine, clock=clock), engine)

    async def round(self) -> Poll:
        gc.collect()  # what rounds before have left behind is not this one's
        begun, used = time.perf_counter(), time.process_time()
        await _round(self.daemon, self.engine)
        return Poll((time.perf_counter() - begun) * 1000, (time.process_time() - used) * 1000)


async def _round(daemon: Daemon, engine: InProcess) -> None:
    await daemon.tick()
    if len(engine.crawls) != len(daemon.plan.sources):
        raise RuntimeError(f"only {sorted(engine.crawls)} are crawled in this round")
    while tasks := {*engine.crawls.values(), *engine.deliveries.values()}:
        await asyncio.wait(tasks)
        await asyncio.sleep(0)
