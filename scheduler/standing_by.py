"""A daemon that stands by: it waits for its turn on the database, and says so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

import structlog

from foundation.errors import AlreadyRunning, StorageError
from scheduler.notify import ServiceManager
from storage.database import Database
from storage.lock import Hold, holder

log = structlog.get_logger(__name__)

_LOOK = 1.0
"""Seconds between two looks at the lock; where a server has it, the looks themselves wait for it."""


async def take_turn(
    stack: ExitStack,
    database: Database,
    hold: Callable[[], AbstractContextManager[Hold]],
    manager: ServiceManager,
    stop: asyncio.Event,
) -> Hold | None:
    """Wait until nobody else has the lock, and have it until the stack is closed; None if `stop` is set before.

    A database that cannot be used is waited for, too: whoever works on it has lost it as well.
    """
    told = None
    while not stop.is_set():
        try:
            taken = await asyncio.to_thread(stack.enter_context, hold())
        except StorageError as error:
            why = await asyncio.to_thread(_why, database, error)
            if why != told:
                told = why
                log.info("standing_by", reason=why)
                manager.ready(f"stands by: {why}")
            manager.ticked()
            await _pause(stop)
            continue
        if told is not None:
            log.warning("taken_over", after=told)
        return taken
    log.info("daemon_stopped")
    return None


def _why(database: Database, error: StorageError) -> str:
    """Why it is not our turn: who works on the database, as far as that can be told."""
    if isinstance(error, AlreadyRunning):
        try:
            if (other := holder(database)) is not None:
                return str(other)
        except StorageError as lost:
            return str(lost)
    return str(error)


async def _pause(stop: asyncio.Event) -> None:
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait({waiting}, timeout=_LOOK)
    waiting.cancel()
