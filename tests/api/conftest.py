from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from accredwatch.web.app import make_app
from storage.database import Database
from tests.api.records import context, fill
from tests.support.serving import asking


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with a campaign on record; nothing writes to it."""
    file: Path = tmp_path_factory.mktemp("campaign") / "accredwatch.sqlite3"
    database = Database.open(f"sqlite:///{file}")
    fill(database)
    yield database
    database.close()


@pytest.fixture(scope="module")
def client(campaign: Database) -> Iterator[httpx.Client]:
    """Asks a server on the campaign."""
    with asking(make_app(context(campaign))) as client:
        yield client
