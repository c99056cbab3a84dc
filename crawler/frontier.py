"""What to ask for next: which of the listed articles are new, wanted, edited or due for another look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from crawler.links import ArticleLink, Entry, Identity, article_link
from crawler.run import CrawlRun
from crawler.sighting import Sighting
from crawler.source import Feed, Listing

_SITEMAPS_AT_ONCE = 50
_MOST_REMEMBERED = 1000  # entries of a document; several times what a feed or listing shows


def first_page(place: Feed | Listing) -> int:
    """The number that the first page of a feed or listing has in its URL."""
    return place.first_page if isinstance(place, Listing) else 1


def has_page(place: Feed | Listing, page: int) -> bool:
    """Whether a page of this number is to be asked for, should it be of interest."""
    return "{page}" in place.url and page < first_page(place) + place.pages


def _untold(_: str) -> datetime | None:
    return None


class Frontier:
    """The decisions of a crawl about what is worth a request.

    An article with figures is looked at again at the times after its publication that `crawler.revisit` names; one
    whose feed says that it was updated, at once.
    """

    def __init__(self, run: CrawlRun) -> None:
        self._run = run
        self.published_by_url: Callable[[str], datetime | None] = _untold
        """When an article may have been published at the latest, by its URL; a spider may know."""
        self._reached: set[str] = set()
        self._listed: set[Identity] = set()

    async def look(self, entries: Sequence[Entry], language: str, found_in: str) -> Sighting:
        """Consider the entries of a document, each article once in a crawl, whatever its URL.

        What the document showed at the last crawl, which dealt with it, is not considered again.
        """
        run = self._run
        settled = run.resident.settled.get(found_in, {}) if run.follows_on else {}
        shown = self._articles(entries, settled, language, found_in)
        seen_before = {link.identity: link.known for entry in entries if (link := settled.get(entry)) is not None}
        fresh = [link for link in shown if link.identity not in run.links and link.identity not in seen_before]
        for link in shown:
            run.links[link.identity] = run.links[link.identity].merged(link) if link.identity in run.links else link
        run.known |= {identity for identity, known in seen_before.items() if known}
        run.known |= await run.memory.known(run.source.key, fresh)
        wanted = [replace(link, known=link.identity in run.known) for link in fresh if await self._is_wanted(link)]
        run.wanted.update(link.identity for link in wanted)
        if wanted and not run.hold and run.until is None:
            run.precedence.take(run.source.key)
        identities = {link.identity for link in shown}
        run.tally.found += len(identities - self._listed)
        self._listed |= identities
        run.tell(run.tally.progress())
        now = run.clock.now()
        return Sighting(
            wanted=sorted(wanted, key=lambda link: link.published or now),
            shows_more=any(not self._too_old(link) for link in shown),
            shows_known=not run.known.isdisjoint(identities) or 0 < len(shown) <= 2 * len(seen_before),
            shows_any=bool(shown),
        )

    def _articles(
        self, entries: Sequence[Entry], settled: Mapping[Entry, ArticleLink], language: str, found_in: str
    ) -> list[ArticleLink]:
        links: dict[Identity, ArticleLink] = {}
        considered: dict[Entry, ArticleLink] = {}
        for entry in entries:
            link = settled.get(entry) or article_link(entry, self._run.site, language=language, found_in=found_in)
            if link is not None:
                considered[entry] = link
                links[link.identity] = links[link.identity].merged(link) if link.identity in links else link
        self._run.considered[found_in] = considered if len(entries) <= _MOST_REMEMBERED else {}
        return list(links.values())

    async def _is_wanted(self, link: ArticleLink) -> bool:
        run = self._run
        if link.identity in run.known:
            return run.until is None and await run.was_edited(link)
        if self._too_old(link) or self._too_new(link):
            return False
        return run.source.fetch == "all" or run.relevance.may_concern(link)

    def _too_old(self, link: ArticleLink) -> bool:
        """Whether the article was published before `since`, as far as that can be told."""
        published = link.published or self.published_by_url(link.url)
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
            run.known.add(link.identity)
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

    def ends_with(self, place: Feed | Listing, sighting: Sighting, entries: Iterable[Entry]) -> bool:
        """Whether nothing lies further back than this first page of a feed or listing."""
        if isinstance(place, Feed):
            return self.reaches_back(sighting, entries, place.language)
        return not self.goes_on(place, sighting, place.first_page)

    def goes_on(self, place: Listing, sighting: Sighting, page: int) -> bool:
        """Whether the page after this one of a listing may show what is not known."""
        caught_up = sighting.shows_known and self._run.follows_on
        return sighting.shows_more and not caught_up and has_page(place, page + 1)

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
