"""What a race found: one row a measure."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.reading.table import machine


@dataclass(frozen=True, slots=True)
class Row:
    """A measure, what came out for us and for each peer, and whether that is what we aim at."""

    measure: str
    ours: str
    peers: dict[str, str]
    """By the peer's name."""
    target: str
    reached: bool | None
    """None where nothing is aimed at, or it could not be measured."""


def document(rows: Sequence[Row], versions: Mapping[str, str], command: str) -> str:
    """The rows as a Markdown page, with the machine, the day and the versions."""
    named = ", ".join(f"{name} {number}" for name, number in versions.items())
    lines = [
        "# The race",
        "",
        f"Made by `{command}` on {datetime.now(UTC):%Y-%m-%d}; [README.md](../README.md#race) says what is measured.",
        "",
        f"- Machine: {machine()}",
        f"- Versions: Python {platform.python_version()}, {named}",
        "",
        "| Measure | accredwatch | Others | Target | Reached |",
        "|---|--:|---|---|---|",
    ]
    return "\n".join([*lines, *map(_line, rows)]) + "\n"


def _line(row: Row) -> str:
    peers = "; ".join(f"{name}: {figure}" for name, figure in row.peers.items())
    reached = {True: "yes", False: "**no**", None: ""}[row.reached]
    cells = [row.measure, row.ours, peers, row.target, reached]
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
