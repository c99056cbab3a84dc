"""The queue as this process uses it: jobs are put in, looked for, and taken back from workers that died."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from psycopg import sql

from foundation.errors import StorageError
from scheduler.queue.names import PRIORITY, JobOrder, Kind
from scheduler.queue.tables import prepare
from storage.database import Database

log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 10
"""How often a job is taken up; one that ends its worker each time is not taken back for ever."""
FAILED_FOR = 24
"""Hours for which a job that failed stays in the queue, for people to see."""
_TIDY = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What a worker tells of itself."""

    name: str
    queues: tuple[Kind, ...]
    concurrency: int
    since: datetime


class Manager(JobManager):
    """Procrastinate's, which also notes who a worker is, and gives a job up that waits a second time already."""

    member: Member | None = None

    async def register_worker(self) -> int:
        """Register this worker; its number."""
        number = await super().register_worker()
        if (us := self.member) is not None:
            await self.connector.execute_query_async(
                "INSERT INTO accredwatch_workers (id, name, host, pid, queues, concurrency, since) "
                "VALUES (%(id)s, %(name)s, %(host)s, %(pid)s, %(queues)s, %(concurrency)s, %(since)s)",
                id=number,
                name=us.name,
                host=socket.gethostname(),
                pid=os.getpid(),
                queues=", ".join(us.queues),
                concurrency=us.concurrency,
                since=us.since,
            )
        return number

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Put a job back; where another one on its subject waits meanwhile, that one does what this one would."""
        try:
            await super().retry_job(job, retry_at, priority, queue, lock)
        except UniqueViolation:
            await self.finish_job(job, Status.ABORTED, delete_job=True)


class Broker:
    """The queue. Every method raises StorageError where the server cannot be used."""

    def __init__(self, app: App, manager: Manager, name: str, stalled_after: timedelta) -> None:
        self.app = app
        self.manager = manager
        self.name = name
        """How messages call the database."""
        self.stalled_after = stalled_after
        self._tidy_at = 0.0

    async def put(self, orders: Iterable[JobOrder]) -> int:
        """Put these jobs in, but for those that wait already; how many were put."""
        count = 0
        with self.errors():
            for order in orders:
                task = self.app.configure_task(
                    order.kind,
                    queue=order.kind,
                    lock=order.lock,
                    queueing_lock=order.identity,
                    priority=PRIORITY[order.kind],
                )
                try:
                    await task.defer_async(**order.arguments)
                except AlreadyEnqueued:
                    log.debug("job_waits_already", job=order.identity)
                else:
                    count += 1
                    log.debug("job_deferred", job=order.identity)
        return count

    async def under_way(self, kind: Kind) -> frozenset[str]:
        """The subjects of the jobs of a kind that wait or are being done."""
        with self.errors():
            jobs = [
                job
                for status in (Status.TODO, Status.DOING)
                for job in await self.manager.list_jobs_async(queue=kind, status=status.value)
            ]
        return frozenset((job.queueing_lock or "").removeprefix(f"{kind} ") for job in jobs)

    async def take_back(self) -> int:
        """Let others have the jobs of workers that give no sign of life any more; how many jobs."""
        count = 0
        with self.errors():
            stalled = await self.manager.get_stalled_jobs(seconds_since_heartbeat=self.stalled_after.total_seconds())
            for job in stalled:
                count += 1
                if job.attempts >= MOST_ATTEMPTS:
                    await self.manager.finish_job(job, Status.FAILED, delete_job=False)
                    log.error("job_given_up", job=job.queueing_lock, attempts=job.attempts)
                    continue
                await self.manager.retry_job(job)
                log.warning("job_taken_back", job=job.queueing_lock, worker=job.worker_id)
            await self._tidy()
        return count

    async def _tidy(self) -> None:
        now = asyncio.get_running_loop().time()
        if now >= self._tidy_at:
            self._tidy_at = now + _TIDY.total_seconds()
            await self.manager.delete_old_jobs(
                nb_hours=FAILED_FOR, include_failed=True, include_cancelled=True, include_aborted=True
            )

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn what Procrastinate and the driver raise into StorageError."""
        try:
            yield
        except (ConnectorException, psycopg.Error) as error:
            reason = " ".join(str(error.__cause__ or error).split())
            raise StorageError(f"the queue of jobs in {self.name} cannot be used: {reason}") from error


@asynccontextmanager
async def open_broker(
    database: Database, stalled_after: timedelta, *, member: Member | None = None
) -> AsyncIterator[Broker]:
    """The queue in the database, whose tables are made where they are missing. Raises StorageError."""
    schema = await asyncio.to_thread(prepare, database)

    async def configure(connection: psycopg.AsyncConnection[Any]) -> None:
        await connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(schema)))
        await connection.commit()

    seconds = database.busy_timeout.total_seconds()
    connector = PsycopgConnector(
        conninfo=database.address(), configure=configure, min_size=1, max_size=4, timeout=seconds, reconnect_timeout=0
    )
    app = App(connector=connector)
    manager = Manager(connector)
    manager.member = member
    app.job_manager = manager
    broker = Broker(app, manager, database.name, stalled_after)
    with broker.errors():
        await app.open_async()
    try:
        yield broker
    finally:
        with broker.errors():
            await app.close_async()
