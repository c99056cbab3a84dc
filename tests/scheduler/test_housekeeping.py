"""The daemon prunes the archive once a day: never what a figure cites, nor what is still being written."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from structlog.typing import EventDict

from crawler.archive import Archive, Response
from crawler.limits import ArchiveSettings
from scheduler.daemon import Daemon
from scheduler.housekeeping import EVERY, Housekeeper
from storage import archive as index
from storage.archive import Place
from storage.recording import record
from tests.alerts.desk import Desk, a_total
from tests.scheduler.test_daemon import a_daemon

DAYS = timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(tmp_path, "webhook+http://127.0.0.1:9/hook")
    yield opened
    opened.close()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    made = Archive(tmp_path / "archive")
    yield made
    made.close()


def fetched(desk: Desk, archive: Archive, name: str, *, days_ago: int, figure: int | None = None) -> Place:
    """A response in the archive; a figure cites it, if there is one."""
    when = desk.clock.now() - days_ago * DAYS
    page = Response(f"https://alpha.example/{name}", 200, (), name.encode())
    place = archive.keep(page, fetched_at=when)
    with desk.database.write() as session:
        index.note(session, "alpha", [place])
        if figure is not None:
            article, report = a_total(figure)
            record(session, article, report, fetched_at=when, found_via="test", source="alpha", archived=place)
    return place


def housekeeping(desk: Desk, archive: Archive, **limits: object) -> Daemon:
    daemon, _ = a_daemon(desk)
    settings = ArchiveSettings.model_validate({"path": str(archive.folder), **limits})
    daemon.housekeeper = Housekeeper(desk.database, settings, desk.clock)
    return daemon


def events(daemon: Daemon, *, ticks: int = 1) -> list[EventDict]:
    """What is logged of the archive by a daemon that ticks and comes to its end."""

    async def run() -> None:
        for _ in range(ticks):
            await daemon.tick()
            if daemon.chores:
                await asyncio.wait(daemon.chores.values())
                await asyncio.sleep(0)
        await daemon.finish()

    with structlog.testing.capture_logs() as logs:
        asyncio.run(run())
    return [log for log in logs if "archive" in log["event"] or log["event"] == "task_failed"]


def left(desk: Desk) -> list[str]:
    with desk.database.read() as session:
        return [place.url.rpartition("/")[2] for place, _ in index.kept(session)]


def test_what_is_old_goes_except_for_what_figures_cite(desk: Desk, archive: Archive) -> None:
    old = fetched(desk, archive, "old", days_ago=9)
    fetched(desk, archive, "cited", days_ago=9, figure=134)
    alone = fetched(desk, archive, "alone", days_ago=8)
    fetched(desk, archive, "young", days_ago=3)
    archive.close()
    (event,) = events(housekeeping(desk, archive, keep_for="1w"), ticks=3)
    assert (event["event"], event["dropped"], event["kept"], event["cited"]) == ("archive_pruned", 2, 2, 1)
    assert event["freed"] == old.length + alone.length
    assert left(desk) == ["cited", "young"]
    with desk.database.read() as session:
        places = [place for place, _ in index.kept(session)]
    assert [archive.read(place).body for place in places] == [b"cited", b"young"]
    assert len(list(archive.folder.rglob("*.warc.gz"))) == 2


def test_files_of_today_and_yesterday_are_left_alone(desk: Desk, archive: Archive) -> None:
    """A response may stand in them that is not in the index yet."""
    for days in (2, 1, 0):
        fetched(desk, archive, f"{days}-days-ago", days_ago=days)
    not_noted = archive.keep(Response("https://alpha.example/new", 200, (), b"new"), fetched_at=desk.clock.now())
    (event,) = events(housekeeping(desk, archive, keep_bytes=1))
    assert event["dropped"] == 1
    assert left(desk) == ["1-days-ago", "0-days-ago"]
    assert archive.read(not_noted).body == b"new"


def test_nothing_is_done_where_all_is_kept(desk: Desk, archive: Archive) -> None:
    fetched(desk, archive, "old", days_ago=900)
    assert events(housekeeping(desk, archive)) == []


def test_once_a_day(desk: Desk, archive: Archive) -> None:
    keeper = Housekeeper(desk.database, ArchiveSettings(keep_bytes=1), desk.clock)
    day = EVERY.total_seconds()
    assert [keeper.takes_its_turn(moment) for moment in (10, 11, day, day + 10, day + 11)] == [
        True,
        False,
        False,
        True,
        False,
    ]


def test_a_failure_is_told_and_ends_nothing(desk: Desk, archive: Archive) -> None:
    place = fetched(desk, archive, "old", days_ago=9)
    fetched(desk, archive, "cited", days_ago=9, figure=134)
    archive.close()
    (archive.folder / place.file).unlink()
    (event,) = events(housekeeping(desk, archive, keep_for="1w"), ticks=2)
    assert event["event"] == "archive_not_pruned"
    assert place.file in event["error"]
    assert left(desk) == ["old", "cited"]


def test_a_daemon_that_stops_begins_no_further_file(desk: Desk, archive: Archive) -> None:
    fetched(desk, archive, "old", days_ago=9)
    daemon = housekeeping(desk, archive, keep_for="1w")
    daemon.housekeeper.stop()
    (event,) = events(daemon)
    assert event["dropped"] == 0
    assert left(desk) == ["old"]
