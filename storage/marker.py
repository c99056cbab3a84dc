"""The marker beside a SQLite file: it remembers that a database was made there.

A missing file is then seen as a loss and not taken for a first start: a fresh database would forget what was alerted.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from foundation.errors import DatabaseMissing, StorageError
from storage.faults import unwritable


@dataclass(frozen=True, slots=True)
class Marker:
    """Which database was made there, and when (ISO 8601, UTC)."""

    uuid: str
    made_at: str


def marker_path(database: Path) -> Path:
    """Where the marker of a database file stands."""
    return database.with_name(database.name + "-marker")


def read_marker(database: Path) -> Marker | None:
    """The marker, if there is one. Raises StorageError where it cannot be read."""
    path = marker_path(database)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Marker(uuid=str(content["uuid"]), made_at=str(content["made_at"]))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(f"{path} cannot be read ({error.strerror}): let this user read it") from error
    except (ValueError, KeyError, TypeError):
        return Marker(uuid="", made_at="an unknown time")


def write_marker(database: Path, marker: Marker) -> None:
    """Write the marker whole or not at all. Raises StorageError where the directory cannot be written."""
    path = marker_path(database)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"uuid": marker.uuid, "made_at": marker.made_at}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise unwritable(path, error) from error


def require_file(database: Path) -> None:
    """Raise DatabaseMissing where a database was made and its file is gone or empty."""
    marker = read_marker(database)
    if marker is None or (database.exists() and database.stat().st_size > 0):
        return
    state = "is empty" if database.exists() else "is gone"
    raise missing(database, marker, state)


def missing(database: Path, marker: Marker, state: str) -> DatabaseMissing:
    """The error that says what happened to the file, and both ways out."""
    return DatabaseMissing(
        f"the database {database} was made at {marker.made_at} and {state}: restore a backup, "
        f"or remove {marker_path(database)} to begin afresh (which forgets what was alerted)"
    )
