"""`accredwatch backfill`: a source's past, stretch by stretch."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial
from typing import Annotated

import typer

from accredwatch.cli.console import complain, output, print_json
from accredwatch.cli.database import open_archive, open_database
from accredwatch.cli.exits import Exit
from accredwatch.cli.state import pick_sources, state
from accredwatch.cli.work_bar import WorkBar
from accredwatch.config import Settings
from crawler.backfill import Stretch, stretches
from crawler.progress import CrawlResult
from crawler.walk import Walk, Way
from foundation.clock import SystemClock
from foundation.errors import ConfigError
from scheduler.signals import stop_on_signals
from storage import backfill as progress
from storage import lock
from storage.database import Database


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(backfill)


def backfill(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Key of a source in the configuration.")],
    begin: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day: 2019-01-01.")],
    end: Annotated[str, typer.Option("--to", metavar="DAY", help="The last day: 2023-03-31.")],
    again: Annotated[bool, typer.Option("--again", help="Walk through what is done already, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for each stretch.")] = False,
) -> None:
    """Walk through a source's past and record what it published; alert nobody. Goes on where it was interrupted."""
    settings = state(context).settings()
    clock = SystemClock()
    first, last = _day("--from", begin), _day("--to", end)
    if not first <= last <= clock.now().date():
        raise ConfigError(f"--from {first} --to {last}: the first day must not be after the last, nor that after today")
    chosen = pick_sources(settings, [source])[0]
    with open_database(settings) as database, lock.hold(database, "accredwatch backfill", now=clock.now()):
        with database.read() as session:
            done = frozenset() if again else progress.done(session, source)
        todo = [one for one in stretches(chosen, first, last) if one.name not in done]
        job = _Backfill(settings, database, todo, as_json=as_json)
        asyncio.run(job.run())
    if not as_json:
        output().print(f"{job.done} of {len(todo)} stretches done, {job.reports} reports, {job.changes} changes")
    if job.interrupted:
        raise typer.Exit(Exit.INTERRUPTED)
    if job.done < len(todo):
        raise typer.Exit(Exit.FAILED)


def _day(option: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ConfigError(f"{option} {value}: write a day such as 2023-03-01") from None


class _Backfill:
    """One walk; a signal ends it cleanly, a second one at once."""

    def __init__(self, settings: Settings, database: Database, todo: list[Stretch], *, as_json: bool) -> None:
        self._settings = settings
        self._database = database
        self._todo = todo
        self._as_json = as_json
        self.done = self.reports = self.changes = 0
        self.interrupted = False

    async def run(self) -> None:
        """Walk through all stretches, the oldest first. Raises StorageError."""
        stop = asyncio.Event()
        with WorkBar() as bar, stop_on_signals(stop):
            walk = Walk(
                self._settings.crawler,
                self._database,
                SystemClock(),
                archive=open_archive(self._settings),
                on_way=partial(_show, bar),
                on_walked=self._note,
            )
            watch = asyncio.create_task(self._stop(stop, walk))
            try:
                await walk.through(self._todo)
            finally:
                watch.cancel()
                await walk.close()

    async def _stop(self, stop: asyncio.Event, walk: Walk) -> None:
        await stop.wait()
        self.interrupted = True
        complain("interrupted; what was fetched is still recorded, and the next time goes on from here")
        await walk.stop()

    def _note(self, stretch: Stretch, result: CrawlResult) -> None:
        self.reports += result.reports
        self.changes += result.changes
        self.done += result.ok
        for error in result.errors:
            complain(f"{stretch.name}: {error}")
        if self._as_json:
            print_json(
                {
                    "stretch": stretch.name,
                    "done": result.ok,
                    "found": result.found,
                    "fetched": result.fetched,
                    "reports": result.reports,
                    "changes": result.changes,
                }
            )


def _show(bar: WorkBar, way: Way) -> None:
    days = f"{way.stretch.begin} to {way.stretch.end}"
    bar.tell(f"{days}: {way.done} of {way.wanted} articles", way.share, 1)
