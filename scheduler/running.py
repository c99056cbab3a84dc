"""A daemon from its start to its clean stop: the lock, the signals, the order in which things end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass

import structlog

from scheduler.daemon import Daemon
from scheduler.notify import ServiceManager
from scheduler.plan import Plan
from scheduler.signals import reload_on_hangup, stop_on_signals
from scheduler.waker import Waker
from storage import lock

log = structlog.get_logger(__name__)


ReadPlan = Callable[[], Awaitable[Plan | None]]
"""Reads the configuration anew: a plan whose crawler and deliverer have succeeded the daemon's, None to go on as is."""


async def run_daemon(
    daemon: Daemon, stop: asyncio.Event, *, signals: bool = True, read_plan: ReadPlan | None = None
) -> int:
    """Run the daemon until `stop` is set, or with `signals` until SIGTERM or SIGINT; returns the exit code.

    With `signals` and `read_plan`, the daemon goes by what that reads after each SIGHUP.

    Raises AlreadyRunning, naming the other one, if another daemon works on the database, and StorageError, after a
    clean stop, if the lock on it is lost. With `signals` it has to run in the main thread; a second signal ends the
    process at once.
    """
    who = f"accredwatch on {socket.gethostname()}"
    reload = asyncio.Event()
    with ExitStack() as stack:
        if signals:
            stack.enter_context(stop_on_signals(stop))
        if signals and read_plan is not None:
            stack.enter_context(reload_on_hangup(reload, stop))
        held = lock.hold(daemon.database, who, now=daemon.clock.now(), beside_workers=daemon.engine.by_workers)
        daemon.hold = stack.enter_context(held)
        manager = stack.enter_context(closing(ServiceManager()))
        manager.expect(daemon.plan.settings.tick)
        return await _run(daemon, stop, manager, _Reloading(daemon, manager, reload, read_plan))


async def _run(daemon: Daemon, stop: asyncio.Event, manager: ServiceManager, reloading: _Reloading) -> int:
    async def tick() -> None:
        await daemon.tick()
        manager.ticked()

    waker = Waker(tick, daemon.plan.settings.tick)
    sources = [s.key for s in daemon.plan.sources if s.enabled]
    unsettled = await daemon.engine.begin()
    await daemon.wait_only_for(sources)
    log.info("daemon_started", sources=sources, channels=daemon.plan.deliverer.enabled, unsettled=unsettled)
    await _tell_stranded(daemon)
    waker.start()
    manager.ready(_status(daemon))
    watch = asyncio.create_task(reloading.when_asked(waker), name="reload")
    try:
        while not stop.is_set() and daemon.fatal is None:
            await waker.attend(stop)
    finally:
        manager.stopping()
        # In this order: no new tick, an end to what runs, and only then the end of the waker, which cancels a tick.
        watch.cancel()
        waker.pause()
        await daemon.finish()
        await waker.rest()
        waker.end()
    log.info("daemon_stopped")
    if daemon.fatal is not None:
        raise daemon.fatal
    return 0


@dataclass(frozen=True, slots=True)
class _Reloading:
    """What follows a SIGHUP."""

    daemon: Daemon
    manager: ServiceManager
    asked: asyncio.Event
    read_plan: ReadPlan | None

    async def when_asked(self, waker: Waker) -> None:
        """Reload whenever it is asked for, until cancelled."""
        while self.read_plan is not None:
            await self.asked.wait()
            self.asked.clear()
            one = asyncio.create_task(self._reload(waker, self.read_plan), name="reload")
            await asyncio.wait({one})
            if (error := one.exception()) is not None:
                log.error("task_failed", task="reload", exc_info=error)

    async def _reload(self, waker: Waker, read_plan: ReadPlan) -> None:
        self.manager.reloading()
        try:
            await self._follow(waker, await read_plan())
        finally:
            # A configuration that is refused leaves the daemon as ready as it was.
            if not self.daemon.stopping:
                self.manager.ready(_status(self.daemon))

    async def _follow(self, waker: Waker, plan: Plan | None) -> None:
        daemon = self.daemon
        if plan is None or daemon.stopping:
            return
        daemon.follow(plan)
        waker.change(plan.settings.tick)
        sources = [source.key for source in daemon.plan.sources if source.enabled]
        log.info("reloaded", sources=sources, channels=daemon.plan.deliverer.enabled)
        # A crawl under way is still waited for, also where its source is configured no more.
        await daemon.wait_only_for([*sources, *await daemon.engine.crawling()])
        await _tell_stranded(daemon)


def _status(daemon: Daemon) -> str:
    sources = sum(source.enabled for source in daemon.plan.sources)
    return f"watches {sources} sources, tells {len(daemon.plan.deliverer.enabled)} channels"


async def _tell_stranded(daemon: Daemon) -> None:
    for channel, waiting in (await asyncio.to_thread(daemon.plan.deliverer.stranded)).items():
        log.warning("alerts_without_channel", channel=channel, waiting=waiting)
