"""The health of a source: whether it can be crawled, and whether it still brings what it used to bring.

A source can be dead while every request succeeds: a feed that no longer grows, a captcha with status 200, a layout that
swallows the body. So a source is weighed by the signs that its crawls left and against its own past. Observers are no
measure: between elections an outlet rightly says nothing of them.

Nothing here looks at a clock or a database. To go bad takes several crawls or pages, and so does to get well; whether
operators were told of a trouble (`History.told`) decides which of the two thresholds counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile

from scheduler.rhythm import silence
from storage.source_views import Beat, CrawlRun, Sign, SourceState
from storage.vocabulary import NoticeKind, SignKind, SignPlace

OVERDUE = timedelta(hours=6)
BAD_OF = (3, 4)
"""So many of the latest so many crawls have to be bad before a source is; fewer are the network's weather."""
GOOD_IN_A_ROW = 3
"""So many crawls have to be good before it is well again."""
PAGES = 5
"""How many articles' pages a share is taken of, at least."""
BAD_SHARE, GOOD_SHARE = 0.6, 0.2
BAD_ARTICLES = 3
"""Different articles that have to be bad: one that is asked for again and again is not the source."""

_STOPPED = "stopped"


class Condition(StrEnum):
    """How a source is doing."""

    NEW = "new"
    """Never crawled, or not yet long enough to say."""
    FINE = "fine"
    OVERDUE = "overdue"
    """Nobody has tried to crawl it for long: no daemon is running."""
    FAILING = "failing"
    SILENT = "silent"
    MOVED = "moved"
    FEED_GONE = "feed_gone"
    LAYOUT_CHANGED = "layout_changed"
    BLOCKED = "blocked"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Health:
    """A source's condition."""

    condition: Condition
    since: datetime | None = None
    """From when it is so: the last good crawl, the last news, the last attempt."""
    seen: str = ""
    """What was seen, in words."""

    @property
    def trouble(self) -> NoticeKind | None:
        """What operators are to be told; None where the source is well, or where the daemon itself will mend it."""
        return NoticeKind(self.condition.value) if self.condition.value in set(NoticeKind) else None

    @property
    def well(self) -> bool:
        """Whether nobody needs to look."""
        return self.condition in {Condition.NEW, Condition.FINE}


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What is known of a source's past."""

    state: SourceState
    runs: Sequence[CrawlRun]
    """The latest crawls, newest first; a dozen are enough."""
    with_pages: Sequence[CrawlRun] = ()
    """The latest crawls that asked for articles' pages, newest first."""
    beats: Sequence[Beat] = ()
    """The crawls of the last weeks that got through, oldest first."""
    told: frozenset[NoticeKind] = frozenset()
    """The troubles that operators were told of since the source was last well."""

    def well_since(self, kinds: Iterable[NoticeKind]) -> datetime | None:
        """When the first of the latest crawls in a row began that show none of these troubles; None if none does."""
        known = list(kinds)
        if known == [NoticeKind.SILENT]:
            return _end_of_silence(self)
        runs = self.with_pages if known == [NoticeKind.LAYOUT_CHANGED] else telling(self.runs)
        good = list(takewhile(lambda run: not any(_shows(run, kind) for kind in known), runs))
        return good[-1].started_at if good else None


def _end_of_silence(history: History) -> datetime | None:
    begun = history.state.trouble_since
    news = (beat.at for beat in history.beats if beat.news and (begun is None or beat.at > begun))
    return next(news, None)


_SIGNS: dict[NoticeKind, frozenset[SignKind]] = {
    NoticeKind.FORBIDDEN: frozenset({SignKind.FORBIDDEN}),
    NoticeKind.MOVED: frozenset({SignKind.MOVED}),
    NoticeKind.BLOCKED: frozenset({SignKind.CHALLENGE}),
    NoticeKind.FEED_GONE: frozenset({SignKind.GONE}),
    NoticeKind.FAILING: frozenset({SignKind.UNREACHABLE}),
    NoticeKind.LAYOUT_CHANGED: frozenset({SignKind.NO_BODY, SignKind.NO_DATE, SignKind.FIGURES_OUTSIDE_BODY}),
}
"""What each trouble is told by; where there are several, the first says most about what to do."""


def assess(history: History, interval: timedelta, zone: str, now: datetime) -> Health:
    """The condition at `now` of a source that is crawled every `interval` and writes in the time zone `zone`."""
    state = history.state
    if state.last_attempt_at is None:
        return Health(Condition.NEW)
    if now - state.last_attempt_at > max(OVERDUE, 3 * interval):
        return Health(Condition.OVERDUE, state.last_attempt_at)
    for kind in _SIGNS:
        if _is_bad(kind, history):
            return Health(Condition(kind.value), _since(kind, history), _seen(kind, history))
    quiet = silence(history.beats, interval, zone)
    if quiet is None:
        return Health(Condition.NEW)
    if quiet.too_long:
        return Health(Condition.SILENT, quiet.since, quiet.words)
    return Health(Condition.FINE, state.last_success_at)


