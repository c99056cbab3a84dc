"""What systemd is told: by the real process, on a real notification socket."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from scheduler.daemon import Daemon
from scheduler.in_process import InProcess
from scheduler.notify import ServiceManager
from scheduler.plan import Plan
from scheduler.running import run_daemon
from tests.alerts.desk import Desk
from tests.scheduler.scripted import ScriptedCrawler
from tests.scheduler.test_daemon import QUICK
from tests.support.service_manager import Manager, service_manager

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Manager]:
    with service_manager(tmp_path) as listening:
        yield listening


@pytest.fixture
def told(manager: Manager, monkeypatch: pytest.MonkeyPatch) -> Manager:
    """The service manager, which waits for this very process."""
    monkeypatch.setenv("NOTIFY_SOCKET", manager.address)
    monkeypatch.setenv("WATCHDOG_USEC", "60000000")
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()))
    return manager


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[Daemon]:
    desk = Desk.open(tmp_path, "webhook+http://127.0.0.1:9/hook")
    plan = Plan(
        sources=[],
        crawler=ScriptedCrawler(desk.database, (), desk.clock),
        deliverer=desk.deliverer(),
        subscriptions=(),
        settings=QUICK,
    )
    engine = InProcess.of(plan, desk.database, desk.clock)
    yield _Stuck(database=desk.database, plan=plan, engine=engine, clock=desk.clock)
    desk.close()


class _Stuck(Daemon):
    """A daemon whose first tick never ends."""

    async def tick(self) -> None:
        await asyncio.Event().wait()


def test_the_process_tells_that_it_is_ready_ticks_reloads_and_stops(tmp_path: Path, manager: Manager) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[database]\nurl = "sqlite:///facts.sqlite3"\n[scheduler]\ntick = "1s"\n', encoding="utf-8")
    environment = {**os.environ, "NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "60000000"}
    with subprocess.Popen(
        [sys.executable, "-m", "accredwatch", "--config", str(config), "run"],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        first = manager.next()
        ticks = [manager.wait_for("WATCHDOG") for _ in range(2)]
        for text in (config.read_text("utf-8").replace("1s", "2s"), "[scheduler\n"):
            config.write_text(text, encoding="utf-8")
            process.send_signal(signal.SIGHUP)
            assert "MONOTONIC_USEC" in manager.wait_for("RELOADING")
            assert manager.wait_for("READY") == first
        process.send_signal(signal.SIGTERM)
        manager.wait_for("STOPPING")
        _, log = process.communicate()

    assert first == {"READY": "1", "STATUS": "watches 0 sources, tells 0 channels"}
    assert ticks == [{"WATCHDOG": "1"}] * 2
    assert process.returncode == 0, log
    assert '"reloaded"' in log
    assert '"reload_refused"' in log
    assert "service_manager" not in log


def test_a_daemon_that_does_not_tick_feeds_no_watchdog(told: Manager, daemon: Daemon) -> None:
    async def play() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(run_daemon(daemon, stop, signals=False))
        assert "READY" in await asyncio.to_thread(told.next)
        stop.set()
        assert await running == 0

    asyncio.run(play())
    assert "STOPPING" in told.next()


def test_a_reload_is_told_with_its_moment(told: Manager) -> None:
    with closing(ServiceManager()) as service:
        service.reloading()
        service.ready("watches 3 sources, tells 1 channels")

    message = told.next()
    assert message.keys() == {"RELOADING", "MONOTONIC_USEC"}
    assert message["MONOTONIC_USEC"].isdigit()
    assert told.next()["READY"] == "1"


def test_the_watchdog_of_another_process_is_not_fed(told: Manager, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDOG_PID", "1")
    with closing(ServiceManager()) as service:
        service.ticked()
        service.stopping()

    assert "STOPPING" in told.next()


@pytest.mark.parametrize(("seconds", "said"), [(30, []), (31, ["watchdog_too_short"])])
def test_a_tick_that_the_watchdog_leaves_no_room_for_is_told(told: Manager, seconds: int, said: list[str]) -> None:
    with structlog.testing.capture_logs() as logs, closing(ServiceManager()) as service:
        service.expect(timedelta(seconds=seconds))

    assert [line["event"] for line in logs] == said


def test_without_a_service_manager_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    with structlog.testing.capture_logs() as logs, closing(ServiceManager()) as service:
        service.ready("")
        service.stopping()

    assert logs == []


def test_a_service_manager_that_goes_away_ends_nothing(told: Manager) -> None:
    with structlog.testing.capture_logs() as logs, closing(ServiceManager()) as service:
        told.close()
        service.ready("")

    assert [(line["event"], line["told"]) for line in logs] == [("service_manager_not_told", "READY=1")]


# The library leaves the socket that it could not connect to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_service_manager_that_is_not_there_ends_nothing(told: Manager) -> None:
    told.close()
    with structlog.testing.capture_logs() as logs, closing(ServiceManager()) as service:
        service.ready("")
        gc.collect()

    assert [(line["event"], line["told"]) for line in logs] == [("service_manager_not_told", "nothing")]
