"""`accredwatch worker`: does the jobs that the daemon finds due, on any number of machines."""

from __future__ import annotations

import asyncio
import os
import socket
from typing import Annotated

import typer

from accredwatch.cli.database import open_archive, open_database
from accredwatch.cli.jobs import require_workers
from accredwatch.cli.plan import Planner
from accredwatch.cli.state import state
from accredwatch.config import Settings
from foundation.clock import SystemClock
from foundation.errors import NotFound
from foundation.nearest import suggestion
from scheduler.queue.names import Kind
from storage.database import Database


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(worker)


def worker(
    context: typer.Context,
    queues: Annotated[
        str | None,
        typer.Option(metavar="QUEUE,...", help="Only jobs of these: crawl, deliver, ingest, reread; else of all."),
    ] = None,
    concurrency: Annotated[int, typer.Option(metavar="N", min=1, max=64, help="How many jobs at a time.")] = 4,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="What status and log call it; else its host and process.")
    ] = None,
) -> None:
    """Do the jobs that the daemon finds due, beside workers on other machines, until stopped by SIGTERM or Ctrl-C."""
    settings = state(context).settings(daemon=True)
    require_workers(settings, "`accredwatch worker`")
    kinds = _kinds(queues)
    called = name or f"{socket.gethostname()}-{os.getpid()}"
    with open_database(settings) as database:
        raise typer.Exit(asyncio.run(_run(settings, database, kinds, concurrency, called)))


def _kinds(queues: str | None) -> tuple[Kind, ...]:
    """The queues of these names. Raises NotFound for a name that is none's."""
    if queues is None:
        return tuple(Kind)
    names = [part.strip() for part in queues.split(",") if part.strip()]
    for name in names or [""]:
        if name not in set(Kind):
            raise NotFound(f"no queue is called {name!r}{suggestion(name, set(Kind))}")
    return tuple(Kind(name) for name in dict.fromkeys(names))


async def _run(settings: Settings, database: Database, queues: tuple[Kind, ...], concurrency: int, name: str) -> int:
    from scheduler.queue.broker import Member  # noqa: PLC0415 - its package comes with accredwatch[workers] only
    from scheduler.queue.past import Past  # noqa: PLC0415
    from scheduler.queue.worker import WorkerSetup, run_worker  # noqa: PLC0415

    clock = SystemClock()
    planner = Planner(settings, database, clock)
    archive = open_archive(settings)
    past = Past(
        database=database,
        clock=clock,
        sources=settings.source,
        limits=settings.crawler,
        archive=archive,
        subscriptions=planner.plan.subscriptions,
    )
    setup = WorkerSetup(
        database=database,
        clock=clock,
        plan=planner.plan,
        past=past,
        member=Member(name=name, queues=queues, concurrency=concurrency, since=clock.now()),
        stalled_after=settings.engine.stalled_after,
    )
    try:
        return await run_worker(setup, asyncio.Event())
    finally:
        await planner.close()
        if archive is not None:
            archive.close()
