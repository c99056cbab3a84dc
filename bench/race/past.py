"""A walk through the past, from its lists of articles to the database, archive included."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bench.race.measuring import cpu
from bench.race.newsroom import Site
from bench.race.pipeline import Pace, SetClock, first_page, replicas, spent, store
from bench.race.stories import FIRST
from crawler.archive import Archive
from crawler.backfill import Stretch
from crawler.limits import CrawlerSettings
from crawler.progress import CrawlResult
from crawler.source import Source
from crawler.walk import Walk
from foundation.errors import CrawlError
from storage.database import Database

EVERY = timedelta(hours=12)
"""How often an article was published: hundreds of them fill months, which are walked through one after the other."""
_STRETCH = timedelta(days=30)


def through_past(site: Site, folder: Path, *, workers: int) -> Pace:
    """Walk through every article of the first outlet as `accredwatch backfill` does, a month at a time.

    Raises CrawlError if an article is not there in the end.
    """
    folder.mkdir(parents=True)
    with store(folder) as database:
        return asyncio.run(_walk(site, database, folder, workers))


async def _walk(site: Site, database: Database, folder: Path, workers: int) -> Pace:
    source = replicas(site)["kazinform"]
    english = tuple(feed for feed in source.feeds if feed.language == "en")
    source = source.model_copy(update={"fetch": "all", "feeds": english, "listings": (), "sitemaps": ()})
    months = list(_months(source, FIRST + EVERY * len(site.urls)))
    settings, clock = CrawlerSettings(workers=workers), SetClock(months[-1].until + timedelta(days=1))
    walked: list[CrawlResult] = []
    walk = Walk(
        settings,
        database,
        clock,
        archive=Archive(folder / "warc"),
        on_walked=lambda _, result: walked.append(result),
    )
    try:
        first = await asyncio.to_thread(first_page, site, source)
        await asyncio.gather(walk.recorder.ready(), *(walk.reader.read(first) for _ in range(workers)))
        begun, before, served_before = time.monotonic(), spent(site), cpu([site.pid])
        await walk.through(months)
        seconds, took, served = time.monotonic() - begun, spent(site) - before, cpu([site.pid]) - served_before
    finally:
        await walk.close()
    fetched, errors = sum(one.fetched for one in walked), [error for one in walked for error in one.errors]
    if fetched != len(site.urls) or errors:
        raise CrawlError(f"{fetched} of {len(site.urls)} articles were recorded: {errors}")
    return Pace(fetched, seconds, took, fetched, served=served / fetched * 1000)


def _months(source: Source, end: datetime) -> Iterator[Stretch]:
    """Stretches of thirty days until all was published."""
    begin = FIRST.date()
    while begin <= end.date():
        last = begin + _STRETCH - timedelta(days=1)
        yield Stretch(f"{begin}/{last}", begin, last, source)
        begin += _STRETCH
