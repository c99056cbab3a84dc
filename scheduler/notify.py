"""What the service manager is told: that the daemon is ready, reloads, stops, and still ticks.

systemd listens on the socket that NOTIFY_SOCKET names and starts a daemon anew that no longer ticks. Where nobody
listens nothing is sent, and what cannot be sent is logged: a daemon that works is not ended for it.
"""

from __future__ import annotations

import os
import time
from datetime import timedelta

import structlog
from sdnotify import SystemdNotifier

log = structlog.get_logger(__name__)


class ServiceManager:
    """Tells the service manager that started this process how it is doing."""

    def __init__(self) -> None:
        self._notifier = _notifier() if os.environ.get("NOTIFY_SOCKET") else None
        self._limit = _limit()

    def ready(self, status: str) -> None:
        """The daemon is up, or has reloaded; `status` says in a line what it does."""
        self._tell("READY=1", f"STATUS={status}")

    def reloading(self) -> None:
        """The configuration is read anew; `ready` has to follow, whatever comes of it."""
        self._tell("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")

    def stopping(self) -> None:
        """A clean stop has begun."""
        self._tell("STOPPING=1", "STATUS=stopping: crawls and alerts under way are brought to their end")

    def ticked(self) -> None:
        """The daemon still does its work. Told at every tick; when it is told no more, the watchdog bites."""
        if self._limit is not None:
            self._tell("WATCHDOG=1")

    def expect(self, tick: timedelta) -> None:
        """Warn if so long a tick leaves the watchdog's limit no room for a slow one."""
        if self._limit is not None and 2 * tick > self._limit:
            log.warning("watchdog_too_short", limit=str(self._limit), tick=str(tick))

    def close(self) -> None:
        """Tell nothing more."""
        if self._notifier is not None:
            self._notifier.socket.close()

    def _tell(self, *lines: str) -> None:
        if self._notifier is None:
            return
        try:
            self._notifier.notify("\n".join(lines))
        except OSError as error:
            log.warning("service_manager_not_told", told=lines[0], error=str(error))


def _notifier() -> SystemdNotifier | None:
    """The way to the socket that NOTIFY_SOCKET names; None if it cannot be reached."""
    try:
        # Without debug it would keep to itself what goes wrong.
        notifier = SystemdNotifier(debug=True)
    except OSError as error:
        log.warning("service_manager_not_told", told="nothing", error=str(error))
        return None
    # The event loop waits for nobody who does not listen.
    notifier.socket.setblocking(False)
    return notifier


def _limit() -> timedelta | None:
    """How long the watchdog waits for this process; None if it waits for none, or for one that handed us its words."""
    microseconds, process = os.environ.get("WATCHDOG_USEC", ""), os.environ.get("WATCHDOG_PID", str(os.getpid()))
    watched = microseconds.isdigit() and process == str(os.getpid())
    return timedelta(microseconds=int(microseconds)) if watched else None
