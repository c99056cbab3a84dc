from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog

from scheduler.health import Condition, assess
from scheduler.watch import SourceWatch
from storage import sources
from storage.database import Database
from storage.views import CrawlRun, SourceState
from tests.alerts.desk import MovableClock
from tests.scheduler.scripted import a_source

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def a_run(ago: timedelta, found: int = 20) -> CrawlRun:
    return CrawlRun(
        id=1,
        source="alpha",
        started_at=NOW - ago,
        finished_at=NOW - ago,
        finish_reason="finished",
        found=found,
        fetched=0,
        unchanged=0,
        reports=0,
        changes=0,
        alerts=0,
        errors=(),
    )


def condition(*runs: CrawlRun, errors: int = 0, last: timedelta = HOUR, interval: timedelta = HOUR) -> Condition:
    state = SourceState(source="alpha", last_attempt_at=NOW - last, consecutive_errors=errors)
    return assess(state, runs, interval, NOW).condition


def every(step: timedelta, begin: timedelta, end: timedelta) -> list[CrawlRun]:
    count = (begin - end) // step
    return [a_run(begin - n * step) for n in range(count + 1)]


def test_never_crawled_is_new() -> None:
    assert assess(SourceState(source="alpha"), (), HOUR, NOW).condition is Condition.NEW


def test_one_that_lists_news_is_fine() -> None:
    assert condition(*every(HOUR, 5 * DAY, HOUR)) is Condition.FINE


@pytest.mark.parametrize(("errors", "expected"), [(2, Condition.FINE), (3, Condition.FAILING), (9, Condition.FAILING)])
def test_failures_in_a_row(errors: int, expected: Condition) -> None:
    assert condition(*every(HOUR, 5 * DAY, HOUR), errors=errors) is expected


def test_nobody_crawls() -> None:
    assert condition(*every(HOUR, 5 * DAY, 7 * HOUR), last=7 * HOUR) is Condition.OVERDUE
    assert condition(*every(DAY, 5 * DAY, 2 * DAY), last=2 * DAY, interval=DAY) is not Condition.OVERDUE


def test_a_busy_source_is_silent_after_a_day() -> None:
    unchanged = [a_run(n * HOUR, found=0) for n in range(1, 30)]
    assert condition(*every(HOUR, 5 * DAY, 23 * HOUR), *unchanged) is Condition.FINE
    assert condition(*every(HOUR, 5 * DAY, 25 * HOUR), *unchanged) is Condition.SILENT


def test_a_slow_source_is_given_more_time() -> None:
    slow = every(DAY, 10 * DAY, 2 * DAY)
    assert condition(*slow, interval=HOUR) is Condition.FINE
    assert condition(*every(DAY, 10 * DAY, 4 * DAY)) is Condition.SILENT


def test_too_little_is_known_to_say() -> None:
    assert condition(a_run(3 * DAY)) is Condition.NEW
    assert condition(a_run(3 * DAY, found=0), a_run(2 * DAY, found=0)) is Condition.NEW


def test_each_change_is_told_once(tmp_path: Path) -> None:
    clock = MovableClock(NOW)
    database = Database.open(f"sqlite:///{tmp_path}/test.sqlite3")
    watch = SourceWatch(database=database, sources=[a_source("alpha")], clock=clock)

    def crawl(errors: tuple[str, ...]) -> list[str]:
        with database.write() as session:
            run = sources.begin_run(session, "alpha", now=clock.now())
            counts = sources.Counts(found=0 if errors else 5)
            sources.finish_run(session, run, now=clock.now(), finish_reason="finished", counts=counts, errors=errors)
        clock.move(hours=1)
        with structlog.testing.capture_logs() as logs:
            asyncio.run(watch.look())
        return [str(line["event"]) for line in logs]

    told = [crawl(errors) for errors in [()] * 3 + [("no",)] * 5 + [()] * 2]
    assert told == [[], [], [], [], [], ["source_unwell"], [], [], ["source_well"], []]
    database.close()
