"""The result as a Markdown page."""

from __future__ import annotations

import os
import platform
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from bench.reading.pages import LENGTHS, ROOT, Page
from bench.reading.timing import cost

_LANGUAGES = {"en": "English", "ru": "Russian", "kk": "Kazakh"}


@dataclass(frozen=True, slots=True)
class Row:
    """One way to treat the pages, with the time of each page in milliseconds; or why there are no times."""

    name: str
    pages: Sequence[Page]
    times: Sequence[float] = ()
    shown: Sequence[bool] = ()
    """Whether each page's text was found; empty where none is to be found."""
    problem: str = ""


def document(reader: Row, rows: Sequence[Row], versions: Mapping[str, str], command: str) -> str:
    """The page: what was measured where, the reader alone, whole pages."""
    return "\n".join([*_head(versions, command), *_reader(reader), *_whole(rows)]) + "\n"


def _head(versions: Mapping[str, str], command: str) -> list[str]:
    ours = {name: version(name) for name in ("trafilatura", "lxml")}
    named = ", ".join(f"{name} {number}" for name, number in {**ours, **versions}.items())
    return [
        "# What reading costs",
        "",
        f"Made by `{command}` on {datetime.now(UTC):%Y-%m-%d}; [README.md](README.md) says what is measured.",
        "",
        f"- Machine: {machine()}",
        f"- Versions: Python {platform.python_version()}, accredwatch {_own_version()}, {named}",
        "- All times are milliseconds of CPU time: the median over the pages, and what 19 of 20 pages stay below.",
        "",
    ]


def machine() -> str:
    """Processor, cores, load and system of the machine at hand."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{_processor()}, {os.cpu_count()} cores{load}; {platform.system()} {platform.release()}"


def _own_version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.is_file() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def _reader(reader: Row) -> list[str]:
    about = (
        "`extract.report.read_report` on articles whose text is known, and how text and time of all pages of a length "
        "compare with those of single articles."
    )
    lines = [
        "## The reader alone",
        "",
        about,
        "",
        "| Language | Articles a page | Pages | Characters | Median | 95 % | Text grows | Time grows |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for language, name in _LANGUAGES.items():
        first: tuple[float, int] | None = None
        for length in LENGTHS:
            chosen = [n for n, p in enumerate(reader.pages) if (p.article.language, p.length) == (language, length)]
            found, sizes = cost([reader.times[n] for n in chosen]), [reader.pages[n].characters for n in chosen]
            first = first or (found.total, sum(sizes))
            lines.append(
                f"| {name} | {length} | {len(chosen)} | {median(sizes):,.0f} | {found.middle:.2f} | {found.high:.2f} "
                f"| {sum(sizes) / first[1]:.1f} | {found.total / first[0]:.1f} |"
            )
    return [*lines, ""]


def _whole(rows: Sequence[Row]) -> list[str]:
    heads = " | ".join(f"{length} article{'s' if length > 1 else ''}" for length in LENGTHS)
    lines = [
        "## A whole page",
        "",
        f"| What | Language | Text found | {heads} |",
        "|---|---|--:|" + "--:|" * len(LENGTHS),
    ]
    for row in rows:
        if row.problem:
            lines.append(f"| {row.name} | | | not measured: {row.problem} |" + " |" * (len(LENGTHS) - 1))
            continue
        lines += _by_language(row)
    return lines


def _by_language(row: Row) -> list[str]:
    lines = []
    for language, name in _LANGUAGES.items():
        cells = []
        for length in LENGTHS:
            times = [
                t
                for t, p in zip(row.times, row.pages, strict=True)
                if (p.article.language, p.length) == (language, length)
            ]
            if times:
                found = cost(times)
                cells.append(f"{found.middle:.2f} ({found.high:.2f})")
        if cells:
            own = [s for s, p in zip(row.shown, row.pages, strict=False) if p.article.language == language]
            shown = f"{sum(own)} of {len(own)}" if own else ""
            lines.append(f"| {row.name} | {name} | {shown} | {' | '.join(cells)} |")
    return lines
