"""The front door: command line, configuration, the page and the interface for programs, and the demo newsroom.

records(place=None) -> Records      what is on record, for notebooks; docs/api.md shows it
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from accredwatch.notebook import Records

__all__ = ["records"]


def records(place: str | Path | None = None) -> Records:
    """What is on record, read-only: of a database's URL, of a configuration file, or of the one that is found.

    Raises ConfigError, NotFound where no database was made yet, SchemaMismatch for another version's, StorageError.
    """
    from accredwatch.notebook import open_records  # noqa: PLC0415 - SQLAlchemy loads only when a database is used

    return open_records(place)
