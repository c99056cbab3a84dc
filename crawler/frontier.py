"""What to ask for next: which of the listed articles are new, wanted, edited or due for another look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.links import ArticleLink, Entry, Identity, article_link
from crawler.run import CrawlRun

_SITEMAPS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a feed, sitemap or listing shows."""

    wanted: list[ArticleLink]
    """The articles to fetch, oldest first: not known (or edited since), not too old, and they may concern elections."""
    shows_more: bool
    """Some article on it is not older than `since`."""
    shows_known: bool
    """Some article on it was recorded by an earlier crawl."""
    shows_any: bool = True
    """Some address on it is that of an article of the source."""


class Frontier:
    """The decisions of a crawl about what is worth a request.

    An article with figures is looked at again at the times after its publication that `crawler.revisit` names; one
    whose feed says that it was updated, at once.
    """

    def __init__(self, run: CrawlRun, published_by_url: Callable[[str], datetime | None]) -> None:
        self._run = run
        self._published_by_url = published_by_url
        self._reached: set[str] = set()
        self._listed: set[Identity] = set()
        self._known: set[Identity] = set()

    async def look(self, entries: Iterable[Entry], language: str, found_in: str) -> Sighting:
        """Consider the entries of a document, each article once in a crawl, whatever its URL."""
        run = self._run
        shown = self._articles(entries, language, found_in)
        fresh = [link for link in shown if link.identity not in run.links]
        for link in shown:
            run.links[link.identity] = run.links[link.identity].merged(link) if link.identity in run.links else link
        self._known |= await run.memory.known(run.source.key, fresh)
        wanted = [replace(link, known=link.identity in self._known) for link in fresh if await self._is_wanted(link)]
        run.tally.found += len({link.identity for link in shown} - self._listed)
        self._listed |= {link.identity for link in shown}
        run.tell(run.tally.progress())
        now = run.clock.now()
        return Sighting(
            wanted=sorted(wanted, key=lambda link: link.published or now),
            shows_more=any(not self._too_old(link) for link in shown),
            shows_known=any(link.identity in self._known for link in shown),
            shows_any=bool(shown),
        )

    def _articles(self, entries: Iterable[Entry], language: str, found_in: str) -> list[ArticleLink]:
        links: dict[Identity, ArticleLink] = {}
        for entry in entries:
            link = article_link(entry, self._run.site, language=language, found_in=found_in)
            if link is not None:
                links[link.identity] = links[link.identity].merged(link) if link.identity in links else link
        return list(links.values())

    async def _is_wanted(self, link: ArticleLink) -> bool:
        run = self._run
        if link.identity in self._known:
            return run.until is None and await run.was_edited(link)
        if self._too_old(link) or self._too_new(link):
            return False
        return run.source.fetch == "all" or run.relevance.may_concern(link)

    def _too_old(self, link: ArticleLink) -> bool:
        """Whether the article was published before `since`, as far as that can be told."""
        published = link.published or self._published_by_url(link.url)
        return self._run.since is not None and published is not None and published < self._run.since

    def _too_new(self, link: ArticleLink) -> bool:
        """Whether the article is known to be published after `until`."""
        until = self._run.until
        return until is not None and link.published is not None and link.published > until

    async def to_revisit(self) -> list[ArticleLink]:
        """Known articles with figures that are due for another look; none in a walk through the past."""
        run = self._run
        if run.until is not None:
            return []
        due = await run.memory.to_revisit(run.source.key, run.limits.revisit, now=run.clock.now())
        for link in due:
            run.links[link.identity] = link
            self._known.add(link.identity)
        return due

    def reached(self, language: str) -> None:
        """Note that the feeds of a language show everything since the last crawl."""
        self._reached.add(language)

    def reaches_back(self, sighting: Sighting, entries: Iterable[Entry], language: str) -> bool:
        """Whether a feed or sitemap goes back to where the last crawl, or `since`, left off; if so, that is noted."""
        reach = self._run.reach
        back = reach is not None and any(entry.published and entry.published <= reach for entry in entries)
        if back or (sighting.shows_known and self._run.follows_on):
            self.reached(language)
            return True
        return False

    def incomplete(self, language: str) -> bool:
        """Whether news of this language may lie further back than its feeds have shown."""
        return language not in self._reached

    def sitemaps(self, listed: list[tuple[str, datetime | None]], pages: int) -> list[str]:
        """Which sitemaps of an index to read: those changed since the last crawl; at first, the `pages` newest."""
        reach = self._run.reach
        dated = sorted(((when, url) for url, when in listed if when), reverse=True)
        if reach is None:
            newest = [url for _, url in dated[:pages]]
        else:
            newest = [url for when, url in dated if when >= reach][:_SITEMAPS_AT_ONCE]
        return newest + [url for url, when in listed if when is None][:pages]
