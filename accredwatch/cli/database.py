"""The database of the settings, for the commands that need it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from accredwatch.config import Settings
from storage.database import Database


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """The database of the settings, closed at the end. Raises what `Database.open` raises."""
    table = settings.database
    database = Database.open(table.url.get_secret_value(), busy_timeout=table.busy_timeout)
    try:
        yield database
    finally:
        database.close()
