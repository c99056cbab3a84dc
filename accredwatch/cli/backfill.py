"""`accredwatch backfill`: a source's past, stretch by stretch."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Annotated

import typer

from accredwatch.cli.console import complain, output, print_json
from accredwatch.cli.database import open_archive, open_database
from accredwatch.cli.exits import Exit
from accredwatch.cli.state import pick_sources, state
from accredwatch.cli.work_bar import WorkBar
from accredwatch.config import Settings
from crawler.backfill import Stretch, stretches
from crawler.crawl import Crawler
from crawler.progress import CrawlProgress, CrawlResult, ProgressEvent
from crawler.reading import Reader
from foundation.clock import SystemClock
from foundation.errors import ConfigError
from scheduler.signals import stop_on_signals
from storage import backfill as progress
from storage import lock
from storage.database import Database

_LONGEST = timedelta(days=7)
"""Years of listings take hours at a polite pace; Ctrl-C ends them cleanly."""


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
        self._clock = SystemClock()
        self._crawler: Crawler | None = None
        self.done = self.reports = self.changes = 0
        self.interrupted = False

    async def run(self) -> None:
        """Walk through all stretches, the oldest first. Raises StorageError."""
        reader = Reader(self._settings.crawler)
        stop = asyncio.Event()
        with WorkBar() as bar, stop_on_signals(stop):
            watch = asyncio.create_task(self._stop(stop))
            try:
                for number, stretch in enumerate(self._todo):
                    if self.interrupted:
                        break
                    bar.tell(f"{stretch.begin} to {stretch.end}", number, len(self._todo))
                    await self._one(stretch, reader, bar)
            finally:
                watch.cancel()
                await reader.close()

    async def _stop(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.interrupted = True
        complain("interrupted; what was fetched is still recorded, and the next time goes on from here")
        if self._crawler is not None:
            await self._crawler.stop()

    async def _one(self, stretch: Stretch, reader: Reader, bar: WorkBar) -> None:
        days = f"{stretch.begin} to {stretch.end}"

        def tell(event: ProgressEvent) -> None:
            if isinstance(event, CrawlProgress):
                bar.tell(f"{days}: {event.done} of {event.wanted} articles", self.done, len(self._todo))

        self._crawler = Crawler(
            [stretch.source],
            self._settings.crawler.model_copy(update={"crawl_timeout": _LONGEST}),
            self._database,
            (),
            self._clock,
            on_progress=tell,
            reader=reader,
            archive=open_archive(self._settings),
        )
        try:
            result = await self._crawler.crawl(stretch.source.key, since=stretch.since, until=stretch.until)
        finally:
            await self._crawler.close()
        self._note(stretch, result)

    def _note(self, stretch: Stretch, result: CrawlResult) -> None:
        self.reports += result.reports
        self.changes += result.changes
        for error in result.errors:
            complain(f"{stretch.name}: {error}")
        if result.ok:
            self.done += 1
            with self._database.write() as session:
                progress.note_done(session, stretch.source.key, stretch.name, now=self._clock.now())
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
