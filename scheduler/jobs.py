"""The work that never ends: crawls and rounds of delivery, as one process does them, whoever asks for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from alerts.delivery import Deliverer
from crawler.progress import CrawlResult, OnAlerts
from crawler.source import Source
from foundation.clock import Clock
from foundation.errors import AccredwatchError
from foundation.failpoints import Failpoint, passing
from scheduler.notes import note_failed_crawl, settle_baseline
from scheduler.plan import Crawler, Plan
from scheduler.watch import SourceWatch
from storage import baseline
from storage.database import Database
from storage.vocabulary import Subscription

log = structlog.get_logger(__name__)


@dataclass(kw_only=True)
class Jobs:
    """Crawls sources and delivers to channels; no failure of an outlet or a channel is raised."""

    database: Database
    clock: Clock
    sources: Sequence[Source]
    crawler: Crawler
    deliverer: Deliverer
    subscriptions: Sequence[Subscription]

    def __post_init__(self) -> None:
        self.watch = SourceWatch(database=self.database, subscriptions=self.subscriptions, clock=self.clock)

    @classmethod
    def of(cls, plan: Plan, database: Database, clock: Clock) -> Jobs:
        """The jobs of a plan."""
        return cls(
            database=database,
            clock=clock,
            sources=plan.sources,
            crawler=plan.crawler,
            deliverer=plan.deliverer,
            subscriptions=plan.subscriptions,
        )

    def follow(self, plan: Plan) -> None:
        """Go by another plan from now on; crawls and rounds of delivery under way come to their own ends."""
        self.sources, self.subscriptions = plan.sources, plan.subscriptions
        self.crawler, self.deliverer = plan.crawler, plan.deliverer
        self.watch = SourceWatch(database=self.database, subscriptions=self.subscriptions, clock=self.clock)

    async def crawl(self, key: str, *, on_alerts: OnAlerts | None = None) -> bool:
        """Crawl a source once and tell operators how it is doing; False if the crawl raised, which is on record.

        `on_alerts` is called whenever alerts may wait because of it. Raises StorageError.
        """
        log.info("crawl_started", source=key)
        begun = self.clock.now()
        crawl = asyncio.create_task(self.crawler.crawl(key, on_alerts=on_alerts), name=f"crawling {key}")
        try:
            await asyncio.wait({crawl})
        finally:
            if not crawl.done():
                crawl.cancel()
        error = None if crawl.cancelled() else crawl.exception()
        if crawl.cancelled() or error is not None:
            told = await self._note_failure(key, begun, error)
            told = await self._look(key) or told
        else:
            told = await self._take_in(key, crawl.result())
        if told and on_alerts is not None:
            on_alerts()
        return not crawl.cancelled() and error is None

    async def deliver(self, channel: str) -> None:
        """Send what is due on a channel."""
        try:
            summary = await self.deliverer.deliver_soon(channel)
        except AccredwatchError as error:
            log.error("delivery_failed", channel=channel, error=str(error))  # noqa: TRY400 - the message tells all
            return
        if summary.sent or summary.postponed or summary.given_up:
            log.info(
                "delivered",
                channel=channel,
                sent=summary.sent,
                postponed=summary.postponed,
                given_up=summary.given_up,
            )

    async def _take_in(self, key: str, result: CrawlResult) -> bool:
        """Log a crawl that has ended, and tell what follows from it; whether alerts may wait."""
        passing(Failpoint.UNSETTLED)
        log.info(
            "crawl_finished",
            source=key,
            reason=result.finish_reason,
            found=result.found,
            fetched=result.fetched,
            unchanged=result.unchanged,
            reports=result.reports,
            changes=result.changes,
            alerts=result.alerts,
            errors=len(result.errors),
        )
        for message in result.errors:
            log.warning("crawl_error", source=key, error=message)
        told = result.fetched > 0
        if result.finish_reason != "stopped":
            told = await self._settle(key, through=result.finish_reason == "finished") or told
            told = await self._look(key) or told
        return told

    async def _settle(self, key: str, *, through: bool) -> bool:
        def is_first(session: Session) -> bool:
            return key in baseline.waiting(session)

        # Nearly every crawl is another one, and must not keep those waiting who have something to write. Where a crawl
        # did not get through, storage itself may be why, and that has to show.
        if through and not await self._reading(is_first):
            return False
        now = self.clock.now()
        return await self._transaction(lambda s: settle_baseline(s, key, self.subscriptions, through=through, now=now))

    async def _look(self, key: str) -> bool:
        """Tell operators how the source is doing; what cannot be told now is told after its next crawl."""
        source = next((source for source in self.sources if source.key == key), None)
        if source is None:  # taken out of the configuration while it was crawled
            return False
        try:
            return await self.watch.look(source)
        except AccredwatchError as error:
            log.error("watch_failed", source=key, error=str(error))  # noqa: TRY400 - the message tells all
            return False

    async def _note_failure(self, key: str, begun: datetime, error: BaseException | None) -> bool:
        """Log a crawl that raised, and see that its run is on record as failed, so that it is not begun every tick."""
        if isinstance(error, AccredwatchError):
            log.error("crawl_failed", source=key, error=str(error))
        else:
            log.error("crawl_broke", source=key, exc_info=error)
        message, now = str(error) or type(error).__name__, self.clock.now()

        def note(session: Session) -> bool:
            note_failed_crawl(session, key, message, begun=begun, now=now)
            return settle_baseline(session, key, self.subscriptions, through=False, now=now)

        return await self._transaction(note)

    async def _transaction(self, work: Callable[[Session], bool]) -> bool:
        def write() -> bool:
            with self.database.write() as session:
                return work(session)

        return await asyncio.to_thread(write)

    async def _reading(self, work: Callable[[Session], bool]) -> bool:
        def read() -> bool:
            with self.database.read() as session:
                return work(session)

        return await asyncio.to_thread(read)
