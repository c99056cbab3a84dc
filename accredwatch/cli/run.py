"""`accredwatch run`: the daemon."""

from __future__ import annotations

import asyncio

import typer

from accredwatch.cli.crawl import make_deliverer
from accredwatch.cli.database import open_archive, open_database
from accredwatch.cli.state import state
from accredwatch.config import Settings
from crawler.crawl import Crawler
from foundation.clock import SystemClock
from scheduler.daemon import Daemon
from scheduler.running import run_daemon
from storage.database import Database


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(run)


def run(context: typer.Context) -> None:
    """Crawl every source when it is due and deliver alerts, until stopped by SIGTERM or Ctrl-C."""
    settings = state(context).settings(daemon=True)
    with open_database(settings) as database:
        raise typer.Exit(asyncio.run(_run(settings, database)))


async def _run(settings: Settings, database: Database) -> int:
    clock = SystemClock()
    subscriptions = [channel.subscription() for channel in settings.enabled_channels]
    archive = open_archive(settings)
    crawler = Crawler(settings.source, settings.crawler, database, subscriptions, clock, archive=archive)
    daemon = Daemon(
        database=database,
        sources=settings.source,
        crawler=crawler,
        deliverer=make_deliverer(settings, database, clock),
        subscriptions=subscriptions,
        settings=settings.scheduler,
        clock=clock,
        monitoring=settings.monitoring,
    )
    try:
        return await run_daemon(daemon, asyncio.Event())
    finally:
        await crawler.close()
