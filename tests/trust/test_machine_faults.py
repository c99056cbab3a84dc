"""What the machine can do to the database: each fault is told in clear words, and nothing is lost for it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from accredwatch.cli import main
from accredwatch.cli.exits import Exit
from accredwatch.config import load
from accredwatch.newsroom.campaign import SITES, STORIES
from accredwatch.newsroom.config_file import write_config
from accredwatch.newsroom.outlets import ALMATY
from accredwatch.newsroom.receiver import Receiver
from accredwatch.newsroom.server import Newsroom
from accredwatch.newsroom.sources import replica_sources
from foundation.errors import StorageError
from storage.database import Database
from tests.accredwatch.conftest import ROOT, _logging_as_it_was, _no_settings_from_outside
from tests.alerts.desk import Desk
from tests.alerts.receivers import WebhookReceiver

pytestmark = pytest.mark.long

__all__ = ["_logging_as_it_was", "_no_settings_from_outside"]
MIDWAY = datetime(2023, 2, 28, 20, 0, tzinfo=ALMATY)


def damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:] = b"\x13" * (len(content) - 4096)
    file.write_bytes(content)


def cut(file: Path) -> None:
    os.truncate(file, 10_000)


def age(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE accredwatch_version SET version_num = '9999'")
    connection.close()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(f'[database]\nurl = "sqlite:///{tmp_path}/watch.sqlite3"\nbusy_timeout = "1s"\n', encoding="utf-8")
    assert main(["--config", str(path), "db", "upgrade"]) == 0
    return path


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        (damage, "is damaged: restore a backup"),
        (cut, "is damaged: restore a backup"),
        (Path.unlink, "is gone: restore a backup, or remove"),
        (lambda file: file.write_bytes(b""), "is empty: restore a backup, or remove"),
        (lambda file: file.write_bytes(b"no database" * 1000), "is no SQLite database: check the path, or restore"),
        (age, "9999 is newer than this program"),
    ],
    ids=["damaged", "cut off", "removed", "emptied", "another file", "newer schema"],
)
def test_a_command_says_what_is_wrong_with_the_file_and_what_to_do(
    config: Path, capsys: pytest.CaptureFixture[str], fault: Callable[[Path], object], complaint: str
) -> None:
    file = config.with_name("watch.sqlite3")
    fault(file)
    before = file.read_bytes() if file.exists() else None
    capsys.readouterr()
    assert main(["--config", str(config), "alerts", "retry"]) == Exit.DATABASE
    told = capsys.readouterr()
    assert complaint in told.err
    assert "Traceback" not in told.err
    assert (file.read_bytes() if file.exists() else None) == before, "nothing is made worse"


def test_a_database_that_another_process_keeps_locked_is_told_and_works_when_it_is_free(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    holder = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN EXCLUSIVE');"
        "print('held', flush=True); sys.stdin.read()"
    )
    command = ["python3", "-c", holder, str(config.with_name("watch.sqlite3"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        assert main(["--config", str(config), "alerts", "retry"]) == Exit.DATABASE
        assert "was locked by another process for more than 1 s: end that process" in capsys.readouterr().err
        other.kill()
    assert main(["--config", str(config), "alerts", "retry"]) == 0


def test_what_a_full_disk_refuses_is_recorded_whole_when_there_is_room(
    tmp_path: Path, receiver: WebhookReceiver
) -> None:
    desk = Desk.open(tmp_path, receiver.url)
    with desk.database.write() as session:
        used = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {used}"))
    with pytest.raises(StorageError, match="the disk is full; make room"):
        desk.publish(1000)
    before = len(desk.alerts())
    assert before == desk.published - 101, "the alert that did not fit is not there in part"
    with desk.database.write() as session:
        session.execute(text("PRAGMA max_page_count = 100000"))
    desk.published -= 1
    desk.publish(2)
    assert desk.deliver().sent == before + 2
    assert desk.values(receiver.keys) == list(range(101, 101 + before + 2))
    assert desk.database.check() == ()
    desk.close()


@contextmanager
def small_disk(place: Path) -> Iterator[Callable[[str], None]]:
    """A disk of 8 MB in the folder; the block gets a function that mounts it anew with other options."""
    place.mkdir()

    def mount(options: str) -> bool:
        command: list[str | Path] = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", place]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    if not mount("size=8m"):
        pytest.skip("mounting needs root")

    def remount(options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", place], check=True)

    try:
        yield remount
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def test_a_crawl_onto_a_disk_that_is_full_or_read_only_is_made_up_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = load(ROOT / "config.toml").source
    newsroom = Newsroom(STORIES, now=MIDWAY, outlets=SITES)
    with newsroom, Receiver() as receiver, small_disk(tmp_path / "disk") as remount:
        file = tmp_path / "disk" / "watch.sqlite3"
        replicas = replica_sources(sources, newsroom)
        config = write_config(
            tmp_path / "config.toml", replicas, database=file, channel_url=receiver.channel_url
        )  # fmt: skip
        crawl = ["--config", str(config), "crawl", "astana_times"]
        assert main([*crawl[:2], "db", "upgrade"]) == 0
        remount("ro")
        assert main(crawl) == Exit.DATABASE
        assert "cannot be written" in capsys.readouterr().err
        remount("rw")
        filler = tmp_path / "disk" / "filler"
        fill(filler)
        assert main(crawl) in {Exit.FAILED, Exit.DATABASE}
        told = capsys.readouterr().err
        assert "disk" in told
        assert "Traceback" not in told
        assert receiver.accepted == []
        filler.unlink()
        assert main(crawl) == 0
        database = Database.open(f"sqlite:///{file}")
        assert database.check() == ()
        database.close()
        assert [delivery.payload["figure"]["value"] for delivery in receiver.accepted] == [641, 25]


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(bytes(4096)):
            pass
