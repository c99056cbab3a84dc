"""What discovery finds: links to articles, known by their identity rather than by their URL."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from w3lib.url import safe_url_string

from crawler.addresses import LONGEST_URL
from extract.site import Site


class Entry(NamedTuple):
    """A link as a feed, sitemap or listing shows it, before anyone asks whether it is an article."""

    url: str
    title: str | None = None
    summary: str | None = None
    published: datetime | None = None
    updated: datetime | None = None


class Identity(NamedTuple):
    """What makes two URLs one story, within a source."""

    language: str
    article_id: str


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """A link to an article of a source."""

    url: str
    identity: Identity
    title: str | None = None
    summary: str | None = None
    """The feed's description, as plain text."""
    published: datetime | None = None
    """Aware; as the feed or sitemap says."""
    updated: datetime | None = None
    """Aware; when the feed or sitemap says that the article was last edited."""
    found_in: str = ""
    """URL of the document that the link was found in; empty for a revisit of a known article."""
    known: bool = False
    """The article is recorded already; it is fetched to see whether it was edited."""

    @property
    def slug(self) -> str:
        """The words of the URL's path; often a transliterated headline."""
        return urlsplit(self.url).path.replace("-", " ").replace("_", " ").replace("/", " ").strip()

    def merged(self, other: ArticleLink) -> ArticleLink:
        """This link, completed by what a twin of it tells more."""
        return replace(
            self,
            title=self.title or other.title,
            summary=self.summary or other.summary,
            published=self.published or other.published,
            updated=max(filter(None, (self.updated, other.updated)), default=None),
            known=self.known or other.known,
        )


@lru_cache(maxsize=4096)  # a feed shows the same links again and again, and each costs a tenth of a millisecond
def absolute(base: str, link: str | None) -> str | None:
    """A document's link as a whole URL, escaped as it will be sent; None for none, and for what is no URL at all."""
    try:
        return str(safe_url_string(urljoin(base, link.strip()))) if link and link.strip() else None
    except ValueError:
        return None


def article_link(entry: Entry, site: Site, *, language: str, found_in: str) -> ArticleLink | None:
    """The article of `site` that an entry leads to; None if it leads elsewhere, or to a URL that is never asked for.

    `language` is that of the document which holds the entry; it counts where the URL does not tell.
    """
    url = absolute("", entry.url)
    found = site.identify(url) if url else None
    if url is None or found is None or len(url) > LONGEST_URL or urlsplit(url).scheme not in {"http", "https"}:
        return None
    return ArticleLink(
        url=urldefrag(url).url,
        identity=Identity(found[0] or language, found[1]),
        title=entry.title,
        summary=entry.summary,
        published=entry.published,
        updated=entry.updated,
        found_in=found_in,
    )
