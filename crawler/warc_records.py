"""A response as a record of a WARC file, compressed as a gzip member of its own, and back."""

from __future__ import annotations

import gzip
import io
import uuid
import zlib
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import quote

from isal import isal_zlib
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

_NOT_KEPT = frozenset({"transfer-encoding", "content-length"})
"""Headers of the transfer and not of what was transferred."""
_LEVEL = 1  # a seventh larger than zlib's level 6, in a tenth of its time
_GZIP = 31
"""What zlib calls a window of 32 kilobytes with gzip's header."""
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it came."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    """As it was sent, with whatever Content-Encoding the headers name."""

    def header(self, name: str) -> str | None:
        """The first header of this name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def introduction(name: str) -> bytes:
    """The record by which a WARC file of this name begins, compressed."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    writer.write_record(
        writer.create_warcinfo_record(name, {"software": "accredwatch", "format": "WARC File Format 1.0"})
    )
    return file.getvalue()


def pack(response: Response, fetched_at: datetime, digest: bytes) -> bytes:
    """The record of a response that came at an instant (aware), compressed; `digest` is the SHA-256 of its body."""
    # warcio writes what has a form of its own; its writer would copy the body thrice, and sum it up once more.
    head = _head(response)
    record = StatusAndHeaders(
        "",
        [
            ("WARC-Type", "response"),
            ("WARC-Record-ID", f"<urn:uuid:{uuid.uuid4()}>"),
            ("WARC-Target-URI", response.url),
            ("WARC-Date", f"{fetched_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"),
            ("WARC-Payload-Digest", f"sha256:{b32encode(digest).decode('ascii')}"),
            ("Content-Type", "application/http; msgtype=response"),
            ("Content-Length", str(len(head) + len(response.body))),
        ],
        protocol="WARC/1.0",
    )
    packer = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, _GZIP)
    parts = (record.to_bytes(encoding="utf-8"), head, response.body, b"\r\n\r\n")
    return b"".join([*map(packer.compress, parts), packer.flush()])


def unpack(member: bytes) -> Response | None:
    """The response in a compressed record; None if it is not what was written."""
    try:
        # Its checksum first: what is whole is ours, and of what is not the parser would make anything.
        plain = gzip.decompress(member)
    except (OSError, EOFError, zlib.error):
        return None
    for record in ArchiveIterator(io.BytesIO(plain)):
        if record.rec_type == "response" and record.http_headers is not None:
            return Response(
                url=record.rec_headers.get_header("WARC-Target-URI"),
                status=int(record.http_headers.get_statuscode()),
                headers=tuple(record.http_headers.headers),
                body=record.raw_stream.read(),
            )
    return None


def _head(response: Response) -> bytes:
    """Status and headers as they come before a body."""
    headers = [*_faithful(response.headers), ("Content-Length", str(len(response.body)))]
    status = f"{response.status} {_phrase(response.status)}"
    return bytes(StatusAndHeaders(status, headers, protocol="HTTP/1.1").to_ascii_bytes())


def _faithful(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The headers of what was sent, each in one line."""
    return [(name, _in_one_line(value)) for name, value in headers if name.lower() not in _NOT_KEPT]


def _in_one_line(value: str) -> str:
    return value if value.isascii() and value.isprintable() else quote(value, safe=_PRINTABLE)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
