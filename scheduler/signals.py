"""SIGTERM and SIGINT: the first one asks for a clean stop, a second one ends the process at once."""

from __future__ import annotations

import asyncio
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
