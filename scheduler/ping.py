"""The dead-man's switch: a URL is asked for now and then; when that stops, whoever watches it raises the alarm."""

from __future__ import annotations

import aiohttp
import structlog

from scheduler.settings import MonitoringSettings

log = structlog.get_logger(__name__)

_LIMIT = aiohttp.ClientTimeout(total=20)
"""Seconds for the whole request; of the answer nothing but its status is read."""


class Pinger:
    """Asks for the URL; whatever comes of it disturbs nothing."""

    def __init__(self, settings: MonitoringSettings) -> None:
        self._url = settings.ping_url.get_secret_value()
        self._every = settings.ping_every.total_seconds()
        self._next = 0.0

    def takes_its_turn(self, moment: float) -> bool:
        """Whether to ask at this moment of the event loop's time; whoever is told so has the turn of that period."""
        if not self._url or moment < self._next:
            return False
        self._next = moment + self._every
        return True

    async def ping(self) -> None:
        """Ask for the URL once. A failure is logged without the URL, which is a secret."""
        try:
            async with (
                aiohttp.ClientSession(timeout=_LIMIT, cookie_jar=aiohttp.DummyCookieJar()) as session,
                session.get(self._url, allow_redirects=False, headers={"User-Agent": "accredwatch"}) as response,
            ):
                status = response.status
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            log.warning("ping_failed", reason=type(error).__name__)
            return
        if 200 <= status < 300:
            log.debug("ping_sent")
        elif 300 <= status < 400:
            log.warning("ping_failed", reason=f"HTTP {status}: redirects are not followed, name the final address")
        else:
            log.warning("ping_failed", reason=f"HTTP {status}")
