"""Receivers that fail in every way: what arrives while they do and afterwards, by the collector's record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.alerts.desk import SETTINGS, Desk
from tests.alerts.receivers import CUT, DRIP, HANG, RESET, Answer, Behaviour, Received, WebhookReceiver, unused_port
from tests.support.collector import Collector

HASTY = SETTINGS.model_copy(update={"send_timeout": timedelta(milliseconds=100)})
"""For receivers that never answer."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as collector:
        yield collector


@pytest.fixture
def newsdesk(tmp_path: Path, collector: Collector) -> Iterator[Desk]:
    """Three alerts for one webhook."""
    desk = Desk.open(tmp_path, collector.url("hook"))
    desk.publish(3)
    yield desk
    desk.close()


@pytest.fixture
def postman(tmp_path: Path, collector: Collector) -> Iterator[Desk]:
    """Three alerts for one mailbox."""
    desk = Desk.open(tmp_path, collector.url(Collector.MAIL))
    desk.publish(3)
    yield desk
    desk.close()


def keys(desk: Desk) -> list[str]:
    return [alert.key for alert in desk.alerts()]


def recover(desk: Desk) -> None:
    """What some hours of rounds do."""
    for _ in range(4):
        desk.clock.move(hours=1, minutes=16)
        desk.deliver()


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        (RESET, "the connection was closed"),
        (HANG, "no answer came in time"),
        (DRIP, "no answer came in time"),
        (Answer(429), "the service answered HTTP 429"),
        (Answer(500), "the service answered HTTP 500"),
    ],
)
def test_a_webhook_that_fails_gets_everything_in_order_when_it_has_recovered(
    newsdesk: Desk, collector: Collector, fault: Behaviour, complaint: str
) -> None:
    newsdesk.settings = HASTY if "in time" in complaint else SETTINGS
    collector.webhook.otherwise = lambda _: fault
    with collector.interval() as outage:
        for _ in range(3):
            newsdesk.deliver()
            newsdesk.clock.move(minutes=30)
    assert outage.arrivals() == []
    assert newsdesk.alerts()[0].last_error == f"channel c0: {complaint}"
    assert newsdesk.states() == ["pending"] * 3
    collector.webhook.let_go.set()
    collector.webhook.otherwise = lambda _: Answer()
    newsdesk.settings = SETTINGS
    with collector.interval() as afterwards:
        recover(newsdesk)
    assert afterwards.keys() == keys(newsdesk)
    assert newsdesk.states() == ["sent"] * 3


def test_an_answer_that_breaks_off_after_its_status_is_an_arrival(newsdesk: Desk, collector: Collector) -> None:
    collector.webhook.otherwise = lambda _: CUT
    with collector.interval() as interval:
        newsdesk.deliver()
        recover(newsdesk)
    assert interval.keys() == keys(newsdesk)


def test_a_port_that_refuses_gets_everything_when_it_listens(tmp_path: Path, collector: Collector) -> None:
    with unused_port() as port:
        desk = Desk.open(tmp_path, f"webhook+http://127.0.0.1:{port}/hook")
        desk.publish(3)
        for _ in range(3):
            assert desk.deliver().sent == 0
            desk.clock.move(minutes=30)
    collector.webhook.close()
    collector.webhook = WebhookReceiver(port=port)
    with collector.interval() as afterwards:
        recover(desk)
    assert afterwards.keys() == keys(desk)
    desk.close()


def test_retry_after_is_honoured_to_the_second_and_by_those_behind(newsdesk: Desk, collector: Collector) -> None:
    collector.webhook.script.append(Answer(429, {"Retry-After": "7200"}))
    newsdesk.deliver()
    with collector.interval() as asked_to_wait:
        for _ in range(119):
            newsdesk.clock.move(minutes=1)
            newsdesk.deliver()
        newsdesk.clock.move(seconds=59)
        newsdesk.deliver()
    assert asked_to_wait.arrivals() == []
    assert len(collector.webhook.requests) == 1, "not even an attempt"
    newsdesk.clock.move(seconds=1)
    with collector.interval() as afterwards:
        newsdesk.deliver()
    assert afterwards.keys() == keys(newsdesk)


@dataclass(frozen=True)
class MailFault:
    """A reply of the mail server, and where in the conversation it gives it."""

    where: str
    reply: str
    deadly: bool = False
    """Whether it means this message, for good."""


@pytest.mark.parametrize(
    "fault",
    [
        MailFault("sender", "451 4.3.0 Busy"),
        MailFault("sender", "550 5.7.1 Not from you"),
        MailFault("rcpt", "450 4.2.0 Greylisted"),
        MailFault("rcpt", "550 5.1.1 No such user"),
        MailFault("data", "452 4.2.2 Mailbox full"),
        MailFault("data", "554 5.6.0 Not this message", deadly=True),
    ],
    ids=lambda fault: f"{fault.where}-{fault.reply[:3]}",
)
def test_mail_is_given_up_only_where_the_server_refuses_the_message_itself(
    postman: Desk, collector: Collector, fault: MailFault
) -> None:
    getattr(collector.mail, fault.where).append(fault.reply)
    with collector.interval() as first_round:
        postman.deliver()
    first, *others = keys(postman)
    assert first_round.keys() == (others if fault.deadly else [])
    assert postman.alerts()[0].last_error == f"channel c0: the mail server answered {fault.reply}"
    assert postman.states() == (["failed", "sent", "sent"] if fault.deadly else ["pending"] * 3)
    with collector.interval() as afterwards:
        recover(postman)
    assert afterwards.keys() == ([] if fault.deadly else [first, *others])


def _one_is_down(fault: Behaviour, request: Received) -> Behaviour:
    return fault if request.path == "/down" else Answer()


def test_a_channel_in_trouble_for_days_keeps_nothing_from_the_others(tmp_path: Path, collector: Collector) -> None:
    settings = SETTINGS.model_copy(update={"attempts": 1000})
    urls = (collector.url("down"), collector.url("up"), collector.url(Collector.MAIL))
    desk = Desk.open(tmp_path, *urls, settings=settings)
    faults: tuple[Behaviour, ...] = (RESET, Answer(500), Answer(503, {"Retry-After": "600"}), Answer(404))
    for fault in faults * 2:
        collector.webhook.otherwise = partial(_one_is_down, fault)
        with collector.interval() as of_the_day:
            desk.publish()
            for _ in range(3):
                desk.deliver()
                desk.clock.move(hours=2)
        assert len(of_the_day.keys("up")) == len(of_the_day.keys(Collector.MAIL)) == 1
        assert of_the_day.keys("down") == []
    collector.webhook.otherwise = lambda _: Answer()
    with collector.interval() as afterwards:
        recover(desk)
    assert afterwards.keys("down") == [alert.key for alert in desk.alerts("c0")]
    assert [a.fact[2] for a in afterwards.arrivals("down")] == list(range(101, 109))
    desk.close()
