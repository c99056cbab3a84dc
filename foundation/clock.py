"""Time as a dependency: whoever needs to know what time it is takes a `Clock`.

Instants are aware datetimes in UTC everywhere inside the program; zones belong to the edges (pages, people).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the current instant."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        return datetime.now(UTC)
