"""SIGTERM and SIGINT: the first one asks for a clean stop, a second one ends the process at once.

SIGHUP asks for the configuration to be read anew; where it tells that the terminal is gone, for a clean stop.
"""

from __future__ import annotations

import asyncio
import errno
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

log = structlog.get_logger(__name__)

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def stop_on_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` at the first signal; restore what was there before at the end of the block.

    Only in the main thread, inside a running event loop.
    """
    loop = asyncio.get_running_loop()

    def received(signum: signal.Signals) -> None:
        if stop.is_set():
            log.warning("stopping_at_once", signal=signum.name)
            signal.signal(signum, signal.SIG_DFL)
            os.kill(os.getpid(), signum)
            return
        log.info("stopping", signal=signum.name)
        stop.set()

    before = {signum: signal.getsignal(signum) for signum in _SIGNALS}
    for signum in _SIGNALS:
        loop.add_signal_handler(signum, received, signum)
    try:
        yield
    finally:
        for signum in _SIGNALS:
            loop.remove_signal_handler(signum)
            signal.signal(signum, before[signum])


@contextmanager
def reload_on_hangup(reload: asyncio.Event, stop: asyncio.Event) -> Iterator[None]:
    """Set `reload` at each SIGHUP, or `stop` if it comes of a terminal that was closed; restore what was there before.

    Only in the main thread, inside a running event loop.
    """
    loop = asyncio.get_running_loop()

    def received() -> None:
        if _terminal_is_gone():
            log.info("stopping", signal="SIGHUP")
            stop.set()
        else:
            reload.set()

    before = signal.getsignal(signal.SIGHUP)
    loop.add_signal_handler(signal.SIGHUP, received)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGHUP)
        signal.signal(signal.SIGHUP, before)


def _terminal_is_gone() -> bool:
    """Whether standard input was a terminal that exists no more."""
    try:
        os.tcgetpgrp(0)
    except OSError as error:
        return error.errno == errno.EIO
    return False
