"""The way of articles through Scrapy: by its middlewares and its pipelines, past what lies between them.

The answer to an article's request brings one article and nothing else to ask for. Scrapy would make two dozen tasks,
generators and deferreds of it on its way through the engine, the downloader, the scraper and the spider middlewares to
the pipelines; together they cost more than to fetch the page.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.log import logformatter_adapter
from twisted.python.failure import Failure

from crawler.items import Download
from crawler.passage import Passage, result_of

if TYPE_CHECKING:
    from scrapy.core.engine import _Slot

Callback = Callable[..., Iterable[Download]]
Errback = Callable[[Failure], None]

_ASKED = 4  # one is under way in each host, the next ones are at hand
_IN_HAND = 16
_HELD = 5_000_000
"""Bytes of pages that wait to be read; then no more are asked for. Scrapy's own limit."""
_logger = logging.getLogger(__name__)


class Lane:
    """Takes requests for articles, and sees each through until its article is recorded or its failure is told.

    Scrapy counts a request as being in progress so long: it closes a crawl when the last one is done.
    """

    def __init__(self, crawler: Crawler, refill: Callable[[], None]) -> None:
        self._crawler = crawler
        self._refill = refill
        """Called whenever there may be room for another request."""
        self._passage: Passage | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._asked = 0
        self._held = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is under way."""
        return not self._tasks

    @property
    def is_open(self) -> bool:
        """Whether the crawl goes on, so that another request may be begun with."""
        engine = self._crawler.engine
        return engine.running and not engine.paused and self._slot.closing is None

    @property
    def has_room(self) -> bool:
        """Whether one more request may be taken."""
        return self._asked < _ASKED and len(self._tasks) < _IN_HAND and self._held < _HELD

    @property
    def is_alone(self) -> bool:
        """Whether nothing is under way in the crawl but articles."""
        return len(cast("_Slot", self._crawler.engine._slot).inprogress) <= len(self._tasks)

    def take(self, request: Request) -> None:
        """Begin with a request."""
        self._asked += 1
        task = asyncio.create_task(self._see_through(request), name="article")
        self._tasks.add(task)

    def let_scrapy_look(self) -> None:
        """Have Scrapy ask its queue again what is next, or see that nothing is left."""
        self._slot.nextcall.schedule()

    @property
    def _slot(self) -> _Slot:
        return cast("_Slot", self._crawler.engine._slot)  # there while a crawl runs

    async def _see_through(self, request: Request) -> None:
        slot = self._slot
        slot.add_request(request)
        answer: Response | Failure | None = None
        try:
            answer = await self._ask(request)
            self._refill()
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
            self._refill()

    async def _ask(self, request: Request) -> Response | Failure | None:
        """The answer to a request, or why there is none; None where another request takes its place."""
        if self._passage is None:
            self._passage = Passage(self._crawler)
        try:
            answer = await self._passage.answer(request)
        except Exception as error:  # noqa: BLE001 - the request's errback tells what it means
            return _failure(error)
        finally:
            self._asked -= 1
        if isinstance(answer, Request):
            self._crawler.engine.crawl(answer)
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
                await self._process(item, response)
        finally:
            self._held -= size

    async def _process(self, item: Download, response: Response) -> None:
        """Let the pipelines have an article; what they raise the spider is told of, as by Scrapy."""
        scraper = self._crawler.engine.scraper
        try:
            for method in scraper.itemproc.methods["process_item"]:
                item = await result_of(cast("Callable[[Download], Any]", method)(item))
        except Exception as error:
            spider = cast("Spider", self._crawler.spider)
            told = scraper.logformatter.item_error(item, error, response, spider)
            _logger.log(*logformatter_adapter(told), exc_info=True)
            await scraper.signals.send_catch_log_async(
                signal=signals.item_error,
                item=item,
                response=response,
                spider=spider,
                failure=_failure(error),
            )


def _failure(error: Exception) -> Failure:
    return Failure(error)  # type: ignore[no-untyped-call]
