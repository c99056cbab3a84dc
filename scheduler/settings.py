"""The daemon's timetable, and its sign of life."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from foundation.settings import Duration, Table


class SchedulerSettings(Table):
    """The table [scheduler] of config.toml."""

    tick: Duration = timedelta(seconds=5)
    """How often the daemon looks for sources that are due and alerts that wait."""
    jitter: float = Field(default=0.1, ge=0, le=0.5)
    """Share of the interval by which a run may be moved, so that sources are not asked in step."""
    stop_timeout: Duration = timedelta(seconds=30)
    """How long a clean stop waits for crawls to hand back what they began."""


class MonitoringSettings(Table):
    """The table [monitoring] of config.toml: the dead-man's switch."""

    ping_url: SecretStr = SecretStr("")
    """An http(s) URL that is asked for while the daemon makes progress; empty for none."""
    ping_every: Duration = timedelta(minutes=5)

    @field_validator("ping_url")
    @classmethod
    def _is_a_url(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        parts = urlsplit(text)
        if text and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("is no http(s) URL; write the address that your monitoring service gave you")
        return value

    @field_validator("ping_every")
    @classmethod
    def _is_no_storm(cls, value: timedelta) -> timedelta:
        if value < timedelta(seconds=10):
            raise ValueError("must be at least 10s; 5m is usual")
        return value
