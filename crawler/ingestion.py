"""Articles out of WARC files of others: found by host and address, read, and recorded as history."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from urllib.parse import urlsplit

from crawler.archive import Archive, Response
from crawler.ingest import under_identity
from crawler.limits import CrawlerSettings
from crawler.links import Identity
from crawler.reading import PageText, Reader, Reading
from crawler.source import Source
from crawler.unpacking import content
from crawler.warc_files import responses
from extract.model import Article
from extract.site import Site
from foundation.errors import ArchiveError, CrawlError, ExtractError
from storage import recording
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """A page of one of our sources that was found in a WARC file."""

    url: str
    source: str
    reading: Reading | None
    """None where it could not be read; `error` tells why."""
    novelty: recording.Novelty | None = None
    """None where nothing was recorded."""
    changes: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    """A page under way."""

    response: Response
    fetched_at: datetime
    source: Source
    site: Site
    identity: Identity


class _Owners:
    """The sources by their hosts: of nearly all addresses in such a file the host alone tells that they are of none."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._by_host: dict[str, list[tuple[Source, Site]]] = defaultdict(list)
        for source in sources:
            site = source.site()
            for host in site.hosts:
                self._by_host[host].append((source, site))

    def of(self, url: str) -> Iterator[tuple[Source, Site]]:
        """Whose the address may be, by its host or a domain above it; nobody's if it is none."""
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            return
        while host:
            yield from self._by_host.get(host, ())
            host = host.partition(".")[2]


@dataclass(frozen=True, kw_only=True)
class Ingestion:
    """Reads WARC files and records the articles of the sources; nobody is alerted of the past."""

    database: Database
    sources: Iterable[Source]
    reader: Reader
    limits: CrawlerSettings
    archive: Archive | None = None
    dry_run: bool = False

    async def take(self, file: BinaryIO, name: str) -> AsyncIterator[Ingested]:
        """Every article of the sources in one file, in the file's order.

        Raises ArchiveError where it is no WARC file or breaks off, after what comes before; StorageError.
        """
        found = self._pages(file, name)
        under_way: deque[tuple[_Page, asyncio.Task[Reading]]] = deque()
        broken: ArchiveError | None = None
        # In a thread, as gigabytes of other hosts' pages may lie between two of ours; and always in the same one, since
        # the parser is not made for several.
        thread = ThreadPoolExecutor(1, "accredwatch-ingest")
        loop = asyncio.get_running_loop()
        while True:
            try:
                page = await loop.run_in_executor(thread, next, found, None)
            except ArchiveError as error:
                page, broken = None, error
            if page is not None:
                under_way.append((page, asyncio.create_task(self._read(page))))
            while under_way and (page is None or len(under_way) > 2 * self.limits.workers):
                yield await self._finish(*under_way.popleft())
            if page is None:
                break
        thread.shutdown()
        if broken is not None:
            raise broken

    def _pages(self, file: BinaryIO, name: str) -> Iterator[_Page]:
        owners = _Owners(self.sources)

        def wanted(url: str) -> bool:
            return any(site.identify(url) for _, site in owners.of(url))

        for archived in responses(file, name, wanted, max_bytes=self.limits.max_bytes):
            for source, site in owners.of(archived.response.url):
                if (found := site.identify(archived.response.url)) is not None:
                    identity = Identity(found[0] or source.languages[0], found[1])
                    yield _Page(archived.response, archived.fetched_at, source, site, identity)
                    break

    async def _read(self, page: _Page) -> Reading:
        response = page.response
        body = content(response, max_bytes=self.limits.max_bytes)
        told = response.header("Content-Type")
        return await self.reader.read(
            PageText(url=response.url, body=body, content_type=told, site=page.site, published=None)
        )

    async def _finish(self, page: _Page, under_way: asyncio.Task[Reading]) -> Ingested:
        url, source = page.response.url, page.source.key
        try:
            reading = await under_way
        except (ExtractError, CrawlError, ArchiveError) as error:
            return Ingested(url=url, source=source, reading=None, error=str(error))
        if reading.article is None or self.dry_run:
            return Ingested(url=url, source=source, reading=reading)
        article = under_identity(reading.article, page.site, url, page.identity)
        recorded = await asyncio.to_thread(self._record, page, article, reading)
        return Ingested(
            url=url, source=source, reading=reading, novelty=recorded.novelty, changes=len(recorded.changes)
        )

    def _record(self, page: _Page, article: Article, reading: Reading) -> recording.Recorded:
        place = self.archive.keep(page.response, fetched_at=page.fetched_at) if self.archive else None
        with self.database.write() as session:
            return recording.record(
                session,
                article,
                reading.report,
                fetched_at=page.fetched_at,
                found_via="ingest",
                urls=(page.response.url,),
                figures_outside_body=reading.figures_outside_body,
                time_zone=page.source.time_zone,
                archived=place,
            )
