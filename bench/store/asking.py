"""What people and programs ask of `accredwatch serve`, and how long each answer takes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx

from accredwatch.export.tables import TABLES, What
from bench.store.content import KEYWORD, Content
from storage.database import Database
from storage.listed import Wanted

_WAIT = 300
"""Seconds for one answer, on a machine however busy."""


@dataclass(frozen=True, slots=True)
class Timed:
    """How long something took, in milliseconds, each time."""

    name: str
    times: Sequence[float]

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.times)

    @property
    def worst(self) -> float:
        """The longest."""
        return max(self.times)


def questions(content: Content) -> Iterator[tuple[str, str]]:
    """What is asked: in words, and its address."""
    key = content.election_key(content.size.elections // 2)
    report = content.size.reports // 2 + 1
    yield "first page", "/"
    yield "all elections", "/elections"
    yield "timeline of an election", f"/elections/{key}"
    yield "its senders", f"/elections/{key}/senders"
    yield "changes", "/changes"
    yield "changes, far back", f"/changes?before={content.size.reports // 10}"
    yield "changes of a source and kind", "/changes?source=kazinform&kind=new_total"
    yield "a report", f"/reports/{report}"
    yield "search: a word of every third article", f"/search?q={KEYWORD}"
    yield "search: its page 100", f"/search?q={KEYWORD}&page=100&before={content.place_before(99 * 20 * 3)}"
    yield "search: its page 100, asked for by number", f"/search?q={KEYWORD}&page=100"
    yield "search: a word and the beginning of one", f"/search?q=story+{KEYWORD[:4]}"
    yield "search: a rare word", f"/search?q=story+{content.size.articles // 3}"
    yield "search: a number", "/search?q=134"
    yield "search: a number and a word", f"/search?q=134+{KEYWORD}"
    yield "search: nothing", "/search?q=nowhere"
    yield "review", "/review"
    yield "API: elections", "/api/v1/elections"
    yield "API: figures", "/api/v1/figures"
    yield "API: figures, from the middle", f"/api/v1/figures?after={content.size.reports}"
    yield "API: reports", "/api/v1/reports"
    yield "API: changes", "/api/v1/changes"
    yield "API: statements on an election", f"/api/v1/elections/{key}/statements"
    yield "API: sources", "/api/v1/sources"
    yield "feed of changes", "/feeds/changes.atom"
    yield "metrics", "/metrics"


def ask(url: str, folder: Path, content: Content, rounds: int) -> list[Timed]:
    """Ask everything once for nothing and then so many times, one question after the other.

    Raises RuntimeError for an answer that is none.
    """
    found = []
    with _serving(url, folder) as address, httpx.Client(base_url=address, timeout=_WAIT) as client:
        for name, path in questions(content):
            times = [_ask_once(client, path) for _ in range(rounds + 1)]
            found.append(Timed(name, times[1:]))
    return found


def first_rows(url: str, rounds: int) -> list[Timed]:
    """How long exports take to their first row."""
    database = Database.open(url)
    found = []
    for what in (What.FIGURES, What.REPORTS, What.CHANGES, What.STATEMENTS):
        times = []
        for _ in range(rounds + 1):
            begun = time.perf_counter()
            with database.read() as session:
                next(iter(TABLES[what].rows(session, Wanted())))
            times.append((time.perf_counter() - begun) * 1000)
        found.append(Timed(f"export of {what.value}: first row", times[1:]))
    database.close()
    return found


def _ask_once(client: httpx.Client, path: str) -> float:
    begun = time.perf_counter()
    answer = client.get(path)
    taken = (time.perf_counter() - begun) * 1000
    if answer.status_code != httpx.codes.OK:
        raise RuntimeError(f"{path} answers {answer.status_code}: {answer.text[:200]}")
    return taken


@contextmanager
def _serving(url: str, folder: Path) -> Iterator[str]:
    config = folder / "serve.toml"
    config.write_text(f'[database]\nurl = "{url}"\n', encoding="utf-8")
    command = [sys.executable, "-m", "accredwatch", "-c", str(config), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
