"""The daemon: crawls every source when it is due and delivers what waits, until it is told to stop.

APScheduler only wakes it. What is due is computed each time from storage (scheduler/timetable.py), every crawl and
every round of delivery is a task of its own, and none of them can end the daemon.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy.orm import Session

from alerts.delivery import Deliverer
from crawler.limits import ArchiveSettings
from crawler.source import Source
from foundation.clock import Clock
from foundation.errors import AccredwatchError, StorageError
from foundation.failpoints import Failpoint, passing
from scheduler.housekeeping import Housekeeper
from scheduler.jumps import JumpWatch
from scheduler.notes import due_sources, note_failed_crawl, settle_baseline
from scheduler.ping import Pinger
from scheduler.plan import Crawler, Plan
from scheduler.progress import standstill
from scheduler.settings import MonitoringSettings, SchedulerSettings
from scheduler.watch import SourceWatch
from storage import baseline, lock
from storage.database import Database
from storage.vocabulary import Subscription

log = structlog.get_logger(__name__)

_REST = timedelta(minutes=1)
"""How long a source rests whose crawl raised, whatever the timetable says."""


@dataclass(kw_only=True)
class Daemon:
    """The work of one process; `scheduler.running` runs it."""

    database: Database
    sources: Sequence[Source]
    crawler: Crawler
    deliverer: Deliverer
    subscriptions: Sequence[Subscription]
    settings: SchedulerSettings
    clock: Clock
    crawls: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    """The crawls under way, by source."""
    deliveries: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    """The rounds of delivery under way, by channel."""
    pings: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    """The sign of life under way."""
    chores: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    """The housekeeping under way."""
    resting: dict[str, float] = field(default_factory=dict)
    """Sources whose crawl raised, and the event loop's time from which they are tried again."""
    hold: lock.Hold | None = None
    fatal: StorageError | None = None
    """Why the daemon cannot go on: its lock is lost, so that another one may be at work."""
    stopping: bool = False
    monitoring: MonitoringSettings = field(default_factory=MonitoringSettings)
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)

    def __post_init__(self) -> None:
        self.pinger = Pinger(self.monitoring)
        self.started_at = self.clock.now()
        self.jumps = JumpWatch(self.clock)
        self.watch = SourceWatch(database=self.database, subscriptions=self.subscriptions, clock=self.clock)
        self.housekeeper = Housekeeper(self.database, self.archive, self.clock)

    async def tick(self) -> None:
        """Begin every crawl that is due and a round of delivery on every channel that is not in one."""
        try:
            if self.hold is not None:
                await asyncio.to_thread(self.hold.verify)
        except StorageError as error:
            self.fatal = error
            return
        try:
            await self._mend_waits()
            keys = await asyncio.to_thread(self._due)
        except AccredwatchError as error:
            log.error("timetable_failed", error=str(error))  # noqa: TRY400 - the message tells all; no defect of ours
            return
        if self.stopping:
            return
        now = asyncio.get_running_loop().time()
        enabled = {source.key for source in self.sources if source.enabled}
        for key in keys:
            if key in enabled and key not in self.crawls and self.resting.get(key, now) <= now:
                self._begin(self.crawls, key, self._crawl(self.crawler, key), f"crawl {key}")
        self._deliver()
        self._ping()
        self._keep_house()

    def follow(self, plan: Plan) -> None:
        """Go by another plan from now on; crawls and rounds of delivery under way come to their own ends.

        The plan's crawler and deliverer have to have succeeded the present ones.
        """
        self.sources, self.subscriptions = plan.sources, plan.subscriptions
        self.crawler, self.deliverer = plan.crawler, plan.deliverer
        self.settings, self.housekeeper.settings = plan.settings, plan.archive
        self.watch = SourceWatch(database=self.database, subscriptions=self.subscriptions, clock=self.clock)
        if plan.monitoring != self.monitoring:
            self.monitoring, self.pinger = plan.monitoring, Pinger(plan.monitoring)

    async def wait_only_for(self, sources: Sequence[str]) -> None:
        """Let no first crawl of a source that is not crawled here keep the others' alerts. Raises StorageError."""
        now = self.clock.now()
        await self._transaction(lambda s: baseline.wait_only_for(s, sources, self.subscriptions, now=now))

    async def finish(self) -> None:
        """Stop cleanly: nothing new begins, crawls hand back what they began, the alert being sent is marked."""
        self.stopping = True
        self.deliverer.stop()
        self.housekeeper.stop()
        for ping in self.pings.values():
            ping.cancel()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self.settings.stop_timeout.total_seconds()
        if self.crawls and not await self.crawler.stop(timeout=self.settings.stop_timeout.total_seconds()):
            log.warning("crawls_do_not_stop", sources=sorted(self.crawls))
        tasks = {*self.crawls.values(), *self.deliveries.values(), *self.chores.values()}
        if tasks:
            _, left = await asyncio.wait(tasks, timeout=max(deadline - loop.time(), 0))
            for task in left:
                log.warning("abandoned", task=task.get_name())
                task.cancel()

    async def _mend_waits(self) -> None:
        by = self.jumps.put_back(asyncio.get_running_loop().time())
        if by:
            moved = await asyncio.to_thread(self.deliverer.clock_put_back, by)
            log.warning("waits_moved", by=str(by), alerts=moved)

    def _due(self) -> list[str]:
        with self.database.read() as session:
            return due_sources(session, self.sources, self.settings.jitter, self.clock.now())

    def _deliver(self) -> None:
        for channel in self.deliverer.enabled:
            if channel not in self.deliveries and not self.stopping:
                self._begin(self.deliveries, channel, self._deliver_on(self.deliverer, channel), f"delivery {channel}")

    def _ping(self) -> None:
        if "ping" not in self.pings and self.pinger.is_due(asyncio.get_running_loop().time()):
            self._begin(self.pings, "ping", self._give_sign_of_life(), "ping")

    def _keep_house(self) -> None:
        if not self.chores and self.housekeeper.is_due(asyncio.get_running_loop().time()):
            self._begin(self.chores, "archive", self.housekeeper.prune(), "housekeeping")

    async def _give_sign_of_life(self) -> None:
        def look() -> str | None:
            with self.database.read() as session:
                return standstill(
                    session,
                    [source for source in self.sources if source.enabled],
                    self.deliverer.enabled,
                    jitter=self.settings.jitter,
                    started=self.started_at,
                    now=self.clock.now(),
                )

        try:
            reason = await asyncio.to_thread(look)
        except AccredwatchError as error:
            reason = str(error)
        if reason is not None:
            log.warning("ping_withheld", reason=reason)
            return
        await self.pinger.ping()

    def _begin(
        self, tasks: dict[str, asyncio.Task[None]], key: str, work: Coroutine[Any, Any, None], name: str
    ) -> None:
        task = asyncio.create_task(work, name=name)
        tasks[key] = task
        task.add_done_callback(partial(self._ended, tasks, key))

    def _ended(self, tasks: dict[str, asyncio.Task[None]], key: str, task: asyncio.Task[None]) -> None:
        del tasks[key]
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            log.error("task_failed", task=task.get_name(), exc_info=error)

    async def _crawl(self, crawler: Crawler, key: str) -> None:
        log.info("crawl_started", source=key)
        begun = self.clock.now()
        crawl = asyncio.create_task(crawler.crawl(key), name=f"crawling {key}")
        try:
            await asyncio.wait({crawl})
        finally:
            if not crawl.done():
                crawl.cancel()
        error = None if crawl.cancelled() else crawl.exception()
        if crawl.cancelled() or error is not None:
            await self._note_failure(key, begun, error)
            await self._look(key)
            return
        result = crawl.result()
        passing(Failpoint.UNSETTLED)
        log.info(
            "crawl_finished",
            source=key,
            reason=result.finish_reason,
            found=result.found,
            fetched=result.fetched,
            unchanged=result.unchanged,
            reports=result.reports,
            changes=result.changes,
            alerts=result.alerts,
            errors=len(result.errors),
        )
        for message in result.errors:
            log.warning("crawl_error", source=key, error=message)
        if result.finish_reason != "stopped":
            through, now = result.finish_reason == "finished", self.clock.now()
            await self._transaction(lambda s: settle_baseline(s, key, self.subscriptions, through=through, now=now))
            await self._look(key)
        self._deliver()

    async def _look(self, key: str) -> None:
        """Tell operators how the source is doing; what cannot be told now is told after its next crawl."""
        source = next((source for source in self.sources if source.key == key), None)
        if source is None:  # taken out of the configuration while it was crawled
            return
        try:
            await self.watch.look(source)
        except AccredwatchError as error:
            log.error("watch_failed", source=key, error=str(error))  # noqa: TRY400 - the message tells all

    async def _note_failure(self, key: str, begun: datetime, error: BaseException | None) -> None:
        """Log a crawl that raised, and see that its run is on record as failed, so that it is not begun every tick."""
        # Where it is storage that fails, there is no record to go by.
        self.resting[key] = asyncio.get_running_loop().time() + _REST.total_seconds()
        if isinstance(error, AccredwatchError):
            log.error("crawl_failed", source=key, error=str(error))
        else:
            log.error("crawl_broke", source=key, exc_info=error)
        message, now = str(error) or type(error).__name__, self.clock.now()

        def note(session: Session) -> None:
            note_failed_crawl(session, key, message, begun=begun, now=now)
            settle_baseline(session, key, self.subscriptions, through=False, now=now)

        await self._transaction(note)

    async def _transaction(self, work: Callable[[Session], object]) -> None:
        def write() -> None:
            with self.database.write() as session:
                work(session)

        await asyncio.to_thread(write)

    async def _deliver_on(self, deliverer: Deliverer, channel: str) -> None:
        try:
            summary = await deliverer.deliver_soon(channel)
        except AccredwatchError as error:
            log.error("delivery_failed", channel=channel, error=str(error))  # noqa: TRY400 - as above
            return
        if summary.sent or summary.postponed or summary.given_up:
            log.info(
                "delivered",
                channel=channel,
                sent=summary.sent,
                postponed=summary.postponed,
                given_up=summary.given_up,
            )
