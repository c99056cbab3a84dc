"""What to ask for next: which of the listed articles are new, wanted, edited or due for another look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from crawler.links import ArticleLink, Entry, article_link
from crawler.memory import REVISIT_FOR
from crawler.run import CrawlRun

_SITEMAPS_AT_ONCE = 50
_REVISIT_SHARE = 10  # of an article's age has to pass before it is looked at again
_REVISIT_LEAST = timedelta(minutes=5)


class Frontier:
    """The decisions of a crawl about what is worth a request.

    An article with figures is looked at again while it is younger than three days, each time when a tenth of its age
    has passed since the last look: edits mostly come early. One whose feed says that it was updated, at once.
    """

    def __init__(self, run: CrawlRun) -> None:
        self._run = run
        self._reached: set[str] = set()

    async def wanted(self, entries: Iterable[Entry], language: str, found_in: str) -> list[ArticleLink]:
        """The articles among the entries that are neither known nor too old and may concern elections.

        Every article is considered once in a crawl, whatever its URL.
        """
        run = self._run
        fresh = list(self._fresh(entries, language, found_in))
        known = await run.memory.known(run.source.key, fresh)
        links = []
        for link in fresh:
            if link.identity in known and not await run.was_edited(link):
                continue
            if not self.too_old(link) and (run.source.fetch == "all" or run.relevance.may_concern(link)):
                links.append(link)
        run.tell(run.tally.progress())
        return links

    def _fresh(self, entries: Iterable[Entry], language: str, found_in: str) -> Iterator[ArticleLink]:
        links = self._run.links
        for entry in entries:
            link = article_link(entry, self._run.site, language=language, found_in=found_in)
            if link is None:
                continue
            if link.identity in links:
                links[link.identity] = links[link.identity].merged(link)
                continue
            links[link.identity] = link
            self._run.tally.found += 1
            yield link

    async def to_revisit(self) -> list[ArticleLink]:
        """Known articles with figures that are due for another look."""
        run = self._run
        now = run.clock.now()
        due = []
        for link in await run.memory.recent_reports(run.source.key, since=now - REVISIT_FOR):
            age = now - (link.published or now)
            asked = run.resident.asked.get(link.identity)
            if asked is None or now - asked >= max(age / _REVISIT_SHARE, _REVISIT_LEAST):
                run.links[link.identity] = link
                due.append(link)
        return due

    def too_old(self, link: ArticleLink) -> bool:
        """Whether the article was published before `since`, as far as that can be told."""
        return self._run.since is not None and link.published is not None and link.published < self._run.since

    def reached(self, language: str) -> None:
        """Note that the feeds of a language show everything since the last crawl."""
        self._reached.add(language)

    def note(self, entries: Iterable[Entry], language: str) -> bool:
        """Whether these entries go back to where the last successful crawl, or `since`, left off; that is noted."""
        reach = self._run.reach
        back = reach is not None and any(entry.published and entry.published <= reach for entry in entries)
        if back:
            self.reached(language)
        return back

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
