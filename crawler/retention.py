"""How much of the archive stays: what a figure cites always does, the rest as the settings say."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from crawler.limits import ArchiveSettings
from foundation.errors import ArchiveError
from storage import archive as index
from storage.archive import Place
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Pruned:
    """What pruning did, or would do."""

    dropped: int = 0
    """Responses that no figure cites and that are not kept any longer."""
    freed: int = 0
    """Their bytes."""
    kept: int = 0
    """Responses that stay."""
    cited: int = 0
    """How many of them figures cite."""


def prune(
    database: Database, folder: Path, settings: ArchiveSettings, *, now: datetime, dry_run: bool = False
) -> Pruned:
    """Drop what is too old or too much; files are written anew without it, or removed.

    To be called by whoever holds the database's lock, so that nobody writes to the archive meanwhile. A process that is
    killed on the way leaves a file too many, never a citation without its response. Raises ArchiveError, StorageError.
    """
    with database.read() as session:
        places = list(index.kept(session))
    goes = _what_goes(places, settings, now)
    by_file: dict[str, list[Place]] = defaultdict(list)
    for place, _ in places:
        by_file[place.file].append(place)
    if not dry_run:
        for file, inside in by_file.items():
            if any(place in goes for place in inside):
                _rewrite(database, folder, file, [place for place in inside if place not in goes])
    return Pruned(
        dropped=len(goes),
        freed=sum(place.length for place in goes),
        kept=len(places) - len(goes),
        cited=sum(cited for _, cited in places),
    )


def _what_goes(places: list[tuple[Place, bool]], settings: ArchiveSettings, now: datetime) -> set[Place]:
    """The uncited responses that are too old, and the oldest of the others while the archive is too large."""
    free = [place for place, cited in places if not cited]
    goes = {place for place in free if settings.keep_for > timedelta() and place.fetched_at < now - settings.keep_for}
    size = sum(place.length for place, _ in places) - sum(place.length for place in goes)
    for place in free:
        if not settings.keep_bytes or size <= settings.keep_bytes:
            break
        if place not in goes:
            goes.add(place)
            size -= place.length
    return goes


def _rewrite(database: Database, folder: Path, file: str, stay: list[Place]) -> None:
    """Copy the records that stay to a new file, let the index point there, and only then remove the old one."""
    old = folder / file
    try:
        moved = _copy(old, _next_name(folder, file), folder, stay) if stay else {}
        with database.write() as session:
            index.moved(session, file, moved)
        old.unlink(missing_ok=True)
    except OSError as error:
        raise ArchiveError(f"{old}: cannot be written anew: {error.strerror or error}") from error


def _copy(old: Path, new: Path, folder: Path, stay: list[Place]) -> dict[int, Place]:
    moved = {}
    name = new.relative_to(folder).as_posix()
    with old.open("rb") as source, new.open("xb") as target:
        for place in stay:
            source.seek(place.offset)
            # A record is a gzip member of its own: its bytes mean the same wherever they stand.
            moved[place.offset] = replace(place, file=name, offset=target.tell())
            target.write(source.read(place.length))
        target.flush()
        os.fsync(target.fileno())
    return moved


def _next_name(folder: Path, file: str) -> Path:
    """A name beside the file that is free: 'x.warc.gz', 'x.kept-1.warc.gz', 'x.kept-2.warc.gz'."""
    path = folder / file
    stem = path.name.removesuffix(".warc.gz").partition(".kept-")[0]
    number = 1
    while (found := path.with_name(f"{stem}.kept-{number}.warc.gz")).exists():
        number += 1
    return found
