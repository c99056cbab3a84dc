"""The dead-man's switch: asked for while the daemon makes progress, and disturbing nothing whatever comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from pydantic import SecretStr, ValidationError

from scheduler.ping import Pinger
from scheduler.progress import standstill
from scheduler.settings import MonitoringSettings
from storage import sources
from tests.alerts.desk import Desk
from tests.alerts.receivers import unused_port
from tests.certificates import self_signed
from tests.crawler.server import NewsSite, Reply
from tests.scheduler.scripted import a_source
from tests.scheduler.test_daemon import a_daemon, itself, ticked

SECRET = "/ping/5f0c6a2e-secret"
MINUTES, HOURS = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with NewsSite() as server:
        server.routes[SECRET] = Reply("OK")
        yield server


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(tmp_path, "webhook+http://127.0.0.1:9/hook")
    yield opened
    opened.close()


def settings(url: str) -> MonitoringSettings:
    return MonitoringSettings(ping_url=SecretStr(url))


def pinged(url: str) -> list[tuple[str, str]]:
    """The log of one ping."""
    with structlog.testing.capture_logs() as logs:
        asyncio.run(Pinger(settings(url)).ping())
    assert all(SECRET not in str(log) for log in logs)
    return [(log["event"], log.get("reason", "")) for log in logs]


def test_it_asks_for_the_url(site: NewsSite) -> None:
    assert pinged(site.url + SECRET) == [("ping_sent", "")]
    assert site.paths() == [SECRET]


@pytest.mark.parametrize("status", [404, 500])
def test_an_error_is_logged_without_the_url(site: NewsSite, status: int) -> None:
    site.routes[SECRET] = Reply(status=status)
    assert pinged(site.url + SECRET) == [("ping_failed", f"HTTP {status}")]


def test_a_redirect_is_not_followed(site: NewsSite) -> None:
    site.routes[SECRET] = Reply(status=302, headers={"Location": "/elsewhere"})
    ((event, reason),) = pinged(site.url + SECRET)
    assert (event, reason[:8]) == ("ping_failed", "HTTP 302")
    assert site.paths() == [SECRET]


def test_nobody_there() -> None:
    with unused_port() as port:
        ((event, _),) = pinged(f"http://127.0.0.1:{port}{SECRET}")
    assert event == "ping_failed"


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with NewsSite(tls=self_signed(tmp_path)) as site:
        ((event, reason),) = pinged(f"https://localhost:{site.port}{SECRET}")
        assert (event, "Certificate" in reason, site.asked) == ("ping_failed", True, [])


def test_it_is_due_every_period() -> None:
    pinger = Pinger(settings("http://127.0.0.1/"))
    assert [pinger.takes_its_turn(moment) for moment in (1.0, 2.0, 300.9, 301.0, 302.0)] == [
        True,
        False,
        False,
        True,
        False,
    ]
    assert not Pinger(MonitoringSettings()).takes_its_turn(1.0)


@pytest.mark.parametrize("url", ["ftp://x/y", "hc-ping.com/uuid", "https://"])
def test_another_kind_of_url_is_refused_without_being_quoted(url: str) -> None:
    with pytest.raises(ValidationError) as caught:
        settings(url)
    (problem,) = caught.value.errors()
    assert url not in problem["msg"]


def test_a_daemon_at_work_pings_and_one_whose_crawls_stand_still_does_not(desk: Desk, site: NewsSite) -> None:
    daemon, _ = a_daemon(desk, "alpha")
    daemon.follow(replace(daemon.plan, monitoring=settings(site.url + SECRET)))

    async def tick() -> list[str]:
        with structlog.testing.capture_logs() as logs:
            await ticked(daemon)
            if daemon.pings:
                await asyncio.wait(set(daemon.pings.values()))
        return [log["event"] for log in logs if log["event"].startswith("ping")]

    async def play() -> list[list[str]]:
        told = [await tick(), await tick()]
        daemon.pinger = Pinger(daemon.plan.monitoring)
        desk.clock.move(hours=9)
        # A crawl that hangs: it is under way, so that no other one begins.
        itself(daemon).crawls["alpha"] = asyncio.create_task(asyncio.sleep(3600))
        await daemon.tick()
        with structlog.testing.capture_logs() as logs:
            await asyncio.wait(set(daemon.pings.values()))
        itself(daemon).crawls.pop("alpha").cancel()
        return [*told, [log["event"] for log in logs]]

    assert asyncio.run(play()) == [["ping_sent"], [], ["ping_withheld"]]
    assert site.paths() == [SECRET]


class TestProgress:
    def reason(self, desk: Desk, started: timedelta) -> str | None:
        now = desk.clock.now()
        configured = [a_source("alpha")]
        with desk.database.read() as session:
            return standstill(session, configured, ["c0"], jitter=0, started=now - started, now=now)

    def crawl(self, desk: Desk, reason: str = "finished") -> None:
        with desk.database.write() as session:
            run = sources.begin_run(session, "alpha", now=desk.clock.now())
            sources.finish_run(session, run, now=desk.clock.now(), finish_reason=reason, ok=reason == "finished")

    def test_a_daemon_that_has_just_started_is_given_time(self, desk: Desk) -> None:
        assert self.reason(desk, started=HOURS) is None
        assert "alpha has not been crawled" in str(self.reason(desk, started=2 * HOURS))

    def test_crawls_that_are_overdue(self, desk: Desk) -> None:
        self.crawl(desk)
        desk.clock.move(minutes=60)
        assert self.reason(desk, started=100 * HOURS) is None
        desk.clock.move(minutes=20)
        assert "alpha has not been crawled" in str(self.reason(desk, started=100 * HOURS))

    def test_crawls_that_never_get_through(self, desk: Desk) -> None:
        self.crawl(desk)
        for _ in range(6):
            desk.clock.move(hours=1)
            self.crawl(desk, reason="failed")
        assert self.reason(desk, started=100 * HOURS) is None
        desk.clock.move(hours=1)
        self.crawl(desk, reason="failed")
        assert "no crawl has got through" in str(self.reason(desk, started=100 * HOURS))

    def test_alerts_that_nobody_tries_to_deliver(self, desk: Desk) -> None:
        desk.publish()
        self.crawl(desk)
        assert self.reason(desk, started=100 * HOURS) is None
        desk.clock.move(hours=2)
        self.crawl(desk)
        assert "waited for its delivery" in str(self.reason(desk, started=100 * HOURS))
        desk.deliver()
        assert self.reason(desk, started=100 * HOURS) is None, "tried in vain is tried"
