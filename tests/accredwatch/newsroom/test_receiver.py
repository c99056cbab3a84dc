"""The receiver takes webhooks, or refuses them, and remembers both."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from accredwatch.newsroom.receiver import Delivery, Receiver
from alerts.channels import open_channel
from alerts.message import Message
from alerts.settings import Channel
from foundation.errors import DeliveryError

NOW = datetime(2023, 3, 13, tzinfo=UTC)
MESSAGE = Message(title="786 observers", body="In all.", key="one", fields={"kind": "new_total"})


def test_alerts_arrive_with_key_and_fields() -> None:
    arrived: list[Delivery] = []
    with Receiver(arrived.append) as receiver:
        channel = Channel(name="desk", url=SecretStr(receiver.channel_url))
        open_channel(channel, timeout=5).send(MESSAGE, now=NOW)
    assert arrived == receiver.accepted
    assert arrived[0].key == "one"
    assert arrived[0].payload["title"] == "786 observers"
    assert arrived[0].payload["kind"] == "new_total"


def test_a_refusal_is_remembered_but_not_accepted() -> None:
    with Receiver() as receiver:
        receiver.status = 503
        channel = Channel(name="desk", url=SecretStr(receiver.channel_url))
        with pytest.raises(DeliveryError):
            open_channel(channel, timeout=5).send(MESSAGE, now=NOW)
        assert [d.status for d in receiver.deliveries] == [503]
        assert receiver.accepted == []
