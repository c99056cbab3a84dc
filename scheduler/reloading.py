"""What follows a SIGHUP, of a daemon as of a worker: the configuration is read anew, and systemd is told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog

from scheduler.notify import ServiceManager

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reloading:
    """Reloads whenever it is asked for; one after the other."""

    asked: asyncio.Event
    manager: ServiceManager
    reload: Callable[[], Awaitable[None]]
    """Reads the configuration and goes by it; one that is refused leaves everything as it was."""
    status: Callable[[], str | None]
    """What the service manager is told afterwards; None while the process stops."""

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Reload when asked, for the length of the block, inside a running event loop."""
        watch = asyncio.create_task(self._when_asked(), name="reload")
        try:
            yield
        finally:
            watch.cancel()

    async def _when_asked(self) -> None:
        while True:
            await self.asked.wait()
            self.asked.clear()
            one = asyncio.create_task(self._reload(), name="reload")
            await asyncio.wait({one})
            if (error := one.exception()) is not None:
                log.error("task_failed", task="reload", exc_info=error)

    async def _reload(self) -> None:
        self.manager.reloading()
        try:
            await self.reload()
        finally:
            if (status := self.status()) is not None:
                self.manager.ready(status)
