"""The way of articles through Scrapy: by its downloader and its pipelines, past what lies between them.

The answer to an article's request brings one article and nothing else to ask for. Scrapy would make two dozen tasks,
generators and deferreds of it on its way from the downloader through the engine, the scraper and the spider
middlewares to the pipelines; together they cost more than to fetch the page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, cast

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.items import Download

if TYPE_CHECKING:
    from scrapy.core.engine import _Slot

Callback = Callable[..., Iterable[Download]]
Errback = Callable[[Failure], None]

_ASKED = 4  # one is under way in each host, the next ones are at hand
_IN_HAND = 16
_HELD = 5_000_000
"""Bytes of pages that wait to be read; then no more are asked for. Scrapy's own limit."""


class Lane:
    """Takes requests for articles, and sees each through until its article is recorded or its failure is told.

    Scrapy counts a request as being in progress so long: it closes a crawl when the last one is done.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._tasks: set[asyncio.Task[None]] = set()
        self._asked = 0
        self._held = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is under way."""
        return not self._tasks

    @property
    def has_room(self) -> bool:
        """Whether one more request may be taken."""
        return self._asked < _ASKED and len(self._tasks) < _IN_HAND and self._held < _HELD

    def take(self, request: Request) -> None:
        """Begin with a request."""
        self._asked += 1
        task = asyncio.create_task(self._see_through(request), name=f"article {request.url}")
        self._tasks.add(task)

    async def _see_through(self, request: Request) -> None:
        slot = cast("_Slot", self._crawler.engine._slot)  # there while a crawl runs
        slot.add_request(request)
        answer: Response | Failure | None = None
        try:
            answer = await self._ask(request)
            slot.nextcall.schedule()  # Scrapy asks its queue again what is next
            if isinstance(answer, Failure):
                answer.request = request  # type: ignore[attr-defined]  # Scrapy puts it there
                cast("Errback", request.errback)(answer)
            elif answer is not None:
                await self._hand_on(request, answer)
        except Exception as error:  # noqa: BLE001 - whatever a callback raises the spider is told of, as by Scrapy
            failure = _failure(error)
            self._crawler.engine.scraper.handle_spider_error(failure, request, answer or failure)
        finally:
            slot.remove_request(request)
            self._tasks.discard(cast("asyncio.Task[None]", asyncio.current_task()))
            slot.nextcall.schedule()  # and whether nothing is left

    async def _ask(self, request: Request) -> Response | Failure | None:
        """The answer to a request, or why there is none; None where another request takes its place."""
        engine = self._crawler.engine
        downloader = engine.downloader
        try:
            answer = await downloader.middleware.download_async(downloader._enqueue_request, request)
        except Exception as error:  # noqa: BLE001 - the request's errback tells what it means
            return _failure(error)
        finally:
            self._asked -= 1
        if isinstance(answer, Request):
            engine.crawl(answer)
            return None
        answer.request = request
        if answer.status in request.meta["handle_httpstatus_list"] or 200 <= answer.status < 300:
            return answer
        return _failure(HttpError(answer, f"{request.url} answers {answer.status}"))

    async def _hand_on(self, request: Request, response: Response) -> None:
        """Let the pipelines have what the spider makes of an answer."""
        size = len(response.body)
        self._held += size
        try:
            for item in cast("Callback", request.callback)(response, **request.cb_kwargs):
                await self._crawler.engine.scraper.start_itemproc_async(item, response=response)
        finally:
            self._held -= size


def _failure(error: Exception) -> Failure:
    return Failure(error)  # type: ignore[no-untyped-call]
