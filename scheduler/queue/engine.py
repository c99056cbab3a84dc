"""The daemon's side of the queue: what is due is put in, once, and what dead workers have left is taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from datetime import timedelta

from foundation.clock import Clock
from scheduler.notes import last_crawls
from scheduler.outlets import outlets
from scheduler.plan import Plan
from scheduler.queue import names
from scheduler.queue.broker import Broker
from scheduler.queue.names import Kind
from storage import baseline
from storage.database import Database

_ROUND_AT_LEAST = timedelta(minutes=5)
"""How often a channel gets a round of delivery though nothing is known to be due there."""


class Queued:
    """Hands the daemon's work to workers."""

    by_workers = True

    def __init__(self, broker: Broker, database: Database, plan: Plan, clock: Clock) -> None:
        self._broker = broker
        self._clock = clock
        self._database = database
        self._rounds: dict[str, float] = {}
        self.follow(plan)

    async def begin(self) -> int:
        """Nothing is taken over here: whoever delivers on a channel does so, and live workers keep what they have."""
        await self._broker.take_back()
        return 0

    async def crawling(self) -> Collection[str]:
        """The sources whose crawl waits or is under way on some machine."""
        return await self._broker.under_way(Kind.CRAWL)

    async def crawl(self, keys: Sequence[str]) -> None:
        """Put a crawl of each source into the queue that has none there, waiting or under way."""
        await self._broker.take_back()
        if not keys:
            return
        there = await self.crawling()
        wanted = [key for key in keys if key not in there]
        after = await asyncio.to_thread(self._prepare, wanted)
        await self._broker.put(names.crawl(key, self._outlets[key], after[key]) for key in wanted)

    async def deliver(self) -> None:
        """Put a round of delivery into the queue for each channel where something is due and none is there."""
        now = asyncio.get_running_loop().time()
        due = set(await asyncio.to_thread(self._deliverer.due))
        due |= {name for name in self._deliverer.enabled if self._rounds.get(name, 0.0) <= now}
        if not due:
            return
        there = await self._broker.under_way(Kind.DELIVER)
        for name in due:
            self._rounds[name] = now + _ROUND_AT_LEAST.total_seconds()
        await self._broker.put(names.deliver(name) for name in sorted(due - there))

    def follow(self, plan: Plan) -> None:
        """Go by another plan from now on."""
        self._deliverer = plan.deliverer
        self._outlets = outlets(plan.sources)

    async def finish(self, limit: timedelta) -> None:
        """Nothing was begun here: what is in the queue is the workers'."""

    def _prepare(self, keys: Sequence[str]) -> dict[str, int]:
        """The number of each source's latest crawl; the first crawls begin here, however long they wait.

        Else the first of them to be done would tell its news before the others' are known.
        """
        with self._database.read() as session:
            after = last_crawls(session, keys)
        if first := [key for key in keys if not after[key]]:
            with self._database.write() as session:
                for key in first:
                    baseline.hold(session, key, now=self._clock.now())
        return after
