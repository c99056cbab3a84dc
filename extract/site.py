"""What reading needs to know of an outlet's site: whose URL it is, what of it identifies the story, what to prune."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Site:
    """An outlet's site, as far as its pages are concerned. The crawler's `Source` makes one of its configuration."""

    key: str
    hosts: tuple[str, ...]
    """Every host name that the outlet has used, without 'www.'."""
    article_urls: tuple[str, ...] = ()
    """Patterns of an article's URL (host without 'www.', path, query), with the groups `id` and, if there, `lang`."""
    languages: tuple[str, ...] = ("en",)
    """The first one is meant where neither URL nor page says which."""
    language_aliases: dict[str, str] = field(default_factory=dict)
    """The outlet's own words for languages in URLs and host names: {'eng': 'en', 'kz': 'kk'}."""
    time_zone: str = "Asia/Almaty"
    prune: tuple[str, ...] = ()
    """XPath of what is no part of the article though it stands inside it."""
    body: tuple[str, ...] = ()
    """XPath of the element that holds the body, newest layout first; where none is present the whole page is read."""
    date: tuple[str, ...] = ()
    """XPath of the visible publication date, newest layout first."""

    def owns(self, url: str) -> bool:
        """Whether the URL's host is one of this outlet's (or a subdomain of one)."""
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        return any(host == h or host.endswith("." + h) for h in self.hosts)

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(p) for p in self.article_urls)

    def identify(self, url: str) -> tuple[str | None, str] | None:
        """(language, article id) of an article's URL; None if the URL is not of an article here.

        The language is None where the URL does not tell it.
        """
        if not self.owns(url):
            return None
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        text = host + parts.path + (f"?{parts.query}" if parts.query else "")
        for pattern in self._patterns:
            if found := pattern.search(text):
                groups = found.groupdict()
                language = groups.get("lang")
                if language is not None:
                    language = self.language_aliases.get(language, language)
                return (language if language in self.languages else None), groups["id"]
        return None
