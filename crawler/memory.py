"""What the crawler asks of storage and tells it; every call is one short transaction in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.orm import Session

from crawler.links import ArticleLink, Identity
from crawler.progress import CrawlResult
from storage import archive, baseline, known, looks, revisits, sources, unread
from storage.archive import Place
from storage.database import Database
from storage.looks import Standing
from storage.source_views import Sign, Validator
from storage.unread import Unread

if TYPE_CHECKING:
    from crawler.recorder import Recorder

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Begun:
    """A crawl as it begins, and what was known of its source until then."""

    standing: Standing
    number: int | None = None
    """The crawl's; None where nothing is remembered of it."""
    hold: bool = False
    """It is the source's first one: its alerts are held."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a look before a crawl goes by."""

    standing: Standing
    offers: Mapping[str, Validator]
    """What the last responses of its documents offer, by URL, as far as they are known."""
    due: bool
    """An article is to be asked for again."""


class Memory:
    """The crawler's window on the database.

    With `dry_run` nothing is written: what would be remembered is forgotten. With a `recorder` that writes, and nothing
    is remembered of the source: a walk through the past says nothing about its present.
    """

    def __init__(self, database: Database, *, dry_run: bool = False, recorder: Recorder | None = None) -> None:
        self._database = database
        self._dry_run = dry_run
        self._recorder = recorder

    async def read(self, work: Callable[[Session], _T]) -> _T:
        """Run `work` in a reading transaction.

        Raises what storage raises (DatabaseMissing, SchemaMismatch).
        """

        def transaction() -> _T:
            with self._database.read() as session:
                return work(session)

        return await asyncio.to_thread(transaction)

    async def write(self, work: Callable[[Session], _T], *, hasty: bool = False) -> _T:
        """Run `work` in a writing transaction; `hasty` for what a power cut may take back.

        Raises what storage raises (DatabaseBusy, too).
        """
        if self._recorder is not None:
            return await self._recorder.write(work)

        def transaction() -> _T:
            with self._database.write(hasty=hasty) as session:
                return work(session)

        return await asyncio.to_thread(transaction)

    async def known(self, source: str, links: Iterable[ArticleLink]) -> set[Identity]:
        """Which of these articles are recorded, by identity or by URL."""
        wanted = list(links)

        def look(session: Session) -> set[Identity]:
            found = {
                Identity(*pair)
                for pair in known.articles(session, source, [link.identity.article_id for link in wanted])
            }
            urls = known.urls(session, [link.url for link in wanted])
            return found | {link.identity for link in wanted if link.url in urls}

        return await self.read(look) if wanted else set()

    async def to_revisit(self, source: str, offsets: Sequence[timedelta], *, now: datetime) -> list[ArticleLink]:
        """Recorded articles with figures that are due for another look."""
        due = await self.read(lambda session: revisits.due(session, source, offsets, now=now))
        return [
            ArticleLink(r.url, Identity(r.language, r.article_id), r.title, published=r.published, known=True)
            for r in due
        ]

    async def last_heard(self, source: str, link: ArticleLink) -> datetime | None:
        """When the article was last received or answered to be as it was; None if that is not known."""

        def look(session: Session) -> datetime | None:
            heard = revisits.last_heard(session, source, *link.identity)
            if heard is None:
                validator = known.validator(session, link.url)
                heard = validator.fetched_at if validator else None
            return heard

        return await self.read(look)

    async def validator(self, url: str) -> Validator | None:
        """What the URL's last response offers for a conditional request."""
        return await self.read(lambda session: known.validator(session, url))

    async def validators(self, urls: Collection[str]) -> dict[str, Validator]:
        """The same of several URLs at once; of those that are not known, nothing."""
        return await self.read(lambda session: known.validators(session, urls))

    async def before_a_look(
        self, source: str, urls: Collection[str], offsets: Sequence[timedelta], *, now: datetime
    ) -> Outlook:
        """What is known of a source and its documents."""

        def look(session: Session) -> Outlook:
            standing = looks.standing(session, source)
            return Outlook(
                standing, known.validators(session, urls), bool(revisits.due(session, source, offsets, now=now))
            )

        return await self.read(look)

    async def note_quiet(
        self, source: str, unchanged: int, kept: Collection[Place], *, begun: datetime, now: datetime
    ) -> None:
        """Note a crawl that the look before it was enough for; `kept` is what stands of it in the archive."""

        def note(session: Session) -> None:
            archive.note(session, source, kept)
            looks.note_quiet(session, source, begun=begun, now=now, unchanged=unchanged)

        await self.write(note, hasty=True)

    async def begin(self, source: str, *, now: datetime) -> Begun:
        """Note that a crawl begins, and tell what is known of its source."""

        def look(session: Session) -> Begun:
            return Begun(looks.standing(session, source))

        def begin(session: Session) -> Begun:
            standing = looks.standing(session, source)
            hold = baseline.hold(session, source, now=now)
            return Begun(standing, sources.begin_run(session, source, now=now), hold)

        return await (self.read(look) if self._dry_run or self._recorder else self.write(begin, hasty=True))

    async def remember(self, source: str, pages: Sequence[Unread]) -> None:
        """Remember pages of which nothing was read, so as not to fetch them again. Raises what storage raises."""
        await self.write(partial(unread.remember, source=source, pages=pages))

    async def finish(  # noqa: PLR0913 - what is to be noted, each by name
        self,
        run: int | None,
        result: CrawlResult,
        documents: Collection[Seen],
        answered: Mapping[Identity, datetime],
        *,
        ok: bool,
        not_before: datetime | None,
        now: datetime,
        signs: Sequence[Sign] = (),
        listed: Iterable[str] = (),
        kept: Collection[Place] = (),
    ) -> None:
        """Note how a crawl went, and what its documents looked like, so that the next one can ask for changes only.

        `answered` are the articles that were asked for again and are as they were, `kept` what stands in the archive.
        """
        if self._recorder is not None:
            await self.write(partial(_note_kept, source=result.source, kept=kept))
        if self._dry_run or run is None:
            return

        def store(session: Session) -> None:
            for seen in documents:
                seen.store(session, now=now)
            archive.note(session, result.source, kept)
            revisits.note_asked(session, result.source, [(*identity, when) for identity, when in answered.items()])
            sources.finish_run(
                session,
                run,
                now=now,
                finish_reason=result.finish_reason,
                ok=ok,
                counts=sources.Counts(
                    found=result.found,
                    pages=result.pages,
                    fetched=result.fetched,
                    unchanged=result.unchanged,
                    reports=result.reports,
                    changes=result.changes,
                    alerts=result.alerts,
                ),
                errors=result.errors,
                retry_not_before=not_before,
                signs=signs,
                listed=listed,
            )

        await self.write(store)


def _note_kept(session: Session, source: str, kept: Collection[Place]) -> None:
    archive.note(session, source, kept)


class Seen:
    """What one full response offers for a conditional request."""

    def __init__(self, url: str, *, etag: str | None, last_modified: str | None, body_hash: str) -> None:
        self.url = url
        self.etag = etag
        self.last_modified = last_modified
        self.body_hash = body_hash

    def offers(self, *, now: datetime) -> Validator:
        """What it offers, received at `now`; whether that may be trusted only storage can tell."""
        return Validator(
            url=self.url,
            etag=self.etag,
            last_modified=self.last_modified,
            body_hash=self.body_hash,
            fetched_at=now,
            proven=False,
        )

    def store(self, session: Session, *, now: datetime) -> None:
        """Write it, as part of a transaction."""
        known.remember_validator(
            session, self.url, etag=self.etag, last_modified=self.last_modified, body_hash=self.body_hash, now=now
        )


EDITS_FOR = timedelta(days=3)
"""How old an edit may be that a feed tells of, to be looked at."""
