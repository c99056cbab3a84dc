"""The work that never ends: crawls and rounds of delivery, as one process does them, whoever asks for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from alerts.delivery import Deliverer
from crawler.progress import CrawlResult
from crawler.source import Source
from foundation.clock import Clock
from foundation.errors import AccredwatchError
from foundation.failpoints import Failpoint, passing
from scheduler.notes import note_failed_crawl, settle_baseline
from scheduler.plan import Crawler, Plan
from scheduler.watch import SourceWatch
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

    async def crawl(self, key: str, *, on_alerts: Callable[[], None] | None = None) -> bool:
        """Crawl a source once and tell operators how it is doing; False if the crawl raised, which is on record.

        `on_alerts` is called whenever an article on record has made alerts. Raises StorageError.
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
            await self._note_failure(key, begun, error)
            await self._look(key)
            return False
        await self._take_in(key, crawl.result())
        return True

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

    async def _take_in(self, key: str, result: CrawlResult) -> None:
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
        if result.finish_reason != "stopped":
            through, now = result.finish_reason == "finished", self.clock.now()
            await self._transaction(lambda s: settle_baseline(s, key, self.subscriptions, through=through, now=now))
            await self._look(key)

    async def _look(self, key: str) -> None:
        """Tell operators how the source is doing; what cannot be told now is told after its next crawl."""
        source = next((source for source in self.sources if source.key == key), None)
        if source is None:  # taken out of the configuration while it was crawled
            return
        try:
            await self.watch.look(source)
        except AccredwatchError as error:
            log.error("watch_failed", source=key, error=str(error))  # noqa: TRY400 - the message tells all

    async def _note_failure(self, key: str, begun: datetime, error: BaseException | None) -> None:
        """Log a crawl that raised, and see that its run is on record as failed, so that it is not begun every tick."""
        if isinstance(error, AccredwatchError):
            log.error("crawl_failed", source=key, error=str(error))
        else:
            log.error("crawl_broke", source=key, exc_info=error)
        message, now = str(error) or type(error).__name__, self.clock.now()

        def note(session: Session) -> None:
            note_failed_crawl(session, key, message, begun=begun, now=now)
            settle_baseline(session, key, self.subscriptions, through=False, now=now)

        await self._transaction(note)

    async def _transaction(self, work: Callable[[Session], object]) -> None:
        def write() -> None:
            with self.database.write() as session:
                work(session)

        await asyncio.to_thread(write)
