"""How much of the archive stays: what a figure cites always does, the rest as the settings say."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from crawler.limits import ArchiveSettings
from foundation.errors import ArchiveError
from storage import archive as index
from storage.archive import Place
from storage.database import Database

_UNREST = timedelta(days=1)
"""How long after its day, in UTC, something may still come to a file, or to the index of what is in it."""


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


@dataclass
class _Going:
    """What is to go, by file."""

    offsets: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    freed: int = 0


def is_limited(settings: ArchiveSettings) -> bool:
    """Whether anything is ever to be dropped."""
    return bool(settings.path) and (settings.keep_for > timedelta() or settings.keep_bytes > 0)


def prune(  # noqa: PLR0913 - keywords that say how
    database: Database,
    folder: Path,
    settings: ArchiveSettings,
    *,
    now: datetime,
    dry_run: bool = False,
    at_work: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Pruned:
    """Drop what is too old or too much; files are written anew without it, or removed.

    To be called by whoever holds the database's lock. If crawls are `at_work` meanwhile, files of yesterday and today
    stay as they are, since responses may come to them that nothing cites yet. `stop` is asked between files and ends it
    early. A process that is killed on the way leaves a file too many, never a citation without its response. Raises
    ArchiveError, StorageError.
    """
    with database.read() as session:
        stock = index.stock(session)
        going = _what_goes(session, settings, stock.size, now, before=_begin_of_unrest(now) if at_work else None)
    dropped = freed = 0
    for file, offsets in going.offsets.items():
        if stop():
            break
        with database.read() as session:
            places = index.inside(session, file)
        goes = [place for place in places if place.offset in offsets]
        if not dry_run:
            _rewrite(database, folder, file, [place for place in places if place.offset not in offsets])
        dropped, freed = dropped + len(goes), freed + sum(place.length for place in goes)
    return Pruned(dropped=dropped, freed=freed, kept=stock.responses - dropped, cited=stock.cited)


def _begin_of_unrest(now: datetime) -> datetime:
    """The first day, in UTC, whose files are to be left alone."""
    return datetime.combine(now.astimezone(UTC).date(), time(), UTC) - _UNREST


def _what_goes(
    session: Session, settings: ArchiveSettings, size: int, now: datetime, *, before: datetime | None
) -> _Going:
    """The uncited responses that are too old, and the oldest of the others while the archive is too large."""
    going = _Going()
    for place in index.uncited(session, before=before):
        is_old = settings.keep_for > timedelta() and place.fetched_at < now - settings.keep_for
        is_much = 0 < settings.keep_bytes < size - going.freed
        if not is_old and not is_much:  # nor is anything younger
            break
        going.offsets[place.file].add(place.offset)
        going.freed += place.length
    return going


def _rewrite(database: Database, folder: Path, file: str, stay: list[Place]) -> None:
    """Copy the records that stay to a new file, let the index point there, and only then remove the old one."""
    old, new = folder / file, _next_name(folder, file)
    try:
        moved = _copy(old, new, folder, stay) if stay else {}
    except OSError as error:
        new.unlink(missing_ok=True)
        raise ArchiveError(f"{old} cannot be written anew: {error.strerror or error}") from error
    # From here on the new file stays, whatever happens: a transaction whose end is not known may have come about.
    with database.write() as session:
        index.moved(session, file, moved)
    try:
        old.unlink(missing_ok=True)
    except OSError as error:
        raise ArchiveError(f"{old} is needed no more and cannot be removed: {error.strerror or error}") from error


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
