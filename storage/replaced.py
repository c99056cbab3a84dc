"""What stands where a backup is to go: what it can still tell, and how it is put aside."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, exists, select

from foundation.errors import DatabaseBusy, DatabaseMissing, NotFound, StorageError
from storage.database import Database
from storage.marker import read_marker
from storage.models import Alert, Article, CrawlRun
from storage.vocabulary import AlertState

_SIDES = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Replaced:
    """A database that a backup is to replace, as far as it can be read."""

    lost: str | None = None
    """UUID of the database that was made there and is gone; None where none is missed."""
    is_empty: bool = True
    """It holds nothing that could be lost."""
    sent: Mapping[str, datetime | None] = field(default_factory=dict)
    """When each alert was sent that arrived, by key."""


def look_at_file(file: Path, url: str, busy_timeout: timedelta) -> Replaced:
    """What a SQLite file holds; one that cannot be read counts as one that holds something.

    Raises DatabaseBusy.
    """
    try:
        database = Database.look(url, busy_timeout=busy_timeout)
        try:
            with database.read() as session:
                return look_at(session.connection())
        finally:
            database.close()
    except NotFound:
        return Replaced()
    except DatabaseMissing:
        marker = read_marker(file)
        return Replaced(lost=marker.uuid if marker else None)
    except DatabaseBusy:
        raise
    except StorageError:
        return Replaced(is_empty=False)


def look_at(connection: Connection) -> Replaced:
    """What a database of ours holds, whatever the version of its schema."""
    holds = select(exists(select(Article.id))), select(exists(select(CrawlRun.id)))
    sent = select(Alert.uuid, Alert.sent_at).where(Alert.state == AlertState.SENT)
    return Replaced(
        is_empty=not any(connection.execute(question).scalar() for question in holds),
        sent={row.uuid: row.sent_at for row in connection.execute(sent)},
    )


def set_aside(file: Path, now: datetime, busy_timeout: timedelta) -> Path | None:
    """Rename a SQLite file, and what belongs to it, to `…-replaced-<instant>`; None where there is nothing.

    Raises DatabaseBusy while another process has it open: what that one wrote would be lost with the old file.
    """
    if not file.exists():
        return None
    _fold_in(file, busy_timeout)
    kept = file.with_name(f"{file.name}-replaced-{now:%Y%m%dT%H%M%SZ}")
    for side in _SIDES:
        part = file.with_name(file.name + side)
        if part.exists():
            part.rename(kept.with_name(kept.name + side))
    return kept


def resemble(file: Path, other: Path) -> None:
    """Give a file the permissions and the owner of another one, as far as this user may."""
    shutil.copymode(other, file)
    model, mine = other.stat(), file.stat()
    if (model.st_uid, model.st_gid) != (mine.st_uid, mine.st_gid):
        shutil.chown(file, model.st_uid, model.st_gid)


def _fold_in(file: Path, busy_timeout: timedelta) -> None:
    """Write what waits beside the file into it, which works only while nobody else has it open."""
    connection = sqlite3.connect(file, timeout=busy_timeout.total_seconds())
    try:
        alone = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "wal"
    except sqlite3.Error as error:
        # What is damaged goes aside as it is.
        alone = getattr(error, "sqlite_errorcode", 0) & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    finally:
        connection.close()
    if not alone:
        raise DatabaseBusy(f"another process has {file} open: end it, then restore again; nothing was changed")
