"""The engine of the settings, and jobs for workers, for the commands that hand work on.

The queue's modules are imported where it is wanted: its package comes with `accredwatch[workers]` only.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from accredwatch.config import Settings
from foundation.clock import Clock
from foundation.errors import ConfigError
from scheduler.engine import Engine
from scheduler.in_process import InProcess
from scheduler.plan import Plan
from scheduler.queue.names import JobOrder
from storage.database import Database


@asynccontextmanager
async def engine_of(settings: Settings, database: Database, plan: Plan, clock: Clock) -> AsyncIterator[Engine]:
    """The engine that the settings name. Raises StorageError."""
    if not settings.engine.by_workers:
        yield InProcess.of(plan, database, clock)
        return
    from scheduler.queue.broker import open_broker  # noqa: PLC0415 - see above
    from scheduler.queue.engine import Queued  # noqa: PLC0415

    async with open_broker(database, settings.engine.stalled_after) as broker:
        yield Queued(broker, database, plan, clock)


def require_workers(settings: Settings, what: str) -> None:
    """Raise ConfigError, which names `what` needs them, where no workers do the work."""
    if not settings.engine.by_workers:
        raise ConfigError(
            f"{settings.path}: {what} needs workers, and engine.kind is 'in_process': write kind = \"procrastinate\" "
            "into [engine], with a PostgreSQL server as database.url"
        )


def put_jobs(settings: Settings, database: Database, orders: Sequence[JobOrder]) -> int:
    """Put jobs into the queue, but for those that wait there already; how many were put. Raises StorageError."""
    from scheduler.queue.broker import open_broker  # noqa: PLC0415 - see above

    async def put() -> int:
        async with open_broker(database, settings.engine.stalled_after) as broker:
            return await broker.put(orders)

    return asyncio.run(put())


def make_queue(settings: Settings, database: Database) -> None:
    """Make the queue's tables, or move them forward, where the settings want one. Raises StorageError."""
    if settings.engine.by_workers:
        from scheduler.queue.tables import prepare  # noqa: PLC0415 - see above

        prepare(database)
