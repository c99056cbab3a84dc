"""What an archived response says, once its Content-Encoding is undone."""

from __future__ import annotations

from scrapy.utils._compression import _DecompressionMaxSizeExceeded, _inflate, _unbrotli, _unzstd
from scrapy.utils.gz import gunzip

from crawler.archive import Response
from foundation.errors import ArchiveError

_UNPACKERS = {"gzip": gunzip, "x-gzip": gunzip, "deflate": _inflate, "br": _unbrotli, "zstd": _unzstd}


def content(response: Response, *, max_bytes: int) -> bytes:
    """The body unpacked, as Scrapy unpacked it when it was fetched.

    Raises ArchiveError for an encoding that nobody knows, and for more than `max_bytes`.
    """
    body = response.body
    named = (response.header("Content-Encoding") or "").lower()
    for encoding in reversed([part.strip() for part in named.split(",") if part.strip()]):
        if encoding == "identity":
            continue
        if encoding not in _UNPACKERS:
            raise ArchiveError(f"{response.url} is packed as {encoding!r}, which cannot be undone here")
        try:
            body = _UNPACKERS[encoding](body, max_size=max_bytes)
        except _DecompressionMaxSizeExceeded as error:
            raise ArchiveError(f"{response.url} is larger than {max_bytes:,} bytes (crawler.max_bytes)") from error
        except (OSError, EOFError, ValueError) as error:
            raise ArchiveError(f"{response.url} cannot be unpacked: {error}") from error
    return body
