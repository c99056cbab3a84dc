"""What storage hands out about sources and their crawls: plain values, instants aware and in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.vocabulary import NoticeKind, SignKind, SignPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What a crawl saw of a source's health, beside errors; at most one of each kind and place a crawl."""

    kind: SignKind
    place: SignPlace
    count: int
    """How often, in this crawl."""
    examples: tuple[str, ...] = ()
    """Where, and what in words; the first few, each once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """An article that was published while its source was not followed, and fetched afterwards."""

    title: str | None
    url: str | None
    published: datetime | None
    fetched_at: datetime
    report: int | None
    """Id of its report, if it states figures of observers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDetails:
    """What a notice says beyond its kind."""

    seen: str = ""
    """What was seen, in words that may quote addresses and pages."""
    ended: NoticeKind | None = None
    """Of a recovery, what was wrong; None where nobody crawled, because no daemon was running."""
    until: datetime | None = None
    """Of a recovery, the first good crawl."""
    crawls: int = 0
    """Of a recovery, how many crawls were begun in the gap."""
    late: tuple[Late, ...] = ()
    """Of a recovery, the first of the articles that were fetched late."""
    late_count: int = 0
    """Of a recovery, how many articles were fetched late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that operators should know of a source."""

    id: int
    source: str
    kind: NoticeKind
    since: datetime | None
    """From when it is so; of a recovery, from when it was not well."""
    made_at: datetime
    details: NoticeDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlRun:
    """One crawl of one source; the counts are of articles, reports, changes and alerts."""

    id: int
    source: str
    started_at: datetime
    finished_at: datetime | None
    """None while it runs, and for ever if its process was killed."""
    finish_reason: str | None
    found: int
    fetched: int
    unchanged: int
    reports: int
    changes: int
    alerts: int
    errors: tuple[str, ...]
    news: int = 0
    """Articles listed that no crawl before had seen listed, be they about elections or not."""
    pages: int = 0
    """Articles' pages that were received changed or for the first time, or could not be had."""
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A crawl that got through, as far as the rhythm of a source's news goes."""

    at: datetime
    news: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between crawls."""

    source: str
    last_attempt_at: datetime | None = None
    last_success_at: datetime | None = None
    consecutive_errors: int = 0
    retry_not_before: datetime | None = None
    """The outlet asked not to be asked before (Retry-After)."""
    last_article_at: datetime | None = None
    """When an article that was not known was last recorded."""
    baseline_started_at: datetime | None = None
    baseline_finished_at: datetime | None = None
    """None until the first crawl into this database is complete; its alerts are held until then."""
    trouble: NoticeKind | None = None
    """What operators were last told is wrong with it; None while it is well."""
    trouble_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSummary:
    """A source's state, with what it has brought."""

    state: SourceState
    articles: int
    reports: int
    figures_outside_body: int
    """Open review items of that kind: articles whose body the layout may have swallowed."""
    last_run: CrawlRun | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """What a URL's last response offers for a conditional request."""

    url: str
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    fetched_at: datetime
    """When the body was last received in full."""
    proven: bool
    """The validator was seen to change with the body and to stay with it, so that a 304 may be trusted."""
