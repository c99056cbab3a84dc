"""Atom (RFC 4287): a feed as XML, with identities that stay whatever the address of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from feedgen.feed import FeedGenerator
from lxml import etree


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change."""

    id: str
    title: str
    text: str
    updated: datetime
    published: datetime | None
    """When the article was; None where nobody knows."""
    page: str
    """Where this program shows it."""
    article: str | None
    """Where the outlet shows it."""
    categories: tuple[str, ...]
    source: str
    """The outlet's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The latest changes, newest first."""

    id: str
    title: str
    subtitle: str
    address: str
    page: str
    updated: datetime
    entries: tuple[Entry, ...]


def feed_id(database: str, path: str) -> str:
    """The identity of a feed of the database with this UUID; a restored backup is the same database."""
    return uuid5(UUID(database), f"feed/{path}").urn


def entry_id(database: str, change: int) -> UUID:
    """The identity of a change of the database with this UUID; the same in every feed."""
    return uuid5(UUID(database), f"change/{change}")


def write(feed: Feed) -> bytes:
    """The feed as XML."""
    made = FeedGenerator()
    made.id(feed.id)
    made.title(feed.title)
    made.subtitle(feed.subtitle)
    made.author(name="accredwatch")
    made.generator("accredwatch")
    made.updated(feed.updated)
    made.link(href=feed.address, rel="self", type="application/atom+xml")
    made.link(href=feed.page, rel="alternate", type="text/html")
    for entry in feed.entries:
        _add(made, entry)
    return bytes(made.atom_str(pretty=True))


def _add(made: FeedGenerator, entry: Entry) -> None:
    added = made.add_entry(order="append")
    added.id(entry.id)
    added.title(entry.title)
    added.content(entry.text, type="text")
    added.updated(entry.updated)
    if entry.published is not None:
        added.published(entry.published)
    added.author(name=entry.source)
    added.link(href=entry.page)
    if entry.article is not None:
        added.register_extension("via", _Via, rss=False)
        added.via.address = entry.article
    for category in entry.categories:
        added.category(term=category)


class _Via:
    """The link to the outlet's article: feedgen's entries write every link without its `rel`."""

    address = ""

    def extend_atom(self, entry: etree._Element) -> None:
        """Add the link to the entry's element."""
        # In no namespace, as all that it writes: the root declares Atom's for everything below it.
        etree.SubElement(entry, "link", href=self.address, rel="via")
