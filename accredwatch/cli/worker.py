"""`accredwatch worker`: does the jobs that the daemon finds due, on any number of machines."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import ExitStack
from typing import Annotated

import typer

from accredwatch.cli.database import open_archive, open_database
from accredwatch.cli.jobs import require_workers
from accredwatch.cli.plan import Planner
from accredwatch.cli.state import state
from accredwatch.config import Settings
from foundation.clock import Clock, SystemClock
from foundation.errors import NotFound
from foundation.nearest import suggestion
from scheduler.plan import Plan
from scheduler.queue.names import Kind
from scheduler.queue.past import Past
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
    """Do jobs that the daemon finds due, beside other workers, until stopped by SIGTERM or Ctrl-C; SIGHUP reloads."""
    options = state(context)
    settings = options.settings(daemon=True)
    require_workers(settings, "`accredwatch worker`")
    kinds = _kinds(queues)
    called = name or f"{socket.gethostname()}-{os.getpid()}"
    with open_database(settings) as database:
        running = _run(
            settings, database, queues=kinds, concurrency=concurrency, name=called, verbosity=options.verbosity
        )
        raise typer.Exit(asyncio.run(running))


def _kinds(queues: str | None) -> tuple[Kind, ...]:
    """The queues of these names. Raises NotFound for a name that is none's."""
    if queues is None:
        return tuple(Kind)
    names = [part.strip() for part in queues.split(",") if part.strip()]
    for name in names or [""]:
        if name not in set(Kind):
            raise NotFound(f"no queue is called {name!r}{suggestion(name, set(Kind))}")
    return tuple(Kind(name) for name in dict.fromkeys(names))


async def _run(
    settings: Settings, database: Database, *, queues: tuple[Kind, ...], concurrency: int, name: str, verbosity: int
) -> int:
    from scheduler.queue.broker import Member  # noqa: PLC0415 - its package comes with accredwatch[workers] only
    from scheduler.queue.worker import WorkerSetup, run_worker  # noqa: PLC0415

    clock = SystemClock()
    planner = Planner(settings, database, clock, verbosity=verbosity)
    try:
        with ExitStack() as archives:
            setup = WorkerSetup(
                database=database,
                clock=clock,
                plan=planner.plan,
                past=_past(planner, database, clock, archives),
                member=Member(name=name, queues=queues, concurrency=concurrency, since=clock.now()),
                stalled_after=settings.engine.stalled_after,
            )

            async def read_duties() -> tuple[Plan, Past] | None:
                plan = await planner.read()
                return None if plan is None else (plan, _past(planner, database, clock, archives))

            return await run_worker(setup, asyncio.Event(), read_duties=read_duties)
    finally:
        await planner.close()


def _past(planner: Planner, database: Database, clock: Clock, archives: ExitStack) -> Past:
    """How the past is read by the planner's settings; its archive is closed with `archives`.

    Not before: a job under way may still put into it what it reads.
    """
    archive = open_archive(planner.settings)
    if archive is not None:
        archives.callback(archive.close)
    return Past(
        database=database,
        clock=clock,
        sources=planner.settings.source,
        limits=planner.settings.crawler,
        archive=archive,
        subscriptions=planner.plan.subscriptions,
    )