def telling(runs: Iterable[CrawlRun]) -> list[CrawlRun]:
    """The crawls that say something of the source: those that are over and were not stopped by us."""
    return [run for run in runs if run.finished_at is not None and run.finish_reason != _STOPPED]


def spoiled(run: CrawlRun, kind: NoticeKind) -> bool:
    """Whether the crawl shows this trouble by its documents, or by coming to nothing."""
    if any(sign.place is SignPlace.DOCUMENT and sign.kind in _SIGNS[kind] for sign in run.signs):
        return True
    if kind is not NoticeKind.FAILING or any(sign.place is SignPlace.DOCUMENT for sign in run.signs):
        return False
    came_to_nothing = bool(run.errors) and not (run.found or run.fetched or run.unchanged)
    return run.finish_reason != "finished" or came_to_nothing


def _shows(run: CrawlRun, kind: NoticeKind) -> bool:
    if kind is NoticeKind.SILENT:
        return False
    return spoiled(run, kind) or bool(_of_pages(run, kind))


def _is_bad(kind: NoticeKind, history: History) -> bool:
    told = kind in history.told
    return _documents_bad(kind, telling(history.runs), told=told) or _pages_bad(kind, history, told=told)


def _documents_bad(kind: NoticeKind, runs: Sequence[CrawlRun], *, told: bool) -> bool:
    if told:
        return any(spoiled(run, kind) for run in runs[:GOOD_IN_A_ROW])
    enough, of = BAD_OF
    last = runs[:of]
    return bool(last) and spoiled(last[0], kind) and sum(spoiled(run, kind) for run in last) >= enough


def _pages_bad(kind: NoticeKind, history: History, *, told: bool) -> bool:
    latest, earlier = _page_runs(kind, history)
    if sum(run.pages for run in latest) < PAGES:
        return False
    signs = _SIGNS[kind]
    if told:
        return _share(signs, latest) > GOOD_SHARE
    # Some outlets never showed dates: a missing one counts only where they were shown before.
    if sum(run.pages for run in earlier) < PAGES or _share({SignKind.NO_DATE}, earlier) > GOOD_SHARE:
        signs = signs - {SignKind.NO_DATE}
    articles = {one for run in latest for sign in _of_pages(run, kind) for one in sign.examples}
    return _share(signs, latest) >= BAD_SHARE and len(articles) >= BAD_ARTICLES


def _page_runs(kind: NoticeKind, history: History) -> tuple[Sequence[CrawlRun], Sequence[CrawlRun]]:
    """The crawls whose pages count, and those before them.

    A page that cannot be had is asked for at each crawl, so the latest crawls tell whether that is still so. A page
    that was read is not asked for again, so what its layout was like counts until other pages are read.
    """
    if kind is NoticeKind.LAYOUT_CHANGED:
        return _latest_pages(history.with_pages)
    return telling(history.runs)[:PAGES], ()


def _latest_pages(runs: Sequence[CrawlRun]) -> tuple[Sequence[CrawlRun], Sequence[CrawlRun]]:
    """The latest crawls with enough pages together, and those before them."""
    pages = 0
    for n, run in enumerate(runs, 1):
        pages += run.pages
        if pages >= PAGES:
            return runs[:n], runs[n:]
    return runs, ()


def _share(kinds: AbstractSet[SignKind], runs: Sequence[CrawlRun]) -> float:
    """The share of pages with the worst of these signs; a page may have several."""
    pages = sum(run.pages for run in runs)
    counts = Counter[SignKind]()
    for run in runs:
        counts.update({s.kind: s.count for s in run.signs if s.kind in kinds and s.place is SignPlace.ARTICLE})
    return min(max(counts.values(), default=0) / pages, 1.0) if pages else 0.0


def _of_pages(run: CrawlRun, kind: NoticeKind) -> list[Sign]:
    return [sign for sign in run.signs if sign.place is SignPlace.ARTICLE and sign.kind in _SIGNS[kind]]


def _since(kind: NoticeKind, history: History) -> datetime | None:
    """When the first of the bad crawls in a row began, as far back as they are known."""
    if history.state.trouble is kind and history.state.trouble_since is not None:
        return history.state.trouble_since
    bad = list(takewhile(lambda run: spoiled(run, kind), telling(history.runs)))
    bad = bad or [run for run in _page_runs(kind, history)[0] if _of_pages(run, kind)]
    return bad[-1].started_at if bad else None


def _together(history: History) -> list[CrawlRun]:
    return sorted({run.id: run for run in (*history.runs, *history.with_pages)}.values(), key=lambda run: -run.id)


def _seen(kind: NoticeKind, history: History) -> str:
    """The latest example of a sign, else of an error."""
    for run in _together(history):
        examples = [one for sign in run.signs if sign.kind in _SIGNS[kind] for one in sign.examples]
        if examples or (run.errors and spoiled(run, kind)):
            return "; ".join(examples) or run.errors[0]
    return ""
