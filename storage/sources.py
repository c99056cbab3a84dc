"""What is remembered of sources between crawls: states and runs.

When a source is due is computed from its state, so that a restart neither starves nor doubles a crawl.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, bindparam, case, func, literal_column, select, update
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from storage import looks, models
from storage.source_views import Beat, CrawlRun, Sign, SourceState
from storage.statements import run as run_statement
from storage.texts import clean

_LONGEST_ERROR = 1000
_MOST_ERRORS = 50
_MOST_LISTED = 1000  # several times what the feeds and listings of an outlet show at once
_HASH = 12
_SIGN = TypeAdapter(Sign)
_STATE = models.SourceState
# What was listed last is much, and no part of what is told of a state.
_STATES = select(*(column for column in _STATE.__table__.c if column.key != "listed"))
_RUN = models.CrawlRun
_RUNS = select(*_RUN.__table__.c).order_by(_RUN.id.desc()).limit(bindparam("most"))
_RUNS_OF_ONE = _RUNS.where(_RUN.source == bindparam("source"))
# A constant of the statement: by it the index of such crawls is found.
_RUNS_WITH_PAGES = _RUNS_OF_ONE.where(_RUN.pages > literal_column("0"))
_LAST = bindparam("last", type_=_STATE.last_article_at.type)
_RECORDED = (
    update(_STATE)
    .where(_STATE.source == bindparam("key"))
    .values(
        articles=_STATE.articles + bindparam("more_articles"),
        reports=_STATE.reports + bindparam("more_reports"),
        last_article_at=case(
            (_LAST.is_(None), _STATE.last_article_at),
            (_STATE.last_article_at > _LAST, _STATE.last_article_at),
            else_=_LAST,
        ),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a crawl came to, in articles, reports, changes and alerts."""

    found: int = 0
    pages: int = 0
    fetched: int = 0
    unchanged: int = 0
    reports: int = 0
    changes: int = 0
    alerts: int = 0


def state(session: Session, source: str) -> SourceState:
    """What is remembered of a source; all empty for one never crawled."""
    row = session.get(models.SourceState, source)
    return _state(row) if row else SourceState(source=source)


def states(session: Session) -> dict[str, SourceState]:
    """What is remembered of every source that was ever crawled, by key."""
    return {row.source: _state(row) for row in run_statement(session, _STATES, {})}


def keys(session: Session) -> tuple[str, ...]:
    """The keys of all sources that were ever crawled."""
    return tuple(session.scalars(select(models.SourceState.source).order_by(models.SourceState.source)))


def last_runs(session: Session) -> dict[str, CrawlRun]:
    """The latest crawl of every source that was ever crawled, by key."""
    run, state = models.CrawlRun, models.SourceState
    last = select(func.max(run.id)).where(run.source == state.source).correlate(state).scalar_subquery()
    rows = session.scalars(select(run).join(state, run.id == last))
    return {row.source: _run(row) for row in rows}


def state_row(session: Session, source: str) -> models.SourceState:
    """The row of a source's state, made if there is none."""
    row = session.get(models.SourceState, source)
    if row is None:
        row = models.SourceState(source=source, consecutive_errors=0, articles=0, reports=0, listed=[])
        session.add(row)
        session.flush()
    return row


def on_record(session: Session) -> dict[str, tuple[int, int]]:
    """How many articles of each source are on record, and how many of them state figures, by key."""
    row = models.SourceState
    return {
        key: (articles, reports)
        for key, articles, reports in session.execute(select(row.source, row.articles, row.reports))
    }


def note_recorded(session: Session, source: str, *, articles: int = 0, reports: int = 0, last: datetime | None) -> None:
    """Count articles of a source that are on record from now on, and those of them that state figures.

    `last` is when the last article or revision was received that was not known; None where all were.
    """
    counted = {"key": source, "more_articles": articles, "more_reports": reports, "last": last}
    if not run_statement(session, _RECORDED, counted).rowcount:
        state_row(session, source)
        run_statement(session, _RECORDED, counted)


def begin_run(session: Session, source: str, *, now: datetime) -> int:
    """Note that a crawl begins; the id of its run."""
    state_row(session, source).last_attempt_at = now
    session.flush()
    return looks.begin(session, source, now=now)


