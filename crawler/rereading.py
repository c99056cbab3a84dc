"""Reading the archive again, after the reader improved: nothing is fetched, and only what differs is recorded."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from datetime import datetime

from crawler.archive import Archive
from crawler.limits import CrawlerSettings
from crawler.reading import PageText, Reader, Reading
from crawler.source import Source
from crawler.unpacking import content
from extract.model import Figure
from foundation.errors import AccredwatchError, ArchiveError, CrawlError, ExtractError
from storage import archive as index
from storage.answers import FigureView
from storage.archive import Cited
from storage.database import Database
from storage.rereading import stated

_AHEAD = 2
"""Articles that are read ahead for each worker, so that none waits for the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """An article read again."""

    cited: Cited
    reading: Reading | None
    """None where it could not be read; `error` tells why."""
    gone: tuple[FigureView, ...] = ()
    """Figures on record that are not read any more."""
    come: tuple[Figure, ...] = ()
    """Figures that are read now and are not on record."""
    error: str | None = None

    @property
    def differs(self) -> bool:
        """Whether the figures are others than those on record."""
        return bool(self.gone or self.come)


@dataclass(frozen=True, kw_only=True)
class Rereader:
    """Reads archived responses again."""

    database: Database
    archive: Archive
    reader: Reader
    sources: Mapping[str, Source]
    limits: CrawlerSettings

    async def read(self, *, source: str | None = None, since: datetime | None = None) -> AsyncGenerator[Reread]:
        """Every article whose response is archived, of a source or fetched since an instant if given, in their order.

        All workers read at the same time, a few articles ahead of the one that is told. What is damaged or cannot be
        read is told in its place, and the others go on. Who stops before the end closes this. Raises StorageError.
        """
        under_way: deque[asyncio.Task[Reread]] = deque()
        try:
            for cited in self.of(source=source, since=since):
                under_way.append(asyncio.create_task(self._one(cited)))
                if len(under_way) > _AHEAD * self.limits.workers:
                    yield await under_way.popleft()
            while under_way:
                yield await under_way.popleft()
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    def of(self, *, source: str | None = None, since: datetime | None = None) -> tuple[Cited, ...]:
        """What `read` goes through. Raises StorageError."""
        with self.database.read() as session:
            return tuple(index.latest(session, source=source, since=since))

    async def _one(self, cited: Cited) -> Reread:
        try:
            # In a thread: unpacking takes milliseconds, in which the workers' readings are to be taken in.
            reading = await self.reader.read(await asyncio.to_thread(self._page, cited))
        except (ExtractError, CrawlError, ArchiveError) as error:
            return Reread(cited=cited, reading=None, error=str(error))
        except AccredwatchError:
            raise
        known = await asyncio.to_thread(self._known, cited)
        read_now = reading.report.figures if reading.report is not None and reading.report.relevant else ()
        before = {_key(figure) for figure in known}
        now = {_key(figure) for figure in read_now}
        return Reread(
            cited=cited,
            reading=reading,
            gone=tuple(figure for figure in known if _key(figure) not in now),
            come=tuple(figure for figure in read_now if _key(figure) not in before),
        )

    def _known(self, cited: Cited) -> tuple[FigureView, ...]:
        with self.database.read() as session:
            return stated(session, cited.revision)

    def _page(self, cited: Cited) -> PageText:
        source = self.sources.get(cited.source)
        if source is None:
            raise ArchiveError(f"{cited.place.url}: its source {cited.source!r} is no longer configured")
        response = self.archive.read(cited.place)
        return PageText(
            url=response.url,
            body=content(response, max_bytes=self.limits.max_bytes),
            content_type=response.header("Content-Type"),
            site=source.site(),
            published=cited.published,
        )


def _key(figure: Figure | FigureView) -> tuple[object, ...]:
    return figure.scope, figure.status, figure.basis, figure.value, figure.approx
