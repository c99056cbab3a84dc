"""The table of a new source, drafted from what was asked for and what the outlet's pages tell."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from accredwatch.new_source.addresses import in_languages
from accredwatch.new_source.survey import Survey, survey
from accredwatch.new_source.writing import checked
from crawler.limits import CrawlerSettings
from crawler.page import Page, fetch_page
from crawler.pause import pause
from crawler.resident import Resident
from crawler.source import Source
from foundation.clock import Clock
from foundation.errors import ConfigError, CrawlError
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for."""

    key: str
    url: str
    name: str | None = None
    languages: tuple[str, ...] = ()
    """Empty for the one that the page is written in."""
    feeds: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    private: bool = False
    """Whether its hosts may be in a private network."""

    @property
    def host(self) -> str:
        """Without 'www.'."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")

    def outlet(self) -> Source:
        """What may be asked before more is known. Raises ConfigError for what cannot be a source."""
        if not self.host or urlsplit(self.url).scheme not in {"http", "https"}:
            raise ConfigError(f"{self.url}: is no address of a web page; write it with https://")
        languages = {"languages": self.languages} if self.languages else {}
        return checked({**self.names(), **languages, "article_urls": ["(?P<id>.+)"]})

    def names(self) -> dict[str, Any]:
        """The keys that no page tells."""
        private = {"allow_private_addresses": True} if self.private else {}
        return {"key": self.key, "name": self.name or self.host, "hosts": [self.host], **private}


async def fetch_pages(wish: Wish, limits: CrawlerSettings, database: Database, clock: Clock) -> list[Page]:
    """The page asked for and, where that is no article, the first article that it leads to.

    Raises CrawlError, ConfigError, and ExtractError for what is no web page.
    """
    outlet, resident = wish.outlet(), Resident()
    pages = [await fetch_page(wish.url, outlet, limits, database, clock, resident=resident)]
    seen = survey(pages[0])
    if not seen.is_article and seen.shapes:
        await asyncio.sleep(pause(outlet, resident))
        pages.append(await fetch_page(seen.shapes[0].urls[0], outlet, limits, database, clock, resident=resident))
    return pages


@dataclass(frozen=True, slots=True)
class Draft:
    """The table as config.toml has it, and the article's page if there is one."""

    table: dict[str, Any]
    article: Page | None


def draft(wish: Wish, pages: Sequence[Page]) -> Draft:
    """The table of a source from its pages. Raises CrawlError if they tell no article's address, and ExtractError."""
    surveys = [survey(page) for page in pages]
    first, last = surveys[0], surveys[-1]
    languages = list(wish.languages) or [first.language]
    feeds = list(dict.fromkeys([*first.feeds, *wish.feeds]))
    listings = list(wish.listings)
    if not (feeds or listings or first.is_article):
        listings = [first.url]
    told: dict[str, Any] = {
        "languages": languages,
        **_addresses(surveys, languages),
        "feeds": [{"url": url, "language": languages[0]} for url in feeds],
        "listings": [{"url": url, "language": languages[0]} for url in listings],
        "body": [last.body] if last.body else [],
        "date": [last.date] if last.date else [],
        "interval": "15m",
        "delay": "2s",
    }
    keys = {**wish.names(), **{key: value for key, value in told.items() if value}}
    table = {key: keys[key] for key in Source.model_fields if key in keys}
    return Draft(table, pages[-1] if last.is_article else None)


def _addresses(surveys: Sequence[Survey], languages: Sequence[str]) -> dict[str, Any]:
    shapes = [shape for one in surveys for shape in one.shapes]
    if not shapes:
        raise CrawlError(
            f"{surveys[0].url} leads to nothing that looks like an article: give the address of a list of news or "
            "of an article, or write the table by hand (docs/sources.md)"
        )
    urls = [url for shape in shapes for url in shape.urls]
    narrowed = [in_languages(shape.pattern, languages, urls) for shape in shapes]
    return {
        "language_aliases": {word: meant for _, aliases in narrowed for word, meant in aliases.items()},
        "article_urls": list(dict.fromkeys(pattern for pattern, _ in narrowed)),
    }
