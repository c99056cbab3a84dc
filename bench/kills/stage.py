"""What the daemon is placed among: replicas of the outlets, channels, a database, a clock; and the daemon itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from accredwatch.config import load
from accredwatch.newsroom.campaign import SITES, STORIES
from accredwatch.newsroom.config_file import write_config
from accredwatch.newsroom.server import Newsroom
from accredwatch.newsroom.sources import replica_sources
from bench.kills.program import set_clock
from foundation.failpoints import VARIABLE
from storage import outbox, sources
from storage.baseline import waiting
from storage.database import Database
from storage.vocabulary import AlertState
from tests.support.collector import Collector

ROOT = Path(__file__).resolve().parents[2]
CHANNELS: Mapping[str, str] = {
    "desk": "",
    "archive": 'kinds = ["new_total", "new_batch", "new_part", "withdrawn", "corrected", "completed", "conflict", '
    '"corroborated"]\nstatuses = ["accredited", "proposed", "withdrawn", "announced"]\n',
    Collector.MAIL: 'kinds = ["new_total", "conflict"]\n',
}
"""The channels by name, and what each one asks for beyond the defaults."""
TABLES = {"scheduler": {"tick": "1s", "stop_timeout": "20s"}, "alerts": {"first_retry": "1s", "send_timeout": "10s"}}
"""Little is lost in waiting."""
BETWEEN_LIVES = timedelta(minutes=1)
"""By so much the clock is put forward from one daemon to the next."""
PATIENCE = 90.0
"""Seconds after which a daemon that does not come to rest counts as stuck."""


class StuckError(Exception):
    """The daemon lives, does not come to rest, and nobody has ended it."""


@dataclass
class Stage:
    """One campaign's surroundings, in a folder of its own."""

    folder: Path
    newsroom: Newsroom
    collector: Collector
    url: str
    """Of the database."""
    process: subprocess.Popen[bytes] | None = None
    lives: int = 0
    _database: Database | None = field(default=None, repr=False)

    @classmethod
    @contextmanager
    def open(cls, folder: Path, url: str, now: datetime) -> Iterator[Stage]:
        """A stage with a database at `url` that nobody has used; the daemon is ended with the block."""
        folder.mkdir(parents=True)
        with Newsroom(STORIES, now=now, outlets=SITES) as newsroom, Collector() as collector:
            stage = cls(folder, newsroom, collector, url)
            stage.set_time(now)
            stage._configure()
            try:
                yield stage
            finally:
                stage.end(signal.SIGKILL)
                if stage._database is not None:
                    stage._database.close()

    def set_time(self, now: datetime) -> None:
        """Let it be this instant for newsroom and daemon."""
        self.newsroom.now = now
        set_clock(self._clock, now)

    def start(self, failpoint: str | None = None) -> None:
        """Start the daemon, which the failpoint may end."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ACCREDWATCH_")}
        environment |= {"ACCREDWATCH_DATABASE__URL": self.url} | ({VARIABLE: failpoint} if failpoint else {})
        self.lives += 1
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bench.kills.program", str(self._clock), "--config", str(self._config), "run"],
                cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def end(self, signum: signal.Signals) -> int | None:
        """End the daemon, unless it has ended; its exit code, None if there is no daemon."""
        if self.process is None:
            return None
        with suppress(ProcessLookupError):
            self.process.send_signal(signum)
        return self.process.wait(PATIENCE)

    def comes_to_work(self) -> None:
        """Wait until the daemon works, or has ended. Raises StuckError."""
        begun = time.monotonic()
        while not self._works() and (self.process is None or self.process.poll() is None):
            if time.monotonic() - begun > PATIENCE:
                raise StuckError(f"not at work after {PATIENCE:g} s:\n{self.log()[-3000:]}")
            time.sleep(0.05)

    def rests(self, since: datetime, limit: float) -> bool | None:
        """Wait until everything is crawled since then and told: True; None if the daemon ends first, False if `limit`
        seconds pass first. Raises StuckError after `PATIENCE`."""
        begun = time.monotonic()
        while time.monotonic() - begun < min(limit, PATIENCE):
            if self.process is not None and self.process.poll() is not None:
                return None
            if self._is_quiet(since):
                return True
            time.sleep(0.1)
        if limit < PATIENCE:
            return False
        raise StuckError(f"after {PATIENCE:g} s:\n{self.log()[-3000:]}")

    def log(self) -> str:
        """What the latest daemon has written."""
        return self._log.read_text(encoding="utf-8")

    def damage(self) -> str | None:
        """What `accredwatch db check` complains of."""
        environment = os.environ | {"ACCREDWATCH_DATABASE__URL": self.url}
        command = [sys.executable, "-m", "accredwatch", "--config", str(self._config), "db", "check"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        return None if done.returncode == 0 else done.stdout + done.stderr

    def orphans(self, limit: float = 20.0) -> list[int]:
        """The processes that the latest daemon has left behind; they get `limit` seconds to notice that it is gone."""
        begun = time.monotonic()
        while (left := _session(self.process.pid if self.process else 0)) and time.monotonic() - begun < limit:
            time.sleep(0.05)
        return left

    @property
    def _clock(self) -> Path:
        return self.folder / "clock"

    @property
    def _config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def _log(self) -> Path:
        return self.folder / f"log{self.lives}.txt"

    def _configure(self) -> None:
        # Due at each moment and each start, as the clock is put forward by more than that; in between, the daemon is
        # to do what is new and not to look for it.
        interval = {"interval": BETWEEN_LIVES}
        replicas = replica_sources(load(ROOT / "config.toml").source, self.newsroom)
        sites = [source.model_copy(update=interval) for source in replicas]
        write_config(
            self._config, sites, database=self.folder / "unused", channel_url=self.collector.url("desk"), tables=TABLES
        )
        more = [
            f'[[channel]]\nname = "{name}"\nurl = "{self.collector.url(name)}"\n{asked}'
            for name, asked in CHANNELS.items()
            if name != "desk"
        ]
        self._config.write_text("\n".join([self._config.read_text(encoding="utf-8"), *more]), encoding="utf-8")

    def _works(self) -> bool:
        return b"daemon_started" in self._log.read_bytes()

    def _is_quiet(self, since: datetime) -> bool:
        """Whether every source was crawled to the end since then, and no alert waits."""
        if self._database is None:
            if not self._works():
                return False
            self._database = Database.open(self.url)
        with self._database.read() as session:
            runs = sources.runs(session, limit=100)
            pending = [state for _, state in outbox.counts(session) if state is AlertState.PENDING]
            unsettled = waiting(session)
        # No connection of ours may keep the file open while the daemon dies: its next life is to find what it left.
        self._database.close()
        done = {run.source for run in runs if run.started_at >= since and run.finish_reason == "finished"}
        return not pending and not unsettled and done >= {outlet.key for outlet in self.newsroom.outlets}


def _session(leader: int) -> list[int]:
    """The processes of the session that this one began, itself aside."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name in parentheses may hold blanks; session is the fourth field after it, state the first.
            state, _, _, session = place.read_text().rpartition(")")[2].split()[:4]
            if int(session) == leader and int(place.parent.name) != leader and state != "Z":
                found.append(int(place.parent.name))
    return found
