"""The past of a source, stretch by stretch: a month at a time where the outlet has pages by date, else its listings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crawler.source import DateArchive, Listing, Source
from foundation.errors import ConfigError

_MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the past that is crawled at once, and done or not done as a whole."""

    name: str
    begin: date
    end: date
    """The last day; included."""
    source: Source
    """The source with nothing but the pages of this stretch to look at."""

    @property
    def since(self) -> datetime:
        """When the first day begins, in the source's zone."""
        return datetime.combine(self.begin, time(), ZoneInfo(self.source.time_zone))

    @property
    def until(self) -> datetime:
        """When the last day ends, in the source's zone."""
        return datetime.combine(self.end + timedelta(days=1), time(), ZoneInfo(self.source.time_zone))


def stretches(source: Source, begin: date, end: date) -> tuple[Stretch, ...]:
    """What to crawl for the days from `begin` to `end`, oldest first.

    Raises ConfigError for a source that says nowhere how to find its past.
    """
    if source.date_archives:
        return tuple(_month(source, first, last) for first, last in _months(begin, end))
    if not source.listings:
        raise ConfigError(
            f"{source.key} has neither date_archives nor listings: name in its table where older articles are listed"
        )
    listings = tuple(listing.model_copy(update={"pages": _MOST_PAGES}) for listing in source.listings)
    only = source.model_copy(update={"feeds": (), "sitemaps": (), "listings": listings})
    return (Stretch(f"{begin}/{end}", begin, end, only),)


def _months(begin: date, end: date) -> Iterator[tuple[date, date]]:
    """The months between two days, the first and the last one as far as they lie within."""
    first = begin
    while first <= end:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield first, min(following - timedelta(days=1), end)
        first = following


def _month(source: Source, first: date, last: date) -> Stretch:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    listings = [
        _listing(archive, day)
        for day in days
        for archive in source.date_archives
        if "{day}" in archive.url or day == first
    ]
    only = source.model_copy(update={"feeds": (), "sitemaps": (), "listings": tuple(listings)})
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    return Stretch(f"{first:%Y-%m}" if whole else f"{first}/{last}", first, last, only)


def _listing(archive: DateArchive, day: date) -> Listing:
    url = archive.url.replace("{year}", f"{day:%Y}").replace("{month}", f"{day:%m}").replace("{day}", f"{day:%d}")
    return Listing(
        url=url,
        language=archive.language,
        first_page=archive.first_page,
        pages=archive.pages,
        links=archive.links,
    )
