"""`accredwatch export`: the same columns in each format, whole files, and no formula of a page's."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from accredwatch.cli import main
from accredwatch.export.files import whole_file
from accredwatch.export.formats import Format, writer
from accredwatch.export.tables import TABLES, Column, Kind, What
from tests.api.records import FORMULA, REFERENDUM_KEY, fill
from tests.databases import opened


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database and its configuration."""
    folder: Path = tmp_path_factory.mktemp("export")
    database = opened(f"sqlite:///{folder / 'accredwatch.sqlite3'}")
    fill(database)
    database.close()
    (folder / "config.toml").write_text(
        '[database]\nurl = "sqlite:///accredwatch.sqlite3"\n[[source]]\nkey = "qazaq_tv"\nname = "Qazaq TV"\n'
        'hosts = ["qazaq.example"]\narticle_urls = ["/(?P<id>[0-9]+)$"]\n',
        encoding="utf-8",
    )
    return folder


@pytest.fixture(autouse=True)
def _in_its_folder(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(filled)


def exported(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> str:
    assert main(["export", *arguments]) == 0
    return capfdbinary.readouterr().out.decode()


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def as_text(value: object) -> str:
    """A value of JSON as CSV has it."""
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(("=", "+", "-", "@")) else text


def as_json(value: object) -> object:
    """A value of Parquet as JSON has it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("what", What)
def test_every_format_has_the_same_columns_and_rows(
    what: What, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    columns = [column.name for column in TABLES[what].columns]
    rows = objects(exported(capfdbinary, what.value, "--format", "jsonl"))
    text = exported(capfdbinary, what.value)
    file = tmp_path / "table.parquet"
    assert main(["export", what.value, "-o", str(file)]) == 0

    assert len(rows) >= 7
    assert all(list(row) == columns for row in rows)
    assert text.startswith(",".join(columns) + "\r\n")
    assert list(csv.DictReader(io.StringIO(text))) == [{n: as_text(v) for n, v in row.items()} for row in rows]
    stored = parquet.read_table(file)
    assert stored.column_names == columns
    assert [{n: as_json(v) for n, v in row.items()} for row in stored.to_pylist()] == rows


def test_no_words_of_a_page_become_a_formula(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(capfdbinary, "changes"))))

    assert f"'{FORMULA}" in {row["title"] for row in rows}
    assert [row["increase"] for row in rows if row["increase"].startswith("-")] == ["-8300"]
    reports = csv.DictReader(io.StringIO(exported(capfdbinary, "reports")))
    assert "'-ГУАМ" in {row["unknown_names"] for row in reports}


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_begins_like_a_formula_is_marked(mark: str) -> None:
    out = io.BytesIO()
    writer(Format.CSV)(out, (Column("a", Kind.TEXT), Column("b", Kind.NUMBER)), [(f"{mark}1+1", -1), (f"a{mark}", 1)])

    rows = list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))
    assert rows[1:] == [[f"'{mark}1+1", "-1"], [f"a{mark}", "1"]]


@pytest.mark.parametrize(
    ("options", "values"),
    [
        (["--election", "2022"], {90}),
        (["--source", "qazaq_tv"], {650}),
        (["--source", "astana_times", "--since", "2023-03-13"], {700}),
        (["--since", "2d"], set()),
    ],
)
def test_rows_are_filtered(options: list[str], values: set[int], capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    for what in ("figures", "statements"):
        rows = objects(exported(capfdbinary, what, "--format", "jsonl", *options))
        assert {row["value"] for row in rows} == values, what


def test_filters_hold_for_the_other_tables(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    for what in ("changes", "reports", "tallies"):
        ours = objects(exported(capfdbinary, what, "--format", "jsonl", "--election", "2022"))
        outlet = objects(exported(capfdbinary, what, "--format", "jsonl", "--source", "qazaq_tv"))
        late = objects(exported(capfdbinary, what, "--format", "jsonl", "--since", "2023-03-14"))
        assert {row["election"] for row in ours} == {REFERENDUM_KEY}, what
        assert {row["source"] for row in outlet} == {"qazaq_tv"}, what
        assert min(row["day"] for row in late) == "2023-03-14", what


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["figures", "--election", "2021"], "no election on record is called '2021'"),
        (["figures", "--election", "202"], "begins the keys of 2 elections"),
        (["figures", "--source", "qazaqtv"], "did you mean qazaq_tv?"),
        (["figures", "--since", "soon"], "--since soon: write 2d, 1w, or a day"),
        (["figures", "-o", "none/table.csv"], "none/table.csv cannot be written"),
        (["figures", "-o", "."], "is a directory"),
        (["everything"], "everything"),
    ],
)
def test_what_cannot_be_exported_is_told(arguments: list[str], said: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["export", *arguments]) == 2
    assert said in capfd.readouterr().err


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("before", encoding="utf-8")

    def broken() -> Iterator[tuple[str]]:
        yield ("first",)
        raise RuntimeError("the database is gone")

    with pytest.raises(RuntimeError, match="gone"), whole_file(file) as out:
        writer(Format.CSV)(out, (Column("a", Kind.TEXT),), broken())
    assert [one.name for one in tmp_path.iterdir()] == ["table.csv"]
    assert file.read_text(encoding="utf-8") == "before"

    with whole_file(file) as out:
        writer(Format.CSV)(out, (Column("a", Kind.TEXT),), [("after",)])
    assert [one.name for one in tmp_path.iterdir()] == ["table.csv"]
    assert file.read_bytes() == b"a\r\nafter\r\n"


def test_rows_are_written_as_they_come(tmp_path: Path) -> None:
    written: list[int] = []
    with (tmp_path / "table.jsonl").open("wb", buffering=0) as out:

        def rows() -> Iterator[tuple[int]]:
            for n in range(3):
                written.append(out.tell())
                yield (n,)

        assert writer(Format.JSONL)(out, (Column("n", Kind.NUMBER),), rows()) == 3

    assert written == [0, 9, 18]


def test_without_the_package_parquet_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError('not here')\n", encoding="utf-8")
    path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(
        [sys.executable, "-m", "accredwatch", "export", "figures", "-o", str(tmp_path / "table.parquet")],
        env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'accredwatch[parquet]'" in done.stderr
    assert not (tmp_path / "table.parquet").exists()
