"""`accredwatch ingest`: the past, out of WARC files of others."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from accredwatch.cli.console import complain, output, print_json, printable
from accredwatch.cli.database import open_archive, open_database
from accredwatch.cli.exits import Exit
from accredwatch.cli.jobs import put_jobs, require_workers
from accredwatch.cli.state import pick_sources, state
from accredwatch.cli.work_bar import WorkBar
from accredwatch.config import Settings
from crawler.ingestion import Ingested, Ingestion
from crawler.reading import Reader
from crawler.source import Source
from foundation.clock import SystemClock
from foundation.errors import ArchiveError, ConfigError
from scheduler.queue.names import ingest as order
from storage import lock
from storage.database import Database

_COUNTED = ("pages", "reports", "changes", "errors")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(ingest)


def ingest(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="WARC files, compressed or not.")],
    source: Annotated[list[str] | None, typer.Option(help="Only articles of this source; may be repeated.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read, but record nothing.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object for each article with figures, and for each file.")
    ] = False,
    defer: Annotated[
        bool, typer.Option("--defer", help="Let workers do it, who have to see the files under the same names.")
    ] = False,
) -> None:
    """Read WARC files of others and record what the sources published in them; nobody is alerted of the past."""
    settings = state(context).settings()
    if defer:
        if dry_run or as_json:
            raise ConfigError("--defer leaves the reading to workers: give neither --dry-run nor --json")
        _defer(settings, files, [one.key for one in pick_sources(settings, source)] if source else [None])
        return
    job = _Ingest(settings, pick_sources(settings, source), dry_run=dry_run, as_json=as_json)
    with open_database(settings) as database:
        if dry_run:
            asyncio.run(job.run(database, files))
        else:
            with lock.hold(database, "accredwatch ingest", now=SystemClock().now()):
                asyncio.run(job.run(database, files))
    if job.failed:
        raise typer.Exit(Exit.FAILED)


def _defer(settings: Settings, files: list[Path], sources: Sequence[str | None]) -> None:
    require_workers(settings, "--defer")
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise ConfigError("\n".join(f"{file}: no such file" for file in missing))
    orders = [order(str(file.resolve()), source) for file in files for source in sources]
    with open_database(settings) as database:
        put = put_jobs(settings, database, orders)
    waited = f", {len(orders) - put} waited already" if put < len(orders) else ""
    output().print(f"{put} jobs deferred{waited}; the workers' logs tell what comes of them")


class _Ingest:
    """One run through some files."""

    def __init__(self, settings: Settings, sources: tuple[Source, ...], *, dry_run: bool, as_json: bool) -> None:
        self._settings = settings
        self._sources = sources
        self._dry_run = dry_run
        self._as_json = as_json
        self.failed = False

    async def run(self, database: Database, files: list[Path]) -> None:
        """Read all files. Raises StorageError."""
        reader = Reader(self._settings.crawler)
        archive = None if self._dry_run else open_archive(self._settings)
        ingestion = Ingestion(
            database=database,
            sources=self._sources,
            reader=reader,
            limits=self._settings.crawler,
            archive=archive,
            dry_run=self._dry_run,
        )
        try:
            with WorkBar() as bar:
                for path in files:
                    await self._one(ingestion, path, bar)
        finally:
            await reader.close()
            if archive is not None:
                archive.close()

    async def _one(self, ingestion: Ingestion, path: Path, bar: WorkBar) -> None:
        counts: Counter[str] = Counter()
        try:
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                async for one in ingestion.take(file, str(path)):
                    bar.tell(path.name, file.tell(), size)
                    self._note(one, counts)
        except OSError as error:
            self._fail(f"{path}: {error.strerror or error}")
        except ArchiveError as error:
            self._fail(str(error))
        if self._as_json:
            print_json(
                {"file": str(path), **{name: counts[name] for name in ("pages", "reports", "changes", "errors")}}
            )
        else:
            told = ", ".join(f"{counts[name]} {name}" for name in ("pages", "reports", "changes", "errors"))
            output().print(f"{printable(str(path))}: {told}")

    def _note(self, one: Ingested, counts: Counter[str]) -> None:
        counts["pages"] += 1
        counts["changes"] += one.changes
        if one.error is not None:
            counts["errors"] += 1
            self._fail(f"{one.url}: {one.error}")
            return
        report = one.reading.report if one.reading else None
        if report is None or not report.relevant:
            return
        counts["reports"] += 1
        headline = report.main.value if report.main else None
        if self._as_json:
            print_json({"url": one.url, "source": one.source, "headline": headline, "changes": one.changes})
        else:
            number = f"{headline:,}" if headline is not None else "-"
            output().print(Text(f"{number:>8}  {printable(one.url)}"))

    def _fail(self, message: str) -> None:
        self.failed = True
        complain(message)
