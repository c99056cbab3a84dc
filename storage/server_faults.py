"""What PostgreSQL's driver complains of; imported where a server is used, since the driver costs eight megabytes."""

from __future__ import annotations

import psycopg

_COMPLAINTS: tuple[tuple[tuple[type[psycopg.Error], ...], str], ...] = (
    (
        (psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.InsufficientPrivilege),
        "refuses this: grant the user the right to create and write tables",
    ),
    (
        (psycopg.errors.InvalidPassword, psycopg.errors.InvalidAuthorizationSpecification),
        "refuses user or password: correct database.url",
    ),
    ((psycopg.OperationalError,), "cannot be reached: check that the server runs, and database.url"),
)


def is_busy(error: BaseException | None) -> bool:
    """Whether another one has kept the database locked for too long."""
    return isinstance(error, psycopg.errors.LockNotAvailable | psycopg.errors.QueryCanceled)


def complaint(error: BaseException | None) -> str | None:
    """What the database does or refuses, with the remedy; None for what is no trouble of the server's."""
    return next((words for kinds, words in _COMPLAINTS if isinstance(error, kinds)), None)
