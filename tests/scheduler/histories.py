"""A source's history, crawl by crawl, and what operators would be told of it: no database, no clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from scheduler.health import Health, History, assess
from scheduler.rhythm import PAST
from scheduler.telling import next_notice
from storage.source_views import Beat, CrawlRun, Sign, SourceState
from storage.vocabulary import NoticeKind, SignKind, SignPlace

MONDAY = datetime(2026, 10, 5, 0, 0, tzinfo=UTC)
"""Five in the morning in Almaty."""
MINUTES, HOURS, DAYS = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def in_documents(kind: SignKind) -> Sign:
    return Sign(kind=kind, place=SignPlace.DOCUMENT, count=1, examples=(f"https://alpha.test/feed: {kind}",))


def in_articles(kind: SignKind, *articles: str) -> Sign:
    return Sign(kind=kind, place=SignPlace.ARTICLE, count=len(articles), examples=articles[:3])


@dataclass
class Play:
    """Crawls one after the other; after each the watch looks, as it does in the daemon."""

    interval: timedelta = 10 * MINUTES
    now: datetime = MONDAY
    runs: list[CrawlRun] = field(default_factory=list)
    told: list[tuple[datetime, NoticeKind]] = field(default_factory=list)
    since: datetime | None = None
    pages: int = 0

    def crawl(self, *signs: Sign, news: int = 1, pages: int = 0, reason: str = "finished", error: str = "") -> Health:
        """One crawl and a look; then the interval passes."""
        self.runs.append(
            CrawlRun(
                id=len(self.runs) + 1,
                source="alpha",
                started_at=self.now,
                finished_at=self.now,
                finish_reason=reason,
                found=0 if error else 20,
                fetched=0,
                unchanged=0,
                reports=0,
                changes=0,
                alerts=0,
                errors=(error,) if error else (),
                news=news,
                pages=pages,
                signs=signs,
            )
        )
        health = self.look()
        self.now += self.interval
        return health

    def read(self, *kinds: SignKind, pages: int = 1) -> Health:
        """A crawl that reads new pages, which all show these signs."""
        begin = self.pages
        self.pages += pages
        articles = [f"https://alpha.test/{n}" for n in range(begin, self.pages)]
        return self.crawl(*(in_articles(kind, *articles) for kind in kinds), pages=pages)

    def follow(self, how_long: timedelta, publishes: Callable[[datetime], bool] = lambda _: True) -> None:
        """Good crawls, which bring news where the outlet publishes at that instant."""
        end = self.now + how_long
        while self.now < end:
            self.crawl(news=int(publishes(self.now)))

    @property
    def open(self) -> frozenset[NoticeKind]:
        """What was told since the last recovery."""
        kinds = [kind for _, kind in self.told]
        last = max((n for n, kind in enumerate(kinds) if kind is NoticeKind.RECOVERED), default=-1)
        return frozenset(kinds[last + 1 :])

    def history(self) -> History:
        last = [kind for _, kind in self.told][-1:]
        trouble = last[0] if last and last[0] is not NoticeKind.RECOVERED else None
        state = SourceState(source="alpha", last_attempt_at=self.runs[-1].started_at, trouble=trouble)
        beats = [
            Beat(at=run.started_at, news=run.news)
            for run in self.runs
            if run.finish_reason == "finished" and run.started_at > self.now - PAST
        ]
        return History(
            state=replace(state, trouble_since=self.since if trouble else None),
            runs=self.runs[::-1][:12],
            with_pages=[run for run in reversed(self.runs) if run.pages][:40],
            beats=beats,
            told=self.open,
        )

    def look(self) -> Health:
        health = assess(self.history(), self.interval, "Asia/Almaty", self.now)
        today = sum(at >= self.now - DAYS for at, _ in self.told)
        kind = next_notice(health, self.open, today)
        if kind is not None:
            self.told.append((self.now, kind))
            self.since = health.since
        return health

    @property
    def kinds(self) -> list[str]:
        """What was told, in order."""
        return [kind.value for _, kind in self.told]
