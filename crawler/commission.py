"""What a crawl is asked to do, and whom and what it works with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from crawler.addresses import AddressGuard
from crawler.archive import Archive
from crawler.chronicle import Chronicle
from crawler.limits import CrawlerSettings
from crawler.memory import Memory
from crawler.precedence import Precedence
from crawler.progress import OnAlerts, OnProgress
from crawler.reading import Reader
from crawler.relevance import Relevance
from crawler.resident import Resident
from crawler.source import Source
from extract.site import Site
from foundation.clock import Clock
from storage.vocabulary import Subscription


@dataclass(slots=True, kw_only=True)
class Commission:
    """What a crawl is asked to do, and whom and what it works with."""

    source: Source
    site: Site
    guard: AddressGuard
    limits: CrawlerSettings
    clock: Clock
    memory: Memory
    reader: Reader
    relevance: Relevance
    resident: Resident
    precedence: Precedence = field(default_factory=Precedence)
    """By which the crawls of a process let each other's news pass."""
    archive: Archive | None = None
    """Where what is fetched is kept; None for nowhere."""
    subscriptions: tuple[Subscription, ...] = ()
    since: datetime | None = None
    chronicle: Chronicle | None = None
    """Takes what a walk through the past has read; None for a crawl, which records by itself."""
    dry_run: bool = False
    on_progress: OnProgress | None = None
    on_alerts: OnAlerts | None = None
    """Whoever delivers need not wait for the crawl's end."""
    on_closed: Callable[[], Awaitable[None]] | None = None
    """Gives back what was opened for this run alone; called when the engine has stopped."""

    @property
    def until(self) -> datetime | None:
        """Of a walk through the past: what was published after this instant is left to the crawls that tell of it."""
        return self.chronicle.until if self.chronicle else None
