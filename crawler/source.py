"""A source as configuration: everything that can move when an outlet changes its site."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator

from extract.site import Site
from foundation.settings import Duration, Table

Language = Literal["en", "ru", "kk"]


class Feed(Table):
    """An RSS or Atom feed, or a (news) sitemap: one document that lists recent articles."""

    url: str
    language: Language
    pages: int = Field(default=1, ge=1, le=1000)
    """How many pages to ask for where the URL holds `{page}`; further ones only while they bring something new."""


class Listing(Table):
    """A page of links with pagination."""

    url: str
    """Holds `{page}` where the outlet counts its pages."""
    language: Language
    first_page: int = 1
    pages: int = Field(default=5, ge=1, le=10_000)
    """How many pages to follow at most; fewer where a page brings nothing unknown, or nothing since `--since`."""
    links: str = "//a/@href"
    """XPath of the hrefs to look at; those that are no article of the source are passed over."""


class DateArchive(Table):
    """Pages of links to the articles of a day, or of a month, however long ago."""

    url: str
    """Holds `{year}` and `{month}`, of a day's page also `{day}`; `{page}` where the outlet counts pages."""
    language: Language
    first_page: int = 1
    pages: int = Field(default=20, ge=1, le=1000)
    """How many pages of a day, or month, to follow at most."""
    links: str = "//a/@href"
    """XPath of the hrefs to look at."""

    @field_validator("url")
    @classmethod
    def _has_a_date(cls, value: str) -> str:
        if "{year}" not in value or "{month}" not in value:
            raise ValueError(f"{value!r} lacks {{year}} or {{month}}: write where in the address the date stands")
        return value


class Source(Table):
    """An outlet: where its news is found, what its pages look like, how fast it may be asked."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]{1,40}$")
    name: str
    enabled: bool = True
    languages: tuple[Language, ...] = ("en",)
    language_aliases: dict[str, Language] = Field(default_factory=dict)
    time_zone: str = "Asia/Almaty"
    hosts: tuple[str, ...]
    """Hosts that may be asked and that identify the outlet's articles; subdomains included."""
    feeds: tuple[Feed, ...] = ()
    sitemaps: tuple[Feed, ...] = ()
    listings: tuple[Listing, ...] = ()
    date_archives: tuple[DateArchive, ...] = ()
    """Where the past is found; only `accredwatch backfill` asks for them."""
    article_urls: tuple[str, ...]
    prune: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    fetch: Literal["relevant", "all"] = "relevant"
    """'relevant' fetches an article only if title or summary may concern elections or observers."""
    interval: Duration = timedelta(minutes=10)
    delay: Duration = timedelta(seconds=2)
    """Least time between two requests to one host; a larger Crawl-delay of robots.txt prevails."""
    obey_robots: bool = True
    allow_private_addresses: bool = False
    """Lets this source resolve to loopback or private addresses; for the demo and for tests."""

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"no time zone is called {value!r}: use a name such as Asia/Almaty") from error
        return value

    @field_validator("article_urls")
    @classmethod
    def _patterns_have_an_id(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            try:
                groups = re.compile(pattern).groupindex
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
            if "id" not in groups:
                raise ValueError(f"{pattern!r} lacks the group (?P<id>...) that names the article")
        return value

    def site(self) -> Site:
        """What reading needs of this source."""
        return Site(
            key=self.key,
            hosts=tuple(h.removeprefix("www.") for h in self.hosts),
            article_urls=self.article_urls,
            languages=tuple(self.languages),
            language_aliases=dict(self.language_aliases),
            time_zone=self.time_zone,
            prune=self.prune,
            body=self.body,
            date=self.date,
        )
