from __future__ import annotations

import base64
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from accredwatch.cli import main
from accredwatch.config import load
from accredwatch.newsroom.campaign import CAMPAIGN
from accredwatch.newsroom.config_file import write_config
from accredwatch.newsroom.receiver import Receiver
from accredwatch.newsroom.server import Newsroom, Trouble
from accredwatch.newsroom.sources import replica_sources
from foundation.clock import SystemClock
from storage import lock
from storage.database import Database

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds after which a test gives up on another process."""

Capture = pytest.CaptureFixture[str]


@dataclass
class Desk:
    """A user's machine: three newsrooms to crawl, a receiver of alerts, and a configuration."""

    newsroom: Newsroom
    receiver: Receiver
    config: Path
    database: Path
    delivered: threading.Event
    _capture: Capture

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of a command."""
        self._capture.readouterr()
        code = main(["--config", str(self.config), *arguments])
        said = self._capture.readouterr()
        return code, said.out, said.err

    def json(self, *arguments: str) -> list[dict[str, Any]]:
        """What a command prints with --json."""
        return [json.loads(line) for line in self.run(*arguments, "--json")[1].splitlines()]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A command in a process of its own."""
        command = [sys.executable, "-m", "accredwatch", "--config", str(self.config), *arguments]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def desk(tmp_path: Path, capsys: Capture) -> Iterator[Desk]:
    delivered = threading.Event()
    stories = [story for story in CAMPAIGN if story.language == "en"]
    with Newsroom(stories) as newsroom, Receiver(lambda _: delivered.set()) as receiver:
        database = tmp_path / "facts.sqlite3"
        config = write_config(
            tmp_path / "config.toml",
            replica_sources(load(ROOT / "config.toml").source, newsroom),
            database=database,
            channel_url=receiver.channel_url,
        )
        yield Desk(newsroom, receiver, config, database, delivered, capsys)


def test_a_first_crawl_tells_once_where_each_election_stands_and_a_second_one_nothing(desk: Desk) -> None:
    code, out, err = desk.run("crawl")

    assert (code, err) == (0, "")
    assert all(source in out for source in ("kazinform", "astana_times", "qazaq_tv"))
    elections = [delivery.payload["election"]["key"] for delivery in desk.receiver.accepted]
    assert sorted(elections) == ["2022-11-20-presidential", "2023-03-19-parliamentary"]

    *results, delivery = desk.json("crawl")
    assert [result["changes"] for result in results] == [0, 0, 0]
    assert delivery == {"delivery": {"sent": 0, "postponed": 0, "given_up": 0, "errors": []}}
    assert len(desk.receiver.deliveries) == 2


def test_what_was_recorded_is_shown(desk: Desk) -> None:
    desk.run("crawl")

    rows = desk.json("timeline", "2023")
    assert {(row["figure"]["day"], row["figure"]["value"]) for row in rows} >= {
        ("2023-03-13", 786),
        ("2023-03-13", 793),
    }
    code, out, _ = desk.run("timeline", "2023")
    assert code == 0
    assert out.count("DISPUTE 1") == 2
    report = next(row["figure"]["report"] for row in rows if row["figure"]["value"] == 786)
    code, out, _ = desk.run("show", str(report))
    assert code == 0
    assert "786 foreign observers" in out
    assert "<- headline" in out
    assert [source["record"]["state"]["consecutive_errors"] for source in desk.json("sources")] == [0, 0, 0]
    assert {alert["state"] for alert in desk.json("alerts", "list")} == {"sent"}
    _, out, _ = desk.run("timeline")
    assert "DISPUTED" in out


def test_only_the_named_source_is_crawled(desk: Desk) -> None:
    results = desk.json("crawl", "qazaq_tv")

    assert [result.get("source") for result in results] == ["qazaq_tv", None]
    assert desk.newsroom.count("qazaq_tv")
    assert not desk.newsroom.count("kazinform")


def test_a_dry_run_records_and_sends_nothing(desk: Desk) -> None:
    code, out, _ = desk.run("crawl", "--dry-run")

    assert code == 0
    assert "A dry run" in out
    assert not desk.database.exists()
    assert desk.newsroom.count()["article"] > 0
    assert desk.json("timeline") == []
    assert desk.receiver.deliveries == []


