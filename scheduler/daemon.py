"""The daemon: crawls every source when it is due and delivers what waits, until it is told to stop.

APScheduler only wakes it. What is due is computed each time from storage (scheduler/timetable.py) and handed to the
engine that it was given: this process (scheduler/in_process.py), or the queue that workers take it from
(scheduler/queue).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy.orm import Session

from foundation.clock import Clock
from foundation.errors import AccredwatchError, StorageError
from scheduler.engine import Engine
from scheduler.housekeeping import Housekeeper
from scheduler.in_process import Tasks, begin
from scheduler.jumps import JumpWatch
from scheduler.notes import sources_due
from scheduler.ping import Pinger
from scheduler.plan import Plan
from scheduler.progress import standstill
from storage import baseline, lock
from storage.database import Database

log = structlog.get_logger(__name__)


@dataclass(kw_only=True)
class Daemon:
    """The work of one process; `scheduler.running` runs it."""

    database: Database
    plan: Plan
    engine: Engine
    """Who does the work; of the same plan."""
    clock: Clock
    chores: Tasks = field(default_factory=dict)
    """The housekeeping under way."""
    pings: Tasks = field(default_factory=dict)
    """The sign of life under way."""
    hold: lock.Hold | None = None
    fatal: StorageError | None = None
    """Why the daemon cannot go on: its lock is lost, so that another one may be at work."""
    stopping: bool = False
    due_in: timedelta | None = field(default=None, init=False)
    """How long after the latest tick the next source is due; None where none is foreseen."""

    def __post_init__(self) -> None:
        self.pinger = Pinger(self.plan.monitoring)
        self.started_at = self.clock.now()
        self.jumps = JumpWatch(self.clock)
        self.housekeeper = Housekeeper(self.database, self.plan.archive, self.clock)

    async def begin(self) -> int:
        """Before the first tick: see to what a daemon before left; how many alerts were being sent when it died.

        Raises StorageError.
        """
        # From now on it answers for the timetable, however long ago it was made.
        self.started_at = self.clock.now()
        unsettled = await self.engine.begin()
        await self.wait_only_for([source.key for source in self.plan.sources if source.enabled])
        return unsettled

    async def tick(self) -> None:
        """Begin every crawl that is due and a round of delivery on every channel that is not in one."""
        self.due_in = None
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
        enabled = {source.key for source in self.plan.sources if source.enabled}
        try:
            await self.engine.crawl([key for key in keys if key in enabled])
            await self.engine.deliver()
        except AccredwatchError as error:
            log.error("engine_failed", error=str(error))  # noqa: TRY400 - as above
        self._ping()
        self._keep_house()

    def follow(self, plan: Plan) -> None:
        """Go by another plan from now on; crawls and rounds of delivery under way come to their own ends.

        The plan's crawler and deliverer have to have succeeded the present ones.
        """
        before, self.plan = self.plan, plan
        self.housekeeper.settings = plan.archive
        self.engine.follow(plan)
        if plan.monitoring != before.monitoring:
            self.pinger = Pinger(plan.monitoring)

    async def wait_only_for(self, sources: Sequence[str]) -> None:
        """Let no first crawl of a source that is not crawled here keep the others' alerts. Raises StorageError."""
        now = self.clock.now()
        await self._transaction(lambda s: baseline.wait_only_for(s, sources, self.plan.subscriptions, now=now))

    async def finish(self) -> None:
        """Stop cleanly: nothing new begins, crawls hand back what they began, the alert being sent is marked."""
        self.stopping = True
        self.housekeeper.stop()
        for ping in self.pings.values():
            ping.cancel()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self.plan.settings.stop_timeout.total_seconds()
        await self.engine.finish(self.plan.settings.stop_timeout)
        if self.chores:
            _, left = await asyncio.wait(self.chores.values(), timeout=max(deadline - loop.time(), 0))
            for task in left:
                log.warning("abandoned", task=task.get_name())
                task.cancel()

    async def _mend_waits(self) -> None:
        by = self.jumps.put_back(asyncio.get_running_loop().time())
        if by:
            moved = await asyncio.to_thread(self.plan.deliverer.clock_put_back, by)
            log.warning("waits_moved", by=str(by), alerts=moved)

    def _due(self) -> list[str]:
        now = self.clock.now()
        with self.database.read() as session:
            agenda = sources_due(session, self.plan.sources, self.plan.settings.jitter, now)
        self.due_in = None if agenda.following is None else agenda.following - now
        return agenda.due

    def _ping(self) -> None:
        if "ping" not in self.pings and self.pinger.takes_its_turn(asyncio.get_running_loop().time()):
            begin(self.pings, "ping", self._give_sign_of_life(), "ping")

    def _keep_house(self) -> None:
        if not self.chores and self.housekeeper.takes_its_turn(asyncio.get_running_loop().time()):
            begin(self.chores, "archive", self.housekeeper.prune(), "housekeeping")

    async def _give_sign_of_life(self) -> None:
        def look() -> str | None:
            with self.database.read() as session:
                return standstill(
                    session,
                    [source for source in self.plan.sources if source.enabled],
                    self.plan.deliverer.enabled,
                    jitter=self.plan.settings.jitter,
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

    async def _transaction(self, work: Callable[[Session], object]) -> None:
        def write() -> None:
            with self.database.write() as session:
                work(session)

        await asyncio.to_thread(write)
