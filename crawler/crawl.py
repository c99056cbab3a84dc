"""Crawling sources, again and again, in one process and one event loop."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from functools import cache

import structlog

from crawler.active import Active
from crawler.addresses import AddressGuard
from crawler.archive import Archive
from crawler.chronicle import Chronicle
from crawler.limits import CrawlerSettings
from crawler.memory import Memory
from crawler.pause import pause
from crawler.precedence import Precedence
from crawler.progress import CrawlResult, OnAlerts, OnProgress
from crawler.reading import Reader
from crawler.relevance import Relevance
from crawler.resident import Resident
from crawler.run import CrawlRun
from crawler.source import Source
from crawler.spiders import spider_class
from crawler.spiders.base import SourceSpider
from foundation.clock import Clock
from foundation.errors import CrawlError, NotFound
from storage.database import Database
from storage.vocabulary import Subscription

__all__ = ["CrawlResult", "Crawler", "new_run"]

log = structlog.get_logger(__name__)


def new_run(  # noqa: PLR0913 - one place that knows all that a crawl needs
    source: Source,
    limits: CrawlerSettings,
    database: Database,
    reader: Reader,
    clock: Clock,
    *,
    resident: Resident | None = None,
    precedence: Precedence | None = None,
    archive: Archive | None = None,
    subscriptions: Iterable[Subscription] = (),
    since: datetime | None = None,
    chronicle: Chronicle | None = None,
    dry_run: bool = False,
    on_progress: OnProgress | None = None,
    on_alerts: OnAlerts | None = None,
    on_closed: Callable[[], Awaitable[None]] | None = None,
) -> CrawlRun:
    """Everything that one crawl of a source needs."""
    return CrawlRun(
        source=source,
        site=source.site(),
        guard=AddressGuard(source),
        limits=limits,
        clock=clock,
        memory=Memory(database, dry_run=dry_run, recorder=chronicle.recorder if chronicle else None),
        reader=reader,
        relevance=Relevance(limits.words),
        resident=resident or Resident(),
        precedence=precedence or Precedence(),
        archive=None if dry_run else archive,
        subscriptions=tuple(subscriptions),
        since=since,
        chronicle=chronicle,
        dry_run=dry_run,
        on_progress=on_progress,
        on_alerts=on_alerts,
        on_closed=on_closed,
    )


@cache
def _leave_to_the_process() -> None:
    """Take what is loaded by now out of Python's search for garbage, once: it stays as long as the process.

    A crawl makes much that is soon forgotten, so that the search comes often; through all modules it takes a tenth of a
    second, in which nothing else goes on. What is garbage already makes room first.
    """
    gc.collect()
    gc.freeze()


class Crawler:
    """Crawls sources: several at a time, each one once at a time, as often as wanted.

    Its worker processes start with the first page and live until `close`; with `reader` several crawlers share theirs.
    What it fetches is kept in `archive`, if there is one, whose file is closed by `close`. What it learns of outlets
    goes into `residents`, by source, which others may have filled.
    """

    def __init__(  # noqa: PLR0913 - what it depends on, all of it
        self,
        sources: Iterable[Source],
        settings: CrawlerSettings,
        database: Database,
        subscriptions: Iterable[Subscription],
        clock: Clock,
        *,
        on_progress: OnProgress | None = None,
        reader: Reader | None = None,
        archive: Archive | None = None,
        residents: dict[str, Resident] | None = None,
    ) -> None:
        self._sources = {source.key: source for source in sources}
        self._limits = settings
        self._database = database
        self._subscriptions = tuple(subscriptions)
        self._clock = clock
        self._on_progress = on_progress
        self._reader = reader or Reader(settings)
        self._owns_reader = reader is None
        self._archive = archive
        self._residents = {} if residents is None else residents
        self._precedence = Precedence()
        self._spiders: dict[str, type[SourceSpider]] = {}
        self._active: dict[str, Active] = {}
        self._left: list[Reader] = []
        """Workers of crawlers before this one, with whose limits crawls under way go on."""

    def succeed(self, before: Crawler) -> None:
        """Take the place of a crawler of earlier settings, which is used no more: to be called before the first crawl.

        Its crawls under way go on with the settings that they began with, except that what they find from now on is
        addressed to the new subscriptions; `stop` and `close` reach them. What it has learnt of the outlets stays.
        """
        self._active, self._left = before._active, before._left
        self._precedence = before._precedence
        # Without what was settled: by the new settings another article may be wanted.
        self._residents = {key: Resident(resident.robots) for key, resident in before._residents.items()}
        before._subscriptions = self._subscriptions
        for active in self._active.values():
            active.run.subscriptions = self._subscriptions
        if before._archive is not None:
            # Crawls under way that go on with the old folder begin a new file there.
            before._archive.close()
        if before._reader.same_as(self._limits):
            self._reader, self._owns_reader = before._reader, before._owns_reader
        elif before._owns_reader:
            self._left.append(before._reader)

    @property
    def running(self) -> tuple[str, ...]:
        """Keys of the sources that are being crawled."""
        return tuple(self._active)

    async def crawl(
        self,
        key: str,
        *,
        since: datetime | None = None,
        chronicle: Chronicle | None = None,
        dry_run: bool = False,
        on_alerts: OnAlerts | None = None,
    ) -> CrawlResult:
        """Crawl a source once, and tell what came of it; failures on the way are in the result, not raised.

        `since` (aware) looks back that far, whatever the last crawl has seen. With `chronicle` it is a walk through the
        past: that takes what was published until then and is to settle it afterwards, and nothing is recorded of the
        source's state; the changes of the result are those of the chronicle, and not here. `dry_run` writes
        nothing. `on_alerts` is called, in the event loop, whenever an article on record has made alerts. When the
        caller is cancelled, the crawl is stopped cleanly before the cancellation goes on.

        Raises NotFound for an unknown source, CrawlError if it is being crawled already.
        """
        source = self._sources.get(key)
        if source is None:
            raise NotFound(f"no source is called {key!r}; the configured ones are {', '.join(self._sources)}")
        if key in self._active:
            raise CrawlError(f"{key} is being crawled already; wait for that crawl or stop it")
        _leave_to_the_process()
        run = new_run(
            source,
            self._limits,
            self._database,
            self._reader,
            self._clock,
            resident=self._residents.setdefault(key, Resident()),
            precedence=self._precedence,
            archive=self._archive,
            subscriptions=self._subscriptions,
            since=since,
            chronicle=chronicle,
            dry_run=dry_run,
            on_progress=self._on_progress,
            on_alerts=on_alerts,
        )
        if key not in self._spiders:
            self._spiders[key] = spider_class(source, self._limits)
        active = self._active[key] = Active(run, self._spiders[key])
        try:
            return await active.finish()
        finally:
            del self._active[key]
            await self._close_left()

    def pause(self, source: Source) -> timedelta:
        """How long a source's outlet is to be left alone between two requests, by what its last crawl here knows."""
        return timedelta(seconds=pause(source, self._residents.get(source.key, Resident())))

    async def stop(self, *, timeout: float | None = None) -> bool:  # noqa: ASYNC109 - a bound on the wait, not on the work
        """Stop every crawl cleanly: nothing new is asked for, what was downloaded is still read and recorded.

        Waits until the crawls are over, at most `timeout` seconds; True if they are.
        """
        active = list(self._active.values())
        if not active:
            return True
        tasks = [asyncio.create_task(one.stop()) for one in active]
        _, pending = await asyncio.wait(tasks, timeout=timeout)
        for task in pending:
            task.cancel()
        return not pending

    async def close(self) -> None:
        """Stop all crawls, and end the worker processes unless they came from outside."""
        await self.stop()
        await self._close_left()
        if self._owns_reader:
            await self._reader.close()
        if self._archive is not None:
            self._archive.close()

    async def _close_left(self) -> None:
        """End the worker processes that no crawl under way needs any more."""
        needed = {id(active.run.reader) for active in self._active.values()}
        for reader in [reader for reader in self._left if id(reader) not in needed]:
            self._left.remove(reader)
            await reader.close()
