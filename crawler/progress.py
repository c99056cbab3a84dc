"""What a crawl tells while it runs and when it is over."""

from __future__ import annotations

from asyncio import Future
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from crawler.links import ArticleLink


@dataclass(frozen=True, slots=True)
class CrawlStarted:
    """A crawl of a source has begun."""

    source: str


@dataclass(frozen=True, slots=True)
class CrawlProgress:
    """Counts so far; sent after each document and each article."""

    source: str
    found: int
    """Articles that discovery listed, each once."""
    wanted: int
    """Those of them to be fetched in this crawl."""
    done: int
    """Those of them that are dealt with, whether fetched, unchanged or failed."""
    reports: int
    """Articles read in this crawl that state observer figures."""


@dataclass(frozen=True, slots=True)
class ReportFound:
    """An article states observer figures; in a dry run, what would be recorded."""

    source: str
    link: ArticleLink
    headline: int | None
    """Value of the figure that an alert would carry."""
    changes: int
    """Changes that it made to what is known; 0 in a dry run, and in a walk through the past, which records later."""


@dataclass(frozen=True, slots=True)
class CrawlFailed:
    """A document or article could not be dealt with; the crawl goes on."""

    source: str
    error: str


@dataclass(frozen=True, slots=True)
class CrawlFinished:
    """A crawl is over."""

    result: CrawlResult


ProgressEvent = CrawlStarted | CrawlProgress | ReportFound | CrawlFailed | CrawlFinished
OnProgress = Callable[[ProgressEvent], None]
OnAlerts = Callable[[], Collection[Future[None]] | None]
"""Called, in the event loop, when alerts that may be due stand in the outbox; hands back the deliveries that begin."""


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """What one crawl of one source did."""

    source: str
    found: int = 0
    """Articles that discovery listed, each once however many URLs it has."""
    fetched: int = 0
    """Articles downloaded and read."""
    unchanged: int = 0
    """Articles and documents asked for again and found as they were."""
    reports: int = 0
    """Articles read that state observer figures."""
    changes: int = 0
    alerts: int = 0
    """Alerts put into the outbox, or held."""
    errors: tuple[str, ...] = ()
    """Every failure, up to a bound; the last line then tells how many more there were."""
    failures: int = 0
    """How many failures there were."""
    pages: int = 0
    """Articles' pages that were received changed or for the first time, or could not be had."""
    finish_reason: str = "finished"
    """'finished'; 'stopped' by request; 'timeout'; 'asked_to_wait' by the outlet; 'failed' if nothing was reached."""

    @property
    def ok(self) -> bool:
        """Whether the crawl ran to its end without any failure."""
        return self.finish_reason == "finished" and not self.failures


@dataclass(slots=True)
class Tally:
    """The counts of a crawl under way."""

    source: str
    found: int = 0
    wanted: int = 0
    done: int = 0
    pages: int = 0
    """Articles' pages that were received changed or for the first time, or could not be had."""
    fetched: int = 0
    unchanged: int = 0
    reports: int = 0
    changes: int = 0
    alerts: int = 0
    failures: int = 0
    errors: list[str] = field(default_factory=list)

    MAX_ERRORS = 50

    def fail(self, error: str) -> None:
        """Count a failure and keep its message, once, while there is room."""
        self.failures += 1
        if error not in self.errors and len(self.errors) < self.MAX_ERRORS:
            self.errors.append(error)

    def progress(self) -> CrawlProgress:
        """The counts as an event."""
        return CrawlProgress(self.source, self.found, self.wanted, self.done, self.reports)

    def result(self, finish_reason: str) -> CrawlResult:
        """The final counts."""
        more = self.failures - len(self.errors)
        return CrawlResult(
            source=self.source,
            found=self.found,
            fetched=self.fetched,
            unchanged=self.unchanged,
            reports=self.reports,
            changes=self.changes,
            alerts=self.alerts,
            errors=(*self.errors, *((f"and {more} more failures",) if more > 0 else ())),
            failures=self.failures,
            pages=self.pages,
            finish_reason=finish_reason,
        )
