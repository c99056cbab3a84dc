"""No request leaves for an address that the configuration does not allow, on any hop."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.run import CrawlRun, run_of
from crawler.signs import MovedAway
from foundation.errors import AddressRefused


class AddressGuardMiddleware:
    """Checks the URL of every request, redirects included; the handler checks the address once it is resolved."""

    def __init__(self, run: CrawlRun) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(run_of(crawler))

    def process_request(self, request: Request) -> None:
        """Raises AddressRefused; after a redirect to a host that the source's table does not name, MovedAway."""
        try:
            self._run.guard.check_url(request.url)
        except AddressRefused as error:
            if asked := request.meta.get("redirect_urls"):
                raise MovedAway(f"{asked[0]} redirects to {error}") from error
            raise

    def process_response(self, request: Request, response: Response) -> Response:
        """Raises AddressRefused for a redirect that was not followed, which is one to another scheme (file:, data:)."""
        location = response.headers.get("Location")
        if response.status in {301, 302, 303, 307, 308} and location:
            target = location.decode("latin-1")
            raise AddressRefused(
                f"{request.url} redirects to {target!r}, which is no http(s) address; it is not followed"
            )
        return response
