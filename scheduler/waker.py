"""What wakes the daemon: APScheduler, kept to that, with its traps closed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from foundation.clock import SystemClock

log = structlog.get_logger(__name__)

_SHORTEST_WAIT = timedelta(milliseconds=20)
"""Between two calls, so that one is over before the next is due."""
_LONGEST_REST = 5.0
"""Seconds that the end of a call is waited for before it is cancelled, which the log calls an error."""


class Waker:
    """Calls a coroutine function every so often, the first time at once, and never twice at the same time."""

    def __init__(self, work: Callable[[], Awaitable[None]], every: timedelta) -> None:
        # It tells of every call, several times a minute.
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        self._work = work
        self._every = every
        self._idle = asyncio.Event()
        self._idle.set()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self.job = self._scheduler.add_job(
            self._call,
            "interval",
            seconds=every.total_seconds(),
            next_run_time=SystemClock().now(),
            # Several missed calls are one; a late call is a call; one that takes long is not begun twice.
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
        )

    async def _call(self) -> None:
        self._idle.clear()
        try:
            await self._work()
        finally:
            self._idle.set()

    def call_within(self, wait: timedelta) -> None:
        """Call again after this wait, where that is sooner than the next call; counted from now."""
        sooner = SystemClock().now() + max(wait, _SHORTEST_WAIT)
        following = self.job.next_run_time
        if following is not None and sooner < following:
            self.job.modify(next_run_time=sooner)

    def start(self) -> None:
        """Begin, in the running event loop."""
        self._scheduler.start()

    async def attend(self, stop: asyncio.Event) -> None:
        """Wait for one period or until `stop` is set, and mend the timer: call this again and again."""
        waiting = asyncio.create_task(stop.wait())
        await asyncio.wait({waiting}, timeout=self._every.total_seconds())
        waiting.cancel()
        self.mend()

    def mend(self) -> None:
        """Call at once if the machine's clock was put back: APScheduler would sleep until the time comes again."""
        now = SystemClock().now()
        following = self.job.next_run_time
        if following is not None and following - now > 2 * self._every:
            log.warning("clock_put_back", by=str(following - now))
            self.job.modify(next_run_time=now)

    def change(self, every: timedelta) -> None:
        """Call every so often from now on."""
        if every != self._every:
            self._every = every
            self.job.reschedule("interval", seconds=every.total_seconds())

    def pause(self) -> None:
        """Call no more; what was called goes on."""
        self._scheduler.pause()

    async def rest(self) -> None:
        """After `pause`: wait until a call that goes on is over, for a few seconds at most."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), _LONGEST_REST)

    def end(self) -> None:
        """Shut down. This cancels a call that is still going on."""
        self._scheduler.shutdown(wait=False)
