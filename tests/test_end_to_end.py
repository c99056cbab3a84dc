"""The whole program as its users start it: the demo, and a daemon that is killed with an alert in its outbox."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

import accredwatch.config
from accredwatch.newsroom.campaign import ELECTION, FIRST_TOTAL
from accredwatch.newsroom.campaign_noise import NOISE
from accredwatch.newsroom.config_file import write_config
from accredwatch.newsroom.outlets import ALMATY
from accredwatch.newsroom.receiver import Delivery, Receiver
from accredwatch.newsroom.server import Asked, Newsroom
from accredwatch.newsroom.sources import replica_sources

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 180
"""Seconds until a program that does not come to the point is killed."""


def environment(temporary: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ACCREDWATCH_")}
    return clean | {"COLUMNS": "200", "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "accredwatch", *arguments]


@contextlib.contextmanager
def program(*arguments: str, temporary: Path) -> Iterator[subprocess.Popen[str]]:
    """The program at work in a process group of its own, of which nothing is left at the end."""
    process = subprocess.Popen(
        command(*arguments),
        cwd=ROOT,
        env=environment(temporary),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    watchdog = threading.Timer(PATIENCE, process.kill)
    watchdog.start()
    try:
        yield process
    finally:
        watchdog.cancel()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def read_until(process: subprocess.Popen[str], sign: str) -> list[str]:
    """The lines that the program writes, up to the one with the sign."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if sign in line:
            return lines
    pytest.fail(f"the program ended without {sign!r}:\n" + "\n".join(lines))


