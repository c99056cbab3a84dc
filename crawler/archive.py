"""The archive: every response that was fetched, as it came, in WARC files (ISO 28500) with one gzip member a record.

A file is written by one process and closed after a day or at its size; a process always begins a new one, so that what
a killed process left half written stands at the end of a file that nobody continues. A record counts from the moment
that the index in storage names it.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import os
import threading
import zlib
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.limits import ArchiveSettings
from foundation.errors import ArchiveError
from storage.archive import Place

_OURS = "accredwatch-"
_NOT_KEPT = frozenset({"transfer-encoding", "content-length"})
"""Headers of the transfer and not of what was transferred."""
_LEVEL = 6  # 9 makes pages a fifteenth smaller, and takes twice as long


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


class Archive:
    """A folder of WARC files. One process writes to it; any number may read."""

    def __init__(self, folder: Path, settings: ArchiveSettings | None = None) -> None:
        self.folder = folder
        self._max_file = (settings or ArchiveSettings()).max_file
        self._file: BinaryIO | None = None
        self._name = ""
        self._number = 0
        self._one_at_a_time = threading.Lock()
        self._unsettled: set[tuple[str, int]] = set()
        """File and offset of what was written and may not be on the disk."""
        self._lost: set[tuple[str, int]] = set()

    def keep(self, response: Response, *, fetched_at: datetime) -> Place:
        """Append a response, safely on the disk when this returns; where it stands. Raises ArchiveError."""
        place = self.append(response, fetched_at=fetched_at)
        self.settle([place])
        return place

    def append(self, response: Response, *, fetched_at: datetime) -> Place:
        """Append a response that counts as kept once it is settled; where it stands. Raises ArchiveError."""
        digest = hashlib.sha256(response.body)
        member = _member(response, fetched_at, digest.digest())
        with self._one_at_a_time:
            try:
                file = self._open(fetched_at)
                offset = file.tell()
                file.write(member)
                file.flush()
            except OSError as error:
                self._let_go()
                raise self._failure(error) from error
            self._unsettled.add((self._name, offset))
            name = self._name
        return Place(
            url=response.url,
            status=response.status,
            fetched_at=fetched_at,
            file=name,
            offset=offset,
            length=len(member),
            digest=f"sha256:{digest.hexdigest()}",
        )

    def settle(self, places: Iterable[Place]) -> None:
        """Return once these responses are safely on the disk, all that were appended with them.

        One wait for the disk is enough for many. Raises ArchiveError if one of them is not kept after all.
        """
        wanted = {(place.file, place.offset) for place in places}
        try:
            with self._one_at_a_time:
                if not wanted.isdisjoint(self._unsettled):
                    self._sync()
        except OSError as error:
            raise self._failure(error) from error
        if not wanted.isdisjoint(self._lost):
            raise ArchiveError(f"{self.folder}: what was fetched could not be archived, as an earlier error tells")

    def holds(self, places: Iterable[Place]) -> bool:
        """Whether these responses are safely on the disk already; never waits."""
        at = {(place.file, place.offset) for place in places}
        return at.isdisjoint(self._unsettled) and at.isdisjoint(self._lost)

    def _sync(self) -> None:
        """Wait for the disk; if it fails, nobody knows what of the file is there."""
        try:
            if self._file is not None:
                os.fsync(self._file.fileno())
        except OSError:
            self._lost |= self._unsettled
            self._close()
            raise
        finally:
            self._unsettled.clear()

    def _failure(self, error: OSError) -> ArchiveError:
        return ArchiveError(
            f"{self.folder}: what was fetched cannot be archived: {error.strerror or error}; make room, or set"
            " `archive.path` to another folder"
        )

    def read(self, place: Place) -> Response:
        """The response at a place, with its digest checked. Raises ArchiveError for one that is gone or damaged."""
        path = self.folder / place.file
        try:
            with path.open("rb") as file:
                file.seek(place.offset)
                found = _read(file.read(place.length))
        except FileNotFoundError as error:
            raise ArchiveError(f"{path} is missing: restore it from your backup of the archive") from error
        except OSError as error:
            raise ArchiveError(f"{path} cannot be read: {error.strerror or error}") from error
        digest = f"sha256:{hashlib.sha256(found.body).hexdigest()}" if found else None
        if found is None or digest != place.digest:
            raise ArchiveError(
                f"{path} is damaged at byte {place.offset:,}: what stands there is not what was fetched from"
                f" {place.url} ({place.digest}); restore it from your backup of the archive"
            )
        return found

    def close(self) -> None:
        """Close the file that is being written; the next response begins another one."""
        with self._one_at_a_time:
            self._let_go()

    def _open(self, now: datetime) -> BinaryIO:
        day = f"{now.astimezone(UTC):%Y/%m/%d}"
        if self._file is not None and (not self._name.startswith(day) or self._file.tell() >= self._max_file):
            self._let_go()
        if self._file is None:
            self._file = self._begin(day, now)
        return self._file

    def _begin(self, day: str, now: datetime) -> BinaryIO:
        (self.folder / day).mkdir(parents=True, exist_ok=True)
        while True:
            self._number += 1
            stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
            self._name = f"{day}/{_OURS}{stamp}-{os.getpid()}-{self._number:05}.warc.gz"
            try:
                file = (self.folder / self._name).open("xb")
            except FileExistsError:
                continue
            _introduce(file, self._name.rpartition("/")[2])
            return file

    def _let_go(self) -> None:
        """Close the file; what was not settled in it is on the disk then, or lost: `settle` tells."""
        if self._unsettled:
            with contextlib.suppress(OSError):  # what it means stands in `_lost`
                self._sync()
        self._close()

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            with contextlib.suppress(OSError):  # of what could not be written its writer was told
                file.close()


def _introduce(file: BinaryIO, name: str) -> None:
    """The record by which every WARC file begins."""
    writer = WARCWriter(file, gzip=True)
    writer.write_record(
        writer.create_warcinfo_record(name, {"software": "accredwatch", "format": "WARC File Format 1.0"})
    )


def _member(response: Response, fetched_at: datetime, digest: bytes) -> bytes:
    """The record of a response, compressed."""
    plain = io.BytesIO()
    writer = WARCWriter(plain, gzip=False)
    headers = [*_faithful(response.headers), ("Content-Length", str(len(response.body)))]
    record = writer.create_warc_record(
        response.url,
        "response",
        payload=io.BytesIO(response.body),
        length=len(response.body),
        http_headers=StatusAndHeaders(f"{response.status} {_phrase(response.status)}", headers, protocol="HTTP/1.1"),
        warc_headers_dict={
            "WARC-Date": f"{fetched_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "WARC-Payload-Digest": f"sha256:{b32encode(digest).decode('ascii')}",
        },
    )
    writer.write_record(record)
    return gzip.compress(plain.getbuffer(), _LEVEL, mtime=0)


def _faithful(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The headers of what was sent, each in one line."""
    return [
        (name, quote(value, safe="".join(map(chr, range(0x20, 0x7F)))))
        for name, value in headers
        if name.lower() not in _NOT_KEPT
    ]


def _read(member: bytes) -> Response | None:
    """The response in a gzip member; None if it is not what was written."""
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


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
