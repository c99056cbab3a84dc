"""What is remembered of sources and crawls, of the database itself, and of who works on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Double, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Base
from storage.vocabulary import NoticeKind

_WITH_PAGES = text("pages > 0")


class Identity(Base):
    """The one row that says which database this is; the marker beside a SQLite file repeats it."""

    __tablename__ = "identity"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    uuid: Mapped[str]
    made_at: Mapped[datetime]


class SourceState(Base):
    """What is remembered of a source between crawls."""

    __tablename__ = "source_state"

    source: Mapped[str] = mapped_column(primary_key=True)
    last_attempt_at: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    consecutive_errors: Mapped[int]
    retry_not_before: Mapped[datetime | None]
    last_article_at: Mapped[datetime | None]
    baseline_started_at: Mapped[datetime | None]
    baseline_finished_at: Mapped[datetime | None]
    trouble: Mapped[NoticeKind | None]
    """What operators were last told is wrong with it; None while it is well."""
    trouble_since: Mapped[datetime | None]
    articles: Mapped[int]
    """How many articles of it are on record: to count a million takes too long for a page."""
    reports: Mapped[int]
    """How many of them state figures."""
    listed: Mapped[list[str]]
    """Hashes of the articles that its feeds and listings showed last, newest first: what is not among them is news."""


class CrawlRun(Base):
    """One crawl of one source."""

    __tablename__ = "crawl_run"
    __table_args__ = (
        Index(None, "source", "started_at"),
        Index(None, "source", "id"),
        Index(None, "source", "finish_reason"),
        Index(None, "finish_reason", "finished_at"),
        # On PostgreSQL it has the same condition. To say so here would load a dialect, two megabytes of every daemon,
        # and it is migrations that make tables.
        Index("ix_crawl_run_with_pages", "source", "id", sqlite_where=_WITH_PAGES),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    finish_reason: Mapped[str | None]
    found: Mapped[int]
    news: Mapped[int]
    """Articles listed that no crawl before had seen listed, be they about elections or not."""
    pages: Mapped[int]
    """Articles' pages asked for and received changed or for the first time, or not to be had."""
    fetched: Mapped[int]
    unchanged: Mapped[int]
    reports: Mapped[int]
    changes: Mapped[int]
    alerts: Mapped[int]
    errors: Mapped[list[str]]
    signs: Mapped[list[dict[str, Any]]]
    """What the crawl saw of the source's health beside errors: `storage.source_views.Sign`s."""


class Outlet(Base):
    """An outlet that workers ask: sources that share a host, asked by one crawl at a time."""

    __tablename__ = "outlet"

    name: Mapped[str] = mapped_column(primary_key=True)
    """The first of its hosts in the order of letters."""
    delay: Mapped[float] = mapped_column(Double)
    """Seconds between two requests to it, as the last crawl that asked it knew."""
    free_at: Mapped[datetime | None]
    """From when it may be asked again; None while it is being asked, or where that came to no end."""


class HttpValidator(Base):
    """What a URL's last response offers for a conditional request."""

    __tablename__ = "http_validator"

    url: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_hash: Mapped[str | None]
    fetched_at: Mapped[datetime]
    proven: Mapped[bool]


class Backfill(Base):
    """A stretch of a source's past that was walked through to its end."""

    __tablename__ = "backfill"

    source: Mapped[str] = mapped_column(primary_key=True)
    stretch: Mapped[str] = mapped_column(primary_key=True)
    """'2019-03', or '2019-01-01/2019-03-31' where the source has no pages by date."""
    finished_at: Mapped[datetime]


class Daemon(Base):
    """Who holds the lock of a PostgreSQL database; a record for people, the lock itself is the server's."""

    __tablename__ = "daemon"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    who: Mapped[str]
    pid: Mapped[int]
    host: Mapped[str]
    since: Mapped[datetime]
