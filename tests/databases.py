"""Databases for tests: an empty SQLite file is copied from one that was made before.

Running every migration takes half a second, and more than a thousand tests begin with an empty database.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import uuid
from contextlib import closing
from datetime import timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import make_url

from storage.database import Database

_place = tempfile.TemporaryDirectory(prefix="accredwatch-template-", ignore_cleanup_errors=True)


@cache
def _template() -> Path:
    file = Path(_place.name) / "empty.sqlite3"
    Database.open(f"sqlite:///{file}").close()
    return file


def _put(file: Path) -> None:
    """An empty database with an identity of its own; opening it leaves the marker."""
    shutil.copyfile(_template(), file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("UPDATE identity SET uuid = ?", (str(uuid.uuid4()),))


def opened(url: str, *, busy_timeout: timedelta = timedelta(seconds=15)) -> Database:
    """The open database at the URL; where there is no file yet, an empty one."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not (file := Path(str(parsed.database))).exists():
        _put(file)
    return Database.open(url, busy_timeout=busy_timeout)
