"""`python -m bench.soak`: let one daemon go through thousands of cycles, and look whether it grows."""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from accredwatch.config import load
from accredwatch.log import LoggingSettings, set_up
from accredwatch.newsroom.campaign import DAYS, LOOKS
from accredwatch.newsroom.outlets import ALMATY
from accredwatch.newsroom.sources import replica_sources
from alerts.delivery import Deliverer
from alerts.settings import AlertSettings, Channel
from bench.soak.sites import ROOT, Sites, sites
from crawler.crawl import Crawler
from crawler.limits import CrawlerSettings
from foundation.redaction import Redactor
from scheduler.daemon import Daemon
from scheduler.in_process import InProcess
from scheduler.plan import Plan
from scheduler.settings import SchedulerSettings
from storage.database import Database

_BEGIN, _END = (datetime.combine(DAYS[at], LOOKS[at], ALMATY) for at in (0, -1))
_SAMPLES = 100
"""How often the process is looked at."""
LIMIT = 0.05
"""Growth after the warm-up that is no leak."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the process holds at an instant."""

    cycle: int
    memory: float
    """Megabytes of resident memory."""
    descriptors: int
    threads: int

    @classmethod
    def take(cls, cycle: int) -> Sample:
        """Now."""
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        descriptors = len(list(Path("/proc/self/fd").iterdir()))
        threads = len(list(Path("/proc/self/task").iterdir()))
        return cls(cycle, pages * os.sysconf("SC_PAGE_SIZE") / 1e6, descriptors, threads)


@dataclass
class SetClock:
    """Tells the instant that was set."""

    instant: datetime

    def now(self) -> datetime:
        """The current instant, aware."""
        return self.instant


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the soak; 0 if nothing grows by more than the limit after the warm-up, 1 if something does."""
    asked = _parser().parse_args(arguments)
    set_up(LoggingSettings(level="error"), Redactor())
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="accredwatch-soak-") as folder, sites() as outlets:
        database = Database.open(f"sqlite:///{folder}/soak.sqlite3")
        samples, crawls, alerts = asyncio.run(_soak(database, outlets, asked.cycles))
        damage = database.check()
        database.close()
    growth = _show(samples, crawls, alerts, time.monotonic() - begun)
    return 1 if damage or any(share > LIMIT for share in growth.values()) else 0


async def _soak(database: Database, outlets: Sites, cycles: int) -> tuple[list[Sample], int, int]:
    """All cycles of one daemon; what it held, how many crawls it made, how many alerts arrived."""
    clock = SetClock(_BEGIN)
    channel = Channel(name="desk", url=SecretStr(outlets.channel_url))
    replicas = replica_sources(load(ROOT / "config.toml").source, outlets)
    subscriptions = [channel.subscription()]
    crawler = Crawler(replicas, CrawlerSettings(), database, subscriptions, clock)
    deliverer = Deliverer(database=database, settings=AlertSettings(), clock=clock, channels=[channel])
    plan = Plan(
        sources=replicas,
        crawler=crawler,
        deliverer=deliverer,
        subscriptions=subscriptions,
        settings=SchedulerSettings(),
    )
    engine = InProcess.of(plan, database, clock)
    daemon = Daemon(database=database, plan=plan, engine=engine, clock=clock)
    samples, crawls = [], 0
    step = (_END - _BEGIN) / cycles
    every = max(cycles // _SAMPLES, 1)
    try:
        for cycle in range(1, cycles + 1):
            clock.instant += step
            outlets.set_time(clock.instant)
            await daemon.tick()
            crawls += len(engine.crawls)
            while tasks := {*engine.crawls.values(), *engine.deliveries.values()}:
                await asyncio.wait(tasks)
                await asyncio.sleep(0)
            if cycle % every == 0:
                samples.append(Sample.take(cycle))
                _say(str(samples[-1]))
    finally:
        await crawler.close()
    return samples, crawls, outlets.set_time(clock.instant)


def _show(samples: Sequence[Sample], crawls: int, alerts: int, seconds: float) -> dict[str, float]:
    """Print the table; by how much each quantity grew from after the warm-up, a fifth of the cycles, to the end."""
    tenth = max(len(samples) // 10, 1)
    early, late = samples[2 * tenth : 3 * tenth], samples[-tenth:]
    lines = [
        f"{samples[-1].cycle} cycles, {crawls} crawls, {alerts} alerts, {seconds:.0f} s",
        "",
        f"| what | cycles {early[0].cycle}-{early[-1].cycle} | cycles {late[0].cycle}-{late[-1].cycle} | growth |",
        "| --- | ---: | ---: | ---: |",
    ]
    growth = {}
    for name, unit in (("memory", "MB"), ("descriptors", ""), ("threads", "")):
        before, after = (statistics.median(getattr(sample, name) for sample in part) for part in (early, late))
        growth[name] = after / before - 1
        lines.append(f"| {name} {unit} | {before:.1f} | {after:.1f} | {growth[name]:+.1%} |")
    sys.stdout.write("\n".join(lines) + "\n")
    return growth


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--cycles", type=int, default=2000, help="rounds through every source (default: 2000)")
    return parser


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
