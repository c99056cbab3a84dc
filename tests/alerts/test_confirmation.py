"""Alerts that wait for a second source reach their channel when it comes, or when patience is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from alerts.settings import Channel
from storage import record
from tests.alerts.desk import Desk, a_total
from tests.alerts.receivers import WebhookReceiver


@pytest.fixture
def desk(tmp_path: Path, receiver: WebhookReceiver) -> Iterator[Desk]:
    opened = Desk.open(tmp_path, receiver.url)
    opened.channels = [c.model_copy(update={"confirm": 2}) for c in opened.channels]
    yield opened
    opened.close()


def second_source(desk: Desk, value: int) -> None:
    article, report = a_total(value)
    url = f"https://astanatimes.com/2023/02/{value}/"
    again = replace(article, source="astana_times", url=url, article_id=str(value))
    with desk.database.write() as session:
        record(session, again, report, fetched_at=desk.clock.now(), found_via="test")


def test_the_text_names_who_confirms(desk: Desk, receiver: WebhookReceiver) -> None:
    desk.publish()
    assert desk.deliver().sent == 0
    assert desk.states() == ["unconfirmed"]
    second_source(desk, 101)
    assert desk.deliver().sent == 1
    (request,) = receiver.requests
    assert "Stated by 2 sources: Kazinform, astana_times." in request.json["text"]
    assert request.json["confirmation"]["sources"] == ["kazinform", "astana_times"]


def test_when_patience_is_over_the_text_says_that_nobody_confirmed_it(desk: Desk, receiver: WebhookReceiver) -> None:
    desk.publish()
    desk.clock.move(hours=5, minutes=59)
    assert desk.deliver().sent == 0
    desk.clock.move(minutes=1)
    assert desk.deliver().sent == 1
    (request,) = receiver.requests
    assert "Not confirmed: only Kazinform states it, and 2 sources were waited for." in request.json["text"]
    assert request.json["confirmation"]["reached"] is False
    assert desk.deliver().sent == 0


def test_what_is_confirmed_late_does_not_hold_up_what_came_since(desk: Desk, receiver: WebhookReceiver) -> None:
    desk.channels = [c.model_copy(update={"confirm_within": timedelta(days=3)}) for c in desk.channels]
    desk.publish(2)
    second_source(desk, 102)
    assert desk.deliver().sent == 1
    second_source(desk, 101)
    assert desk.deliver().sent == 1
    assert [r.json["figure"]["value"] for r in receiver.requests] == [102, 101]


def test_the_channel_is_gone_while_they_wait(desk: Desk) -> None:
    desk.publish()
    desk.channels = []
    assert desk.deliverer().stranded() == {"c0": 1}


@pytest.mark.parametrize("confirm", [0, 6])
def test_how_many_sources_make_sense(confirm: int) -> None:
    with pytest.raises(ValidationError):
        Channel(name="desk", url=SecretStr("json://x"), confirm=confirm)
