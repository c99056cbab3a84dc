from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.timetable import LONGEST_REQUEST, LONGEST_WAIT, Pace, agenda, due_at, wait
from storage.source_views import SourceState

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)
STEADY = Pace("kazinform", TEN_MINUTES, jitter=0)


def state(ago: timedelta | None, *, errors: int = 0, not_before: datetime | None = None) -> SourceState:
    last = None if ago is None else NOW - ago
    return SourceState(source="kazinform", last_attempt_at=last, consecutive_errors=errors, retry_not_before=not_before)


def test_never_asked_is_due_at_once() -> None:
    assert due_at(STEADY, state(None), NOW) == NOW


def test_due_one_interval_after_the_last_attempt_whoever_made_it() -> None:
    assert due_at(STEADY, state(timedelta(minutes=4)), NOW) == NOW + timedelta(minutes=6)


def test_many_missed_runs_are_one() -> None:
    long_ago = state(timedelta(days=3))
    assert agenda([STEADY], {"kazinform": long_ago}, NOW).due == ["kazinform"]
    assert agenda([STEADY], {"kazinform": state(timedelta(0))}, NOW).due == []


@pytest.mark.parametrize(
    ("errors", "minutes"), [(0, 10), (1, 10), (2, 20), (3, 40), (4, 80), (5, 160), (6, 180), (50, 180)]
)
def test_errors_make_the_wait_longer_up_to_a_limit(errors: int, minutes: int) -> None:
    assert wait(STEADY, state(timedelta(0), errors=errors)) == timedelta(minutes=minutes)


def test_an_interval_longer_than_that_limit_stays() -> None:
    daily = Pace("kazinform", timedelta(days=1), jitter=0)
    assert wait(daily, state(timedelta(0), errors=9)) == timedelta(days=1)


def test_retry_after_prevails_within_reason() -> None:
    asked = state(timedelta(minutes=1), errors=1, not_before=NOW + timedelta(hours=5))
    assert due_at(STEADY, asked, NOW) == NOW + timedelta(hours=5)
    absurd = state(timedelta(0), not_before=NOW + timedelta(days=400))
    assert due_at(STEADY, absurd, NOW) == NOW + LONGEST_REQUEST
    passed = state(timedelta(minutes=1), not_before=NOW - timedelta(seconds=30))
    assert due_at(STEADY, passed, NOW) == NOW + timedelta(minutes=9)


def test_a_run_stopped_on_purpose_is_taken_up_again() -> None:
    assert due_at(STEADY, state(timedelta(minutes=1)), NOW, interrupted=True) == NOW
    asked = state(timedelta(minutes=1), not_before=NOW + timedelta(hours=1))
    assert due_at(STEADY, asked, NOW, interrupted=True) == NOW + timedelta(hours=1)


def test_a_clock_put_back_does_not_starve() -> None:
    assert due_at(STEADY, state(timedelta(days=-300)), NOW) == NOW


@given(
    ago=st.timedeltas(timedelta(days=-400), timedelta(days=400)),
    errors=st.integers(0, 100),
    jitter=st.floats(0, 0.5),
    interval=st.timedeltas(timedelta(seconds=1), timedelta(days=2)),
)
def test_the_wait_is_bounded_whatever_the_clock_does(
    ago: timedelta, errors: int, jitter: float, interval: timedelta
) -> None:
    pace = Pace("kazinform", interval, jitter)
    instant = due_at(pace, state(ago, errors=errors), NOW)
    assert instant - NOW <= max(interval, LONGEST_WAIT) + interval * jitter / 2


def test_jitter_differs_from_run_to_run_and_not_from_question_to_question() -> None:
    pace = Pace("kazinform", TEN_MINUTES, jitter=0.2)
    waits = [wait(pace, state(timedelta(minutes=n))) for n in range(50)]
    assert waits == [wait(pace, state(timedelta(minutes=n))) for n in range(50)]
    assert len(set(waits)) == 50
    assert all(timedelta(minutes=9) <= w <= timedelta(minutes=11) for w in waits)
    assert min(waits) < timedelta(minutes=9.5)
    assert max(waits) > timedelta(minutes=10.5)


def test_sources_do_not_go_in_step() -> None:
    waits = {wait(Pace(key, TEN_MINUTES, 0.1), state(timedelta(0))) for key in ("a", "b", "c")}
    assert len(waits) == 3


def test_the_longest_overdue_comes_first_after_those_never_asked() -> None:
    paces = [Pace(key, TEN_MINUTES, 0) for key in ("fresh", "late", "later", "new")]
    states = {
        "fresh": SourceState(source="fresh", last_attempt_at=NOW - timedelta(minutes=5)),
        "late": SourceState(source="late", last_attempt_at=NOW - timedelta(minutes=15)),
        "later": SourceState(source="later", last_attempt_at=NOW - timedelta(minutes=25)),
    }
    found = agenda(paces, states, NOW)
    assert found.due == ["new", "later", "late"]
    assert found.following == NOW + timedelta(minutes=5)
