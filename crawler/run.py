"""One crawl of one source: what its spider, middlewares and pipelines share."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog
from aiohttp import ClientSession
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.http import Response

from crawler.findings import Findings
from crawler.links import ArticleLink
from crawler.memory import EDITS_FOR, Seen
from crawler.progress import CrawlFailed, CrawlFinished, CrawlResult, ProgressEvent, Tally
from crawler.sighting import Sighted
from crawler.signs import Signs
from foundation.errors import ArchiveError, CrawlError, StorageError
from foundation.failpoints import Failpoint, passing
from storage.archive import Place
from storage.looks import Standing
from storage.source_views import Validator
from storage.unread import Unread

log = structlog.get_logger(__name__)

_OVERLAP = timedelta(hours=1)  # between a crawl's look back and the crawl before: feeds list late, clocks differ
_UNREAD_AT_ONCE = 100  # pages of which nothing was read; as many are recorded in a tenth of a second
_REASONS = {"shutdown": "stopped", "closespider_timeout": "timeout", "start_error": "failed"}


@dataclass(slots=True, kw_only=True)
class CrawlRun(Findings):
    """The state of a crawl under way."""

    hold: bool = False
    """The source's first crawl: changes are recorded, their alerts held."""
    reach: datetime | None = None
    """Until where discovery has to look back; None for as far as the source's table allows."""
    not_before: datetime | None = None
    """The outlet asked to be left alone until then; learnt in this crawl or an earlier one."""
    tally: Tally = field(init=False)
    begun_at: datetime = field(init=False)
    """When the run was made: its first request follows at once."""
    documents_read: int = 0
    signs: Signs = field(default_factory=Signs)
    """What was seen of the source's health."""
    sessions: list[ClientSession] = field(default_factory=list)
    """The HTTP clients of the crawl's engine, which closes them when it stops."""
    complete: bool = True
    """Nothing has failed that another crawl could do better."""
    is_open: bool = False
    number: int | None = None
    """The crawl's number in storage; None in a dry run."""
    consecutive_errors: int = 0
    """How many crawls before this one failed in a row."""
    takes_up: bool = False
    """The crawl before was killed: it may have recorded some articles of a page and left others unseen."""
    last_article_at: datetime | None = None
    """When an article that was not known was last recorded before this crawl."""
    result: CrawlResult | None = None
    """Set when the crawl is over."""
    started: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the engine really runs; a stop before that would be lost."""
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _unread: list[Unread] = field(default_factory=list, init=False)
    _validators: dict[str, Validator | None] = field(default_factory=dict, init=False)
    _telling: set[asyncio.Future[None]] = field(default_factory=set, init=False)
    """The deliveries of what this crawl has found."""
    _opening: asyncio.Task[bool] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.tally = Tally(self.source.key)
        self.begun_at = self.clock.now()

    async def open(self) -> bool:
        """Begin: look up what is known of the source. False if the outlet has asked not to be asked yet.

        A run begins once: whoever asks again is told the same. Raises what storage raises.
        """
        # A stop cancels whoever waits here, but not what is being written: `close` has to know of a run that was begun.
        return await asyncio.shield(self.open_soon())

    def open_soon(self) -> asyncio.Task[bool]:
        """As `open`, for who has something else to do meanwhile."""
        if self._opening is None:
            self._opening = asyncio.create_task(self._open(), name=f"open {self.source.key}")
        return self._opening

    async def _open(self) -> bool:
        begun = await self.memory.begin(self.source.key, now=self.begun_at)
        self.number, self.hold = begun.number, begun.hold
        self.follow_up(begun.standing)
        self.is_open = True
        self.resident.unrecorded = False
        if self.resting:
            self.fail(f"{self.source.name} asked not to be asked before {self.not_before:%Y-%m-%d %H:%M} UTC")
            return False
        return True

    def follow_up(self, standing: Standing) -> None:
        """Go on from what is known of the source."""
        state = standing.state
        self.takes_up = standing.broke_off
        self.consecutive_errors = state.consecutive_errors
        self.last_article_at = state.last_article_at
        last = state.last_success_at
        self.reach = self.since or (last - _OVERLAP if last else None)
        if state.retry_not_before is not None and self.clock.now() < state.retry_not_before:
            self.not_before = state.retry_not_before

    async def end(self, reason: str) -> None:
        """Close the run and tell its result; a failure to write that down becomes part of the result."""
        try:
            self.result = await self.close(reason)
        except StorageError as error:
            self.fail(f"how the crawl went could not be recorded: {error}")
            self.result = self.tally.result("failed")
        self.tell(CrawlFinished(self.result))

    async def end_quiet(self) -> None:
        """End a run that was not opened: the look before it was enough, all documents are as they were.

        Raises StorageError where that could not be recorded; the run may still be opened then.
        """
        await self.settle(self.kept)
        result = self.tally.result("finished")
        passing(Failpoint.CRAWLED)
        now = self.clock.now()
        await self.memory.note_quiet(self.source.key, result.unchanged, self.kept, begun=self.begun_at, now=now)
        self.result = result
        self.tell(CrawlFinished(result))

    async def close(self, reason: str) -> CrawlResult:
        """End: remember what may be remembered, and say how it went. `reason` is Scrapy's reason for closing.

        Raises what storage raises.
        """
        if self._opening is not None:
            await asyncio.wait({self._opening})
            if not self.is_open and (error := self._opening.exception()) is not None:
                log.debug("crawl_not_begun", source=self.source.key, error=str(error))
        # What a crawl has to write at its end would stand in the way of those who deliver.
        self.precedence.over(self.source.key, self._telling)
        await self.precedence.let_pass()
        now = self.clock.now()
        if self.until is not None and reason == "finished" and not self.documents_read and not self.tally.failures:
            self.fail("no page of these days could be found; look whether `date_archives` of the source is still right")
        await self._record_unread()
        await self.settle(self.kept)
        reason = self._finish_reason(reason)
        if reason == "timeout":
            self.fail(
                f"the crawl took longer than {self.limits.crawl_timeout} and was closed (crawler.crawl_timeout); "
                f"{self.tally.wanted - self.tally.done} articles are left to the next one"
            )
        result = self.tally.result(reason)
        passing(Failpoint.CRAWLED)
        if self.is_open:
            complete = self.complete and reason == "finished"
            await self.memory.finish(
                self.number,
                result,
                self.documents if complete else [],
                self.answered,
                ok=complete,
                not_before=self.not_before,
                now=now,
                signs=self.signs.seen(),
                listed=[f"{language} {article}" for language, article in self.links],
                kept=self.kept,
            )
            if complete and self.since is None and self.until is None and not self.dry_run:
                lost, on_record = self.wanted - self.recorded, self.known | self.recorded
                self.resident.settle(self.considered, lost=lost, on_record=on_record, now=now)
        return result

    def _finish_reason(self, reason: str) -> str:
        if self.resting:
            return "asked_to_wait"
        if self.stopping.is_set():
            return "stopped"
        if reason == "finished" and self.tally.failures and not self.documents_read and not self.tally.done:
            return "failed"
        return _REASONS.get(reason, reason)

    @property
    def follows_on(self) -> bool:
        """The crawl before saw everything, so that what lies beyond an article known by then is known, too."""
        return self.since is None and self.reach is not None and not self.consecutive_errors and not self.takes_up

    @property
    def resting(self) -> bool:
        """The outlet wants to be left alone at this moment."""
        return self.not_before is not None and self.clock.now() < self.not_before

    def tell(self, event: ProgressEvent) -> None:
        """Pass an event to whoever watches."""
        if self.on_progress is not None:
            self.on_progress(event)

    def fail(self, error: str, *, complete: bool = False) -> None:
        """Count and report a failure; the crawl goes on. `complete` if trying again cannot help."""
        self.complete = self.complete and complete
        self.tally.fail(error)
        log.debug("crawl_failure", source=self.source.key, error=error)
        self.tell(CrawlFailed(self.source.key, error))

    def document_read(self, response: Response) -> None:
        """Note that a feed, sitemap or listing was received and made sense."""
        self._note_document(response.meta.get("seen"), unchanged=response.meta.get("unchanged", False))

    def sight(self, url: str, sighted: Sighted, seen: Seen | None = None, *, unchanged: bool = True) -> None:
        """As `document_read`, of one that the look before the crawl has dealt with."""
        self.answers.pop(url, None)
        self.sighted[url] = sighted
        self._note_document(seen, unchanged=unchanged)

    def _note_document(self, seen: Seen | None, *, unchanged: bool) -> None:
        self.documents_read += 1
        if unchanged:
            self.tally.unchanged += 1
        if seen is not None:
            self.documents.append(seen)

    def article_done(self) -> None:
        """One of the wanted articles is dealt with."""
        self.tally.done += 1
        self.tell(self.tally.progress())

    def alerted(self, alerts: int) -> None:
        """Note that an article which is now on record has made so many alerts; those of a first crawl are held."""
        self.tally.alerts += alerts
        if alerts and not self.hold and self.on_alerts is not None:
            self._telling.update(self.on_alerts() or ())

    async def settle(self, places: Collection[Place]) -> bool:
        """Whether responses are safely in the archive, before anything is recorded that cites them.

        What is not is reported as a failure, and no longer taken for kept.
        """
        if self.archive is None or self.archive.holds(places):
            return True
        try:
            # In a thread: a slow disk must not keep the other crawls waiting.
            await asyncio.to_thread(self.archive.settle, places)
        except ArchiveError as error:
            self.fail(str(error), complete=True)
            lost = set(places)
            self.kept = [place for place in self.kept if place not in lost]
            return False
        return True

    async def recall(self, urls: Collection[str]) -> None:
        """Look up what several URLs last offered, before they are asked for."""
        if urls:
            self._validators |= dict.fromkeys(urls) | await self.memory.validators(urls)

    async def validator(self, url: str) -> Validator | None:
        """What the URL last offered; what was recalled counts once, since asking may change it."""
        if url in self._validators:
            return self._validators.pop(url)
        return await self.memory.validator(url)

    async def leave(self, page: Unread) -> None:
        """Take a page of which nothing was read: it is recorded with others, at the end of the crawl at the latest.

        Nothing follows from it, so nobody waits for it; those that a killed process had not recorded are fetched again.
        """
        self._unread.append(page)
        if len(self._unread) >= _UNREAD_AT_ONCE:
            await self._record_unread()

    async def _record_unread(self) -> None:
        pages, self._unread = self._unread, []
        if not pages:
            return
        if not await self.settle([page.archived for page in pages if page.archived is not None]):
            pages = [replace(page, archived=None) for page in pages]
        try:
            await self.memory.remember(self.source.key, pages)
        except StorageError as error:
            self.tally.fetched -= len(pages)
            self.fail(f"{len(pages)} pages of which nothing was read could not be recorded: {error}")

    async def was_edited(self, link: ArticleLink) -> bool:
        """Whether a feed says that a known article was edited since it was last received, in the last days."""
        now = self.clock.now()
        if link.updated is None or link.updated == link.published or not now - EDITS_FOR <= link.updated <= now:
            return False
        heard = await self.memory.last_heard(self.source.key, link)
        return heard is not None and link.updated > heard


def run_of(crawler: ScrapyCrawler) -> CrawlRun:
    """The run that a Scrapy crawler's spider was made for; every component of ours lives in such a crawler."""
    run = getattr(crawler.spider, "run", None)
    if not isinstance(run, CrawlRun):
        raise CrawlError(f"{crawler.spidercls.__name__} is no SourceSpider; crawl a configured source")
    return run
