"""A deliverer of new settings takes the place of an old one in the middle of its work."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from alerts.settings import Channel
from foundation.errors import DatabaseBusy
from storage.database import Database
from tests.alerts.desk import Desk
from tests.alerts.receivers import Answer, Received, WebhookReceiver, unused_port


@pytest.fixture
def desk(tmp_path: Path, receiver: WebhookReceiver) -> Iterator[Desk]:
    opened = Desk.open(tmp_path, receiver.url)
    yield opened
    opened.close()


def test_what_arrived_and_is_not_marked_is_marked_and_not_sent_again(
    desk: Desk, receiver: WebhookReceiver, tmp_path: Path
) -> None:
    desk.publish()
    before = desk.deliverer()
    other = Database.open(f"sqlite:///{tmp_path}/test.sqlite3")
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        with other.write():
            locked.set()
            done.wait()

    holder = threading.Thread(target=hold)

    def lock(_: Received) -> Answer:
        holder.start()
        locked.wait()
        return Answer()

    receiver.otherwise = lock
    with pytest.raises(DatabaseBusy):
        before.deliver_due()
    done.set()
    holder.join()
    other.close()
    without_the_channel, after = Desk(desk.database, ()).deliverer(), desk.deliverer()
    without_the_channel.succeed(before)
    after.succeed(without_the_channel)
    desk.clock.move(hours=1)
    assert after.deliver_due().sent == 0
    assert desk.states() == ["sent"]
    assert len(receiver.requests) == 1


def test_one_that_asked_to_be_left_alone_is(desk: Desk, receiver: WebhookReceiver) -> None:
    receiver.script.append(Answer(429, {"Retry-After": "3600"}))
    desk.publish(2)
    before, after = desk.deliverer(), desk.deliverer()
    before.deliver_due()
    after.succeed(before)
    desk.clock.move(seconds=3599)
    assert after.deliver_due().sent == 0
    desk.clock.move(seconds=1)
    assert after.deliver_due().sent == 2
    assert len(receiver.requests) == 3


def test_the_alert_that_is_being_sent_is_marked_and_the_next_ones_go_the_new_way(
    desk: Desk, receiver: WebhookReceiver
) -> None:
    desk.publish(3)
    let_go = threading.Event()

    def hold(_: Received) -> Answer:
        let_go.wait(30)
        return Answer()

    receiver.otherwise = hold
    before = desk.deliverer()
    new = WebhookReceiver()
    with ThreadPoolExecutor(2) as pool:
        sending = pool.submit(before.deliver_due)
        receiver.wait_for(1)
        desk.channels = [Channel(name="c0", url=SecretStr(new.url))]
        after = desk.deliverer()
        after.succeed(before)
        following = pool.submit(after.deliver_due)
        let_go.set()
        assert (sending.result().sent, following.result().sent) == (1, 2)
    new.close()
    assert desk.states() == ["sent"] * 3
    assert desk.values([*receiver.keys, *new.keys]) == [101, 102, 103]


def test_a_channel_that_is_gone_keeps_its_alerts(desk: Desk, receiver: WebhookReceiver) -> None:
    desk.publish()
    before = desk.deliverer()
    with unused_port() as port:
        desk.channels = [Channel(name="c1", url=SecretStr(f"webhook+http://127.0.0.1:{port}/"))]
    after = desk.deliverer()
    after.succeed(before)
    assert after.deliver_due().sent == before.deliver_due().sent == 0
    assert (desk.states(), after.stranded(), receiver.requests) == (["pending"], {"c0": 1}, [])
