"""Database and archive of the settings, for the commands that need it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from accredwatch.config import Settings
from crawler.archive import Archive
from storage.address import read_url
from storage.database import Database
from storage.marker import read_marker


def open_database(settings: Settings) -> AbstractContextManager[Database]:
    """The database of the settings, closed at the end. Raises what `Database.open` raises."""
    table = settings.database
    return closing(Database.open(table.url.get_secret_value(), busy_timeout=table.busy_timeout))


def look_at_database(settings: Settings) -> AbstractContextManager[Database]:
    """The database of the settings as it is, whatever its version. Raises what `Database.look` raises."""
    table = settings.database
    return closing(Database.look(table.url.get_secret_value(), busy_timeout=table.busy_timeout))


def open_archive(settings: Settings) -> Archive | None:
    """The archive of the settings; None where nothing is to be kept."""
    return Archive(Path(settings.archive.path), settings.archive) if settings.archive.path else None


@contextmanager
def open_database_to_look(settings: Settings) -> Iterator[Database]:
    """As `open_database`; where none was ever made, a passing one instead, so that looking leaves nothing behind."""
    url = read_url(settings.database.url.get_secret_value())
    file = Path(url.database or "")
    if url.drivername != "sqlite" or file.exists() or read_marker(file) is not None:
        with open_database(settings) as database:
            yield database
        return
    with (
        tempfile.TemporaryDirectory(prefix="accredwatch-") as folder,
        closing(Database.open(f"sqlite:///{folder}/dry-run.sqlite3")) as database,
    ):
        yield database
