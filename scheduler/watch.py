"""Watches over the sources' health while the daemon runs, and tells the operator: in the log, never in an alert."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from crawler.source import Source
from foundation.clock import Clock
from scheduler.health import Condition
from scheduler.notes import health
from storage.database import Database

log = structlog.get_logger(__name__)

_EVERY = timedelta(hours=1)
_TOLD = frozenset({Condition.FAILING, Condition.SILENT})
"""An overdue source is what the daemon itself is about to mend."""


@dataclass(kw_only=True)
class SourceWatch:
    """Tells each change for the worse once, and each recovery."""

    database: Database
    sources: Sequence[Source]
    clock: Clock
    unwell: dict[str, Condition] = field(default_factory=dict)
    """The sources that were not well when last looked at."""
    looked_at: datetime | None = None

    async def look(self) -> None:
        """Look at most once an hour. Raises StorageError."""
        now = self.clock.now()
        if self.looked_at is not None and timedelta(0) <= now - self.looked_at < _EVERY:
            return
        self.looked_at = now

        def read() -> dict[str, tuple[Condition, datetime | None]]:
            with self.database.read() as session:
                return {key: (h.condition, h.since) for key, h in health(session, self.sources, now).items()}

        found = await asyncio.to_thread(read)
        for key, (condition, since) in found.items():
            if condition in _TOLD and self.unwell.get(key) is not condition:
                log.warning("source_unwell", source=key, condition=condition.value, since=since and since.isoformat())
            elif condition is Condition.FINE and key in self.unwell:
                log.info("source_well", source=key)
        told = {key: condition for key, (condition, _) in found.items() if condition in _TOLD}
        still = {key: c for key, c in self.unwell.items() if found.get(key, (c,))[0] is not Condition.FINE}
        self.unwell = {**still, **told}
