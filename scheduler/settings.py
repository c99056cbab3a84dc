"""The daemon's timetable."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from foundation.settings import Duration, Table


class SchedulerSettings(Table):
    """The table [scheduler] of config.toml."""

    tick: Duration = timedelta(seconds=5)
    """How often the daemon looks for sources that are due and alerts that wait."""
    jitter: float = Field(default=0.1, ge=0, le=0.5)
    """Share of the interval by which a run may be moved, so that sources are not asked in step."""
    stop_timeout: Duration = timedelta(seconds=30)
    """How long a clean stop waits for crawls to hand back what they began."""
