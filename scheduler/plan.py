"""What the daemon goes by, as far as it may change while it runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from alerts.delivery import Deliverer
from crawler.limits import ArchiveSettings
from crawler.progress import CrawlResult, OnAlerts
from crawler.source import Source
from scheduler.settings import MonitoringSettings, SchedulerSettings
from storage.vocabulary import Subscription


class Crawler(Protocol):
    """What the daemon needs of `crawler.crawl.Crawler`."""

    async def crawl(self, key: str, *, on_alerts: OnAlerts | None = None) -> CrawlResult:
        """Crawl the source once; failures on the way are part of the result.

        `on_alerts` is called, in the event loop, whenever an article on record has made alerts.
        """
        ...

    def pause(self, source: Source) -> timedelta:
        """How long a source's outlet is to be left alone between two requests, by what its last crawl here knows."""
        ...

    async def stop(self, *, timeout: float | None = None) -> bool:  # noqa: ASYNC109 - the crawler's own interface
        """Stop every crawl cleanly and wait until they are over, at most `timeout` seconds; True if they are."""
        ...


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Sources, channels and pace: made of one configuration, replaced as a whole by the next one."""

    sources: Sequence[Source]
    crawler: Crawler
    deliverer: Deliverer
    subscriptions: Sequence[Subscription]
    settings: SchedulerSettings
    monitoring: MonitoringSettings = field(default_factory=MonitoringSettings)
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
