"""What notebooks and scripts are given, as docs/api.md shows it."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

import accredwatch
from accredwatch.export.tables import TABLES, What
from foundation.errors import ConfigError, NotFound, SchemaMismatch
from storage import schema
from storage.database import Database
from tests.api.records import REFERENDUM_KEY
from tests.storage.campaign import KEY

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"


def test_the_examples_of_the_documentation_are_true(campaign: Database) -> None:
    values = {"database_url": f"sqlite:///{campaign.file}"}
    examples = re.findall(r"^```python\n(.*?)^```$", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    found = doctest.DocTestParser().get_doctest("\n".join(examples), values, "docs/api.md", str(DOCS), 0)
    told: list[str] = []
    done = doctest.DocTestRunner(verbose=False).run(found, out=told.append)

    assert done.attempted >= 8
    assert done.failed == 0, "".join(told)


def test_every_table_and_address_is_documented(client: httpx.Client) -> None:
    text = DOCS.read_text(encoding="utf-8")
    tables = dict(re.findall(r"^\| `(\w+)` \| ((?:`\w+` ?)+) \|$", text, re.MULTILINE))
    addresses = set(re.findall(r"^\| `(/[^`]*)` \|", text, re.MULTILINE))

    assert {name: re.findall(r"\w+", columns) for name, columns in tables.items()} == {
        what.value: [column.name for column in TABLES[what].columns] for what in What
    }
    assert addresses == set(client.get("/api/v1/openapi.json").json()["paths"])


def test_every_kind_of_record_comes_as_values_and_as_rows(campaign: Database) -> None:
    with accredwatch.records(f"sqlite:///{campaign.file}") as records:
        assert [e.election.key for e in records.elections()] == [KEY, REFERENDUM_KEY]
        assert [row["value"] for row in records.elections().rows()] == [700, 90]
        assert [r.id for r in records.reports(source="qazaq_tv")] == [3]
        assert len(records.figures()) == len(records.figures().rows()) == 8
        assert [s.figure.value for s in records.statements(REFERENDUM_KEY)] == [90]
        assert [c.id for c in records.changes(after=9)] == [10, 11]
        for what, found in (
            (What.FIGURES, records.figures()), (What.REPORTS, records.reports()), (What.CHANGES, records.changes()),
            (What.STATEMENTS, records.statements(KEY)), (What.TALLIES, records.tallies(KEY)),
        ):  # fmt: skip
            assert list(found.rows()[0]) == [column.name for column in TABLES[what].columns]
        with pytest.raises(NotFound, match=KEY):
            records.tallies("2023")


def test_a_configuration_file_names_the_database(campaign: Database, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'[database]\nurl = "sqlite:///{campaign.file}"\n', encoding="utf-8")

    with accredwatch.records(file) as records:
        assert records.reports()


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite3"

    with pytest.raises(NotFound, match="no database"):
        accredwatch.records(f"sqlite:///{file}")
    assert not file.exists()
    with pytest.raises(ConfigError, match="no such configuration file"):
        accredwatch.records(tmp_path / "none.toml")


def test_a_database_of_another_version_stays_what_it_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    database = Database.open(url)
    with database.write() as session:
        schema.downgrade(session.connection(), to="0003")
    database.close()

    with pytest.raises(SchemaMismatch, match="accredwatch db upgrade"):
        accredwatch.records(url)


def test_importing_loads_no_database() -> None:
    code = "import sys, accredwatch, extract; sys.exit('sqlalchemy' in sys.modules or 'trafilatura' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
