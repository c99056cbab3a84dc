"""The outbox: every alert at least once, none stuck, none twice for one change and channel."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from foundation.errors import NotFound
from storage import Database, mutes, outbox, record
from storage.views import Alert
from storage.vocabulary import AlertState, ChangeKind, Subscription
from tests.storage.campaign import KEY, USUAL, article, figure, march, report
from tests.support.changes import change_of

ROOT = Path(__file__).parents[2]
NOW = march(18)
MINUTE = timedelta(minutes=1)
PRESS = Subscription("press", frozenset({KEY}), frozenset({ChangeKind.NEW_TOTAL}), USUAL.statuses)
ELSEWHERE = Subscription("elsewhere", frozenset({"2022-06-05-referendum"}), USUAL.kinds, USUAL.statuses)


@pytest.fixture
def filled(database: Database) -> Database:
    """Three totals for the desk and the press, then a conflict for the desk alone."""
    for day, value in enumerate((100, 200, 300, 250), 10):
        with database.write() as session:
            record(
                session, article(f"a{value}", day=day), report(figure(value)), fetched_at=NOW, found_via="feed",
                subscriptions=[USUAL, PRESS, ELSEWHERE],
            )  # fmt: skip
    return database


def values(alerts: Iterable[Alert]) -> list[int | None]:
    return [c.figure.value if c.figure else None for c in (change_of(a).change for a in alerts)]


def test_channels_get_what_they_want_in_order(filled: Database) -> None:
    with filled.write() as session:
        desk = outbox.claim(session, now=NOW, channels=["desk"])
        press = outbox.claim(session, now=NOW, channels=["press", "elsewhere"])
    assert values(desk) == [100, 200, 300, 250]
    assert values(press) == [100, 200, 300]
    assert len({a.key for a in desk + press}) == 7


def test_a_round_has_something_to_look_at_while_an_alert_is_on_its_way_or_a_mute_is_over(filled: Database) -> None:
    with filled.write() as session:
        assert outbox.any_under_way(session, "press", now=NOW)
        assert not outbox.any_under_way(session, "elsewhere", now=NOW)
        for alert in outbox.claim(session, now=NOW, channels=["press"]):
            outbox.sent(session, alert.id, now=NOW)
        assert not outbox.any_under_way(session, "press", now=NOW)
        mutes.mute(session, until=NOW + MINUTE, by="a test", now=NOW)
        assert not outbox.any_under_way(session, "press", now=NOW)
        assert outbox.any_under_way(session, "press", now=NOW + MINUTE)
        mutes.end_those_over(session, now=NOW + MINUTE)
        assert not outbox.any_under_way(session, "press", now=NOW + MINUTE)


def test_claimed_alert_is_nobody_elses_until_the_lease_is_over(filled: Database) -> None:
    with filled.write() as session:
        first = outbox.claim(session, now=NOW, channels=["desk"], lease=MINUTE, limit=1)
    with filled.write() as session:
        others = outbox.claim(session, now=NOW, channels=["desk"], lease=MINUTE)
        again = outbox.claim(session, now=NOW + MINUTE, channels=["desk"], limit=1)
    assert values(first) == [100]
    assert values(others) == [200, 300, 250]
    assert [a.key for a in again] == [a.key for a in first]
    assert again[0].attempts == 2


def test_sent_alert_stays_sent(filled: Database) -> None:
    with filled.write() as session:
        (first,) = outbox.claim(session, now=NOW, channels=["press"], limit=1)
        outbox.sent(session, first.id, now=NOW)
        outbox.failed(session, first.id, error="too late", retry_at=NOW)
        assert outbox.revive(session, now=NOW) == 0
        later = outbox.claim(session, now=NOW + timedelta(days=99), channels=["press"])
        (shown,) = outbox.alerts(session, state=AlertState.SENT)
    assert values(later) == [200, 300]
    assert (shown.key, shown.sent_at, shown.next_attempt_at, shown.last_error) == (first.key, NOW, None, None)


def test_failed_attempt_waits_and_does_not_hold_back_the_others(filled: Database) -> None:
    with filled.write() as session:
        first, *_ = outbox.claim(session, now=NOW, channels=["press"], limit=1)
        outbox.failed(session, first.id, error="503", retry_at=NOW + MINUTE)
        meanwhile = outbox.claim(session, now=NOW, channels=["press"])
        afterwards = outbox.claim(session, now=NOW + MINUTE, channels=["press"])
    assert values(meanwhile) == [200, 300]
    assert values(afterwards) == [100]
    assert afterwards[0].last_error == "503"


def test_first_success_of_a_channel_wakes_what_failed_before_and_later_ones_do_not(filled: Database) -> None:
    with filled.write() as session:
        first, second, third = outbox.claim(session, now=NOW, channels=["press"])
        outbox.failed(session, first.id, error="503", retry_at=NOW + 60 * MINUTE)
        outbox.sent(session, second.id, now=NOW + MINUTE)
        woken = outbox.claim(session, now=NOW + MINUTE, channels=["press"])
        outbox.failed(session, first.id, error="too long", retry_at=NOW + 60 * MINUTE)
        outbox.sent(session, third.id, now=NOW + 2 * MINUTE)
        asleep = outbox.claim(session, now=NOW + 2 * MINUTE, channels=["press"])
    assert values(woken) == [100]
    assert asleep == ()


def test_given_up_alert_is_revived_by_hand(filled: Database) -> None:
    with filled.write() as session:
        first, second, third = outbox.claim(session, now=NOW, channels=["press"])
        for one in (first, second, third):
            outbox.failed(session, one.id, error="rejected", retry_at=None)
        assert outbox.claim(session, now=NOW + timedelta(days=9), channels=["press"]) == ()
        assert outbox.counts(session)["press", AlertState.FAILED] == 3
        assert outbox.revive(session, now=NOW, channel="desk") == 0
        assert outbox.revive(session, now=NOW, ids=[second.id]) == 1
        assert values(outbox.claim(session, now=NOW, channels=["press"])) == [200]
        assert outbox.revive(session, now=NOW) == 2
        with pytest.raises(NotFound):
            outbox.revive(session, now=NOW, ids=[4711])


def test_released_alert_is_due_at_once_and_its_attempt_uncounted(filled: Database) -> None:
    with filled.write() as session:
        claimed = outbox.claim(session, now=NOW, channels=["press"])
        outbox.release(session, [a.id for a in claimed])
        again = outbox.claim(session, now=NOW, channels=["press"])
    assert [a.attempts for a in again] == [1, 1, 1]


def test_next_due_is_the_earliest_of_waits_and_leases(filled: Database) -> None:
    with filled.write() as session:
        assert outbox.next_due(session, ["nobody"]) is None
        assert outbox.next_due(session, ["press"]) == NOW
        claimed = outbox.claim(session, now=NOW, channels=["press"], lease=2 * MINUTE)
        assert outbox.next_due(session, ["press"]) == NOW + 2 * MINUTE
        outbox.failed(session, claimed[0].id, error="503", retry_at=NOW + MINUTE)
        assert outbox.next_due(session, ["press"]) == NOW + MINUTE


def test_unchanged_article_makes_no_second_alert(filled: Database) -> None:
    with filled.write() as session:
        again = record(
            session, article("a300", day=12), report(figure(300)), fetched_at=NOW, found_via="feed",
            subscriptions=[USUAL],
        )  # fmt: skip
        assert outbox.counts(session) == {("desk", AlertState.PENDING): 4, ("press", AlertState.PENDING): 3}
    assert again.alerts == 0


CLAIMER = """
import os, sys
from datetime import datetime
from storage import Database, outbox
from tests.support.changes import change_of
with Database.open(sys.argv[1]).write() as session:
    outbox.claim(session, now=datetime.fromisoformat(sys.argv[2]), channels=["press"])
    if sys.argv[3] == "inside":
        print("claimed", flush=True)
        sys.stdin.read()
print("claimed", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(("moment", "wait"), [("inside", timedelta()), ("after", timedelta(minutes=5))])
def test_alerts_claimed_by_a_killed_process_are_due_again(
    filled: Database, database_url: str, moment: str, wait: timedelta
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", CLAIMER, database_url, NOW.isoformat(), moment],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stdout.readline() == b"claimed\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with filled.write() as session:
        assert values(outbox.claim(session, now=NOW + wait, channels=["press"])) == [100, 200, 300]


def test_only_delivering_process_takes_over_the_claims_of_its_predecessor(filled: Database) -> None:
    with filled.write() as session:
        outbox.claim(session, now=NOW, channels=["press", "desk"])
        assert outbox.take_over(session, ["press"]) == 3
        assert values(outbox.claim(session, now=NOW, channels=["press", "desk"])) == [100, 200, 300]
