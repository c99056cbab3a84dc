"""The daemon while the machine's clock is put back or forward: nothing is lost, nothing waits for times long past."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import timedelta

import pytest
import structlog

from scheduler.daemon import Daemon
from tests.alerts.desk import Desk
from tests.alerts.receivers import Answer, WebhookReceiver
from tests.scheduler.scripted import ScriptedCrawler
from tests.scheduler.test_daemon import a_daemon, baseline_done, ticked


def told(receiver: WebhookReceiver) -> list[int]:
    return [request.json["figure"]["value"] for request in receiver.requests if request.taken]


def playing(desk: Desk, *steps: Callable[[], object]) -> tuple[Daemon, ScriptedCrawler]:
    """One daemon through all the steps, with a tick after each; its source finds 101, then 102, then 103."""
    baseline_done(desk, "alpha")
    daemon, crawler = a_daemon(desk, "alpha")
    crawler.script["alpha"] = deque([[101], [102], [103]])

    async def play() -> None:
        await ticked(daemon)
        for step in steps:
            step()
            await ticked(daemon)

    asyncio.run(play())
    return daemon, crawler


def test_an_alert_that_waits_does_not_wait_for_a_time_that_was_put_back(desk: Desk, receiver: WebhookReceiver) -> None:
    receiver.script.append(Answer(500))
    with structlog.testing.capture_logs() as logs:
        playing(desk, lambda: desk.clock.move(hours=-2), lambda: desk.clock.move(seconds=21))
    assert told(receiver)[:2] == [101, 102]
    assert receiver.keys[0] == receiver.keys[1]
    (moved,) = [line for line in logs if line["event"] == "waits_moved"]
    assert moved["by"].startswith(("2:00:0", "1:59:5"))


def test_what_a_channel_asked_for_holds_over_a_jump(desk: Desk, receiver: WebhookReceiver) -> None:
    receiver.script.append(Answer(429, {"Retry-After": "3600"}))
    playing(desk, lambda: desk.clock.move(hours=-2), lambda: desk.clock.move(minutes=59))
    assert len(receiver.requests) == 1
    desk.clock.move(minutes=2)
    assert desk.deliver().sent == len(desk.alerts())


@pytest.mark.parametrize("jump", [timedelta(hours=-2), timedelta(days=3)])
def test_a_jump_and_its_mending_lose_and_repeat_nothing(desk: Desk, receiver: WebhookReceiver, jump: timedelta) -> None:
    def move(by: timedelta) -> Callable[[], None]:
        return lambda: desk.clock.move(seconds=by.total_seconds())

    hour = timedelta(hours=1)
    _, crawler = playing(desk, move(jump), move(hour), move(-jump), move(hour))
    assert len(crawler.crawled) >= 4, "no jump keeps a source from being crawled"
    assert told(receiver) == [101, 102, 103]
    assert len(set(receiver.keys)) == len(receiver.requests)
    assert set(desk.states()) == {"sent"}
