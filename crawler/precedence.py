"""Who goes first where several crawls share a process: news before what other crawls take to begin and to end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Collection

_COURTESY = 0.25
"""Seconds: an article is fetched, read, recorded and told of in a fraction where no delay is asked for, and who takes
longer than that is not worth waiting for."""


class Precedence:
    """Which crawls have news under way, from the link that may concern elections to the alert at its receiver.

    Nobody waits long for them, `patience` seconds at most: what else there is to do is done a moment later, at the
    price of nothing. To be used in one event loop.
    """

    def __init__(self, *, patience: float = _COURTESY) -> None:
        self._patience = patience
        self._news: set[str] = set()
        self._telling: set[asyncio.Future[None]] = set()
        self._none = asyncio.Event()
        self._none.set()

    def take(self, source: str) -> None:
        """A source's crawl has come upon an article to fetch."""
        self._news.add(source)
        self._none.clear()

    def over(self, source: str, telling: Collection[asyncio.Future[None]] = ()) -> None:
        """Its articles are dealt with; what is left of them are these deliveries."""
        self._news.discard(source)
        for delivery in telling:
            if not delivery.done():
                self._telling.add(delivery)
                delivery.add_done_callback(self._told)
        self._see()

    async def let_pass(self) -> None:
        """Wait until no news is under way, for a moment at most."""
        if self._none.is_set():
            return
        with contextlib.suppress(TimeoutError):  # what hangs is let hang
            async with asyncio.timeout(self._patience):
                await self._none.wait()

    def _told(self, delivery: asyncio.Future[None]) -> None:
        self._telling.discard(delivery)
        self._see()

    def _see(self) -> None:
        if self._news or self._telling:
            self._none.clear()
        else:
            self._none.set()
