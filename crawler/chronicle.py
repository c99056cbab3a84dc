"""What a walk through the past has read, on its way into the records: in the order in which it was published.

A total that is recorded after a later one changes nothing, so that the order decides what stands on record. Pages are
fetched and read as it comes, by any number of workers; here they wait until those before them have come, too.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from crawler.record import ReadPage
from crawler.recorder import Recorder
from foundation.errors import StorageError

MOST_HELD = 500
"""Pages that wait at most; that is more than a month's, of which nothing is out of order then."""
_AT_ONCE = 20
"""Pages that are recorded in one transaction."""
_UNDER_WAY = 3
"""Transactions that the recorder is given ahead."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of the pages of a stretch."""

    changes: int
    errors: tuple[str, ...]
    """Why pages could not be recorded."""


class Chronicle:
    """The pages of one stretch of the past; with `after`, those of the stretch before it are recorded first."""

    def __init__(
        self, recorder: Recorder, until: datetime, *, after: Chronicle | None = None, most_held: int = MOST_HELD
    ) -> None:
        self.recorder = recorder
        self.until = until
        """What was published after this instant (aware) is left to the crawls that tell of it."""
        self._after = after
        self._most_held = most_held
        self._held: list[tuple[datetime, str, str, int, ReadPage]] = []
        self._numbers = count()
        self._under_way: deque[asyncio.Task[None]] = deque()
        self._in_order = asyncio.Lock()
        self._given = asyncio.Event()
        """Set once the recorder has been given all."""
        self._changes = 0
        self._errors: list[str] = []

    async def take(self, page: ReadPage, published: datetime) -> None:
        """Take a page whose article was published at that instant (aware). Waits as long as recording does not keep up.

        Pages of one instant are recorded in the order of their identities.
        """
        article = page.article
        key = published, article.language, article.article_id or "", next(self._numbers)
        heappush(self._held, (*key, page))
        async with self._in_order:
            while len(self._held) >= self._most_held + _AT_ONCE:
                await self._record_some()

    async def settle(self) -> Entered:
        """Record what still waits, and return when all is on record."""
        while self._held:
            await self._record_some()
        if self._after is not None:
            await self._after._given.wait()
            self._after = None  # which in turn knows of those before it
        self._given.set()
        await asyncio.gather(*self._under_way)
        return Entered(self._changes, tuple(self._errors))

    async def _record_some(self) -> None:
        """Give the recorder the oldest pages, in the order of their publication."""
        if self._after is not None:
            await self._after._given.wait()
        while len(self._under_way) >= _UNDER_WAY:
            await self._under_way.popleft()
        pages = [heappop(self._held)[-1] for _ in range(min(_AT_ONCE, len(self._held)))]
        recorded = self.recorder.record(pages)
        self._under_way.append(asyncio.create_task(self._note(pages, recorded), name="record the past"))

    async def _note(self, pages: list[ReadPage], recorded: Awaitable[list[int | str]]) -> None:
        results: list[int | str]
        try:
            results = await recorded
        except StorageError as error:
            results = [str(error) for _ in pages]
        for page, result in zip(pages, results, strict=True):
            if isinstance(result, int):
                self._changes += result
            else:
                self._errors.append(f"{page.article.url}: {result}")
