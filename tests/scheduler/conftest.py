"""A desk whose alerts the receiver gets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.alerts.desk import Desk
from tests.alerts.receivers import WebhookReceiver


@pytest.fixture
def desk(tmp_path: Path, receiver: WebhookReceiver) -> Iterator[Desk]:
    opened = Desk.open(tmp_path, receiver.url)
    opened.clock.move(days=30)
    yield opened
    opened.close()