@dataclass(frozen=True)
class Played:
    """The demo, played to its end and kept up."""

    process: subprocess.Popen[str]
    lines: list[str]
    config: Path
    temporary: Path

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        """What another command says of the demo's database, as JSON lines."""
        done = subprocess.run(
            command("--config", str(self.config), *arguments, "--json"),
            cwd=ROOT,
            env=environment(self.temporary),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    temporary = tmp_path_factory.mktemp("demo")
    with program("demo", "--keep", temporary=temporary) as process:
        lines = read_until(process, " sources")
        (config,) = temporary.glob("*/config.toml")
        yield Played(process, lines, config, temporary)


@pytest.fixture(scope="module")
def changes(played: Played) -> list[dict[str, Any]]:
    """The change behind every alert, oldest first."""
    alerts = played.rows("alerts", "list")
    assert {alert["state"] for alert in alerts} == {"sent"}
    made = [alert["change"]["change"] for alert in sorted(alerts, key=lambda alert: int(alert["id"]))]
    return [change for change in made if change["election"] == ELECTION]


def told(changes: list[dict[str, Any]]) -> list[tuple[str, int | None, str]]:
    return [
        (change["kind"], change["figure"]["value"] if change["figure"] else None, change["day"]) for change in changes
    ]


def test_the_demo_alerts_each_fact_once_and_in_order(changes: list[dict[str, Any]]) -> None:
    assert told(changes) == [
        ("new_total", 25, "2023-02-02"),
        ("new_batch", 37, "2023-02-09"),
        ("new_total", 62, "2023-02-13"),
        ("withdrawn", 2, "2023-02-13"),
        ("new_total", 92, "2023-02-16"),
        ("corrected", 72, "2023-02-16"),
        ("new_total", 111, "2023-02-27"),
        ("new_total", 165, "2023-03-07"),
        ("new_total", 322, "2023-03-10"),
        ("new_total", 786, "2023-03-13"),
        ("completed", 786, "2023-03-13"),
        ("conflict", 793, "2023-03-13"),
    ]


def test_the_demo_tells_increases_corrections_and_both_sides_of_a_conflict(changes: list[dict[str, Any]]) -> None:
    by_value = {(change["kind"], change["figure"]["value"]): change for change in changes}
    second = by_value["new_total", 62]
    assert (second["previous"]["value"], second["previous"]["source"]) == (25, "astana_times")
    corrected = by_value["corrected", 72]["corrections"]
    assert [(c["old"]["value"], c["new"]["value"]) for c in corrected] == [(92, 72)]
    assert by_value["corrected", 72]["revisions"] == [1, 2]
    assert all(c[side]["sentence"] for c in corrected for side in ("old", "new"))
    conflict = by_value["conflict", 793]
    assert conflict["figure"]["source"] == "astana_times"
    assert [(s["source"], s["value"]) for s in conflict["against"]] == [("kazinform", 786)]


def test_the_demo_ends_with_an_open_dispute(played: Played) -> None:
    (dispute,) = played.rows("review")
    assert (dispute["kind"], dispute["election"]) == ("dispute", ELECTION)
    assert {side["value"] for side in dispute["now"]} == {786, 793}


def test_the_first_look_tells_the_past_once(played: Played) -> None:
    lines = [line for line in played.lines if "641 observers accredited" in line and line.startswith("  >")]
    assert len(lines) == 1


def test_a_republication_is_on_the_timeline_and_in_no_alert(played: Played, changes: list[dict[str, Any]]) -> None:
    rows = played.rows("timeline", ELECTION)
    repeats = [row["figure"] for row in rows if row["repeats"] and row["figure"]["status"] == "accredited"]
    # Twice Kazinform's own: in Russian, and in Kazakh.
    assert sorted((f["value"], f["source"]) for f in repeats) == [
        (25, "kazinform"),
        (62, "kazinform"),
        (111, "astana_times"),
        (111, "kazinform"),
    ]
    alerted = {change["figure"]["report"] for change in changes}
    assert not alerted & {f["report"] for f in repeats}


def test_alerts_travel_before_the_next_day_begins(played: Played) -> None:
    day = next(n for n, line in enumerate(played.lines) if line.startswith("Thursday 2 February 2023"))
    alert = next(n for n, line in enumerate(played.lines) if "25 observers accredited" in line)
    following = next(n for n, line in enumerate(played.lines) if line.startswith("Friday 3 February 2023"))
    assert day < alert < following


def test_nothing_fails_in_the_demo(played: Played) -> None:
    assert [line for line in played.lines if "failed" in line] == []


def test_the_demo_ends_with_timeline_and_figures(played: Played) -> None:
    begin = next(n for n, line in enumerate(played.lines) if line.startswith("How the number grew"))
    rows = [line.split() for line in played.lines[begin:] if line.startswith("2023-")]
    assert [row[1] for row in rows if {"astana_times", "accredited"} <= set(row)] == ["25", "111", "793"]
    assert any("answered 304" in line and line.endswith("13 alerts.") for line in played.lines[begin:])


def test_the_kept_newsroom_answers_and_closes(played: Played) -> None:
    (address,) = [line.split()[-1] for line in played.lines if line.startswith("    The Astana Times   ")]
    with urlopen(f"{address}/feed/", timeout=PATIENCE) as feed:
        assert "793 International Observers" in feed.read().decode()
    played.process.send_signal(signal.SIGINT)
    assert played.process.wait(PATIENCE) == 0
    assert list(played.temporary.iterdir()) == []


def test_ctrl_c_ends_the_demo_cleanly(tmp_path: Path) -> None:
    with program("demo", temporary=tmp_path) as process:
        read_until(process, "Thursday 2 February 2023")
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 130
        assert process.stdout is not None
        assert "Traceback" not in process.stdout.read()
    assert list(tmp_path.iterdir()) == []


def test_an_alert_outlives_a_killed_daemon_and_arrives_once(tmp_path: Path) -> None:
    evening = datetime(2023, 2, 2, 20, 0, tzinfo=ALMATY)
    requests: queue.Queue[Asked] = queue.Queue()
    deliveries: queue.Queue[Delivery] = queue.Queue()
    newsroom = Newsroom((FIRST_TOTAL, *NOISE), now=evening, on_request=requests.put)
    with newsroom, Receiver(deliveries.put) as receiver:
        receiver.status = 503
        config = write_config(
            tmp_path / "config.toml",
            replica_sources(accredwatch.config.load(ROOT / "config.toml").source, newsroom),
            database=tmp_path / "watch.sqlite3",
            channel_url=receiver.channel_url,
            tables={"scheduler": {"tick": "1s"}, "alerts": {"first_retry": "1s"}},
        )
        with program("--config", str(config), "run", temporary=tmp_path) as daemon:
            read_until(daemon, "alert_postponed")
            daemon.send_signal(signal.SIGKILL)
            assert daemon.wait(PATIENCE) == -signal.SIGKILL
        refused = [deliveries.get(timeout=PATIENCE) for _ in receiver.deliveries]

        receiver.status = 200
        with program("--config", str(config), "run", temporary=tmp_path) as daemon:
            arrived = deliveries.get(timeout=PATIENCE)
            while not requests.empty():
                requests.get()
            # Another crawl of every source, and the rounds of delivery meanwhile, bring nothing more.
            again = {"kazinform", "astana_times", "qazaq_tv"}
            while again:
                again -= {requests.get(timeout=PATIENCE).outlet}
            daemon.send_signal(signal.SIGTERM)
            assert daemon.stdout is not None
            ending = daemon.stdout.read()
            assert daemon.wait(PATIENCE) == 0, ending
        assert arrived.accepted
        assert arrived.payload["figure"]["value"] == 25
        assert {delivery.key for delivery in refused} == {arrived.key}
        assert receiver.accepted == [arrived]
