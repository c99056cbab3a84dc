"""The daemon as a process of its own, between a real newsroom and a real receiver, on the road of signals."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from accredwatch.config import load
from accredwatch.newsroom.campaign import SITES, STORIES
from accredwatch.newsroom.config_file import write_config
from accredwatch.newsroom.outlets import ALMATY
from accredwatch.newsroom.server import Asked, Newsroom, Trouble
from accredwatch.newsroom.sources import replica_sources
from storage import outbox, sources
from storage.database import Database
from storage.source_views import CrawlRun
from storage.vocabulary import AlertState
from tests.alerts.receivers import RESET, Answer, Behaviour, Received, WebhookReceiver

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
MIDWAY = datetime(2023, 2, 28, 20, 0, tzinfo=ALMATY)


@dataclass
class Stage:
    """Everything around the daemon's process."""

    folder: Path
    newsroom: Newsroom
    receiver: WebhookReceiver
    on_request: Callable[[Asked], None] = lambda _: None
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.folder / "watch.sqlite3"

    @property
    def process(self) -> subprocess.Popen[str]:
        return self.processes[-1]

    def configure(self) -> None:
        sites = replica_sources(load(ROOT / "config.toml").source, self.newsroom)
        tables = {"scheduler": {"tick": "1s", "stop_timeout": "20s"}, "alerts": {"send_timeout": "10s"}}
        write_config(
            self.folder / "config.toml", sites, database=self.file, channel_url=self.receiver.url, tables=tables
        )

    def start(self, log: int | None = None, *, command: str = "run") -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "accredwatch", "--config", str(self.folder / "config.toml"), command]
        with (self.folder / f"log{len(self.processes)}.txt").open("w") as file:
            self.processes.append(
                subprocess.Popen(words, cwd=ROOT, stdout=log or file, stderr=subprocess.STDOUT, text=True)
            )
        return self.process

    def log(self) -> str:
        return (self.folder / f"log{len(self.processes) - 1}.txt").read_text()

    @contextmanager
    def database(self) -> Iterator[Database]:
        database = Database.open(f"sqlite:///{self.file}")
        yield database
        database.close()

    def runs(self) -> tuple[CrawlRun, ...]:
        with self.database() as database, database.read() as session:
            return sources.runs(session, limit=1000)

    def alert_states(self) -> dict[str, AlertState]:
        with self.database() as database, database.read() as session:
            return {a.key: a.state for a in outbox.alerts(session)}

    def pass_the_back_off(self) -> None:
        """Make every alert due, as it is after a while that a test does not wait for."""
        with self.database() as database, database.write() as session:
            for alert in outbox.alerts(session, state=AlertState.PENDING):
                outbox.failed(session, alert.id, error="", retry_at=alert.created_at)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    receiver = WebhookReceiver()

    def pass_on(asked: Asked) -> None:
        made.on_request(asked)

    newsroom = Newsroom(STORIES, now=MIDWAY, outlets=SITES, on_request=pass_on)
    made = Stage(tmp_path, newsroom, receiver)
    with newsroom:
        made.configure()
        yield made
        for process in made.processes:
            process.kill()
            process.wait()
    receiver.close()


def test_killed_while_sending_the_alert_arrives_again_under_its_key(stage: Stage) -> None:
    def kill(_: Received) -> Behaviour:
        stage.receiver.otherwise = lambda _: Answer()
        stage.process.kill()
        return RESET

    stage.receiver.otherwise = kill
    assert stage.start().wait(60) == -signal.SIGKILL, stage.log()
    (key,) = stage.receiver.keys
    stage.start()
    stage.receiver.wait_for(2)
    stage.process.send_signal(signal.SIGTERM)
    assert stage.process.wait(30) == 0, stage.log()
    assert stage.receiver.keys[:2] == [key, key]
    assert stage.receiver.keys.count(key) == 2
    assert stage.alert_states()[key] is AlertState.SENT


def test_killed_between_crawl_and_delivery_the_alert_arrives_later(stage: Stage) -> None:
    stage.receiver.otherwise = lambda _: Answer(503)
    stage.start()
    stage.receiver.wait_for(1)
    stage.process.kill()
    assert stage.process.wait(30) == -signal.SIGKILL
    keys = set(stage.alert_states())
    assert set(stage.alert_states().values()) == {AlertState.PENDING}
    stage.receiver.otherwise = lambda _: Answer()
    before = len(stage.receiver.requests)
    stage.pass_the_back_off()
    stage.start()
    stage.receiver.wait_for(before + len(keys))
    stage.process.send_signal(signal.SIGTERM)
    assert stage.process.wait(30) == 0, stage.log()
    assert set(stage.receiver.keys) == keys
    assert stage.alert_states() == dict.fromkeys(keys, AlertState.SENT)


def test_told_to_stop_in_the_middle_of_a_crawl(stage: Stage) -> None:
    def tell(asked: Asked) -> None:
        if asked.kind == "article":
            stage.on_request = lambda _: None
            stage.process.send_signal(signal.SIGTERM)

    stage.on_request = tell
    assert stage.start().wait(60) == 0, stage.log()
    runs = stage.runs()
    assert runs
    assert all(run.finished_at is not None for run in runs)
    assert any(run.finish_reason == "stopped" for run in runs)
    assert "Traceback" not in stage.log()
    stage.start()
    stage.receiver.wait_for(1)
    stage.process.send_signal(signal.SIGINT)
    assert stage.process.wait(30) == 0, stage.log()


def test_a_single_crawl_that_is_told_to_stop_marks_the_alert_that_it_is_sending(stage: Stage) -> None:
    def tell(_: Received) -> Behaviour:
        stage.receiver.otherwise = lambda _: Answer()
        stage.process.send_signal(signal.SIGTERM)
        assert stage.process.stdout is not None
        assert any("interrupted" in line for line in stage.process.stdout)
        return Answer()

    stage.receiver.otherwise = tell
    process = stage.start(log=subprocess.PIPE, command="crawl")
    assert process.wait(60) == 130
    assert process.stdout is not None
    process.stdout.close()
    (key,) = stage.receiver.keys
    states = stage.alert_states()
    assert states.pop(key) is AlertState.SENT
    assert set(states.values()) == {AlertState.PENDING}


def test_a_second_signal_ends_it_at_once(stage: Stage) -> None:
    for outlet in stage.newsroom.outlets:
        stage.newsroom.trouble(outlet.key, Trouble(path="/", delay=60, times=None))
    process = stage.start(log=subprocess.PIPE)
    assert process.stdout is not None
    for line in process.stdout:
        if "crawl_started" in line:
            process.send_signal(signal.SIGTERM)
        if "stopping" in line:
            process.send_signal(signal.SIGTERM)
            break
    assert process.wait(10) == -signal.SIGTERM
    process.stdout.close()
