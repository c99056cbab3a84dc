"""Where the database is."""

from __future__ import annotations

from datetime import timedelta

from pydantic import SecretStr

from foundation.settings import Duration, Table


class DatabaseSettings(Table):
    """The table [database] of config.toml."""

    url: SecretStr = SecretStr("sqlite:///var/accredwatch.sqlite3")
    """SQLAlchemy URL: sqlite:///FILE (relative to the configuration file) or postgresql+psycopg://..."""
    busy_timeout: Duration = timedelta(seconds=15)
    """How long a writer waits for another one."""
