"""The daemon's process reads its configuration anew at SIGHUP, between a newsroom and receivers on loopback."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from accredwatch.config import load
from accredwatch.newsroom.campaign import SITES, STORIES
from accredwatch.newsroom.config_file import write_config
from accredwatch.newsroom.server import Asked, Newsroom
from accredwatch.newsroom.sources import replica_sources
from crawler.source import Source
from tests.alerts.receivers import Answer, Behaviour, Received, WebhookReceiver
from tests.scheduler.test_process import MIDWAY, ROOT, Stage

pytestmark = pytest.mark.long


class Daemon:
    """The process of `accredwatch run`, and what it logs."""

    def __init__(self, config: Path, **more: Any) -> None:  # noqa: ANN401 - of subprocess.Popen
        words = [sys.executable, "-m", "accredwatch", "--config", str(config), "run"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **more
        )
        self.lines: list[dict[str, Any]] = []
        self._seen = 0
        self._written = threading.Condition()
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._written:
                self.lines.append(json.loads(line) if line.startswith("{") else {"event": line})
                self._written.notify_all()
        with self._written:
            self.lines.append({"event": "ended"})
            self._written.notify_all()

    def until(self, event: str, **fields: object) -> dict[str, Any]:
        """Wait for a further line of this event with these fields; fails after a minute."""

        def found() -> dict[str, Any] | None:
            for number, line in enumerate(self.lines[self._seen :], self._seen + 1):
                if line["event"] == event and fields.items() <= line.items():
                    self._seen = number
                    return line
            return None

        with self._written:
            line = self._written.wait_for(found, timeout=60)
            assert line is not None, self.lines[-20:]
            return line

    def reload(self) -> None:
        self.process.send_signal(signal.SIGHUP)

    def end(self, *, told: bool = False) -> None:
        if self.process.poll() is None and not told:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        self._reading.join()
        assert self.process.stderr is not None
        self.process.stderr.close()
        assert code == 0, self.lines[-20:]
        assert [str(line) for line in self.lines if "Traceback" in str(line)] == []


class Scene(Stage):
    """A newsroom of three outlets, a receiver, and configurations that name some of them."""

    def sources(self, *keys: str) -> list[Source]:
        replicas = replica_sources(load(ROOT / "config.toml").source, self.newsroom)
        return [source for source in replicas if source.key in keys]

    def write(self, *keys: str, level: str = "info", channel: str = "desk", url: str | None = None) -> Path:
        tables: dict[str, dict[str, object]] = {
            "scheduler": {"tick": "1s", "stop_timeout": "20s"},
            "alerts": {"send_timeout": "10s"},
            "logging": {"level": level, "format": "json"},
        }
        file = write_config(
            self.folder / "config.toml",
            self.sources(*keys),
            database=self.file,
            channel_url=url or self.receiver.url,
            tables=tables,
        )
        file.write_text(file.read_text().replace('name = "desk"', f'name = "{channel}"'))
        return file


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    receiver = WebhookReceiver()

    def pass_on(asked: Asked) -> None:
        made.on_request(asked)

    newsroom = Newsroom(STORIES, now=MIDWAY, outlets=SITES, on_request=pass_on)
    made = Scene(tmp_path, newsroom, receiver)
    with newsroom:
        yield made
    receiver.close()


@pytest.fixture
def start() -> Iterator[Callable[[Path], Daemon]]:
    daemons: list[Daemon] = []

    def begin(config: Path) -> Daemon:
        daemons.append(Daemon(config))
        return daemons[-1]

    yield begin
    for daemon in daemons:
        daemon.end()


def test_a_new_source_is_crawled_and_a_new_channel_delivered_to(scene: Scene, start: Callable[[Path], Daemon]) -> None:
    daemon = start(scene.write("astana_times", url="json://127.0.0.1:9/"))
    daemon.until("crawl_finished", source="astana_times")
    robots = [asked for asked in scene.newsroom.requests if asked.path == "/robots.txt"]
    scene.write("astana_times", "kazinform", channel="team")
    daemon.reload()
    line = daemon.until("reloaded")
    assert (line["sources"], line["channels"]) == (["kazinform", "astana_times"], ["team"])
    daemon.until("crawl_finished", source="kazinform")
    daemon.until("alert_sent", channel="team")
    daemon.until("crawl_finished", source="astana_times")
    asked = [asked for asked in scene.newsroom.requests if asked.path == "/robots.txt"]
    assert [one.outlet for one in asked[len(robots) :]] == ["kazinform"], "what robots.txt said is remembered"


def test_a_broken_configuration_is_refused_and_the_old_one_goes_on(
    scene: Scene, start: Callable[[Path], Daemon]
) -> None:
    file = scene.write("astana_times")
    daemon = start(file)
    daemon.until("crawl_finished")
    good = file.read_text()
    file.write_text(good + '\n[crawler]\nworkers = 0\ncontcat = "x"\n')
    daemon.reload()
    problems = [daemon.until("reload_refused")["problem"] for _ in range(2)]
    assert "contcat: unknown key; did you mean contact?" in problems[1]
    assert f"{file}:" in problems[0]
    daemon.until("crawl_finished", source="astana_times")
    file.write_text(good.replace("webhook+http", "nosuch"))
    daemon.reload()
    assert "no service has a URL of this kind" in daemon.until("reload_refused")["problem"]
    file.write_text(good.replace("watch.sqlite3", "other.sqlite3").replace('level = "info"', 'level = "warning"'))
    daemon.reload()
    assert daemon.until("restart_needed")["setting"] == "database"
    scene.receiver.wait_for(1)
    assert not (scene.folder / "other.sqlite3").exists()


def test_a_removed_channel_gets_nothing_more_and_no_alert_is_lost_or_repeated(
    scene: Scene, start: Callable[[Path], Daemon]
) -> None:
    """Its configuration changes while an alert is being sent: that one is marked, the others wait for its return."""
    let_go = threading.Event()

    def hold(_: Received) -> Behaviour:
        assert let_go.wait(60)
        return Answer()

    scene.receiver.otherwise = hold
    daemon = start(scene.write("astana_times"))
    scene.receiver.wait_for(1)
    scene.write("astana_times", channel="other", url="json://127.0.0.1:9/")
    daemon.reload()
    assert daemon.until("reloaded")["channels"] == ["other"]
    let_go.set()
    (first,) = scene.receiver.keys
    assert daemon.until("alert_sent")["key"] == first
    daemon.until("crawl_finished")
    daemon.until("crawl_finished")
    assert scene.receiver.keys == [first]
    scene.newsroom.now = STORIES[-1].published
    scene.write("astana_times")
    daemon.reload()
    assert daemon.until("reloaded")["channels"] == ["desk"]
    scene.receiver.wait_for(2)
    daemon.until("delivered")
    daemon.end()
    keys = scene.receiver.keys
    assert len(keys) == len(set(keys))


def test_a_crawl_under_way_ends_normally_and_none_runs_twice(scene: Scene, start: Callable[[Path], Daemon]) -> None:
    begun, let_go = threading.Event(), threading.Event()

    def hold(asked: Asked) -> None:
        if asked.kind == "article" and asked.outlet == "astana_times" and not let_go.is_set():
            begun.set()
            assert let_go.wait(60)

    scene.on_request = hold
    daemon = start(scene.write("astana_times"))
    assert begun.wait(60)
    scene.write("kazinform")
    daemon.reload()
    daemon.until("reloaded", sources=["kazinform"])
    scene.write("astana_times")
    daemon.reload()
    daemon.until("reloaded", sources=["astana_times"])
    let_go.set()
    finished = daemon.until("crawl_finished", source="astana_times")
    assert (finished["reason"], finished["errors"]) == ("finished", 0)
    daemon.until("crawl_finished", source="astana_times")
    daemon.end()
    events = [line["event"] for line in daemon.lines if line.get("source") == "astana_times"]
    crawls = [event for event in events if event in {"crawl_started", "crawl_finished"}]
    assert crawls == ["crawl_started", "crawl_finished"] * (len(crawls) // 2)
    with scene.database() as database:
        assert not database.check()


def test_a_closed_terminal_ends_it(scene: Scene) -> None:
    master, slave = pty.openpty()

    def take_terminal() -> None:
        import fcntl  # noqa: PLC0415 - in the child
        import termios  # noqa: PLC0415

        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    daemon = Daemon(scene.write("astana_times"), stdin=slave, start_new_session=True, preexec_fn=take_terminal)
    os.close(slave)
    daemon.until("daemon_started")
    os.close(master)
    daemon.until("stopping", signal="SIGHUP")
    daemon.end(told=True)
