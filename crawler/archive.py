"""The archive: every response that was fetched, as it came, in WARC files (ISO 28500) with one gzip member a record.

A file is written by one process and closed after a day or at its size; a process always begins a new one, so that what
a killed process left half written stands at the end of a file that nobody continues. A record counts from the moment
that the index in storage names it, and until it is settled it may wait in memory: the disk is asked once for many.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from crawler.limits import ArchiveSettings
from crawler.warc_records import Response, introduction, pack, unpack
from foundation.errors import ArchiveError
from storage.archive import Place

__all__ = ["Archive", "Response"]

_OURS = "accredwatch-"
_MOST_WAITING = 4_000_000
"""Bytes of records that wait in memory for the disk."""
_QUICK = 300_000
"""Bytes of a body that is packed in a millisecond or two."""


class Archive:
    """A folder of WARC files. One process writes to it; any number may read."""

    def __init__(self, folder: Path, settings: ArchiveSettings | None = None) -> None:
        self.folder = folder
        self._max_file = (settings or ArchiveSettings()).max_file
        self._number = 0
        self._disk = threading.Lock()
        """Held by whoever writes, and while files are begun and closed."""
        self._notes = threading.Lock()
        """Guards what follows; held for an instant only, never while the disk is waited for."""
        self._file: BinaryIO | None = None
        self._name = ""
        self._end = 0
        """Where the next record of the file will stand."""
        self._waiting: list[bytes] = []
        """Records of the file that are not written yet."""
        self._unsettled: set[tuple[str, int]] = set()
        """File and offset of the file's records that may not be on the disk."""
        self._lost: set[tuple[str, int]] = set()

    def keep(self, response: Response, *, fetched_at: datetime) -> Place:
        """Append a response, safely on the disk when this returns; where it stands. Raises ArchiveError."""
        place = self.append(response, fetched_at=fetched_at)
        self.settle([place])
        return place

    def is_quick(self, response: Response, *, fetched_at: datetime) -> bool:
        """Whether the response can be appended in an instant, without the disk."""
        return len(response.body) <= _QUICK and self._takes(_day(fetched_at))

    def append(self, response: Response, *, fetched_at: datetime) -> Place:
        """Append a response that counts as kept once it is settled; where it stands. Raises ArchiveError."""
        digest = hashlib.sha256(response.body)
        record = pack(response, fetched_at, digest.digest())
        while (at := self._note(record, _day(fetched_at))) is None:
            try:
                with self._disk:
                    self._make_room(fetched_at)
            except OSError as error:
                raise self._failure(error) from error
        return Place(
            url=response.url,
            status=response.status,
            fetched_at=fetched_at,
            file=at[0],
            offset=at[1],
            length=len(record),
            digest=f"sha256:{digest.hexdigest()}",
        )

    def settle(self, places: Iterable[Place]) -> None:
        """Return once these responses are safely on the disk, all that were appended with them.

        One wait for the disk is enough for many. Raises ArchiveError if one of them is not kept after all.
        """
        wanted = {(place.file, place.offset) for place in places}
        try:
            with self._disk:
                with self._notes:
                    is_settled = wanted.isdisjoint(self._unsettled)
                if not is_settled:
                    self._sync()
        except OSError as error:
            raise self._failure(error) from error
        if not wanted.isdisjoint(self._lost):
            raise ArchiveError(f"{self.folder}: what was fetched could not be archived, as an earlier error tells")

    def holds(self, places: Iterable[Place]) -> bool:
        """Whether these responses are safely on the disk already; never waits."""
        at = {(place.file, place.offset) for place in places}
        with self._notes:
            return at.isdisjoint(self._unsettled) and at.isdisjoint(self._lost)

    def read(self, place: Place) -> Response:
        """The response at a place, with its digest checked. Raises ArchiveError for one that is gone or damaged."""
        path = self.folder / place.file
        try:
            with path.open("rb") as file:
                file.seek(place.offset)
                found = unpack(file.read(place.length))
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
        with self._disk:
            self._let_go()

    def _takes(self, day: str) -> bool:
        """Whether the file takes one more record of a day."""
        return (
            self._file is not None
            and self._name.startswith(day)
            and self._end < self._max_file
            and sum(map(len, self._waiting)) < _MOST_WAITING
        )

    def _note(self, record: bytes, day: str) -> tuple[str, int] | None:
        """Let a record wait for the disk: its file and offset; None where the file does not take it."""
        with self._notes:
            if not self._takes(day):
                return None
            at = self._name, self._end
            self._waiting.append(record)
            self._unsettled.add(at)
            self._end += len(record)
            return at

    def _make_room(self, now: datetime) -> None:
        """Write what waits; where the file takes no more of this day all the same, begin another one."""
        if self._file is not None:
            self._write()
        if not self._takes(_day(now)):
            self._let_go()
            self._begin(_day(now), now)

    def _begin(self, day: str, now: datetime) -> None:
        (self.folder / day).mkdir(parents=True, exist_ok=True)
        while True:
            self._number += 1
            stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
            name = f"{_OURS}{stamp}-{os.getpid()}-{self._number:05}.warc.gz"
            with contextlib.suppress(FileExistsError):
                file = (self.folder / day / name).open("xb")
                break
        first = introduction(name)
        file.write(first)
        with self._notes:
            self._file, self._name, self._end = file, f"{day}/{name}", len(first)

    def _write(self) -> None:
        """Write what waits; if that fails, nobody knows what of the file is there."""
        with self._notes:
            file, waiting, self._waiting = self._file, self._waiting, []
        if file is None:
            return
        try:
            file.writelines(waiting)
            file.flush()
        except OSError:
            self._give_up()
            raise

    def _sync(self) -> None:
        """Wait for the disk; what is appended meanwhile waits for the next time."""
        with self._notes:
            settled = self._unsettled.copy()
        self._write()
        try:
            if self._file is not None:
                os.fsync(self._file.fileno())
        except OSError:
            self._give_up()
            raise
        with self._notes:
            self._unsettled -= settled

    def _give_up(self) -> None:
        """Leave the file, with all of it that is not settled."""
        with self._notes:
            self._lost |= self._unsettled
            self._unsettled.clear()
            self._waiting.clear()
            file, self._file = self._file, None
        _close(file)

    def _let_go(self) -> None:
        """Close the file; what was not settled in it is on the disk then, or lost: `settle` tells."""
        while True:
            with self._notes:
                if not self._unsettled:
                    file, self._file = self._file, None
                    break
            with contextlib.suppress(OSError):  # what it means stands in `_lost`
                self._sync()
        _close(file)

    def _failure(self, error: OSError) -> ArchiveError:
        return ArchiveError(
            f"{self.folder}: what was fetched cannot be archived: {error.strerror or error}; make room, or set"
            " `archive.path` to another folder"
        )


def _day(now: datetime) -> str:
    return f"{now.astimezone(UTC):%Y/%m/%d}"


def _close(file: BinaryIO | None) -> None:
    if file is not None:
        with contextlib.suppress(OSError):  # of what could not be written its writer was told
            file.close()
