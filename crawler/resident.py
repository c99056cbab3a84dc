"""What outlives a crawl: kept in memory between the crawls of one source."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler.links import ArticleLink, Entry, Identity
from crawler.robots import RobotsBook


@dataclass(slots=True)
class Resident:
    """What outlives a crawl: kept by the `Crawler` between the crawls of one source."""

    robots: RobotsBook = field(default_factory=RobotsBook)
    settled: dict[str, dict[Entry, ArticleLink]] = field(default_factory=dict)
    """What each document showed at the last crawl that got through, by URL: as long as an entry is the same, nothing is
    to be done about it."""
    unrecorded: bool = False
    """The last look could not be put on record: before its outlet is asked again, storage has to be well."""

    def settle(
        self,
        considered: Mapping[str, Mapping[Entry, ArticleLink]],
        *,
        lost: Container[Identity],
        on_record: Container[Identity],
        now: datetime,
    ) -> None:
        """Take in what documents have shown in a crawl that got through, by URL.

        What was wanted and is `lost` is looked at anew, and so is an edit that is yet to come by its date.
        """
        for url, entries in considered.items():
            self.settled[url] = {
                entry: replace(link, known=True) if link.identity in on_record and not link.known else link
                for entry, link in entries.items()
                if link.identity not in lost and (link.updated is None or link.updated <= now)
            }
