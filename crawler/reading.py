"""Reading pages in worker processes, each page within a limit of time and one of memory.

A page costs 10 to 50 ms of CPU, which must not stall the loop; one that hangs or swells costs its own limit, and its
worker.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
from concurrent.futures import BrokenExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from html import unescape

from pebble import ProcessExpired, ProcessPool

from crawler.challenges import challenge
from crawler.limits import CrawlerSettings
from crawler.memory_limit import EXIT_MEMORY, within_memory
from crawler.signs import BodyLost, NotShown
from extract.model import Article, DateOrigin, Report
from extract.page.markup import lines_of, parse
from extract.site import Site
from extract.words.tokens import tokenize
from foundation.errors import CrawlError, ExtractionTimeout, MemoryExceeded, NotAnArticle, PageTooLarge
from storage.vocabulary import SignKind

NO_WORD = "the page has no word of observers"
"""Why nothing was read of most pages."""
_PAGES_PER_WORKER = 500  # parsers leak a little; a fresh worker costs a second


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as it was received, unpacked."""

    url: str
    body: bytes
    content_type: str | None
    """The response's header of that name."""
    site: Site
    published: datetime | None
    """As the feed says; counts where the page itself gives no date."""
    title: str | None = None
    """As the link says; a page that does not show it is another one."""
    known: bool = False
    """The article has been read before; whatever has become of it, it is read in full."""
    concerns: bool = False
    """A word of observers has been seen on it already: nobody need look for one again."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page says. Without an article nothing was read; `why` tells the reason."""

    article: Article | None
    report: Report | None
    why: str | None = None
    figures_outside_body: str | None = None
    """Words outside title and body that state a figure where these state none."""
    signs: tuple[SignKind, ...] = ()
    """What the page tells of the health of its source."""


def read(page: PageText) -> Reading:
    """Read one page; runs in a worker.

    Of a page without any word of observers only the layout is looked at; what is no article is not read. Raises
    ExtractError for a page that cannot be read, NotShown for one that does not show the article (a captcha with status
    200, say), BodyLost and CrawlError for that of a known article which shows none any more.
    """
    # Only workers pay for importing trafilatura and the tables of names.
    from extract.outside import figures_outside_body  # noqa: PLC0415
    from extract.page.article import BodyMissing, read_page  # noqa: PLC0415
    from extract.page.decoding import decode  # noqa: PLC0415
    from extract.page.relevance import may_concern_observers  # noqa: PLC0415
    from extract.report import read_report  # noqa: PLC0415

    text = decode(page.body, page.content_type)
    if not page.known and not page.concerns and not may_concern_observers(text):
        signs = _layout(text)
        return replace(_unread(page, text, NO_WORD, signs), signs=signs)
    try:
        article = read_page(text, url=page.url, sites=(page.site,), published=page.published)
    except NotAnArticle as error:
        if page.known and (obstacle := challenge(text)) is not None:
            raise NotShown(f"{page.url} shows a {obstacle} page; what it said stays on record") from error
        if page.known:
            lost = BodyLost if isinstance(error, BodyMissing) else CrawlError
            raise lost(f"{page.url} no longer shows an article ({error}); what it said stays on record") from error
        unread = _unread(page, text, str(error), _layout(text))
        if not isinstance(error, BodyMissing):
            return unread
        bare = error.article
        # Nothing is read of such a page, so its title's figure would be lost too.
        around = replace(bare, title=None, outside=tuple(filter(None, (bare.title, *bare.outside))))
        outside = figures_outside_body(around, Report())
        return replace(unread, figures_outside_body=outside, signs=(SignKind.NO_BODY,))
    report = read_report(article)
    outside = figures_outside_body(article, report)
    return Reading(article, report, figures_outside_body=outside, signs=_signs(article, outside))


def _signs(article: Article, outside: str | None) -> tuple[SignKind, ...]:
    undated = article.published_from in {None, DateOrigin.GUESSED}
    seen = ((SignKind.NO_DATE, undated), (SignKind.FIGURES_OUTSIDE_BODY, outside is not None))
    return tuple(kind for kind, so in seen if so)


