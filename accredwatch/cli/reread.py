"""`accredwatch reread`: the archive read again, after the reader improved."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import datetime
from typing import Annotated

import typer
from rich.text import Text

from accredwatch.cli.console import complain, output, print_json, printable
from accredwatch.cli.crawl import start_of
from accredwatch.cli.database import open_database
from accredwatch.cli.exits import Exit
from accredwatch.cli.jobs import put_jobs, require_workers
from accredwatch.cli.state import pick_sources, state
from accredwatch.cli.work_bar import WorkBar
from accredwatch.config import Settings
from accredwatch.evidence import archive_of
from accredwatch.report_words import scope_words
from alerts.render import as_json as to_json
from crawler.reading import Reader
from crawler.rereading import Reread, Rereader
from extract.model import Figure
from foundation.clock import SystemClock
from foundation.errors import ConfigError
from scheduler.queue.names import reread as order
from storage import lock
from storage.answers import FigureView
from storage.database import Database
from storage.rereading import record_reading


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(reread)


def reread(
    context: typer.Context,
    source: Annotated[str | None, typer.Option(help="Only articles of this source.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Only what was fetched since then: 12h, 2d, 1w, or a day such as 2023-03-01.")
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Record what is read otherwise now.")] = False,
    tell: Annotated[
        bool, typer.Option("--tell", help="With --apply: alert the channels whose kinds have 'reread'.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for each difference.")] = False,
    defer: Annotated[bool, typer.Option("--defer", help="With --apply: let a worker do it.")] = False,
) -> None:
    """Read the archived pages again, after the reader improved, and show what is read otherwise; nothing is fetched."""
    settings = state(context).settings()
    if tell and not apply:
        raise ConfigError("--tell alerts of what is recorded: give --apply, too")
    if source is not None:
        pick_sources(settings, [source])
    if defer:
        if not apply or as_json:
            raise ConfigError("--defer has a worker record what is read otherwise: give --apply, and no --json")
        _defer(settings, source, start_of(since, SystemClock().now()), tell=tell)
        return
    job = _Reread(settings, source, start_of(since, SystemClock().now()), tell=tell, as_json=as_json)
    with open_database(settings) as database:
        if apply:
            with lock.hold(database, "accredwatch reread", now=SystemClock().now()):
                asyncio.run(job.run(database, apply=True))
        else:
            asyncio.run(job.run(database, apply=False))
    job.sum_up(applied=apply)
    if job.failed:
        raise typer.Exit(Exit.FAILED)


def _defer(settings: Settings, source: str | None, since: datetime | None, *, tell: bool) -> None:
    require_workers(settings, "--defer")
    with open_database(settings) as database:
        put = put_jobs(settings, database, [order(source, since.isoformat() if since else None, tell=tell)])
    output().print("deferred; a worker's log tells what comes of it" if put else "it waits in the queue already")


class _Reread:
    """One pass through the archive."""

    def __init__(
        self, settings: Settings, source: str | None, since: datetime | None, *, tell: bool, as_json: bool
    ) -> None:
        self._settings = settings
        self._source, self._since = source, since
        self._as_json = as_json
        self._subscriptions = [c.subscription() for c in settings.enabled_channels] if tell else []
        self._archive = archive_of(settings)
        self.read = self.differ = self.failed = self.changes = 0

    async def run(self, database: Database, *, apply: bool) -> None:
        """Read all. Raises StorageError."""
        settings = self._settings
        reader = Reader(settings.crawler)
        rereader = Rereader(
            database=database,
            archive=self._archive,
            reader=reader,
            sources={source.key: source for source in settings.source},
            limits=settings.crawler,
        )
        count = len(rereader.of(source=self._source, since=self._since))
        try:
            async with aclosing(rereader.read(source=self._source, since=self._since)) as found:
                with WorkBar() as bar:
                    async for one in found:
                        self.read += 1
                        bar.tell("reading again", self.read, count)
                        self._look_at(one, database, apply=apply)
        finally:
            await reader.close()

    def _look_at(self, one: Reread, database: Database, *, apply: bool) -> None:
        if one.error is not None:
            self.failed += 1
            complain(f"{one.cited.place.url}: {one.error}")
            return
        if not one.differs:
            return
        self.differ += 1
        if self._as_json:
            print_json(
                {
                    "url": one.cited.place.url,
                    "gone": to_json(one.gone),
                    "come": to_json(one.come),
                }
            )
        else:
            _show_difference(one)
        article = one.reading.article if one.reading else None
        if apply and one.reading is not None and article is not None:
            zone = next(s.time_zone for s in self._settings.source if s.key == one.cited.source)
            with database.write() as session:
                made = record_reading(
                    session,
                    one.cited.revision,
                    article,
                    one.reading.report,
                    now=SystemClock().now(),
                    time_zone=zone,
                    subscriptions=self._subscriptions,
                )
            self.changes += len(made)

    def sum_up(self, *, applied: bool) -> None:
        """Say what came of it."""
        if self._as_json:
            return
        made = f"{self.changes} changes recorded" if applied else "nothing was recorded: --apply does"
        output().print(f"{self.read} articles read again, {self.differ} read otherwise, {self.failed} failed; {made}")


def _show_difference(one: Reread) -> None:
    console = output()
    console.print(one.cited.place.url, style="bold")
    for gone in one.gone:
        console.print(Text(f"  - {_words(gone)}", "red"))
    for come in one.come:
        console.print(Text(f"  + {_words(come)}", "green"))


def _words(figure: Figure | FigureView) -> str:
    quote = printable(figure.evidence.text)
    return f"{figure.value:,} {scope_words(figure.scope)} {figure.status} ({figure.basis}): “{quote}”"