def test_a_source_that_fails_is_named_and_the_others_go_on(desk: Desk) -> None:
    desk.newsroom.trouble("kazinform", Trouble(status=404))

    code, _, err = desk.run("crawl")

    assert code == 1
    assert "accredwatch: kazinform: " in err
    assert "astana_times: " not in err
    assert {row["figure"]["source"] for row in desk.json("timeline", "2023")} == {"astana_times", "qazaq_tv"}
    assert "failed 1 times" in " ".join(desk.run("sources")[1].split())


def test_an_alert_that_its_channel_refuses_waits_and_comes_later_with_its_key(desk: Desk) -> None:
    desk.receiver.status = 400

    code, _, err = desk.run("crawl")

    assert code == 1
    assert "desk" in err
    assert {alert["state"] for alert in desk.json("alerts", "list")} == {"failed"}
    refused = {delivery.key for delivery in desk.receiver.deliveries}

    desk.receiver.status = 200
    assert "2 alerts back in the queue" in desk.run("alerts", "retry")[1]
    assert desk.run("crawl")[0] == 0
    assert {delivery.key for delivery in desk.receiver.accepted} == refused
    assert {alert["state"] for alert in desk.json("alerts", "list", "--channel", "desk")} == {"sent"}


@pytest.mark.parametrize("status", [200, 503])
def test_no_output_or_log_holds_a_channels_secrets(desk: Desk, status: int) -> None:
    secret = base64.b64encode(b"canary of sixteen or more bytes").decode()
    address = desk.receiver.channel_url.replace("://", "://user:canary-one@") + "/canary-two?token=canary-three"
    text = desk.config.read_text(encoding="utf-8").replace(desk.receiver.channel_url, f"{address}#whsec_{secret}")
    desk.config.write_text(text, encoding="utf-8")
    desk.receiver.status = status

    _, out, err = desk.run("-v", "-v", "-v", "crawl", "qazaq_tv")
    for command in (
        ["alerts", "list"],
        ["alerts", "list", "--json"],
        ["config", "show"],
        ["config", "check"],
        ["sources"],
    ):
        said = desk.run(*command)
        out += said[1] + said[2]

    assert desk.receiver.deliveries
    assert '"level": "debug"' in err
    assert "canary" not in out + err
    assert secret not in out + err


def test_a_channel_is_tried(desk: Desk) -> None:
    assert desk.run("alerts", "test", "desk")[0] == 0
    assert len(desk.receiver.accepted) == 1

    desk.receiver.status = 500
    code, _, err = desk.run("alerts", "test", "desk")
    assert code == 1
    assert "desk" in err


def test_a_database_that_a_daemon_works_on_is_left_alone(desk: Desk) -> None:
    database = Database.open(f"sqlite:///{desk.database}")
    with lock.hold(database, "another daemon", now=SystemClock().now()):
        code, _, err = desk.run("crawl")
    database.close()

    assert code == 4
    assert "another daemon" in err
    assert not desk.newsroom.count()


def test_an_interrupted_crawl_ends_cleanly(desk: Desk) -> None:
    desk.newsroom.trouble("astana_times", Trouble(path="/20", delay=2))
    with desk.start("crawl") as process:
        while not desk.newsroom.count("astana_times")["feed"] and process.poll() is None:
            threading.Event().wait(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)

    assert process.returncode == 130
    assert err.startswith("accredwatch: interrupted")
    assert "Traceback" not in err
    assert "stopped" in out
    assert desk.run("crawl", "qazaq_tv")[0] == 0


def test_the_daemon_crawls_alerts_and_stops_cleanly(desk: Desk) -> None:
    with desk.start("run") as process:
        delivered = desk.delivered.wait(PATIENCE)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=PATIENCE)

    assert delivered
    assert process.returncode == 0
    events = [json.loads(line)["event"] for line in err.splitlines()]
    assert events.index("daemon_started") < events.index("crawl_started") < events.index("alert_sent")
    assert events[-1] == "daemon_stopped"
