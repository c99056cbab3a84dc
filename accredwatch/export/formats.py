"""How rows are written: each format takes them one after the other, so that memory holds a few at most."""

from __future__ import annotations

import csv
import importlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import islice
from types import ModuleType
from typing import IO, Any

from accredwatch.export.tables import Cell, Column, Kind, Row
from foundation.errors import ConfigError

_GROUP = 10_000
"""Rows that a group of a Parquet file holds."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Format(StrEnum):
    """How a table is written."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


Writer = Callable[[IO[bytes], Sequence[Column], Iterable[Row]], int]


def writer(form: Format) -> Writer:
    """What writes rows in this format and returns how many.

    Raises ConfigError for Parquet where the package that writes it is not installed.
    """
    if form is Format.PARQUET:
        arrow, parquet = _arrow("pyarrow"), _arrow("pyarrow.parquet")
        return lambda file, columns, rows: _write_parquet(arrow, parquet, file, columns, rows)
    return _write_csv if form is Format.CSV else _write_jsonl


def _write_csv(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """RFC 4180 in UTF-8, with a heading."""
    table = csv.writer(_Encoded(file))
    table.writerow([column.name for column in columns])
    count = 0
    for row in rows:
        table.writerow([_csv(cell) for cell in row])
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class _Encoded:
    """Takes texts and writes them in UTF-8."""

    file: IO[bytes]

    def write(self, text: str) -> int:
        return self.file.write(text.encode())


def _csv(cell: Cell) -> str:
    """A cell as text. What a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(_json(cell))


def _write_jsonl(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """One JSON object a line, in UTF-8."""
    names = [column.name for column in columns]
    count = 0
    for row in rows:
        content = dict(zip(names, map(_json, row), strict=True))
        file.write(json.dumps(content, ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def _json(cell: Cell) -> str | int | None:
    """A cell as JSON has it: days and instants in ISO 8601, instants in UTC."""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return cell.isoformat() if isinstance(cell, date) else cell


def _write_parquet(
    arrow: Any,  # noqa: ANN401 - the package has no types
    parquet: Any,  # noqa: ANN401
    file: IO[bytes],
    columns: Sequence[Column],
    rows: Iterable[Row],
) -> int:
    """Columns by type; instants in UTC, to the microsecond."""
    kinds = {
        Kind.TEXT: arrow.string(),
        Kind.NUMBER: arrow.int64(),
        Kind.TRUTH: arrow.bool_(),
        Kind.DAY: arrow.date32(),
        Kind.INSTANT: arrow.timestamp("us", tz="UTC"),
    }
    schema = arrow.schema([arrow.field(column.name, kinds[column.kind]) for column in columns])
    count = 0
    # The format is written with jumps, which a pipe cannot.
    with tempfile.TemporaryFile() as whole:
        with parquet.ParquetWriter(whole, schema) as table:
            for group in _groups(iter(rows)):
                cells = zip(*group, strict=True)
                arrays = [arrow.array(list(column), field.type) for column, field in zip(cells, schema, strict=True)]
                table.write_table(arrow.Table.from_arrays(arrays, schema=schema))
                count += len(group)
        whole.seek(0)
        shutil.copyfileobj(whole, file)
    return count


def _groups(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while group := list(islice(rows, _GROUP)):
        yield group


def _arrow(module: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ConfigError("Parquet needs another package: pip install 'accredwatch[parquet]'") from error
