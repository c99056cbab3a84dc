"""The requests that wait for their turn in a crawl."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count
from typing import Self

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

from crawler.lane import Lane
from crawler.run import run_of


class RequestQueue(BaseScheduler):
    """Gives the request of the highest priority, of several with one priority the one that came first.

    Articles it gives to a lane of their own, every other request to Scrapy's engine. Scrapy's own scheduler keeps a
    queue for each priority and walks through all of them for each request. Ours are the minutes of publication: nearly
    every article has a queue of its own, and a walk through the past has thousands.

    A walk asks for its articles once all its documents are read, the oldest one first.
    """

    def __init__(self, crawler: Crawler, *, walks: bool = False) -> None:
        self._lane = Lane(crawler, self._refill)
        self._walks = walks
        self._waiting: list[tuple[int, int, Request]] = []
        self._numbers = count()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler, walks=run_of(crawler).chronicle is not None)

    def has_pending_requests(self) -> bool:
        """Whether a request waits, or an article is under way."""
        return bool(self._waiting) or not self._lane.is_empty

    def enqueue_request(self, request: Request) -> bool:
        """Let a request wait; always True, as none is dropped: the frontier asks for each article once."""
        heappush(self._waiting, (-request.priority, next(self._numbers), request))
        return True

    def next_request(self) -> Request | None:
        """The request whose turn it is, unless it is an article's; None if none waits, or the lane is full."""
        while self._waiting:
            if not self._is_article_next:
                return heappop(self._waiting)[2]
            if not self._lane.has_room or self._waits_for_documents:
                return None
            self._lane.take(heappop(self._waiting)[2])
        return None

    @property
    def _is_article_next(self) -> bool:
        return bool(self._waiting) and "link" in self._waiting[0][2].cb_kwargs

    @property
    def _waits_for_documents(self) -> bool:
        """Whether a walk still reads what lists its articles."""
        return self._walks and not self._lane.is_alone

    def _refill(self) -> None:
        """Give the lane what it has room for; what else there is to do is Scrapy's."""
        if not self._is_article_next or not self._lane.is_open or self._waits_for_documents:
            self._lane.let_scrapy_look()
            return
        while self._is_article_next and self._lane.has_room:
            self._lane.take(heappop(self._waiting)[2])
