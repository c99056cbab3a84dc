"""The result as a Markdown page."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.store.asking import Timed
from bench.store.content import Size
from bench.store.polling import Polls

TARGET = 50.0
"""Milliseconds, at the median, that a page may take."""
POLL_TARGET = 1.2
"""How many times the CPU time on an empty store an idle poll may take."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured on one kind of database."""

    kind: str
    version: str
    size: float
    """Of the store on disk, in gigabytes."""
    filled_in: float
    """Seconds."""
    polls: Polls
    answers: Sequence[Timed]


def document(size: Size, figures: int, measured: Sequence[Measured], command: str) -> str:
    """The page."""
    return (
        "\n".join([*_head(size, figures, command), *_stores(measured), *_polls(measured), *_answers(measured)]) + "\n"
    )


def _head(size: Size, figures: int, command: str) -> list[str]:
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    stated = f"{size.reports:,} reports with {figures:,} figures on {size.elections:,} elections"
    return [
        "# What a large store costs",
        "",
        f"Made by `{command}` on {datetime.now(UTC):%Y-%m-%d}; [README.md](README.md#store) says what is measured.",
        "",
        f"- Machine: {_processor()}, {os.cpu_count()} cores{load}; {platform.system()} {platform.release()}",
        f"- Versions: Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
        f"- On record: {size.articles:,} articles, {stated}, {size.runs:,} crawls",
        "",
    ]


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.is_file() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def _stores(measured: Sequence[Measured]) -> list[str]:
    lines = ["| database | version | on disk | filled in |", "| --- | --- | ---: | ---: |"]
    lines += [f"| {one.kind} | {one.version} | {one.size:.2f} GB | {one.filled_in:,.0f} s |" for one in measured]
    return [*lines, ""]


def _polls(measured: Sequence[Measured]) -> list[str]:
    lines = [
        "## An idle poll",
        "",
        "Three outlets, nothing new: medians of rounds on an empty and a full store, which take turns in one process,",
        f"and of the quotients of neighbours. The aim is {POLL_TARGET} times the CPU time on the empty one.",
        "",
        "| database | CPU, empty | CPU, full | times | time, empty | time, full |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in measured:
        empty, full = one.polls.empty, one.polls.full
        lines.append(
            f"| {one.kind} | {empty.cpu:.1f} ms | {full.cpu:.1f} ms | {one.polls.times:.2f}"
            f" | {empty.taken:.0f} ms | {full.taken:.0f} ms |"
        )
    return [*lines, ""]


def _answers(measured: Sequence[Measured]) -> list[str]:
    lines = [
        "## Pages, the interface for programs, exports",
        "",
        f"Milliseconds from asking to the last byte: median and longest. The aim is a median of {TARGET:.0f}.",
        "",
        f"| what | {' | '.join(one.kind for one in measured)} |",
        f"| --- |{' ---: |' * len(measured)}",
    ]
    by_name: Mapping[str, list[Timed]] = {
        timed.name: [other for one in measured for other in one.answers if other.name == timed.name]
        for timed in measured[0].answers
    }
    for name, answers in by_name.items():
        cells = [f"{answer.middle:.0f} ({answer.worst:.0f})" for answer in answers]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines
