"""The crawler's own settings: who we say we are, and how much a page may cost."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field, field_validator

from foundation.settings import Duration, Table


class ArchiveSettings(Table):
    """The table [archive] of config.toml."""

    path: str = "var/archive"
    """The folder of the WARC files, relative to the configuration file; empty to keep nothing."""
    max_file: int = Field(default=100_000_000, ge=100_000)
    """Bytes after which a file is closed and the next one begun; a new day begins a new one, too."""
    keep_for: Duration = timedelta()
    """How long a response is kept that no figure cites; 0s for ever."""
    keep_bytes: int = Field(default=0, ge=0)
    """How large the archive may grow; the oldest responses that no figure cites go first. 0 for no limit."""


class CrawlerSettings(Table):
    """The table [crawler] of config.toml."""

    contact: str = ""
    """URL or e-mail address of whoever runs this, in the user agent, for the outlets' administrators."""
    timeout: Duration = timedelta(seconds=30)
    """Of one request, from connecting to the last byte."""
    max_bytes: int = Field(default=5_000_000, ge=10_000)
    """Of one response, after decompression."""
    crawl_timeout: Duration = timedelta(minutes=20)
    """Of one crawl of one source; it is closed cleanly and reported as an error."""
    workers: int = Field(default=1, ge=1, le=64)
    """Processes that read pages."""
    read_timeout: Duration = timedelta(seconds=20)
    """Of reading one page; its worker is killed and replaced."""
    revisit: tuple[Duration, ...] = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3))
    """How long after its publication an article with figures is asked for again, to notice edits; empty for never."""
    read_memory: int = Field(default=1_000_000_000, ge=50_000_000)
    """Bytes that reading one page may take on top of what its worker has; beyond, the worker is replaced."""
    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Per language, beginnings of words that make a title or summary worth fetching; added to the built-in ones."""

    @field_validator("revisit")
    @classmethod
    def _in_order(cls, value: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
        if any(offset <= timedelta(0) for offset in value) or sorted(set(value)) != list(value):
            raise ValueError("write the times after publication from short to long, each once, as in ['1h', '1d']")
        return value
