"""What a feed, sitemap or listing shows, as the crawl sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.links import ArticleLink, Entry


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a feed, sitemap or listing shows."""

    wanted: list[ArticleLink]
    """The articles to fetch, oldest first: not known (or edited since), not too old, and they may concern elections."""
    shows_more: bool
    """Some article on it is not older than `since`."""
    shows_known: bool
    """Some article on it was recorded by an earlier crawl, or most of it was there at the last one."""
    shows_any: bool = True
    """Some address on it is that of an article of the source."""


@dataclass(frozen=True, slots=True)
class Sighted:
    """A document that has been dealt with, but for the requests that follow from it."""

    entries: Sequence[Entry] = ()
    sighting: Sighting | None = None
    """None where the document is as it was."""
