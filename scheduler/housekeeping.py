"""What the daemon does for itself once a day: it drops from the archive what is not to be kept any longer."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from pathlib import Path

import structlog

from crawler.limits import ArchiveSettings
from crawler.retention import is_limited, prune
from foundation.clock import Clock
from foundation.errors import AccredwatchError
from storage.database import Database

log = structlog.get_logger(__name__)

EVERY = timedelta(days=1)
AFTER_A_FAILURE = timedelta(hours=1)


class Housekeeper:
    """Prunes the archive by its settings, which may be replaced; whatever comes of it disturbs nothing."""

    def __init__(self, database: Database, settings: ArchiveSettings, clock: Clock) -> None:
        self.settings = settings
        self._database = database
        self._clock = clock
        self._next = 0.0
        self._stopping = threading.Event()

    def takes_its_turn(self, moment: float) -> bool:
        """Whether to prune at this moment of the event loop's time; whoever is told so has the turn of that day."""
        if moment < self._next or not is_limited(self.settings):
            return False
        self._next = moment + EVERY.total_seconds()
        return True

    async def prune(self) -> None:
        """Prune once, beside crawls at work. A failure is logged, and it is tried again after an hour."""
        settings = self.settings
        try:
            done = await asyncio.to_thread(
                prune,
                self._database,
                Path(settings.path),
                settings,
                now=self._clock.now(),
                at_work=True,
                stop=self._stopping.is_set,
            )
        except AccredwatchError as error:
            self._next = asyncio.get_running_loop().time() + AFTER_A_FAILURE.total_seconds()
            log.error("archive_not_pruned", error=str(error))  # noqa: TRY400 - the message tells all; no defect of ours
            return
        log.info("archive_pruned", dropped=done.dropped, freed=done.freed, kept=done.kept, cited=done.cited)

    def stop(self) -> None:
        """Let what is under way end with the file that it is at."""
        self._stopping.set()
