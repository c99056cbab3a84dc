"""Who asks, for what, and how long it waits for an answer."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import ACCEPTED_ENCODINGS
from scrapy.http import Headers


class MannersMiddleware:
    """Adds the headers and the time limit that every request has; what a request has of its own stays.

    Scrapy has a middleware for each of them.
    """

    def __init__(self, headers: Headers, timeout: float) -> None:
        self._headers = tuple(headers.items())
        self._timeout = timeout

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        settings = crawler.settings
        headers = Headers(settings.getdict("DEFAULT_REQUEST_HEADERS"))
        headers["User-Agent"] = settings["USER_AGENT"]
        headers["Accept-Encoding"] = b", ".join(ACCEPTED_ENCODINGS)
        return cls(headers, settings.getfloat("DOWNLOAD_TIMEOUT"))

    def process_request(self, request: Request) -> None:
        """Add them."""
        for name, values in self._headers:
            dict.setdefault(request.headers, name, values.copy())  # written as Scrapy writes them: nothing to look up
        request.meta.setdefault("download_timeout", self._timeout)
