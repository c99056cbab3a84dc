"""The requests that wait for their turn in a crawl."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler


class RequestQueue(BaseScheduler):
    """Gives the request of the highest priority, of several with one priority the one that came first.

    Scrapy's own keeps a queue for each priority and walks through all of them for each request. Ours are the minutes of
    publication: nearly every article has a queue of its own, and a walk through the past has thousands.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[int, int, Request]] = []
        self._numbers = count()

    def has_pending_requests(self) -> bool:
        """Whether a request waits."""
        return bool(self._waiting)

    def enqueue_request(self, request: Request) -> bool:
        """Let a request wait; always True, as none is dropped: the frontier asks for each article once."""
        heappush(self._waiting, (-request.priority, next(self._numbers), request))
        return True

    def next_request(self) -> Request | None:
        """The request whose turn it is; None if none waits."""
        return heappop(self._waiting)[2] if self._waiting else None
