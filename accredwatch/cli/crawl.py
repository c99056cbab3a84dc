"""`accredwatch crawl`: look at the sources once, record what is new, deliver what is due."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from pydantic import TypeAdapter, ValidationError
from rich.text import Text

from accredwatch.cli.console import complain, output, print_json, printable, table
from accredwatch.cli.crawl_progress import CrawlBars
from accredwatch.cli.database import open_archive, open_database, open_database_to_look
from accredwatch.cli.exits import Exit
from accredwatch.cli.state import pick_sources, state
from accredwatch.config import Settings
from alerts.delivery import Deliverer, DeliverySummary
from crawler.crawl import Crawler
from crawler.progress import CrawlResult
from crawler.source import Source
from foundation.clock import Clock, SystemClock
from foundation.errors import AccredwatchError, ConfigError, CrawlError
from foundation.failpoints import Failpoint, passing
from foundation.settings import Duration
from scheduler.signals import stop_on_signals
from scheduler.watch import SourceWatch
from storage import baseline, lock
from storage.database import Database


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(crawl)


def crawl(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE...]", help="Keys of sources; all enabled ones if none is given."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Look back so far: 2d, 1w, or a day such as 2023-03-01; else as far as is new.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Fetch and read, but record and send nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Crawl the sources once, record what is new, and deliver the alerts that are due."""
    settings = state(context).settings()
    chosen = pick_sources(settings, sources)
    if not chosen:
        raise ConfigError(f"{settings.path}: no source is enabled, so there is nothing to crawl; add a [[source]]")
    clock = SystemClock()
    start = start_of(since, clock.now())
    with (open_database_to_look if dry_run else open_database)(settings) as database:
        work = _Crawl(
            settings=settings,
            sources=chosen,
            database=database,
            clock=clock,
            since=start,
            dry_run=dry_run,
            quiet=state(context).quiet,
        )
        if dry_run:
            results = work.run()
            delivered = DeliverySummary()
        else:
            deliverer = make_deliverer(settings, database, clock)
            with lock.hold(database, "accredwatch crawl", now=clock.now()):
                deliverer.take_over()
                _wait_only_for(settings, chosen, database, clock)
                results = work.run()
                passing(Failpoint.UNSETTLED)
                _settle_baselines(settings, results, database, clock)
                _watch(settings, chosen, database, clock)
                delivered = DeliverySummary() if work.interrupted else work.deliver(deliverer)
    _show(results, delivered, as_json=as_json, dry_run=dry_run)
    if work.interrupted:
        raise typer.Exit(Exit.INTERRUPTED)
    if any(not result.ok for result in results) or delivered.errors:
        raise typer.Exit(Exit.FAILED)


def start_of(since: str | None, now: datetime) -> datetime | None:
    """The instant that --since means; a day begins in Almaty. Raises ConfigError."""
    if since is None:
        return None
    try:
        return now - TypeAdapter(Duration).validate_python(since)
    except (ValidationError, OverflowError):
        pass
    try:
        instant = datetime.fromisoformat(since)
    except ValueError:
        raise ConfigError(f"--since {since}: write 12h, 2d, 1w, or a day such as 2023-03-01") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo("Asia/Almaty"))


def make_deliverer(settings: Settings, database: Database, clock: Clock) -> Deliverer:
    """What delivers to the configured channels. Raises ConfigError if the URL of one cannot be used."""
    names = {source.key: source.name for source in settings.source}
    return Deliverer(
        database=database,
        settings=settings.alerts,
        clock=clock,
        channels=settings.channel,
        names=names,
        base=settings.base,
    )


