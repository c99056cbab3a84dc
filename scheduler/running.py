"""A daemon from its start to its clean stop: the lock, the signals, the order in which things end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, ExitStack, closing

import structlog

from scheduler.daemon import Daemon
from scheduler.notify import ServiceManager
from scheduler.plan import Plan
from scheduler.reloading import Reloading
from scheduler.signals import reload_on_hangup, stop_on_signals
from scheduler.standing_by import take_turn
from scheduler.waker import Waker
from storage import lock

log = structlog.get_logger(__name__)


ReadPlan = Callable[[], Awaitable[Plan | None]]
"""Reads the configuration anew: a plan whose crawler and deliverer have succeeded the daemon's, None to go on as is."""


async def run_daemon(
    daemon: Daemon,
    stop: asyncio.Event,
    *,
    signals: bool = True,
    read_plan: ReadPlan | None = None,
    stand_by: bool = False,
) -> int:
    """Run the daemon until `stop` is set, or with `signals` until SIGTERM or SIGINT; returns the exit code.

    With `signals` and `read_plan`, the daemon goes by what that reads after each SIGHUP. With `stand_by` it waits for
    another daemon's end instead of refusing to work beside it.

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
        manager = stack.enter_context(closing(ServiceManager()))
        manager.expect(daemon.plan.settings.tick)

        def hold() -> AbstractContextManager[lock.Hold]:
            now = daemon.clock.now()
            return lock.hold(daemon.database, who, now=now, beside_workers=daemon.engine.by_workers)

        if stand_by:
            daemon.hold = await take_turn(stack, daemon.database, hold, manager, stop)
            if daemon.hold is None:
                return 0
        else:
            daemon.hold = stack.enter_context(hold())
        return await _run(daemon, stop, manager, reload, read_plan or _as_it_is)


async def _as_it_is() -> None:
    """The plan of a daemon that nobody reloads: the one that it has."""


async def _run(
    daemon: Daemon, stop: asyncio.Event, manager: ServiceManager, reload: asyncio.Event, read_plan: ReadPlan
) -> int:
    async def tick() -> None:
        await daemon.tick()
        manager.ticked()
        if daemon.due_in is not None:
            waker.call_within(daemon.due_in)

    waker = Waker(tick, daemon.plan.settings.tick)
    unsettled = await daemon.begin()
    log.info("daemon_started", sources=_enabled(daemon), channels=daemon.plan.deliverer.enabled, unsettled=unsettled)
    await _tell_stranded(daemon)
    waker.start()
    manager.ready(_status(daemon))
    reloading = Reloading(
        reload,
        manager,
        lambda: _reload(daemon, waker, read_plan),
        lambda: None if daemon.stopping else _status(daemon),
    )
    try:
        with reloading.under_way():
            while not stop.is_set() and daemon.fatal is None:
                await waker.attend(stop)
    finally:
        manager.stopping()
        # In this order: no new tick, an end to what runs, and only then the end of the waker, which cancels a tick.
        waker.pause()
        await daemon.finish()
        await waker.rest()
        waker.end()
    log.info("daemon_stopped")
    if daemon.fatal is not None:
        raise daemon.fatal
    return 0


async def _reload(daemon: Daemon, waker: Waker, read_plan: ReadPlan) -> None:
    plan = await read_plan()
    if plan is None or daemon.stopping:
        return
    daemon.follow(plan)
    waker.change(plan.settings.tick)
    sources = _enabled(daemon)
    log.info("reloaded", sources=sources, channels=daemon.plan.deliverer.enabled)
    # A crawl under way is still waited for, also where its source is configured no more.
    await daemon.wait_only_for([*sources, *await daemon.engine.crawling()])
    await _tell_stranded(daemon)


def _enabled(daemon: Daemon) -> list[str]:
    return [source.key for source in daemon.plan.sources if source.enabled]


def _status(daemon: Daemon) -> str:
    return f"watches {len(_enabled(daemon))} sources, tells {len(daemon.plan.deliverer.enabled)} channels"


async def _tell_stranded(daemon: Daemon) -> None:
    for channel, waiting in (await asyncio.to_thread(daemon.plan.deliverer.stranded)).items():
        log.warning("alerts_without_channel", channel=channel, waiting=waiting)
