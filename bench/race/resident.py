"""`accredwatch run` on the replicas: what a check of a quiet source costs, and how fast a fact becomes an alert."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from accredwatch.newsroom.config_file import write_config
from bench.race.measuring import memory, tree
from bench.race.newsroom import Asked, Site
from bench.race.pipeline import replicas
from bench.race.stories import ROOT
from crawler.look import documents
from foundation.errors import CrawlError, NotFound
from storage import sources
from storage.database import Database

_PATIENCE = 180.0
"""Seconds that anything of it is waited for."""
_PAUSE = 0.05
_TICK = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Idle:
    """What quiet times cost."""

    first: int
    """Bytes of feeds and lists when each source was crawled for the first time."""
    again: float
    """Bytes of a check of all of them."""
    requests: float
    """Requests of a check, for each feed or list."""
    memory: float
    """Megabytes."""
    growth: float
    """Megabytes that it grew by meanwhile."""


@dataclass(frozen=True, slots=True)
class Delay:
    """From the answer of the feed that shows an article to the alert at its receiver."""

    seconds: tuple[float, ...]


class Resident:
    """A daemon at work."""

    def __init__(self, site: Site, folder: Path, pid: int, first: int) -> None:
        self._site = site
        self._database = f"sqlite:///{folder}/race.sqlite3"
        self._pid = pid
        self._documents = sum(len(list(documents(source))) for source in replicas(site).values())
        self._number = first

    def settle(self) -> int:
        """Wait until every source was crawled and its validators are trusted; bytes of the first round's documents."""
        self._await_rounds(1)
        asked, _ = self._site.log()
        first: dict[str, int] = {}
        for one in filter(_is_document, asked):
            first.setdefault(f"{one.outlet} {one.path}", one.bytes)
        for total in (11, 25):
            self.publish(total)
            self._await_rounds(2)
        return sum(first.values())

    def publish(self, total: int) -> None:
        """Let an article state this total."""
        self._number += 1
        self._site.publish(self._number, total)

    def idle(self, rounds: int, first: int) -> Idle:
        """Let it check every source so often while nothing is new."""
        self._await_rounds(1)
        pids = tree(self._pid)
        self._site.log()
        held = memory(pids)
        done = self._runs()
        self._await_rounds(rounds)
        asked, _ = self._site.log()
        each = (self._runs() - done) / len(replicas(self._site)) * self._documents
        return Idle(
            first=first,
            again=sum(one.bytes for one in asked) / each * self._documents,
            requests=len(asked) / each,
            memory=memory([self._pid]),
            growth=memory(pids) - held,
        )

    def delay(self, totals: tuple[int, ...]) -> Delay:
        """Publish these totals, one after the other, and wait for the alert of each."""
        self._site.log()
        seconds = []
        for total in totals:
            self.publish(total)
            asked: list[Asked] = []
            for _ in _tries(f"no alert of {total}"):
                more, delivered = self._site.log()
                asked += more
                if delivered:
                    shown = [one.at for one in asked if one.status == 200 and one.path == "/rss/en.xml"]
                    seconds.append(delivered[0] - shown[0])
                    break
        return Delay(tuple(seconds))

    def _await_rounds(self, count: int) -> None:
        """Until every source was crawled so often once more."""
        before = self._counts()
        for _ in _tries("the daemon does not crawl"):
            now = self._counts()
            if all(now[key] >= before[key] + count for key in now):
                return

    def _counts(self) -> dict[str, int]:
        try:
            database = Database.look(self._database)
        except NotFound:  # it is being made
            return dict.fromkeys(replicas(self._site), 0)
        with database.read() as session:
            rows = {key: sources.runs(session, key, limit=10_000) for key in replicas(self._site)}
        database.close()
        return {key: sum(run.finished_at is not None for run in runs) for key, runs in rows.items()}

    def _runs(self) -> int:
        return sum(self._counts().values())


@contextmanager
def resident(site: Site, folder: Path, *, every: timedelta = _TICK, first: int = 600_000) -> Iterator[Resident]:
    """A daemon that looks so often, for the length of the block; its log stands in the folder.

    The articles that it is to tell of are numbered from `first` on.

    Raises CrawlError if it ends by itself.
    """
    folder.mkdir(parents=True)
    config = write_config(
        folder / "config.toml",
        [source.model_copy(update={"interval": every}) for source in replicas(site).values()],
        database=folder / "race.sqlite3",
        channel_url=f"webhook+http://{urlsplit(site.receiver).netloc}/alerts",
        tables={"scheduler": {"tick": _TICK, "jitter": 0}, "archive": {"path": str(folder / "warc")}},
    )
    # As in life: a daemon starts on the database that it has.
    Database.open(f"sqlite:///{folder}/race.sqlite3").close()
    command = [sys.executable, "-m", "accredwatch", "--config", str(config), "run"]
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, env=dict(os.environ))
    try:
        yield Resident(site, folder, process.pid, first)
        if process.poll() is not None:
            raise CrawlError(f"the daemon has ended: {(folder / 'log.txt').read_text()[-2000:]}")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE)


def _is_document(asked: Asked) -> bool:
    return asked.status == 200 and any(part in asked.path for part in ("/rss/", "/feed", "/news", "/lenta"))


def _tries(what: str) -> Iterator[None]:
    """Again and again, with pauses. Raises CrawlError when that has lasted too long."""
    begun = time.monotonic()
    while time.monotonic() - begun < _PATIENCE:
        yield
        time.sleep(_PAUSE)
    raise CrawlError(f"{what} within {_PATIENCE:g} s")
