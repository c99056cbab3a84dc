"""What a crawl has come across so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from scrapy.http import Response

from crawler.commission import Commission
from crawler.links import ArticleLink, Entry, Identity
from crawler.memory import Seen
from crawler.sighting import Sighted
from storage.archive import Place

if TYPE_CHECKING:
    from crawler.frontier import Frontier


@dataclass(slots=True, kw_only=True)
class Findings(Commission):
    """What a crawl has come across so far: articles, documents, and what the look before it has brought."""

    links: dict[Identity, ArticleLink] = field(default_factory=dict)
    """Every article that this crawl has come across."""
    considered: dict[str, dict[Entry, ArticleLink]] = field(default_factory=dict)
    """What each document shows in this crawl, by its URL."""
    known: set[Identity] = field(default_factory=set)
    """The articles that an earlier crawl has recorded, of those that this one came across."""
    wanted: set[Identity] = field(default_factory=set)
    recorded: set[Identity] = field(default_factory=set)
    """Those of them that are on record by now, as they are."""
    documents: list[Seen] = field(default_factory=list)
    """Validators of the feeds, sitemaps and listings; remembered once everything that they list is dealt with."""
    answered: dict[Identity, datetime] = field(default_factory=dict)
    """When known articles that were asked for again answered that they are as they were, or gone; kept as it ends."""
    kept: list[Place] = field(default_factory=list)
    """Where the responses of this crawl stand in the archive."""
    answers: dict[str, Response] = field(default_factory=dict)
    """What the look before the crawl was answered, by URL: each stands for one request of the crawl."""
    frontier: Frontier | None = None
    """By which the look before the crawl has decided; the crawl goes on with it."""
    sighted: dict[str, Sighted] = field(default_factory=dict)
    """The documents that the look before the crawl has dealt with, by URL."""
    asked_at: dict[str, float] = field(default_factory=dict)
    """When that look last asked a host; of the event loop's kind of time, `time.monotonic`."""
