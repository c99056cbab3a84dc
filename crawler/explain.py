"""What went wrong with a URL, in words that tell an operator where to look."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from foundation.errors import AccredwatchError

_LONGEST = 500
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "the host {host} cannot be found: check the network, then the address in config.toml"),
    (DownloadConnectionRefusedError, "{host} refuses connections"),
    (DownloadTimeoutError, "{host} did not answer in time"),
    (ResponseDataLossError, "{host} broke off in the middle of its answer"),
)


def explain(error: BaseException | None, url: str) -> str:
    """One line on a failure; it names the URL."""
    if isinstance(error, HttpError):
        return f"{url} answers {error.response.status}"
    if isinstance(error, DownloadConnectionRefusedError) and "certificate" in str(error).lower():
        # Scrapy gives a failed handshake the name of a refused connection.
        return f"{url}: the certificate of {urlsplit(url).hostname} cannot be verified, so nothing was asked"
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return f"{url}: {reason.format(host=urlsplit(url).hostname)}"
    text = " ".join(str(error).split()) or type(error).__name__
    if not isinstance(error, AccredwatchError | DownloadFailedError):
        text = f"{type(error).__name__}: {text}"
    return (text if url in text else f"{url}: {text}")[:_LONGEST]
