"""A crawler that does what a test says, and records with the real storage."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from crawler.progress import CrawlResult, OnAlerts
from crawler.source import Source
from foundation.clock import Clock
from storage import baseline, sources
from storage.database import Database
from storage.recording import record
from storage.vocabulary import Subscription
from tests.alerts.desk import a_total


def a_source(key: str, **settings: object) -> Source:
    return Source.model_validate(
        {
            "key": key,
            "name": key.title(),
            "hosts": (f"{key}.test",),
            "article_urls": (r"/(?P<id>\d+)",),
            "interval": timedelta(minutes=10),
            **settings,
        }
    )


@dataclass
class ScriptedCrawler:
    """Each crawl publishes the totals that the script holds for its source, or raises what it holds."""

    database: Database
    subscriptions: Sequence[Subscription]
    clock: Clock
    script: dict[str, deque[list[int] | Exception | str]] = field(default_factory=dict)
    crawled: list[str] = field(default_factory=list)
    asks_for: timedelta | None = None
    """What every robots.txt tells, if it does."""
    gate: asyncio.Event | None = None
    """Crawls wait for it, if there is one, or for `stop`."""
    at_once: int = 0
    most_at_once: int = 0
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    before_the_record: Callable[[str], None] = lambda _: None

    async def crawl(self, key: str, *, on_alerts: OnAlerts | None = None) -> CrawlResult:
        self.crawled.append(key)
        self.before_the_record(key)
        with self.database.write() as session:
            run = sources.begin_run(session, key, now=self.clock.now())
            hold = baseline.hold(session, key, now=self.clock.now())
        reason = await self._wait()
        steps = self.script.get(key)
        step = steps.popleft() if steps else []
        if isinstance(step, Exception):
            raise step
        if isinstance(step, str):
            reason, step = step, []
        alerts = 0
        with self.database.write() as session:
            for value in step:
                article, report = a_total(value)
                made = record(
                    session,
                    article,
                    report,
                    fetched_at=self.clock.now(),
                    found_via="test",
                    source=key,
                    subscriptions=self.subscriptions,
                    hold=hold,
                )
                alerts += made.alerts
            errors = () if reason == "finished" else (reason,)
            sources.finish_run(session, run, now=self.clock.now(), finish_reason=reason, errors=errors)
        return CrawlResult(source=key, fetched=len(step), alerts=alerts, errors=errors, finish_reason=reason)

    async def _wait(self) -> str:
        if self.gate is None:
            return "finished"
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        waits = {asyncio.create_task(self.gate.wait()), asyncio.create_task(self.stopping.wait())}
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for task in waits:
            task.cancel()
        self.at_once -= 1
        return "stopped" if self.stopping.is_set() else "finished"

    def pause(self, source: Source) -> timedelta:
        return self.asks_for or source.delay

    async def stop(self, *, timeout: float | None = None) -> bool:  # noqa: ASYNC109 - the crawler's interface
        self.stopping.set()
        return True
