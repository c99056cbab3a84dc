"""What spiders yield and pipelines work on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler.links import ArticleLink
from crawler.memory import Seen
from crawler.reading import Reading
from storage.archive import Place


@dataclass(slots=True, kw_only=True)
class Download:
    """An article's page as it was received; `reading` is filled in by the pipeline."""

    link: ArticleLink
    url: str
    """Where redirects led."""
    body: bytes
    content_type: str | None
    seen: Seen
    published: datetime | None
    """As feed or URL say."""
    fetched_at: datetime
    place: Place | None = None
    """Where the response stands in the archive; None where it is not kept."""
    reading: Reading | None = None

    def __repr__(self) -> str:
        """Without the page: Scrapy writes items into its log."""
        return f"Download({self.url})"