def _layout(text: str) -> tuple[SignKind, ...]:
    """Whether a page that is not read shows prose at all: between elections most pages are of this kind."""
    from extract.page.furniture import is_furniture, is_prose  # noqa: PLC0415 - as in `read`
    from extract.page.glance import surely_shows_prose  # noqa: PLC0415

    if surely_shows_prose(text):
        return ()
    try:
        lines = lines_of(parse(text))
    except (NotAnArticle, PageTooLarge):
        return ()
    prose = any(is_prose(line.text) and not is_furniture(line.text) for line in lines)
    return () if prose else (SignKind.NO_BODY,)


def _load() -> None:
    """Load what every page needs; a worker does so as it starts, so that its first page need not wait."""
    import extract.page.article  # noqa: PLC0415 - only workers pay for it
    import extract.report  # noqa: F401, PLC0415


def _begin() -> None:
    """Begin as a worker: load what is needed, and never search it for garbage."""
    _load()
    gc.freeze()


def read_within(page: PageText, memory: int) -> Reading:
    """Read one page with at most `memory` bytes; runs in a worker, which ends with EXIT_MEMORY if that is not enough.

    Raises what `read` does.
    """
    _load()  # what every page needs is not held against this one
    return within_memory(memory, partial(read, page))


def _unread(page: PageText, text: str, why: str, layout: tuple[SignKind, ...]) -> Reading:
    """Nothing to read on a page: it is remembered as such only if it shows the article that was asked for."""
    shown = unescape(text).lower()
    words = words_of_title(page)
    named = 2 * sum(word in shown for word in words) >= len(words)
    # Short news have cookie banners and links to log in, too; what shows its headline and some prose is no obstacle.
    shows_it = bool(words) and named and not layout
    if not shows_it and (obstacle := challenge(text)) is not None:
        raise NotShown(f"{page.url} shows a {obstacle} page; the next crawl tries again")
    if not named:
        raise NotShown(
            f"{page.url} does not show the article that its link names (a captcha or consent page?); "
            "the next crawl tries again"
        )
    return Reading(None, None, why)


def words_of_title(page: PageText) -> set[str]:
    """By which a page shows that it is the article that its link names: the longer words there, in lower case."""
    return {token.lower for token in tokenize(page.title or "") if token.kind == "word" and len(token.text) > 3}


class Reader:
    """A pool of worker processes; started with the first page, to be closed at the end.

    Workers are spawned, not forked: threads of this process may hold locks at that moment.
    """

    def __init__(self, limits: CrawlerSettings) -> None:
        self._limits = limits
        self._limit = limits.read_timeout.total_seconds()
        self._memory = limits.read_memory
        self._workers = limits.workers
        self._pool: ProcessPool | None = None

    def same_as(self, limits: CrawlerSettings) -> bool:
        """Whether a pool with these limits would be the same."""
        kept = {"workers", "read_timeout", "read_memory"}
        return limits.model_dump(include=kept) == self._limits.model_dump(include=kept)

    async def read(self, page: PageText) -> Reading:
        """Read a page in a worker.

        Raises ExtractionTimeout when it takes longer than the limit and MemoryExceeded when it takes more memory (its
        worker is killed and replaced), CrawlError when the worker dies of it, ExtractError as `read` does.
        """
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self._workers,
                max_tasks=_PAGES_PER_WORKER,
                initializer=_begin,
                context=multiprocessing.get_context("spawn"),
            )
        future = self._pool.schedule(read_within, args=[page, self._memory], timeout=self._limit)
        try:
            return await asyncio.wrap_future(future)
        except FutureTimeoutError as error:
            raise ExtractionTimeout(
                f"reading {page.url} took longer than {self._limit:g} s and was given up (crawler.read_timeout)"
            ) from error
        except (ProcessExpired, BrokenExecutor) as error:
            if isinstance(error, ProcessExpired) and error.exitcode == EXIT_MEMORY:
                raise MemoryExceeded(
                    f"reading {page.url} took more memory than {self._memory:,} bytes and was given up "
                    "(crawler.read_memory); it is tried again at the next crawl"
                ) from error
            raise CrawlError(
                f"the process that read {page.url} died ({error}); it is tried again at the next crawl"
            ) from error

    async def close(self) -> None:
        """Stop the workers; what they read at this moment is lost."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(_stop, pool)


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # pebble annotates only some of its methods
    pool.join()
