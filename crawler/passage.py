"""The way of a request to its answer: through the downloader middlewares, and in turn through the slot of its host.

It is Scrapy's own way, with the same middlewares in the same order and with the same slots, so that what Scrapy itself
asks of a host and what is asked here never meet. What is left out is what goes on around them: signals that nobody
hears, a task and two futures for each request, and looking into each middleware's answer for what it may be.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any, cast

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.run import run_of

_Method = Callable[..., Any]


class Passage:
    """Brings requests of one crawl to their answers, one at a time from each host, as they come."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._stopping = run_of(crawler).stopping
        self._turns: dict[str, asyncio.Lock] = {}
        self._left = asyncio.Event()
        """Set whenever a request of Scrapy's own has left its slot."""
        crawler.signals.connect(self._note_left, signal=signals.request_left_downloader)

    async def answer(self, request: Request) -> Response | Request:
        """The answer to a request, or another request that takes its place.

        Raises what the middlewares raise, and Scrapy's download exceptions.
        """
        middleware = self._crawler.engine.downloader.middleware
        try:
            answer = await self._ask(request)
        except Exception as error:  # noqa: BLE001 - the middlewares tell what it means, or raise it again
            answer = await middleware._process_exception(error, request)
        if isinstance(answer, Request):
            return answer
        for method in middleware.methods["process_response"]:
            answer = await result_of(cast("_Method", method)(request=request, response=answer))
            if isinstance(answer, Request):
                return answer
        return answer

    async def _ask(self, request: Request) -> Response | Request:
        for method in self._crawler.engine.downloader.middleware.methods["process_request"]:
            answer: Response | Request | None = await result_of(cast("_Method", method)(request=request))
            if answer is not None:
                return answer
        return await self._transfer(request)

    async def _transfer(self, request: Request) -> Response:
        downloader = self._crawler.engine.downloader
        key, slot = downloader._get_slot(request)
        slot.active.add(request)  # Scrapy forgets slots where nothing goes on
        try:
            async with self._turns.setdefault(key, asyncio.Lock()):
                await self._wait_for(slot)
                slot.lastseen = monotonic()
                slot.transferring.add(request)
                try:
                    return await downloader.handlers.download_request_async(request)
                finally:
                    slot.transferring.remove(request)
                    downloader._process_queue(slot)
        finally:
            slot.active.remove(request)
            # The next request leaves before this answer is dealt with, so that the outlet is at work meanwhile: its
            # turn has come in the first round of the loop, its client writes in the second.
            await asyncio.sleep(0)
            await asyncio.sleep(0)

    async def _wait_for(self, slot: Slot) -> None:
        """Return when the host may be asked; Scrapy's own requests, for documents, go first."""
        while not self._stopping.is_set():
            if slot.queue or slot.free_transfer_slots() <= 0:
                self._left.clear()
                await self._left.wait()
            elif (rest := slot.lastseen + slot.download_delay() - monotonic()) > 0:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), rest)
            else:
                return

    def _note_left(self) -> None:
        self._left.set()


async def result_of(made: Any) -> Any:  # noqa: ANN401 - whatever a middleware or pipeline makes of what it is given
    """What a method of a middleware or pipeline gives back, be it a coroutine or not."""
    return await made if inspect.iscoroutine(made) else made
