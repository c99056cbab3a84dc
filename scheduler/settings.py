"""The daemon's timetable, and its sign of life."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from foundation.settings import Duration, Table


class SchedulerSettings(Table):
    """The table [scheduler] of config.toml."""

    tick: Duration = timedelta(seconds=5)
    """How often the daemon looks, at least, for sources that are due and alerts that wait; they are sent at once."""
    jitter: float = Field(default=0.1, ge=0, le=0.5)
    """Share of the interval by which a run may be moved, so that sources are not asked in step."""
    stop_timeout: Duration = timedelta(seconds=30)
    """How long a clean stop waits for crawls to hand back what they began."""


class EngineSettings(Table):
    """The table [engine] of config.toml: who does what the daemon finds due."""

    kind: Literal["in_process", "procrastinate"] = "in_process"
    """The daemon's own process, or workers on any number of machines, by a queue in PostgreSQL."""
    stalled_after: Duration = timedelta(seconds=30)
    """After how long without a sign of life a worker counts as dead, so that others take over its jobs."""

    @property
    def by_workers(self) -> bool:
        """Whether workers do the work."""
        return self.kind == "procrastinate"

    @field_validator("stalled_after")
    @classmethod
    def _leaves_time_to_breathe(cls, value: timedelta) -> timedelta:
        if value < timedelta(seconds=3):
            raise ValueError("must be at least 3s; 30s is usual")
        return value


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
