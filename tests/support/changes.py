"""What alerts tell of."""

from __future__ import annotations

from storage.views import Alert, RecordedChange


def change_of(alert: Alert) -> RecordedChange:
    """The change that the alert tells; the test fails where it tells a notice instead."""
    assert alert.change is not None, f"alert {alert.id} tells a notice"
    return alert.change
