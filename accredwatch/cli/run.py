"""`accredwatch run`: the daemon."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

import typer

from accredwatch.allocator import share_one_arena
from accredwatch.cli.database import open_database
from accredwatch.cli.jobs import engine_of
from accredwatch.cli.plan import Planner
from accredwatch.cli.state import state
from accredwatch.config import Settings
from foundation.clock import SystemClock
from scheduler.daemon import Daemon
from scheduler.running import run_daemon
from storage.database import Database

_TURN = 0.0005
"""Seconds after which a busy thread lets another go on. A transaction waits for that after each of its statements: with
Python's own 5 ms an alert would wait for crawls under way longer than its delivery takes."""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(run)


def run(
    context: typer.Context,
    stand_by: Annotated[
        bool, typer.Option("--stand-by", help="Wait for the end of a daemon that is at work, and take over then.")
    ] = False,
) -> None:
    """Crawl every source when it is due and deliver alerts, until stopped by SIGTERM or Ctrl-C; SIGHUP reloads."""
    share_one_arena()
    sys.setswitchinterval(_TURN)
    options = state(context)
    settings = options.settings(daemon=True)
    with open_database(settings) as database:
        raise typer.Exit(asyncio.run(_run(settings, database, options.verbosity, stand_by=stand_by)))


async def _run(settings: Settings, database: Database, verbosity: int, *, stand_by: bool) -> int:
    clock = SystemClock()
    planner = Planner(settings, database, clock, verbosity=verbosity)
    plan = planner.plan
    try:
        async with engine_of(settings, database, plan, clock) as engine:
            daemon = Daemon(database=database, plan=plan, engine=engine, clock=clock)
            return await run_daemon(daemon, asyncio.Event(), read_plan=planner.read, stand_by=stand_by)
    finally:
        await planner.close()