@dataclass(kw_only=True)
class _Crawl:
    """One crawl of several sources, side by side; a signal ends it cleanly, a second one at once."""

    settings: Settings
    sources: tuple[Source, ...]
    database: Database
    clock: Clock
    since: datetime | None
    dry_run: bool
    quiet: bool
    interrupted: bool = False

    def run(self) -> list[CrawlResult]:
        """Crawl. Raises StorageError if the database cannot be used at all."""
        return asyncio.run(self._run())

    def deliver(self, deliverer: Deliverer) -> DeliverySummary:
        """Deliver what is due; a signal ends it when the alerts that are being sent are marked. Raises StorageError."""
        return asyncio.run(self._deliver(deliverer))

    async def _deliver(self, deliverer: Deliverer) -> DeliverySummary:
        stop = asyncio.Event()
        with stop_on_signals(stop):
            watch = asyncio.create_task(self._stop_delivery(stop, deliverer))
            try:
                return await asyncio.to_thread(deliverer.deliver_due)
            finally:
                watch.cancel()

    async def _stop_delivery(self, stop: asyncio.Event, deliverer: Deliverer) -> None:
        await stop.wait()
        self.interrupted = True
        deliverer.stop()
        complain("interrupted; the alert that is being sent is still marked, a second Ctrl-C ends at once")

    async def _run(self) -> list[CrawlResult]:
        subscriptions = [channel.subscription() for channel in self.settings.enabled_channels]
        stop = asyncio.Event()
        with CrawlBars(quiet=self.quiet) as bars, stop_on_signals(stop):
            limits = self.settings.crawler
            crawler = Crawler(
                self.sources,
                limits,
                self.database,
                subscriptions,
                self.clock,
                on_progress=bars.tell,
                archive=open_archive(self.settings),
            )
            watch = asyncio.create_task(self._stop(stop, crawler))
            try:
                async with asyncio.TaskGroup() as group:
                    tasks = [group.create_task(self._one(crawler, source.key)) for source in self.sources]
            except* AccredwatchError as errors:
                raise errors.exceptions[0] from None
            finally:
                watch.cancel()
                await crawler.close()
        return [task.result() for task in tasks]

    async def _stop(self, stop: asyncio.Event, crawler: Crawler) -> None:
        await stop.wait()
        self.interrupted = True
        complain("interrupted; what was fetched is still recorded, a second Ctrl-C ends at once")
        await crawler.stop()

    async def _one(self, crawler: Crawler, key: str) -> CrawlResult:
        """One source's crawl; what ends it does not end the other sources' crawls."""
        try:
            return await crawler.crawl(key, since=self.since, dry_run=self.dry_run)
        except CrawlError as error:
            return CrawlResult(key, errors=(str(error),), failures=1, finish_reason="failed")


def _wait_only_for(settings: Settings, sources: tuple[Source, ...], database: Database, clock: Clock) -> None:
    """Let no first crawl that is not under way keep alerts."""
    subscriptions = [channel.subscription() for channel in settings.enabled_channels]
    with database.write() as session:
        baseline.wait_only_for(session, [source.key for source in sources], subscriptions, now=clock.now())


def _settle_baselines(settings: Settings, results: list[CrawlResult], database: Database, clock: Clock) -> None:
    """After a source's first crawl, let the channels know where each election stands."""
    subscriptions = [channel.subscription() for channel in settings.enabled_channels]
    with database.write() as session:
        for result in results:
            through = result.finish_reason == "finished"
            baseline.settle(session, result.source, through=through, subscriptions=subscriptions, now=clock.now())


def _watch(settings: Settings, sources: tuple[Source, ...], database: Database, clock: Clock) -> None:
    """Tell operators how the sources are doing, as the daemon does."""
    subscriptions = [channel.subscription() for channel in settings.enabled_channels]
    watch = SourceWatch(database=database, subscriptions=subscriptions, clock=clock, pauses=False)
    for source in sources:
        watch.look_now(source)


def _show(results: list[CrawlResult], delivered: DeliverySummary, *, as_json: bool, dry_run: bool) -> None:
    for result in results:
        for error in result.errors:
            complain(f"{result.source}: {error}")
    for error in delivered.errors:
        complain(error)
    if as_json:
        for result in results:
            print_json({**asdict(result), "ok": result.ok})
        print_json({"delivery": asdict(delivered)})
        return
    counted = ("found", "fetched", "unchanged", "reports", "changes", "alerts", "errors")
    made = table("source", *counted, "", numbers=counted)
    for result in results:
        counts = [str(getattr(result, name)) for name in counted[:-1]] + [str(result.failures)]
        ending = Text(printable(result.finish_reason), "green" if result.ok else "red")
        made.add_row(result.source, *counts, ending)
    console = output()
    console.print(made)
    if dry_run:
        console.print("\nA dry run: nothing was recorded or sent.", style="yellow")
    elif delivered.sent or delivered.postponed or delivered.given_up:
        console.print(
            f"\nalerts: {delivered.sent} sent, {delivered.postponed} to be tried again, {delivered.given_up} given up"
        )
