"""What a worker does with a job: the same work that a daemon does itself, under locks that all machines share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import TypeVar

import structlog
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job
from sqlalchemy.orm import Session

from crawler.source import Source
from foundation.errors import StorageError
from scheduler.jobs import Jobs
from scheduler.notes import crawl_is_over
from scheduler.queue import names
from scheduler.queue.broker import MOST_ATTEMPTS, Broker
from scheduler.queue.names import Kind
from scheduler.queue.past import Past, Stopped
from storage import outlets
from storage.work import Work

log = structlog.get_logger(__name__)

_ELSEWHERE = timedelta(minutes=1)
"""How long a job waits that this worker cannot do, or that the server's trouble has broken off."""


_SHORT = timedelta(seconds=5)
"""How long a worker waits by itself until an outlet may be asked; what takes longer waits in the queue."""
_Told = TypeVar("_Told")


class PutBack(Exception):
    """The job goes back into the queue, for as long as told."""

    def __init__(self, reason: str, wait: timedelta) -> None:
        super().__init__(reason)
        self.wait = wait


@dataclass(kw_only=True)
class Tasks:
    """The tasks of one worker."""

    jobs: Jobs
    past: Past
    work: Work
    broker: Broker
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the worker stops: nothing is begun any more."""

    def register(self) -> None:
        """Tell Procrastinate which function does which kind of job."""
        functions: Mapping[Kind, Callable[..., Awaitable[None]]] = {
            Kind.CRAWL: self.crawl,
            Kind.DELIVER: self.deliver,
            Kind.INGEST: self.ingest,
            Kind.REREAD: self.reread,
        }
        for kind, function in functions.items():
            self.broker.app.task(name=kind, queue=kind, retry=_Again())(function)

    async def crawl(self, source: str, outlet: str, after: int) -> None:
        """Crawl a source, unless that was done since the crawl number `after`."""
        known = next((one for one in self.jobs.sources if one.key == source and one.enabled), None)
        if known is None:
            raise self._put_back(Kind.CRAWL, source, "no such source is enabled in this worker's configuration")
        async with self._alone(names.crawl(source, outlet, after)):
            if await asyncio.to_thread(self._is_over, source, after):
                log.debug("crawl_superseded", source=source)
                return
            if self.stopping.is_set():
                raise PutBack("the worker stops", timedelta())
            await self._wait_for_turn(known, outlet)
            try:
                well = await self.jobs.crawl(source)
            finally:
                delay = self.jobs.crawler.pause(known)
                await self._note(lambda session, now: outlets.end(session, outlet, delay=delay, now=now))
            if well:
                await self._order_deliveries()

    async def deliver(self, channel: str) -> None:
        """Deliver what is due on a channel."""
        deliverer = self.jobs.deliverer
        if channel not in deliverer.enabled:
            raise self._put_back(Kind.DELIVER, channel, "no such channel is enabled in this worker's configuration")
        async with self._alone(names.deliver(channel)):
            # Nobody else delivers here, so that what is claimed was being sent by a worker that died.
            unsettled = await asyncio.to_thread(deliverer.take_over, [channel])
            if unsettled:
                log.info("deliveries_taken_over", channel=channel, alerts=unsettled)
            await self.jobs.deliver(channel)
        if wait := deliverer.asked_to_wait(channel):
            raise PutBack("the channel asks to be left alone", wait)

    async def ingest(self, file: str, source: str | None) -> None:
        """Record what a WARC file holds of the sources."""
        async with self._alone(names.ingest(file, source)):
            await self.past.ingest(file, source, self.stopping)

    async def reread(self, source: str | None, since: str | None, tell: bool) -> None:
        """Read the archive again and record what is read otherwise."""
        async with self._alone(names.reread(source, since, tell=tell)):
            await self.past.reread(source, since, self.stopping, tell=tell)

    @asynccontextmanager
    async def _alone(self, order: names.JobOrder) -> AsyncIterator[None]:
        """Have the lock of a job on the server itself: the queue may take a worker for dead that is only slow."""
        if self.stopping.is_set():
            raise PutBack("the worker stops", timedelta())
        if not await asyncio.to_thread(self.work.take, order.lock):
            raise self._put_back(order.kind, order.subject, "it is still being done", self.broker.stalled_after)
        try:
            yield
        finally:
            await asyncio.to_thread(self.work.give_back, order.lock)

    def _put_back(self, kind: Kind, subject: str, reason: str, wait: timedelta = _ELSEWHERE) -> PutBack:
        log.warning("job_put_back", job=f"{kind} {subject}", reason=reason)
        return PutBack(reason, wait)

    def _is_over(self, source: str, after: int) -> bool:
        with self.jobs.database.read() as session:
            return crawl_is_over(session, source, after)

    async def _order_deliveries(self) -> None:
        due = await asyncio.to_thread(self.jobs.deliverer.due)
        await self.broker.put(names.deliver(channel) for channel in due)

    async def _wait_for_turn(self, source: Source, outlet: str) -> None:
        """Keep the pause that the outlet is to have, whoever asked it last. Raises PutBack where that is a long one."""
        delay = self.jobs.crawler.pause(source)
        while wait := await self._note(lambda session, now: outlets.begin(session, outlet, delay=delay, now=now)):
            if wait > _SHORT:
                log.debug("outlet_rests", outlet=outlet, seconds=wait.total_seconds())
                raise PutBack("the outlet is to be left alone", wait)
            stopped = asyncio.create_task(self.stopping.wait())
            done, _ = await asyncio.wait({stopped}, timeout=wait.total_seconds())
            stopped.cancel()
            if done:
                raise PutBack("the worker stops", timedelta())

    async def _note(self, work: Callable[[Session, datetime], _Told]) -> _Told:
        def write() -> _Told:
            with self.jobs.database.write() as session:
                return work(session, outlets.server_time(session))

        return await asyncio.to_thread(write)


class _Again(BaseRetryStrategy):
    """When a job is done again: what was put back, and the past, which no timetable would ask for a second time."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """None for a job that is over, be it by its failure."""
        if isinstance(exception, PutBack):
            return _in(exception.wait)
        if job.queue in {Kind.INGEST, Kind.REREAD} and job.attempts < MOST_ATTEMPTS:
            if isinstance(exception, Stopped | asyncio.CancelledError):
                return _in(timedelta())
            if isinstance(exception, StorageError):
                return _in(_ELSEWHERE)
        if not isinstance(exception, asyncio.CancelledError):
            log.error("job_failed", job=job.queueing_lock, error=str(exception) or type(exception).__name__)
        return None


def _in(wait: timedelta) -> RetryDecision:
    return RetryDecision(retry_in={"seconds": ceil(wait.total_seconds())})
