"""Who does the work that is due: this process itself, or workers that take it from a queue."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Protocol

from scheduler.plan import Plan


class Engine(Protocol):
    """What the daemon hands its work to."""

    @property
    def by_workers(self) -> bool:
        """Whether workers do the work, who may be at it beside the daemon."""
        ...

    async def begin(self) -> int:
        """Before the first tick: give free what processes that died were sending; how many alerts.

        Raises StorageError.
        """
        ...

    async def crawling(self) -> Collection[str]:
        """Keys of the sources that are being crawled, or that wait for it in a queue. Raises StorageError."""
        ...

    async def crawl(self, keys: Sequence[str]) -> None:
        """See to it that these sources, which are due, are crawled, longest overdue first; each once at a time.

        Raises StorageError.
        """
        ...

    async def deliver(self) -> None:
        """See to it that every channel gets what is due there; each by one at a time. Raises StorageError."""
        ...

    def follow(self, plan: Plan) -> None:
        """Go by another plan from now on."""
        ...

    async def finish(self, limit: timedelta) -> None:
        """Begin nothing more, and bring to its end, within the limit, what was begun here."""
        ...
