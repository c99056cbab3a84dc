from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from alerts.order import Moment, longest_wait, retry_delay, sendable
from alerts.settings import AlertSettings
from storage.views import Waiting

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MOMENT = Moment(NOW, timedelta(days=1))


def an_alert(number: int, attempts: int = 0, *, due: bool = True) -> Waiting:
    return Waiting(id=number, attempts=attempts, next_attempt_at=NOW if due else NOW + timedelta(hours=1))


def ids(
    *pending: Waiting, last_sent: int = 0, failed_now: frozenset[int] = frozenset(), flowing: bool = False
) -> list[int]:
    return [a.id for a in sendable(pending, last_sent, MOMENT, failed_now=failed_now, flowing=flowing)]


def test_the_oldest_first() -> None:
    assert ids(an_alert(1), an_alert(2)) == [1]


def test_nothing_overtakes_one_that_failed_once() -> None:
    assert ids(an_alert(1, 1, due=False), an_alert(2)) == []
    assert ids(an_alert(1, 1, due=False), an_alert(2), failed_now=frozenset({1})) == []


def test_nothing_overtakes_one_that_waits_whatever_it_has_behind_it() -> None:
    assert ids(an_alert(1, 7, due=False), an_alert(2)) == []


def test_a_probe_right_after_the_second_failure() -> None:
    assert ids(an_alert(1, 2, due=False), an_alert(2), failed_now=frozenset({1})) == [2]


def test_a_probe_that_waits_for_itself_is_sent_all_the_same() -> None:
    assert ids(an_alert(1, 2, due=False), an_alert(2, 1, due=False), failed_now=frozenset({1})) == [2]


def test_the_next_probe_only_when_the_last_one_has_failed_twice() -> None:
    both = frozenset({1, 2})
    assert ids(an_alert(1, 3, due=False), an_alert(2, 1, due=False), an_alert(3), failed_now=both) == []
    assert ids(an_alert(1, 3, due=False), an_alert(2, 2, due=False), an_alert(3), failed_now=both) == [3]


def test_once_something_arrived_what_is_older_is_set_aside() -> None:
    assert ids(an_alert(1, 2, due=False), an_alert(3), last_sent=2) == [3]


def test_what_is_set_aside_comes_after_the_line_and_when_it_is_due() -> None:
    assert ids(an_alert(1, 2), an_alert(3), last_sent=2) == [3, 1]
    assert ids(an_alert(1, 2), an_alert(3, 1, due=False), last_sent=2) == [1]
    assert ids(an_alert(1, 3), last_sent=2, failed_now=frozenset({1})) == []


def test_when_something_arrives_back_off_has_no_reason() -> None:
    assert ids(an_alert(2, 4, due=False), an_alert(3), last_sent=1, flowing=True) == [2]


def test_nothing_pending() -> None:
    assert ids() == []


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 15), (2, 30), (3, 60), (8, 1920), (9, 3600), (12, 3600), (1000, 3600)]
)
def test_delays(attempts: int, seconds: int) -> None:
    settings = AlertSettings(first_retry=timedelta(seconds=15), longest_retry=timedelta(hours=1))
    assert retry_delay(settings, attempts, None, 0.5) == timedelta(seconds=seconds)
    assert retry_delay(settings, attempts, None, 0) == timedelta(seconds=seconds * 0.75)
    assert retry_delay(settings, attempts, None, 1) == timedelta(seconds=seconds * 1.25)


def test_retry_after_is_the_least() -> None:
    assert retry_delay(AlertSettings(), 1, 7200, 0.5) == timedelta(hours=2)
    assert retry_delay(AlertSettings(), 12, 1, 0.5) == timedelta(hours=1)


def test_a_wait_longer_than_any_means_that_the_clock_was_put_back() -> None:
    assert ids(Waiting(id=1, attempts=1, next_attempt_at=NOW + timedelta(days=1))) == []
    assert ids(Waiting(id=1, attempts=1, next_attempt_at=NOW + timedelta(days=2))) == [1]


def test_the_longest_wait_covers_every_delay() -> None:
    settings = AlertSettings(longest_retry=timedelta(days=3))
    assert retry_delay(settings, 1000, 86_400, 1) <= longest_wait(settings)
    assert longest_wait(AlertSettings()) == timedelta(days=1)
