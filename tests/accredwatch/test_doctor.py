"""The doctor on a user's machine, with everything well and with each thing wrong in turn."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from accredwatch.cli import main
from accredwatch.config import load
from accredwatch.doctor.finding import State
from accredwatch.doctor.machine import check_clock
from accredwatch.newsroom.campaign import CAMPAIGN
from accredwatch.newsroom.config_file import write_config
from accredwatch.newsroom.receiver import Receiver
from accredwatch.newsroom.server import Asked, Newsroom, Trouble
from accredwatch.newsroom.sources import replica_sources
from foundation.clock import SystemClock
from storage import lock
from storage.sources import begin_run, finish_run
from tests.databases import opened

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0

Capture = pytest.CaptureFixture[str]
Found = dict[str, list[dict[str, Any]]]


@dataclass
class Practice:
    """Newsrooms to ask, a receiver of tests, a configuration, and the doctor."""

    newsroom: Newsroom
    receiver: Receiver
    config: Path
    database: Path
    asked: threading.Event
    _capture: Capture

    def examine(self, *options: str) -> tuple[int, Found]:
        """Exit code, and the findings by check and subject."""
        self._capture.readouterr()
        code = main(["--config", str(self.config), "doctor", *options, "--json"])
        return code, by_name(self._capture.readouterr().out)

    def rewrite(self, old: str, new: str) -> None:
        """Change the configuration."""
        self.config.write_text(self.config.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    def elsewhere(self, **environment: str) -> Found:
        """The findings of a doctor in a process with another environment, offline."""
        done = subprocess.run(
            [sys.executable, "-m", "accredwatch", "--config", str(self.config), "doctor", "--offline", "--json"],
            cwd=ROOT,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode in {0, 1}, done.stderr
        return by_name(done.stdout)


def by_name(out: str) -> Found:
    found: Found = {}
    for finding in map(json.loads, out.splitlines()):
        found.setdefault(f"{finding['check']} {finding['subject'] or ''}".strip(), []).append(finding)
    return found


@pytest.fixture
def practice(tmp_path: Path, capsys: Capture) -> Iterator[Practice]:
    asked = threading.Event()

    def note(request: Asked) -> None:
        if request.kind != "robots":
            asked.set()

    with Newsroom(CAMPAIGN, on_request=note) as newsroom, Receiver() as receiver:
        database = tmp_path / "facts.sqlite3"
        config = write_config(
            tmp_path / "config.toml",
            replica_sources(load(ROOT / "config.toml").source, newsroom),
            database=database,
            channel_url=receiver.channel_url,
        )
        opened(f"sqlite:///{database}").close()
        yield Practice(newsroom, receiver, config, database, asked, capsys)


def states(found: Found) -> dict[str, str]:
    return {
        name: max((f["state"] for f in all_), key=["ok", "warning", "failed"].index) for name, all_ in found.items()
    }


def test_all_is_well_where_all_is_well(practice: Practice) -> None:
    before = practice.database.read_bytes()

    code, found = practice.examine()

    assert code == 0
    well = states(found)
    assert well.pop("daemon") == "warning"
    assert well.pop("packages") in {"ok", "warning"}
    assert well.pop("configuration") == "warning"
    assert well == {
        "tzdata": "ok", "tls": "ok", "disk": "ok", "database": "ok", "clock": "ok", "channel desk": "ok",
        "templates": "ok",
        **{f"{check} {source}": "ok" for check in ("source", "timetable") for source in
           ("kazinform", "astana_times", "qazaq_tv")},
    }  # fmt: skip
    # It asks, and leaves no trace.
    assert practice.newsroom.count()["article"] == 0
    assert practice.receiver.deliveries == []
    assert practice.database.read_bytes() == before


def test_people_get_lines_with_remedies(practice: Practice, capsys: Capture) -> None:
    practice.newsroom.trouble("kazinform", Trouble(status=404))
    assert main(["--config", str(practice.config), "doctor"]) == 1
    out = capsys.readouterr().out
    assert "failed  source kazinform" in out
    assert "-> " in out
    assert "1 failed" in out


def test_offline_nothing_is_asked(practice: Practice) -> None:
    code, found = practice.examine("--offline")
    assert code == 0
    assert not [name for name in found if name.startswith(("source", "channel"))]
    assert practice.newsroom.requests == []


def test_channels_are_tried_when_told(practice: Practice) -> None:
    code, found = practice.examine("--send")
    assert (code, found["channel desk"][0]["said"]) == (0, "took a test message")
    assert [delivery.payload["kind"] for delivery in practice.receiver.accepted] == ["test"]
    practice.receiver.status = 500
    code, found = practice.examine("--send")
    assert (code, found["channel desk"][0]["state"]) == (1, "failed")
    assert main(["--config", str(practice.config), "doctor", "--send", "--offline"]) == 2


@pytest.mark.parametrize(
    ("trouble", "state", "said"),
    [
        (Trouble(path="/feed", status=503), "failed", "answers 503"),
        (Trouble(path="/feed", body="<html>Please log in</html>"), "failed", "no RSS or Atom feed"),
        (Trouble(path="/feed", body="<rss><channel></channel></rss>"), "warning", "lists no article"),
        (Trouble(path="/feed", status=302, headers={"Location": "http://10.0.0.1/"}), "failed", "no host of source"),
        (Trouble(path="/robots.txt", status=500), "failed", "robots.txt answers 500"),
        (Trouble(path="/robots.txt", body="User-agent: *\nDisallow: /feed"), "failed", "is forbidden by robots.txt"),
        (Trouble(path="/robots.txt", body="User-agent: *\nDisallow: /all/"), "failed", "robots.txt forbids"),
        (Trouble(path="/robots.txt", body="User-agent: *\nCrawl-delay: 1"), "ok", "asks for 1 s between requests"),
    ],
)
def test_what_a_source_answers_is_told(practice: Practice, trouble: Trouble, state: str, said: str) -> None:
    practice.newsroom.trouble("astana_times", trouble)
    code, found = practice.examine()
    assert code == (1 if state == "failed" else 0)
    assert any(finding["state"] == state and said in finding["said"] for finding in found["source astana_times"])
    assert states(found)["source qazaq_tv"] == "ok"


def test_a_source_that_cannot_be_reached_is_told(practice: Practice) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        practice.rewrite(practice.newsroom.base("qazaq_tv"), f"http://127.0.0.1:{closed.getsockname()[1]}")
        _, found = practice.examine()
    assert "refuses connections" in found["source qazaq_tv"][0]["said"]


def test_an_address_that_the_crawler_would_refuse_is_refused(practice: Practice) -> None:
    practice.rewrite("allow_private_addresses = true", "allow_private_addresses = false")
    code, found = practice.examine()
    assert code == 1
    assert "no public address" in found["source kazinform"][0]["said"]
    assert practice.newsroom.requests == []


def test_a_source_that_asked_to_be_left_alone_is_not_asked(practice: Practice) -> None:
    now = SystemClock().now()
    database = opened(f"sqlite:///{practice.database}")
    with database.write() as session:
        run, until = begin_run(session, "kazinform", now=now), now + timedelta(hours=3)
        finish_run(session, run, now=now, finish_reason="asked_to_wait", errors=["429"], retry_not_before=until)
    database.close()
    code, found = practice.examine()
    assert code == 0
    assert "asked not to be asked" in found["source kazinform"][0]["said"]
    assert "the last one failed" in found["timetable kazinform"][0]["said"]
    assert not practice.newsroom.count("kazinform")


@pytest.mark.parametrize(
    ("url", "said"),
    [("nosuch://canary/canary", "no service"), ("webhook+https://canary.invalid/x", "its host cannot be found")],
)
def test_a_channel_that_cannot_work_is_told_without_its_secrets(practice: Practice, url: str, said: str) -> None:
    practice.rewrite(practice.receiver.channel_url, url)
    code, found = practice.examine()
    assert code == 1
    assert said in found["channel desk"][0]["said"]
    assert "canary" not in json.dumps(found)


def test_a_configuration_that_cannot_be_read_is_told_and_the_machine_examined(practice: Practice) -> None:
    practice.rewrite("[database]", "[databse]")
    code, found = practice.examine()
    assert code == 1
    assert "did you mean database?" in found["configuration"][0]["said"]
    assert states(found)["tzdata"] == "ok"
    assert states(found)["clock"] == "ok"


def test_old_zone_data_is_told(practice: Practice, tmp_path: Path) -> None:
    zones = tmp_path / "zones" / "Asia"
    zones.mkdir(parents=True)
    shutil.copy("/usr/share/zoneinfo/Etc/GMT-6", zones / "Almaty")
    found = practice.elsewhere(PYTHONTZPATH=str(zones.parent))
    (finding,) = found["tzdata"]
    assert finding["state"] == "failed"
    assert "in 2026 is +6 h from UTC and not +5 h" in finding["said"]
    assert "PYTHONTZPATH" in finding["remedy"]


def test_without_certificates_nothing_can_be_verified(practice: Practice, tmp_path: Path) -> None:
    found = practice.elsewhere(SSL_CERT_FILE=str(tmp_path / "none"), SSL_CERT_DIR=str(tmp_path / "none"))
    assert states(found)["tls"] == "failed"
    assert "ca-certificates" in found["tls"][0]["remedy"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small file system")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("full", [False, True])
def test_a_disk_without_room_is_told(practice: Practice, small_disk: Path, full: bool) -> None:
    practice.rewrite(str(practice.database), str(small_disk / "facts.sqlite3"))
    if full:
        (small_disk / "ballast").write_bytes(bytes(2 * 1024 * 1024 - 4096))
    code, found = practice.examine("--offline")
    assert code == 1
    assert ("cannot be written" in found["disk"][0]["said"]) is full
    assert "make room" in found["disk"][0]["remedy"]


def harm(database: Path, how: str) -> None:
    match how:
        case "gone":
            database.unlink()
        case "damaged":
            database.write_bytes(b"\x13" * 8192)
        case _:
            own = opened(f"sqlite:///{database}")
            with own.write() as session:
                session.connection().exec_driver_sql(how)
            own.close()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("gone", "is gone"),
        ("damaged", "no SQLite database"),
        ("UPDATE accredwatch_version SET version_num = 'z999'", "newer than this program"),
        ("ALTER TABLE notice ADD COLUMN mood TEXT", "the tables are not those of schema"),
    ],
)
def test_a_database_that_cannot_be_used_is_told(practice: Practice, how: str, said: str) -> None:
    harm(practice.database, how)
    code, found = practice.examine("--offline")
    assert code == 1
    assert said in found["database"][0]["said"]
    assert found["database"][0]["remedy"]


def test_before_the_first_start_there_is_no_database_and_none_is_made(practice: Practice) -> None:
    for file in practice.database.parent.glob("facts.sqlite3*"):
        file.unlink()
    code, found = practice.examine("--offline")
    assert code == 0
    assert "there is no database" in found["database"][0]["said"]
    assert not practice.database.exists()


def test_who_works_on_the_database_is_told(practice: Practice) -> None:
    database = opened(f"sqlite:///{practice.database}")
    with lock.hold(database, "the daemon", now=SystemClock().now()):
        _, found = practice.examine("--offline")
    database.close()
    assert found["daemon"][0]["state"] == "ok"
    assert "the daemon, process" in found["daemon"][0]["said"]


@pytest.mark.parametrize(
    ("servers", "newest", "back", "said"),
    [
        ([timedelta(minutes=7), timedelta(hours=-3)], timedelta(), timedelta(), "7 minutes behind"),
        ([timedelta(minutes=-40), timedelta(minutes=-60)], timedelta(), timedelta(), "40 minutes ahead of"),
        ([], timedelta(hours=2), timedelta(), "before the newest record"),
        ([], timedelta(), timedelta(days=3000), "before this program was installed"),
    ],
)
def test_a_clock_that_cannot_be_right_is_told(
    servers: list[timedelta], newest: timedelta, back: timedelta, said: str
) -> None:
    now = SystemClock().now() - back
    finding = check_clock(now, [(now + off, now) for off in servers], now + newest)
    assert finding.state is State.FAILED
    assert said in finding.said


def test_ctrl_c_ends_it_while_a_source_hangs(practice: Practice) -> None:
    practice.newsroom.trouble("kazinform", Trouble(path="/rss", delay=PATIENCE))
    command = [sys.executable, "-m", "accredwatch", "--config", str(practice.config), "doctor"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert practice.asked.wait(PATIENCE)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert (out, err) == ("", "")


def test_every_check_is_documented(practice: Practice) -> None:
    _, found = practice.examine()
    commands = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    section = commands.split("## `accredwatch doctor`")[1].split("\n## ")[0]
    names = {name.split()[0] for name in found} | {"engine"}  # looked at where workers do the work
    assert {line.split("`")[1] for line in section.splitlines() if line.startswith("| `") and "--" not in line} == names
