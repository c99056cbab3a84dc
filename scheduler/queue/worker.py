"""A worker from its start to its clean stop: the locks, the signals, the order in which things end."""

from __future__ import annotations

import asyncio
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
from scheduler.signals import stop_on_signals
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


async def run_worker(setup: WorkerSetup, stop: asyncio.Event, *, signals: bool = True) -> int:
    """Do the jobs of the queue until `stop` is set, or with `signals` until SIGTERM or SIGINT; returns the exit code.

    Raises AlreadyRunning while somebody needs the database for himself, and StorageError, after a clean stop, if the
    server or the worker's locks there are lost. With `signals` it has to run in the main thread.
    """
    with ExitStack() as stack:
        if signals:
            stack.enter_context(stop_on_signals(stop))
        work = stack.enter_context(at_work(setup.database))
        manager = stack.enter_context(closing(ServiceManager()))
        manager.expect(setup.plan.settings.tick)
        async with open_broker(setup.database, setup.stalled_after, member=setup.member) as broker:
            return await _run(setup, stop, work, broker, manager)


async def _run(setup: WorkerSetup, stop: asyncio.Event, work: Work, broker: Broker, manager: ServiceManager) -> int:
    plan, member = setup.plan, setup.member
    tasks = Tasks(jobs=Jobs.of(plan, setup.database, setup.clock), past=setup.past, work=work, broker=broker)
    tasks.register()
    worker = _worker(setup, broker)
    running = asyncio.create_task(worker.run(), name="worker")
    queues = ", ".join(member.queues)
    log.info("worker_started", name=member.name, queues=queues, concurrency=member.concurrency)
    manager.ready(f"works on {queues}, {member.concurrency} at a time")
    try:
        await _attend(running, stop, work, manager, plan.settings.tick)
    finally:
        manager.stopping()
        worker.stop()
        tasks.stopping.set()
        await _finish(plan, running)
    log.info("worker_stopped", name=member.name)
    if running.done() and not running.cancelled():
        with broker.errors():
            running.result()  # raises what ended it, if it was not us
    if not stop.is_set():
        raise StorageError(f"the worker could not go on with the queue in {broker.name}: the log tells why")
    return 0


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


async def _attend(
    running: asyncio.Task[None],
    stop: asyncio.Event,
    work: Work,
    manager: ServiceManager,
    tick: timedelta,
) -> None:
    """Look after the worker until it is to stop. Raises StorageError if its locks are lost."""
    stopped = asyncio.create_task(stop.wait(), name="stop")
    try:
        while not stopped.done() and not running.done():
            await asyncio.to_thread(work.verify)
            manager.ticked()
            await asyncio.wait({stopped, running}, timeout=tick.total_seconds(), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()


async def _finish(plan: Plan, running: asyncio.Task[None]) -> None:
    """Crawls hand back what they began, the alerts being sent are marked, the queue is told."""
    limit = plan.settings.stop_timeout
    plan.deliverer.stop()
    if not await plan.crawler.stop(timeout=limit.total_seconds()):
        log.warning("crawls_do_not_stop", sources=[])
    _, left = await asyncio.wait({running}, timeout=(limit + _MARGIN).total_seconds())
    for task in left:
        log.warning("abandoned", task=task.get_name())
        task.cancel()
