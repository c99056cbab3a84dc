"""A walk through a source's past: stretch by stretch, each fetched and read while the one before it is recorded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from crawler.archive import Archive
from crawler.backfill import Stretch
from crawler.chronicle import Chronicle
from crawler.crawl import Crawler
from crawler.limits import CrawlerSettings
from crawler.pause import pause
from crawler.progress import CrawlProgress, CrawlResult, ProgressEvent
from crawler.reading import Reader
from crawler.recorder import Recorder
from crawler.resident import Resident
from foundation.clock import Clock
from storage import backfill
from storage.database import Database

_LONGEST = timedelta(days=7)
"""Years of listings take hours at a polite pace; who walks can be stopped cleanly."""


@dataclass(frozen=True, slots=True)
class Way:
    """How far a walk has come."""

    stretch: Stretch
    """That is being fetched."""
    done: int
    """Articles of it that are dealt with."""
    wanted: int
    """Articles of it that are to be fetched, as far as its documents have told."""
    share: float
    """Of the whole walk, from 0 to 1; all stretches count the same."""


OnWay = Callable[[Way], None]
OnWalked = Callable[[Stretch, CrawlResult], None]


class Walk:
    """Walks through the past of one source and records it in the order of publication; alerts nobody.

    One process fetches, as fast as the outlet may be asked; `crawler.workers` read, and one more records. What stands
    on record in the end is the same however many read. Everything is started by `through`, and ended by `close`.
    """

    def __init__(  # noqa: PLR0913 - what it depends on, all of it
        self,
        settings: CrawlerSettings,
        database: Database,
        clock: Clock,
        *,
        reader: Reader | None = None,
        archive: Archive | None = None,
        on_way: OnWay | None = None,
        on_walked: OnWalked | None = None,
    ) -> None:
        self._limits = settings.model_copy(update={"crawl_timeout": _LONGEST})
        self._database = database
        self._clock = clock
        self._archive = archive
        self._on_way = on_way
        self._on_walked = on_walked
        self.reader = reader or Reader(settings)
        self._owns_reader = reader is None
        self.recorder = Recorder(database)
        self._residents: dict[str, Resident] = {}
        self._crawler: Crawler | None = None
        self._stopping = asyncio.Event()

    async def through(self, todo: Sequence[Stretch]) -> None:
        """Walk through these stretches, the oldest first, until the last one or until `stop`.

        `on_walked` is told of each once it is on record; it is noted as done then, unless there was an error.
        Raises StorageError.
        """
        before: Chronicle | None = None
        recording: asyncio.Task[None] | None = None
        try:
            for number, stretch in enumerate(todo):
                if number:
                    await self._rest(stretch)
                if self._stopping.is_set():
                    break
                chronicle = Chronicle(self.recorder, stretch.until, after=before)
                result = await self._crawl(stretch, chronicle, number, len(todo))
                if recording is not None:
                    await recording  # of two stretches pages may be held, of no more
                recording, before = asyncio.create_task(self._settle(stretch, chronicle, result)), chronicle
        finally:
            if recording is not None:
                await recording

    async def stop(self) -> None:
        """Ask for nothing more; what was fetched is still recorded, and `through` ends."""
        self._stopping.set()
        if self._crawler is not None:
            await self._crawler.stop()

    async def close(self) -> None:
        """End all processes, but workers that came from outside."""
        if self._owns_reader:
            await self.reader.close()
        await self.recorder.close()
        if self._archive is not None:
            self._archive.close()

    async def _rest(self, stretch: Stretch) -> None:
        """Leave the outlet alone, as between any two requests, unless the walk is to stop."""
        seconds = pause(stretch.source, self._residents.get(stretch.source.key, Resident()))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _crawl(self, stretch: Stretch, chronicle: Chronicle, number: int, count: int) -> CrawlResult:
        def tell(event: ProgressEvent) -> None:
            if self._on_way is not None and isinstance(event, CrawlProgress):
                share = (number + event.done / max(1, event.wanted)) / count
                self._on_way(Way(stretch, event.done, event.wanted, share))

        self._crawler = Crawler(
            [stretch.source],
            self._limits,
            self._database,
            (),
            self._clock,
            on_progress=tell,
            reader=self.reader,
            archive=self._archive,
            residents=self._residents,
        )
        return await self._crawler.crawl(stretch.source.key, since=stretch.since, chronicle=chronicle)

    async def _settle(self, stretch: Stretch, chronicle: Chronicle, result: CrawlResult) -> None:
        """See to it that all of a stretch is on record, and that it is noted as done if all went well."""
        entered = await chronicle.settle()
        result = replace(
            result,
            changes=entered.changes,
            errors=(*result.errors, *entered.errors),
            failures=result.failures + len(entered.errors),
        )
        if result.ok:
            now = self._clock.now()
            await self.recorder.write(
                partial(backfill.note_done, source=stretch.source.key, stretch=stretch.name, now=now)
            )
        if self._on_walked is not None:
            self._on_walked(stretch, result)
