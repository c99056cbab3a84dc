"""The past, read by a worker: WARC files of others, and the archive again after the reader improved."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from crawler.archive import Archive
from crawler.ingestion import Ingestion
from crawler.limits import CrawlerSettings
from crawler.reading import Reader
from crawler.rereading import Reread, Rereader
from crawler.source import Source
from foundation.clock import Clock
from foundation.errors import ArchiveError
from storage.database import Database
from storage.rereading import record_reading
from storage.vocabulary import Subscription

log = structlog.get_logger(__name__)


class Stopped(Exception):
    """The worker stops in the middle of the work, which somebody has to begin anew: what is recorded stays so."""


@dataclass(frozen=True, kw_only=True)
class Past:
    """Records what files and the archive tell of the past."""

    database: Database
    clock: Clock
    sources: Sequence[Source]
    limits: CrawlerSettings
    archive: Archive | None
    subscriptions: Sequence[Subscription]
    """Whom `reread` tells if it is to."""

    async def ingest(self, file: str, source: str | None, stopping: asyncio.Event) -> None:
        """Record what a WARC file holds of a source, or of all; nobody is alerted.

        Raises ArchiveError where the file cannot be read from here, Stopped, StorageError.
        """
        reader, counts = Reader(self.limits), Counter[str]()
        ingestion = Ingestion(
            database=self.database,
            sources=[one for one in self.sources if one.enabled and source in {None, one.key}],
            reader=reader,
            limits=self.limits,
            archive=self.archive,
        )
        try:
            with await asyncio.to_thread(Path(file).open, "rb") as opened:
                async for one in ingestion.take(opened, file):
                    counts["pages"] += 1
                    counts["changes"] += one.changes
                    counts["errors"] += one.error is not None
                    _go_on(stopping)
        except OSError as error:
            raise ArchiveError(f"{file}: {error.strerror or error}: every worker that ingests has to see it") from error
        finally:
            await reader.close()
        log.info("file_ingested", file=file, **_told(counts, "pages", "changes", "errors"))

    async def reread(self, source: str | None, since: str | None, stopping: asyncio.Event, *, tell: bool) -> None:
        """Read the archive again, of a source or since an instant if given, and record what is read otherwise.

        Raises ArchiveError without an archive, Stopped, StorageError.
        """
        if self.archive is None:
            raise ArchiveError("nothing is archived: `archive.path` of this worker's configuration is empty")
        reader, counts = Reader(self.limits), Counter[str]()
        rereader = Rereader(
            database=self.database,
            archive=self.archive,
            reader=reader,
            sources={one.key: one for one in self.sources},
            limits=self.limits,
        )
        begin = datetime.fromisoformat(since) if since else None
        try:
            async with aclosing(rereader.read(source=source, since=begin)) as found:
                async for one in found:
                    counts["articles"] += 1
                    counts["errors"] += one.error is not None
                    counts["changes"] += await asyncio.to_thread(self._record, one, tell=tell) if one.differs else 0
                    _go_on(stopping)
        finally:
            await reader.close()
        log.info("archive_reread", source=source, since=since, **_told(counts, "articles", "changes", "errors"))

    def _record(self, one: Reread, *, tell: bool) -> int:
        article = one.reading.article if one.reading else None
        if one.reading is None or article is None:
            return 0
        zone = next(source.time_zone for source in self.sources if source.key == one.cited.source)
        with self.database.write() as session:
            made = record_reading(
                session,
                one.cited.revision,
                article,
                one.reading.report,
                now=self.clock.now(),
                time_zone=zone,
                subscriptions=self.subscriptions if tell else (),
            )
        return len(made)


def _go_on(stopping: asyncio.Event) -> None:
    if stopping.is_set():
        raise Stopped


def _told(counts: Counter[str], *names: str) -> dict[str, int]:
    return {name: counts[name] for name in names}
