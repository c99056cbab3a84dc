"""A worker from its start to its clean stop: the locks, the signals, the order in which things end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta

import structlog
from procrastinate.worker import Worker

from foundation.clock import Clock
from foundation.errors import StorageError
from scheduler.jobs import Jobs
from scheduler.notify import ServiceManager
from scheduler.plan import Plan
from scheduler.queue.broker import Broker, Member, open_broker
from scheduler.queue.past import Past
from scheduler.queue.tasks import Tasks
from scheduler.reloading import Reloading
from scheduler.signals import reload_on_hangup, stop_on_signals
from storage.database import Database
from storage.work import Work, at_work

log = structlog.get_logger(__name__)

_MARGIN = timedelta(seconds=5)
"""What a clean stop may take beyond its limit, to tell the queue what became of the jobs."""


@dataclass(frozen=True, kw_only=True)
class WorkerSetup:
    """What a worker is made of."""

    database: Database
    clock: Clock
    plan: Plan
    past: Past
    member: Member
    stalled_after: timedelta
    """After how long without a sign of life a worker counts as dead."""


ReadDuties = Callable[[], Awaitable[tuple[Plan, Past] | None]]
"""Reads the configuration anew: a plan whose crawler and deliverer have succeeded the worker's, and how it reads the
past from then on; None to go on as is."""


async def run_worker(
    setup: WorkerSetup, stop: asyncio.Event, *, signals: bool = True, read_duties: ReadDuties | None = None
) -> int:
    """Do the jobs of the queue until `stop` is set, or with `signals` until SIGTERM or SIGINT; returns the exit code.

    With `signals` and `read_duties`, the worker goes by what that reads after each SIGHUP.

    Raises AlreadyRunning while somebody needs the database for himself, and StorageError, after a clean stop, if the
    server or the worker's locks there are lost. With `signals` it has to run in the main thread.
    """
    reload = asyncio.Event()
    with ExitStack() as stack:
        if signals:
            stack.enter_context(stop_on_signals(stop))
        if signals and read_duties is not None:
            stack.enter_context(reload_on_hangup(reload, stop))
        work = stack.enter_context(at_work(setup.database, noticed_after=setup.stalled_after))
        manager = stack.enter_context(closing(ServiceManager()))
        manager.expect(setup.plan.settings.tick)
        async with open_broker(setup.database, setup.stalled_after, member=setup.member) as broker:
            at_it = _AtIt(setup, broker, work, manager)
            with Reloading(reload, manager, lambda: at_it.reload(read_duties), at_it.status).under_way():
                return await at_it.run(stop)


class _AtIt:
    """A worker at its work."""

    def __init__(self, setup: WorkerSetup, broker: Broker, work: Work, manager: ServiceManager) -> None:
        self._member, self._plan, self._stalled_after = setup.member, setup.plan, setup.stalled_after
        self._broker, self._work, self._manager = broker, work, manager
        jobs = Jobs.of(setup.plan, setup.database, setup.clock)
        self._tasks = Tasks(jobs=jobs, past=setup.past, work=work, broker=broker)
        self._worker = _worker(setup, broker)

    async def run(self, stop: asyncio.Event) -> int:
        """Do jobs until `stop` is set. Raises StorageError if the server or the locks there are lost."""
        member = self._member
        self._tasks.register()
        running = asyncio.create_task(self._worker.run(), name="worker")
        queues = ", ".join(member.queues)
        log.info("worker_started", name=member.name, queues=queues, concurrency=member.concurrency)
        self._manager.ready(self._words())
        try:
            await self._attend(running, stop)
        finally:
            self._manager.stopping()
            self._worker.stop()
            self._tasks.stopping.set()
            await self._finish(running)
        log.info("worker_stopped", name=member.name)
        if running.done() and not running.cancelled():
            with self._broker.errors():
                running.result()  # raises what ended it, if it was not us
        if not stop.is_set():
            raise StorageError(f"the worker could not go on with the queue in {self._broker.name}: the log tells why")
        return 0

    async def reload(self, read_duties: ReadDuties | None) -> None:
        """Go by what is read now; jobs under way come to their own ends."""
        duties = await read_duties() if read_duties is not None else None
        if duties is None or self._tasks.stopping.is_set():
            return
        self._plan, self._tasks.past = duties
        self._tasks.jobs.follow(self._plan)
        settings = self._plan.settings
        self._worker.fetch_job_polling_interval = settings.tick.total_seconds()
        self._worker.shutdown_graceful_timeout = settings.stop_timeout.total_seconds()
        sources = [source.key for source in self._plan.sources if source.enabled]
        log.info("reloaded", sources=sources, channels=self._plan.deliverer.enabled)

    def status(self) -> str | None:
        """What the service manager is told after a reload; None once the worker stops."""
        return None if self._tasks.stopping.is_set() else self._words()

    def _words(self) -> str:
        return f"works on {', '.join(self._member.queues)}, {self._member.concurrency} at a time"

    async def _attend(self, running: asyncio.Task[None], stop: asyncio.Event) -> None:
        """Look after the worker until it is to stop. Raises StorageError if its locks are lost."""
        stopped = asyncio.create_task(stop.wait(), name="stop")
        try:
            while not stopped.done() and not running.done():
                await asyncio.to_thread(self._work.verify)
                self._manager.ticked()
                # A worker that has lost the server learns of it before its jobs are others'.
                pause = min(self._plan.settings.tick, self._stalled_after / 4).total_seconds()
                await asyncio.wait({stopped, running}, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()

    async def _finish(self, running: asyncio.Task[None]) -> None:
        """Crawls hand back what they began, the alerts being sent are marked, the queue is told."""
        limit = self._plan.settings.stop_timeout
        self._plan.deliverer.stop()
        if not await self._plan.crawler.stop(timeout=limit.total_seconds()):
            log.warning("crawls_do_not_stop", sources=[])
        _, left = await asyncio.wait({running}, timeout=(limit + _MARGIN).total_seconds())
        for task in left:
            log.warning("abandoned", task=task.get_name())
            task.cancel()


def _worker(setup: WorkerSetup, broker: Broker) -> Worker:
    heartbeat = setup.stalled_after.total_seconds()
    return Worker(
        broker.app,
        queues=[str(queue) for queue in setup.member.queues],
        name=setup.member.name,
        concurrency=setup.member.concurrency,
        fetch_job_polling_interval=setup.plan.settings.tick.total_seconds(),
        shutdown_graceful_timeout=setup.plan.settings.stop_timeout.total_seconds(),
        delete_jobs="successful",
        install_signal_handlers=False,
        update_heartbeat_interval=heartbeat / 3,
        stalled_worker_timeout=heartbeat,
    )
