"""The whole examination: all checks side by side, each within a time limit, their findings in one order."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from accredwatch.config import Settings
from accredwatch.doctor import machine, outside, records
from accredwatch.doctor.finding import Finding, failed
from accredwatch.doctor.records import Records
from alerts.settings import Channel
from crawler.probe import Probe, probe
from crawler.source import Source
from foundation.clock import Clock
from storage.address import read_url
from storage.database import Database

T = TypeVar("T")
Findings = list[Finding]

LIMIT = 90.0
"""Seconds for whatever may hang: a source, a channel, a disk."""


@dataclass(kw_only=True)
class Examination:
    """What is to be examined, and how."""

    settings: Settings | None
    """None where the configuration cannot be read; the machine is examined all the same."""
    clock: Clock
    offline: bool = False
    """Nothing is asked for over the network."""
    send: bool = False
    """Each channel gets a test message."""
    on_check: Callable[[str, int, int], None] = lambda _names, _done, _total: None
    """Told the checks under way, how many are done and how many there are."""
    _under_way: list[str] = field(default_factory=list)
    _begun: int = 0

    async def run(self) -> tuple[Finding, ...]:
        """Make all checks. When cancelled, what hangs is left behind."""
        parts = await asyncio.gather(self._machine(), self._records_and_sources(), self._templates(), self._channels())
        return tuple(finding for part in parts for finding in part)

    async def _machine(self) -> Findings:
        place = Path.cwd() if self.settings is None else _folder(self.settings)
        return await self._side_by_side(
            self._check("tzdata", _in_thread(lambda: list(machine.check_zones()))),
            self._check("tls", _in_thread(lambda: list(machine.check_tls()))),
            self._check("packages", _in_thread(lambda: list(machine.check_packages()))),
            self._check("disk", _in_thread(lambda: list(machine.check_disk(place)))),
        )

    async def _records_and_sources(self) -> Findings:
        """The clock comes last: it is held against what the servers and the database tell."""
        settings, now = self.settings, self.clock.now()
        if settings is None:
            return [machine.check_clock(now, (), None)]
        known = Records()

        async def look() -> Findings:
            nonlocal known
            known = await _in_thread(lambda: records.examine(settings, now))
            return known.findings

        found = await self._check("database", look(), limit=None)
        probes: list[Probe] = []
        if not self.offline:
            found += await self._sources(settings, known, probes)
        servers = [(a.date, a.received_at) for p in probes for a in p.answers if a.date and a.received_at]
        return [*found, machine.check_clock(now, servers, known.newest)]

    async def _sources(self, settings: Settings, known: Records, probes: list[Probe]) -> Findings:
        asked = [source for source in settings.enabled_sources if source.key not in known.resting]
        resting = [outside.rests(s, known.resting[s.key]) for s in settings.enabled_sources if s not in asked]

        async def ask(source: Source, passing: Database) -> Findings:
            answered = await probe(source, settings.crawler, passing, self.clock)
            probes.append(answered)
            return list(outside.read_probe(source, answered))

        # A crawl needs a database; one that only asks needs none that lasts.
        with tempfile.TemporaryDirectory(prefix="accredwatch-") as folder:
            passing = Database.open(f"sqlite:///{folder}/doctor.sqlite3")
            try:
                checks = (self._check("source", ask(source, passing), subject=source.key) for source in asked)
                return resting + await self._side_by_side(*checks)
            finally:
                passing.close()

    async def _templates(self) -> Findings:
        settings = self.settings
        if settings is None:
            return []
        return await self._check("templates", _in_thread(lambda: list(outside.check_templates(settings))))

    async def _channels(self) -> Findings:
        settings = self.settings
        if settings is None or self.offline:
            return []

        async def look(channel: Channel) -> Findings:
            finding = await _in_thread(lambda: outside.check_one_channel(channel))
            if self.send and finding.state is not finding.state.FAILED:
                finding = await _in_thread(lambda: outside.try_channel(channel, settings.alerts, self.clock))
            return [finding]

        return await self._side_by_side(
            *(self._check("channel", look(channel), subject=channel.name) for channel in settings.enabled_channels)
        )

    async def _side_by_side(self, *checks: Awaitable[Findings]) -> Findings:
        return [finding for found in await asyncio.gather(*checks) for finding in found]

    async def _check(
        self, check: str, work: Awaitable[Findings], *, subject: str | None = None, limit: float | None = LIMIT
    ) -> Findings:
        name = f"{check} {subject}" if subject else check
        self._under_way.append(name)
        self._begun += 1
        self._tell()
        try:
            async with asyncio.timeout(limit):
                return await work
        except TimeoutError:
            said, remedy = f"no answer within {limit:g} seconds", "look at the network, or at what it waits for"
            return [failed(check, said, remedy, subject=subject)]
        finally:
            self._under_way.remove(name)
            self._tell()

    def _tell(self) -> None:
        self.on_check(", ".join(self._under_way), self._begun - len(self._under_way), self._begun)


def _folder(settings: Settings) -> Path:
    """Where the program writes."""
    url = read_url(settings.database.url.get_secret_value())
    return Path.cwd() if url.get_backend_name() == "postgresql" else Path(url.database or "").parent


async def _in_thread(work: Callable[[], T]) -> T:
    """Do blocking work in a thread that nobody waits for at the end: what hangs shall not keep the program up."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(settled: Callable[[], None]) -> None:
        # The loop may be over by the time that the work is.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(lambda: None if future.done() else settled())

    def run() -> None:
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            raised = error
            settle(lambda: future.set_exception(raised))
        else:
            settle(lambda: future.set_result(result))

    threading.Thread(target=run, name="accredwatch-doctor", daemon=True).start()
    return await future
