"""A daemon and two workers, each a process of its own, between a real newsroom and a real receiver."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from accredwatch.config import load
from accredwatch.newsroom.campaign import SITES, STORIES
from accredwatch.newsroom.config_file import write_config
from accredwatch.newsroom.outlets import ALMATY
from accredwatch.newsroom.server import Asked, Newsroom
from accredwatch.newsroom.sources import replica_sources
from storage import outbox, queries, sources
from storage.database import Database
from storage.vocabulary import AlertState
from tests.alerts.receivers import WebhookReceiver
from tests.support.hosts import Host

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
MIDWAY = datetime(2023, 2, 28, 20, 0, tzinfo=ALMATY)
ARTICLES = {"kazinform": 7, "astana_times": 3, "qazaq_tv": 2}
"""What an undisturbed daemon records of the newsroom at that time."""


@dataclass
class Stage:
    """Everything around the processes."""

    folder: Path
    url: str
    newsroom: Newsroom
    receiver: WebhookReceiver
    on_request: Callable[[Asked], None] = lambda _: None
    processes: dict[str, subprocess.Popen[str]] = field(default_factory=dict)

    def configure(self, *keys: str, stalled_after: str = "6s") -> None:
        """Write the configuration, with these sources or all."""
        sites = replica_sources(load(ROOT / "config.toml").source, self.newsroom)
        write_config(
            self.folder / "config.toml",
            [
                site.model_copy(update={"interval": timedelta(minutes=10)})
                for site in sites
                if site.key in (keys or ARTICLES)
            ],
            database=self.folder / "unused.sqlite3",
            channel_url=self.receiver.url,
            tables={
                "scheduler": {"tick": "1s", "stop_timeout": "20s"},
                "engine": {"kind": "procrastinate", "stalled_after": stalled_after},
            },
        )

    def start(self, name: str, *command: str, host: Host | None = None) -> None:
        ours = ["-m", "accredwatch", "--config", str(self.folder / "config.toml"), *command]
        words = [*(host.command if host else ()), sys.executable, *ours]
        url = re.sub(r"@[\d.]+:", f"@{host.server}:", self.url) if host else self.url
        environment = {**os.environ, "ACCREDWATCH_DATABASE__URL": url}
        with (self.folder / f"{name}.txt").open("w") as file:
            self.processes[name] = subprocess.Popen(
                words, cwd=ROOT, stdout=file, stderr=subprocess.STDOUT, text=True, env=environment
            )

    def log(self, name: str) -> list[dict[str, str]]:
        lines = (self.folder / f"{name}.txt").read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def events(self, name: str) -> list[str]:
        return [line["event"] for line in self.log(name)]

    def stop(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for name, process in self.processes.items():
            assert process.wait(60) in {0, -signal.SIGKILL}, self.log(name)


@pytest.fixture
def stage(tmp_path: Path, postgresql_url: str) -> Iterator[Stage]:
    receiver = WebhookReceiver()

    def pass_on(asked: Asked) -> None:
        made.on_request(asked)

    newsroom = Newsroom(STORIES, now=MIDWAY, outlets=SITES, on_request=pass_on)
    made = Stage(tmp_path, postgresql_url, newsroom, receiver)
    with newsroom:
        made.configure()
        yield made
        for process in made.processes.values():
            process.kill()
            process.wait()
    receiver.close()


@pytest.fixture
def database(stage: Stage) -> Iterator[Database]:
    opened = Database.open(stage.url)
    yield opened
    opened.close()


def test_a_killed_worker_loses_nothing_and_repeats_nothing(stage: Stage, database: Database) -> None:
    killed: list[str] = []

    def kill(asked: Asked) -> None:
        """End the worker that crawls, in the middle of its crawl: an article is fetched and not recorded."""
        if killed or asked.kind != "article":
            return
        with database.read() as session:
            pid = session.scalars(
                text(
                    "SELECT pid FROM public_jobs.accredwatch_workers w JOIN public_jobs.procrastinate_jobs j "
                    "ON j.worker_id = w.id WHERE j.status = 'doing' AND j.task_name = 'crawl'"
                )
            ).first()
        if pid is None:  # on a machine so busy that the worker is taken for dead already: the next article will do
            return
        killed.extend(name for name, process in stage.processes.items() if process.pid == pid)
        os.kill(pid, signal.SIGKILL)

    stage.on_request = kill
    stage.start("run", "run")
    for name in ("one", "two"):
        stage.start(name, "worker", "--name", name)
    with stage.receiver.arrival:
        # Three processes load at once and a worker's death is noticed late: more than the receiver's own half minute.
        assert stage.receiver.arrival.wait_for(lambda: len(stage.receiver.requests) >= 2, timeout=180)
    stage.stop()
    with database.read() as session:
        articles = {source.state.source: source.articles for source in queries.sources(session)}
        states = {alert.key: alert.state for alert in outbox.alerts(session)}
        ends = [run.finish_reason for run in sources.runs(session)]
    (survivor,) = {"one", "two"} - set(killed)
    assert "job_taken_back" in stage.events("run")
    assert stage.events(survivor)[-1] == "worker_stopped"
    assert articles == ARTICLES
    assert sorted(ends, key=str) == [None, "finished", "finished", "finished"], "one was killed, and done again"
    assert sorted(stage.receiver.keys) == sorted(states), "each alert arrived, and once"
    assert set(states.values()) == {AlertState.SENT}
    told = sorted(received.json["election"]["key"] for received in stage.receiver.requests)
    assert told == ["2022-11-20-presidential", "2023-03-19-parliamentary"]
    # The newsroom's sources share a host, so that their crawls followed one another on whichever machine.
    crawls = [line for name in ("one", "two") for line in stage.log(name) if line["event"].startswith("crawl_")]
    order = [line["event"] for line in sorted(crawls, key=lambda line: line["timestamp"])]
    assert order == ["crawl_started", *["crawl_started", "crawl_finished"] * 3]
