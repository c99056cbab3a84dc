"""Notices that the clock was put back while the daemon runs: what waits for an instant would wait too long."""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation.clock import Clock

_LEAST = timedelta(seconds=10)
"""Smaller steps are how clocks are kept right."""


class JumpWatch:
    """Compares the clock with the time that really passes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._before: tuple[datetime, float] | None = None

    def put_back(self, elapsed: float) -> timedelta:
        """By how much the clock was put back since the last call; nothing if it was not.

        `elapsed` are the seconds of a count that nobody sets, such as the event loop's.
        """
        now, before = self._clock.now(), self._before
        self._before = now, elapsed
        if before is None:
            return timedelta(0)
        instant, then = before
        by = instant + timedelta(seconds=elapsed - then) - now
        return by if by >= _LEAST else timedelta(0)
