"""A daemon that waits for another one's end, on both kinds of database, and what it says meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from scheduler.daemon import Daemon
from scheduler.running import run_daemon
from storage import lock
from tests.alerts.desk import Desk
from tests.scheduler.test_daemon import a_daemon, runs
from tests.storage.test_lock import OtherDaemon
from tests.support.service_manager import Manager, service_manager


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Manager]:
    with service_manager(tmp_path) as listening:
        monkeypatch.setenv("NOTIFY_SOCKET", listening.address)
        yield listening


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    opened = Desk.open(database_url, "webhook+http://127.0.0.1:9/hook")
    yield opened
    opened.close()


@pytest.fixture
def first(desk: Desk, database_url: str) -> Iterator[OtherDaemon]:
    """A process that works on the desk's database."""
    other = OtherDaemon(database_url)
    yield other
    other.end()


async def stood_by(daemon: Daemon, stop: asyncio.Event, manager: Manager) -> tuple[asyncio.Task[int], str]:
    """A daemon that waits for its turn, and what it tells the service manager of that."""
    running = asyncio.create_task(run_daemon(daemon, stop, signals=False, stand_by=True))
    told = await asyncio.to_thread(manager.wait_for, "READY")
    return running, told["STATUS"]


def test_it_takes_over_from_one_that_is_killed(desk: Desk, first: OtherDaemon, manager: Manager) -> None:
    daemon, crawler = a_daemon(desk, "alpha")

    async def play() -> tuple[str, str]:
        stop, crawled = asyncio.Event(), asyncio.Event()
        running, waiting = await stood_by(daemon, stop, manager)
        assert (crawler.crawled, lock.holder(desk.database).pid) == ([], first.process.pid)  # type: ignore[union-attr]
        crawler.before_the_record = lambda _: crawled.set()
        await asyncio.to_thread(first.kill)
        await crawled.wait()
        told = await asyncio.to_thread(manager.wait_for, "READY")
        stop.set()
        assert await running == 0
        return waiting, told["STATUS"]

    with structlog.testing.capture_logs() as logs:
        waiting, working = asyncio.run(play())
    assert waiting.startswith(f"stands by: the other daemon, process {first.process.pid} on ")
    assert working == "watches 1 sources, tells 1 channels"
    events = [line["event"] for line in logs]
    assert [e for e in events if e in {"standing_by", "taken_over", "daemon_started", "daemon_stopped"}] == [
        "standing_by",
        "taken_over",
        "daemon_started",
        "daemon_stopped",
    ]
    assert [run.finish_reason for run in runs(desk, "alpha")] in (["finished"], ["stopped"])


def test_it_stops_while_it_waits(desk: Desk, first: OtherDaemon, manager: Manager) -> None:
    daemon, crawler = a_daemon(desk, "alpha")

    async def play() -> int:
        stop = asyncio.Event()
        running, _ = await stood_by(daemon, stop, manager)
        stop.set()
        return await running

    assert asyncio.run(play()) == 0
    assert crawler.crawled == []
    assert first.process.poll() is None
    assert lock.holder(desk.database).pid == first.process.pid  # type: ignore[union-attr]


def test_nobody_to_wait_for_is_a_start_like_any_other(desk: Desk) -> None:
    daemon, crawler = a_daemon(desk, "alpha")

    async def play() -> int:
        stop = asyncio.Event()
        crawler.before_the_record = lambda _: stop.set()
        return await run_daemon(daemon, stop, signals=False, stand_by=True)

    with structlog.testing.capture_logs() as logs:
        assert asyncio.run(play()) == 0
    assert "taken_over" not in [line["event"] for line in logs]


def test_one_that_cannot_use_its_database_waits_for_that_too(tmp_path: Path, manager: Manager) -> None:
    desk = Desk.open(tmp_path, "webhook+http://127.0.0.1:9/hook")
    daemon, crawler = a_daemon(desk, "alpha")
    place = tmp_path / "test.sqlite3-daemon"
    place.mkdir()

    async def play() -> str:
        stop = asyncio.Event()
        crawler.before_the_record = lambda _: stop.set()
        running, waiting = await stood_by(daemon, stop, manager)
        place.rmdir()
        assert await running == 0
        return waiting

    assert "test.sqlite3-daemon cannot be written" in asyncio.run(play())
    assert crawler.crawled == ["alpha"]
    desk.close()