def finish_run(  # noqa: PLR0913 - keywords that describe one crawl
    session: Session,
    run: int,
    *,
    now: datetime,
    finish_reason: str,
    counts: Counts | None = None,
    errors: Sequence[str] = (),
    retry_not_before: datetime | None = None,
    ok: bool | None = None,
    signs: Sequence[Sign] = (),
    listed: Iterable[str] = (),
) -> None:
    """Note how a crawl ended: without errors it is a success, else one more of the consecutive errors.

    `ok` says so where the caller knows better: an article that is gone for good is an error, not the source's failure.

    `retry_not_before` is what the outlet asked for (Retry-After). `signs` are what was seen of the source's health,
    `listed` what identifies each article that feeds and listings showed, newest first: those that no crawl before saw
    are counted as news. Raises NotFound for an unknown run.
    """
    row = session.get(models.CrawlRun, run)
    if row is None:
        raise NotFound(f"no crawl has the id {run}")
    done = counts or Counts()
    row.finished_at, row.finish_reason = now, finish_reason
    row.found, row.pages, row.fetched, row.unchanged = done.found, done.pages, done.fetched, done.unchanged
    row.reports, row.changes, row.alerts = done.reports, done.changes, done.alerts
    row.errors = [clean(error)[:_LONGEST_ERROR] for error in errors[:_MOST_ERRORS]]
    row.signs = [_SIGN.dump_python(replace(s, examples=tuple(map(clean, s.examples))), mode="json") for s in signs]
    source = state_row(session, row.source)
    row.news = _take_in(source, listed)
    source.retry_not_before = retry_not_before
    if bool(errors) if ok is None else not ok:
        source.consecutive_errors += 1
    else:
        source.consecutive_errors = 0
        source.last_success_at = now


def _take_in(source: models.SourceState, listed: Iterable[str]) -> int:
    """Remember what is listed now before what was listed earlier; how much of it is news."""
    shown = list(dict.fromkeys(hashlib.sha256(clean(one).encode()).hexdigest()[:_HASH] for one in listed))
    before = set(source.listed)
    news = [one for one in shown if one not in before]
    if news:
        source.listed = list(dict.fromkeys([*news, *shown, *source.listed]))[:_MOST_LISTED]
    return len(news)


def runs(session: Session, source: str | None = None, *, limit: int = 20) -> tuple[CrawlRun, ...]:
    """The latest crawls, of one source or of all, newest first."""
    if source is None:
        return tuple(map(_run, run_statement(session, _RUNS, {"most": limit})))
    return tuple(map(_run, run_statement(session, _RUNS_OF_ONE, {"source": source, "most": limit})))


def runs_with_pages(session: Session, source: str, *, limit: int) -> tuple[CrawlRun, ...]:
    """The latest crawls of a source that asked for articles' pages, newest first."""
    return tuple(map(_run, run_statement(session, _RUNS_WITH_PAGES, {"source": source, "most": limit})))


def count_runs(session: Session, source: str, *, begin: datetime, end: datetime) -> int:
    """How many crawls of a source began from `begin` until before `end`."""
    run = models.CrawlRun
    wanted = select(func.count()).where(run.source == source, run.started_at >= begin, run.started_at < end)
    return session.scalar(wanted) or 0


def last_through(session: Session) -> datetime | None:
    """When a crawl of any source last got through."""
    return session.scalar(
        select(func.max(models.CrawlRun.finished_at)).where(models.CrawlRun.finish_reason == "finished")
    )


def beats(session: Session, source: str, *, since: datetime) -> tuple[Beat, ...]:
    """The crawls of a source since then that got through, oldest first."""
    run = models.CrawlRun
    rows = session.execute(
        select(run.started_at, run.news)
        .where(run.source == source, run.started_at >= since, run.finish_reason == "finished")
        .order_by(run.started_at)
    )
    return tuple(Beat(at=at, news=news) for at, news in rows)


def broke_off(session: Session, source: str) -> bool:
    """Whether the source's latest crawl has no end: its process was killed, or it goes on."""
    last = select(models.CrawlRun).where(models.CrawlRun.source == source).order_by(models.CrawlRun.id.desc()).limit(1)
    row = session.scalars(last).first()
    return row is not None and row.finished_at is None


def _state(row: models.SourceState | Row[*tuple[Any, ...]]) -> SourceState:
    return SourceState(
        source=row.source,
        last_attempt_at=row.last_attempt_at,
        last_success_at=row.last_success_at,
        consecutive_errors=row.consecutive_errors,
        retry_not_before=row.retry_not_before,
        last_article_at=row.last_article_at,
        baseline_started_at=row.baseline_started_at,
        baseline_finished_at=row.baseline_finished_at,
        trouble=row.trouble,
        trouble_since=row.trouble_since,
    )


def _run(row: models.CrawlRun | Row[*tuple[Any, ...]]) -> CrawlRun:
    return CrawlRun(
        id=row.id,
        source=row.source,
        started_at=row.started_at,
        finished_at=row.finished_at,
        finish_reason=row.finish_reason,
        found=row.found,
        fetched=row.fetched,
        unchanged=row.unchanged,
        reports=row.reports,
        changes=row.changes,
        alerts=row.alerts,
        errors=tuple(row.errors),
        news=row.news,
        pages=row.pages,
        signs=tuple(_SIGN.validate_python(sign) for sign in row.signs),
    )
