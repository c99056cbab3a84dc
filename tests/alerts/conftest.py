from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.alerts.receivers import MailServer


@pytest.fixture
def mail() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()
