"""A daemon from its start to its clean stop: the lock, the signals, the order in which things end."""

from __future__ import annotations

import asyncio
import socket
from contextlib import closing, nullcontext

import structlog

from scheduler.daemon import Daemon
from scheduler.notify import ServiceManager
from scheduler.signals import stop_on_signals
from scheduler.waker import Waker
from storage import lock

log = structlog.get_logger(__name__)


async def run_daemon(daemon: Daemon, stop: asyncio.Event, *, signals: bool = True) -> int:
    """Run the daemon until `stop` is set, or with `signals` until SIGTERM or SIGINT; returns the exit code.

    Raises AlreadyRunning, naming the other one, if another daemon works on the database, and StorageError, after a
    clean stop, if the lock on it is lost. With `signals` it has to run in the main thread; a second signal ends the
    process at once.
    """
    who = f"accredwatch on {socket.gethostname()}"
    with (
        stop_on_signals(stop) if signals else nullcontext(),
        lock.hold(daemon.database, who, now=daemon.clock.now()) as daemon.hold,
        closing(ServiceManager()) as manager,
    ):
        manager.expect(daemon.settings.tick)
        return await _run(daemon, stop, manager)


async def _run(daemon: Daemon, stop: asyncio.Event, manager: ServiceManager) -> int:
    async def tick() -> None:
        await daemon.tick()
        manager.ticked()

    waker = Waker(tick, daemon.settings.tick)
    sources = [s.key for s in daemon.sources if s.enabled]
    unsettled = await asyncio.to_thread(daemon.deliverer.take_over)
    await daemon.wait_only_for(sources)
    log.info("daemon_started", sources=sources, channels=daemon.deliverer.enabled, unsettled=unsettled)
    for channel, waiting in (await asyncio.to_thread(daemon.deliverer.stranded)).items():
        log.warning("alerts_without_channel", channel=channel, waiting=waiting)
    waker.start()
    manager.ready(f"watches {len(sources)} sources, tells {len(daemon.deliverer.enabled)} channels")
    try:
        while not stop.is_set() and daemon.fatal is None:
            await waker.attend(stop)
    finally:
        manager.stopping()
        # In this order: no new tick, an end to what runs, and only then the end of the waker, which cancels a tick.
        waker.pause()
        await daemon.finish()
        waker.end()
    log.info("daemon_stopped")
    if daemon.fatal is not None:
        raise daemon.fatal
    return 0
