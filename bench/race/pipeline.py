"""Our whole way from the feed to the database, archive included: what a page and what a check costs."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

from accredwatch.config import load
from accredwatch.newsroom.sources import replica_sources
from bench.race.measuring import cpu, tasks, tree
from bench.race.newsroom import Site
from bench.race.stories import FIRST, ROOT
from crawler.archive import Archive
from crawler.crawl import Crawler
from crawler.limits import CrawlerSettings
from crawler.look import documents
from crawler.reading import PageText, Reader
from crawler.rereading import Rereader
from crawler.source import Source
from foundation.errors import CrawlError
from storage.database import Database

_TICK = 0.01
"""Seconds between two looks at the event loop."""


@dataclass
class SetClock:
    """Tells the instant that was set."""

    instant: datetime = FIRST + timedelta(days=30)

    def now(self) -> datetime:
        """The current instant, aware."""
        return self.instant


@dataclass(frozen=True, slots=True)
class Pace:
    """What it took to go through pages."""

    pages: int
    seconds: float
    cpu: float
    """Seconds of CPU time, of all processes."""
    texts: int | None = None
    """Pages whose text was found; None where nobody looked for it."""
    served: float | None = None
    """Milliseconds of CPU time that the newsroom took for a page; None where nobody counted."""
    late: tuple[float, ...] = ()
    """By how many seconds each tick of a ticker in the event loop came late."""

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds

    @property
    def cost(self) -> float:
        """Milliseconds of CPU time a page."""
        return self.cpu / self.pages * 1000

    @property
    def stall(self) -> float:
        """Milliseconds by which 99 of 100 ticks came late at most."""
        ordered = sorted(self.late)
        return ordered[int(0.99 * len(ordered))] * 1000 if ordered else 0.0


def replicas(site: Site) -> dict[str, Source]:
    """The configured sources, on the replicas."""
    return {source.key: source for source in replica_sources(load(ROOT / "config.toml").source, site)}


def through_all(site: Site, folder: Path, *, workers: int = 1) -> Pace:
    """Crawl every article of the first outlet. Raises CrawlError if one is not there in the end."""
    folder.mkdir(parents=True)
    with store(folder) as database:
        return asyncio.run(_crawl(site, database, folder, workers))


def read_again(site: Site, folder: Path, *, workers: int) -> Pace:
    """Read the archive in the folder of a crawl before, as `accredwatch reread` does.

    Raises CrawlError if a page of it could not be read.
    """
    with store(folder) as database:
        return asyncio.run(_reread(site, database, folder, workers))


@contextmanager
def cores(count: int) -> Iterator[None]:
    """Leave this process, the newsroom and what else was started here no more than so many of its cores."""
    before = os.sched_getaffinity(0)
    _spread(sorted(before)[:count])
    try:
        yield
    finally:
        _spread(before)


def _spread(over: Iterable[int]) -> None:
    for thread in (int(task.name) for pid in tree(os.getpid()) for task in tasks(pid)):
        with suppress(ProcessLookupError):  # it has ended meanwhile
            os.sched_setaffinity(thread, over)


@contextmanager
def store(folder: Path) -> Iterator[Database]:
    """The database in the folder of a crawl."""
    database = Database.open(f"sqlite:///{folder}/race.sqlite3")
    try:
        yield database
    finally:
        database.close()


async def _reread(site: Site, database: Database, folder: Path, workers: int) -> Pace:
    settings, sources = CrawlerSettings(workers=workers), replicas(site)
    reader = Reader(settings)
    rereader = Rereader(
        database=database, archive=Archive(folder / "warc"), reader=reader, sources=sources, limits=settings
    )
    try:
        first = await asyncio.to_thread(first_page, site, sources["kazinform"])
        await asyncio.gather(*(reader.read(first) for _ in range(workers)))
        begun, before = time.monotonic(), spent(site)
        results = [one async for one in rereader.read(source="kazinform")]
        pace = Pace(len(results), time.monotonic() - begun, spent(site) - before)
    finally:
        await reader.close()
    if errors := [one.error for one in results if one.error is not None]:
        raise CrawlError(f"{len(errors)} of {len(results)} articles could not be read again: {errors[0]}")
    return pace


async def _crawl(site: Site, database: Database, folder: Path, workers: int) -> Pace:
    source = replicas(site)["kazinform"].model_copy(update={"fetch": "all", "listings": ()})
    measured, warming = (
        source.model_copy(update={"key": key, "feeds": tuple(f for f in source.feeds if f.language in languages)})
        for key, languages in (("kazinform", {"en"}), ("warming", {"ru", "kk"}))
    )
    settings = CrawlerSettings(workers=workers)
    reader = Reader(settings)
    archive = Archive(folder / "warc")
    crawler = Crawler((measured, warming), settings, database, (), SetClock(), reader=reader, archive=archive)
    try:
        first = await asyncio.to_thread(first_page, site, source)
        await asyncio.gather(*(reader.read(first) for _ in range(workers)))
        await crawler.crawl("warming")
        site.log()
        begun, before = time.monotonic(), spent(site)
        ticking = asyncio.create_task(_tick())
        result = await crawler.crawl("kazinform")
        ticking.cancel()
        late = await ticking
        pace = Pace(result.fetched, time.monotonic() - begun, spent(site) - before, result.fetched, late=late)
    finally:
        await crawler.close()
        await reader.close()
    if result.fetched != len(site.urls):
        raise CrawlError(f"{result.fetched} of {len(site.urls)} articles were recorded: {result.errors}")
    return pace


def spent(site: Site) -> float:
    """Seconds of CPU time of this process and its workers; the newsroom is none of them."""
    return cpu(pid for pid in tree(os.getpid()) if pid != site.pid)


def first_page(site: Site, source: Source) -> PageText:
    """A page that is read in full, so that a worker starts and loads what reading needs; most never get to one."""
    with urlopen(site.urls[0], timeout=30) as answer:  # noqa: S310 - the replica newsroom on loopback
        body = answer.read()
    return PageText(url=site.urls[0], body=body, content_type=None, site=source.site(), published=None, known=True)


async def _tick() -> tuple[float, ...]:
    """Until cancelled: by how much each tick comes late."""
    late = []
    try:
        while True:
            wanted = time.monotonic() + _TICK
            await asyncio.sleep(_TICK)
            late.append(time.monotonic() - wanted)
    except asyncio.CancelledError:
        return tuple(late)


def quiet(site: Site, folder: Path, *, checks: int) -> float:
    """Milliseconds of CPU time that a check of one feed or list takes, robots.txt once an hour included.

    Each source is checked so often, every ten minutes. Raises CrawlError if a check fails.
    """
    folder.mkdir(parents=True)
    database = Database.open(f"sqlite:///{folder}/race.sqlite3")
    try:
        return asyncio.run(_check(site, database, folder, checks))
    finally:
        database.close()


async def _check(site: Site, database: Database, folder: Path, checks: int) -> float:
    sources, clock = replicas(site), SetClock()
    crawler = Crawler(sources.values(), CrawlerSettings(), database, (), clock, archive=Archive(folder / "warc"))

    async def everywhere(times: int) -> None:
        for _ in range(times):
            clock.instant += timedelta(minutes=10)
            for key in sources:
                result = await crawler.crawl(key)
                if not result.ok:
                    raise CrawlError(f"a check of {key} failed: {result.errors}")

    try:
        await everywhere(1)
        for number in (610_001, 610_002):  # validators are trusted once they have changed with what they stand for
            site.publish(number, number % 1000)
            await everywhere(2)
        begun = time.process_time()
        await everywhere(checks)
        took = time.process_time() - begun
    finally:
        await crawler.close()
    return took / checks / sum(len(list(documents(source))) for source in sources.values()) * 1000
