"""The configured sources, with the addresses of a newsroom's replicas in place of the real ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from accredwatch.newsroom.outlets import Outlet
from crawler.source import Source

_HOST = r"^127\.0\.0\.1"

# The replicas differ by port, which a pattern does not see: each pattern must match one outlet's paths alone.
_ARTICLES = {
    "kazinform": (
        _HOST + r"/(?P<lang>en|ru|kz)/(?:[^/?]*_a|article/)(?P<id>\d+)(?:[/?]|$)",
        _HOST + r"/news/[^/?]*_a(?P<id>\d+)(?:[/?]|$)",
    ),
    "astana_times": (_HOST + r"/(?P<id>\d{4}/\d{2}/[^/?]+)(?:[/?]|$)", _HOST + r"/\?p=(?P<id>\d+)$"),
    "qazaq_tv": (_HOST + r"/(?P<lang>en|ru|kz)/news/[^/?]+/(?P<id>\d+)-",),
}

_FEEDS = {
    "kazinform": (("/rss/en.xml", "en"), ("/rss/ru.xml", "ru"), ("/rss/kz.xml", "kk")),
    "astana_times": (("/feed/?paged={page}", "en"),),
    "qazaq_tv": (),
}

_LISTINGS = {
    "kazinform": (("/en/lenta/?page={page}", "en"), ("/ru/lenta/?page={page}", "ru"), ("/kz/lenta/?page={page}", "kk")),
    "astana_times": (("/all/page/{page}", "en"),),
    "qazaq_tv": (("/en/news?page={page}", "en"),),
}


class Addresses(Protocol):
    """Where a newsroom's outlets are served."""

    @property
    def outlets(self) -> Sequence[Outlet]:
        """The outlets that are served."""
        ...

    def base(self, outlet: str) -> str:
        """The outlet's base URL, without a slash at the end."""
        ...


def replica_sources(configured: Iterable[Source], newsroom: Addresses) -> tuple[Source, ...]:
    """The configured sources that the newsroom replicates, as tables that lead to the replicas.

    What concerns pages (prune, body, date, languages) stays as configured; loopback is allowed, and no time is lost
    between requests.
    """
    served = {outlet.key for outlet in newsroom.outlets}
    return tuple(_replica(source, newsroom.base(source.key)) for source in configured if source.key in served)


def _replica(source: Source, base: str) -> Source:
    configured = source.model_dump()
    pages: dict[str, int] = {feed.language: feed.pages for feed in source.feeds}
    addresses = {
        "enabled": True,
        "hosts": ("127.0.0.1",),
        "feeds": [
            {"url": base + path, "language": language, "pages": pages.get(language, 1)}
            for path, language in _FEEDS[source.key]
        ],
        "sitemaps": [],
        "listings": [{"url": base + path, "language": language} for path, language in _LISTINGS[source.key]],
        "article_urls": _ARTICLES[source.key],
        "interval": "1s",
        "delay": "0s",
        "allow_private_addresses": True,
    }
    return Source.model_validate(configured | addresses)
