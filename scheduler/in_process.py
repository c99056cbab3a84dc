"""The engine of one process: every crawl and every round of delivery is a task of its own, and none ends the daemon."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import structlog

from foundation.clock import Clock
from scheduler.jobs import Jobs
from scheduler.plan import Plan
from storage.database import Database

log = structlog.get_logger(__name__)

_REST = timedelta(minutes=1)
"""How long a source rests whose crawl raised, whatever the timetable says."""

Tasks = dict[str, asyncio.Task[None]]


@dataclass
class InProcess:
    """Does the work in the daemon's own event loop."""

    jobs: Jobs
    crawls: Tasks = field(default_factory=dict)
    """The crawls under way, by source."""
    deliveries: Tasks = field(default_factory=dict)
    """The rounds of delivery under way, by channel."""
    resting: dict[str, float] = field(default_factory=dict)
    """Sources whose crawl raised, and the event loop's time from which they are tried again."""
    stopping: bool = False
    _again: set[str] = field(default_factory=set, init=False)
    """Channels whose round under way may have looked before what made us deliver was on record."""
    by_workers: bool = field(default=False, init=False)

    @classmethod
    def of(cls, plan: Plan, database: Database, clock: Clock) -> InProcess:
        """The engine of a plan."""
        return cls(Jobs.of(plan, database, clock))

    async def begin(self) -> int:
        """Deliver at once what a process that died was sending: nobody else delivers."""
        return await asyncio.to_thread(self.jobs.deliverer.take_over)

    async def crawling(self) -> Collection[str]:
        """The sources whose crawl is under way."""
        return tuple(self.crawls)

    async def crawl(self, keys: Sequence[str]) -> None:
        """Begin a crawl of each that is not in one and need not rest."""
        now = asyncio.get_running_loop().time()
        for key in keys:
            if key not in self.crawls and self.resting.get(key, now) <= now:
                begin(self.crawls, key, self._crawl(key), f"crawl {key}")

    async def deliver(self) -> None:
        """Begin a round on every channel that is not in one."""
        for channel in self.jobs.deliverer.enabled:
            if channel not in self.deliveries and not self.stopping:
                begin(self.deliveries, channel, self._deliver(channel), f"delivery {channel}")

    def deliver_at_once(self) -> Collection[asyncio.Task[None]]:
        """As `deliver`, for what has just been recorded: a channel that is in a round gets another one after it.

        Returns the rounds under way.
        """
        if self.stopping:
            return ()
        for channel in self.jobs.deliverer.enabled:
            if channel in self.deliveries:
                self._again.add(channel)
            else:
                begin(self.deliveries, channel, self._deliver(channel), f"delivery {channel}")
        return tuple(self.deliveries.values())

    def follow(self, plan: Plan) -> None:
        """Go by another plan from now on; what is under way comes to its own end."""
        self.jobs.follow(plan)

    async def finish(self, limit: timedelta) -> None:
        """Crawls hand back what they began, the alert being sent is marked."""
        self.stopping = True
        self.jobs.deliverer.stop()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + limit.total_seconds()
        if self.crawls and not await self.jobs.crawler.stop(timeout=limit.total_seconds()):
            log.warning("crawls_do_not_stop", sources=sorted(self.crawls))
        tasks = {*self.crawls.values(), *self.deliveries.values()}
        if tasks:
            _, left = await asyncio.wait(tasks, timeout=max(deadline - loop.time(), 0))
            for task in left:
                log.warning("abandoned", task=task.get_name())
                task.cancel()

    async def _deliver(self, channel: str) -> None:
        self._again.add(channel)
        while channel in self._again and not self.stopping:
            self._again.discard(channel)
            if channel in self.jobs.deliverer.enabled:  # another plan may have come before the round began
                await self.jobs.deliver(channel)
        # Now, and not when the loop comes to it: what is recorded meanwhile has to find that no round is under way.
        self.deliveries.pop(channel, None)

    async def _crawl(self, key: str) -> None:
        well = False
        try:
            well = await self.jobs.crawl(key, on_alerts=self.deliver_at_once)
        finally:
            if not well:
                # Where it is storage that fails, there is no record to go by.
                self.resting[key] = asyncio.get_running_loop().time() + _REST.total_seconds()


def begin(tasks: Tasks, key: str, work: Coroutine[Any, Any, None], name: str) -> None:
    """Begin a task that is among the tasks until it has ended; an error that nobody foresaw is logged."""
    task = asyncio.create_task(work, name=name)
    tasks[key] = task
    task.add_done_callback(partial(_ended, tasks, key))


def _ended(tasks: Tasks, key: str, task: asyncio.Task[None]) -> None:
    if tasks.get(key) is task:
        del tasks[key]
    if task.cancelled():
        return
    error = task.exception()
    if error is not None:
        log.error("task_failed", task=task.get_name(), exc_info=error)
