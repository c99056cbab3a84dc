"""The only way to the network: an HTTP client whose every connection the address guard has seen."""

from __future__ import annotations

import os
import ssl

import aiohttp
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.core.downloader.handlers._base_streaming import BaseStreamingDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, ResponseDataLossError
from scrapy.http import Headers, Response
from scrapy.settings import BaseSettings
from scrapy.utils._download_handlers import make_response
from scrapy.utils.ssl import _make_ssl_context

from crawler import settings as scrapy_settings
from crawler.addresses import AddressGuard
from crawler.run import CrawlRun, run_of

_contexts: dict[tuple[str | None, ...], ssl.SSLContext] = {}


def _tls(settings: BaseSettings) -> ssl.SSLContext:
    """The TLS context, one a process: loading the trusted certificates costs more than a crawl without news."""
    key = (settings["DOWNLOAD_VERIFY_CERTIFICATES"], os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
    if key not in _contexts:
        _contexts[key] = _make_ssl_context(settings)
    return _contexts[key]


def tls_context() -> ssl.SSLContext:
    """The TLS context of every crawl. Raises OSError where the trusted certificates cannot be read."""
    return _tls(scrapy_settings.own())


def guarded_session(guard: AddressGuard, *, total: int = 1, per_host: int = 1) -> aiohttp.ClientSession:
    """An HTTP client whose sockets `guard` opens, with at most so many connections; to be closed at the end."""
    connector = aiohttp.TCPConnector(
        limit=total,
        limit_per_host=per_host,
        socket_factory=guard.open_socket,
        happy_eyeballs_delay=None,  # racing attempts would hide the guard's refusal among other errors
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,  # unpacked within the limit of size, by Scrapy
        trust_env=False,
        response_class=_ClientResponse,
        skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
    )


def headers_of(response: aiohttp.ClientResponse) -> Headers:
    """The headers of an answer, byte for byte: Scrapy would write each anew, and look up all of them to do so."""
    headers = Headers()
    for name, value in response.raw_headers:
        dict.setdefault(headers, name.title(), []).append(value)
    return headers


class GuardedDownloadHandler(AiohttpDownloadHandler):
    """Scrapy's handler for the plain asyncio loop, with sockets that the source's `AddressGuard` opens.

    aiohttp asks the socket factory for each address that it is about to connect to, after the name was resolved and
    also for literal addresses; what the guard raises there reaches the request's errback before any byte is sent.
    """

    # It is; but pinned to Scrapy 2.19 and tested by us, so that the warning at each crawl tells nobody anything.
    experimental = False
    supports_proxies = False  # A proxy would resolve names where the guard cannot see.

    def __init__(self, crawler: Crawler) -> None:
        # Past the parent, which makes its own connector.
        BaseStreamingDownloadHandler.__init__(self, crawler)
        self._run: CrawlRun = run_of(crawler)
        self._ssl_context = _tls(crawler.settings)
        self._session = guarded_session(self._run.guard, total=self._pool_size_total, per_host=self._pool_size_per_host)
        self._run.sessions.append(self._session)

    async def download_request(self, request: Request) -> Response:
        """Download, unless the crawl is being stopped: what still waits in a queue is then let go.

        Raises AddressRefused, IgnoreRequest, and Scrapy's download exceptions.
        """
        if self._run.stopping.is_set():
            raise IgnoreRequest(f"{request.url} was not asked for: the crawl is being stopped")
        self._run.guard.check_url(request.url)
        return await super().download_request(request)

    async def _read_response(self, response: _ClientResponse, request: Request) -> Response:
        """The whole answer, without the signals that Scrapy sends for its head and each part: nobody hears them.

        Raises DownloadCancelledError for one that is too large, ResponseDataLossError for one that breaks off.
        """
        most: int = request.meta.get("download_maxsize", self._default_maxsize)
        if most and (response.content_length or 0) > most:
            self._cancel_maxsize(response.content_length or 0, most, request, expected=True)
        parts = []
        size = 0
        try:
            async for part in response.content.iter_any():
                parts.append(part)
                size += len(part)
                if most and size > most:
                    self._cancel_maxsize(size, most, request, expected=False)
        except aiohttp.ClientPayloadError as error:
            raise ResponseDataLossError(str(error)) from error
        headers = self._extract_headers(response)
        return make_response(url=request.url, status=response.status, headers=headers, body=b"".join(parts))

    # Scrapy writes all headers of a request anew, and looks up each of them to do so.

    @staticmethod
    def _request_headers(request: Request) -> Headers:
        """The headers of a request themselves: what Scrapy takes out of a copy is for proxies alone."""
        return request.headers

    @staticmethod
    def _extract_headers(response: _ClientResponse) -> Headers:
        return headers_of(response)
