"""The database's URL: what may stand in it, and how it may be shown."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from foundation.errors import ConfigError

_FORMS = "write sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"
_POSTGRESQL = {"postgres", "postgresql", "postgresql+psycopg"}
_SQLITE = {"sqlite", "sqlite+pysqlite"}


def read_url(url: str, *, base: Path | None = None) -> URL:
    """The URL with driver and absolute file; a relative SQLite file is looked for in `base`.

    Raises ConfigError for what is neither SQLite in a file nor PostgreSQL. Its message never holds a password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise ConfigError(f"database.url cannot be read as a URL: {_FORMS}") from None
    if parsed.drivername in _POSTGRESQL:
        if not parsed.database:
            raise ConfigError(f"database.url {show_url(parsed)} names no database: {_FORMS}")
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in _SQLITE:
        raise ConfigError(f"database.url begins with {parsed.drivername!r}, which is not supported: {_FORMS}")
    return parsed.set(drivername="sqlite", database=str(_file(parsed, base)))


def _file(url: URL, base: Path | None) -> Path:
    if url.host or url.query:
        raise ConfigError(
            f"database.url {show_url(url)} takes neither host nor options: write sqlite:///FILE (three slashes, "
            "a fourth one for an absolute path)"
        )
    if not url.database or url.database == ":memory:":
        raise ConfigError(
            "database.url names no file, and a database in memory would forget what it alerted: " + _FORMS
        )
    if "\0" in url.database:
        raise ConfigError("database.url holds a NUL character: " + _FORMS)
    return (base or Path()).joinpath(Path(url.database).expanduser()).absolute()


def show_url(url: URL) -> str:
    """The URL for messages and logs: without user information and options, where secrets can stand."""
    return URL.create(url.drivername, host=url.host, port=url.port, database=url.database).render_as_string()
