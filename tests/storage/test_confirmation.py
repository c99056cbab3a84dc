"""Numbers that a channel wants from several sources: what holds them, what confirms them, what lets them go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from extract.model import Basis, Report, Status
from storage import Database, baseline, outbox, record
from storage.confirmation import release_overdue
from storage.decisions import Person, settle, void
from storage.views import Alert
from storage.vocabulary import ChangeKind, Subscription
from tests.storage.campaign import USUAL, article, figure, march, report
from tests.support.changes import change_of

NOON = march(18)
HOURS = timedelta(hours=1)
A, B, Q = "astana_times", "kazinform", "qazaq_tv"


def wanting(sources: int, channel: str = "desk") -> Subscription:
    return Subscription(channel, frozenset(), USUAL.kinds, USUAL.statuses, confirm=sources)


@dataclass
class Desk:
    """A channel that wants two sources, and one that is content with one."""

    database: Database
    wanted: tuple[Subscription, ...] = (wanting(2), wanting(1, "hasty"))
    minute: int = 0
    report: int = 0

    def hears(
        self, name: str, source: str, stated: Report | int, *, day: int = 13, text: str = "", hold: bool = False
    ) -> None:
        self.minute += 1
        made = report(figure(stated)) if isinstance(stated, int) else stated
        with self.database.write() as session:
            done = record(
                session, article(name, text or f"Text of {name}.", day=day, source=source), made,
                fetched_at=NOON + timedelta(minutes=self.minute), found_via="feed",
                subscriptions=self.wanted, hold=hold,
            )  # fmt: skip
        self.report = done.report or 0

    def alerts(self, channel: str = "desk") -> list[Alert]:
        with self.database.read() as session:
            return list(reversed(outbox.alerts(session, channel=channel)))

    def states(self, channel: str = "desk") -> list[tuple[str, str]]:
        return [(change_of(a).change.kind.value, a.state.value) for a in self.alerts(channel)]

    def next_due(self) -> datetime | None:
        with self.database.read() as session:
            return outbox.next_due(session, ["desk"])


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_a_number_waits_for_a_second_source(desk: Desk) -> None:
    desk.hears("a", A, 786)
    assert desk.states() == [("new_total", "unconfirmed")]
    assert desk.states("hasty") == [("new_total", "pending")]
    (alert,) = desk.alerts()
    assert alert.confirmation is not None
    assert (alert.confirmation.sources, alert.confirmation.wanted, alert.confirmation.reached) == ((A,), 2, False)
    assert alert.next_attempt_at is None
    assert desk.next_due() == alert.created_at + 6 * HOURS
    desk.hears("b", B, 786)
    (alert,) = desk.alerts()
    assert (alert.state.value, alert.next_attempt_at) == ("pending", NOON + timedelta(minutes=2))
    assert alert.confirmation is not None
    assert (alert.confirmation.sources, alert.confirmation.reached) == ((A, B), True)
    assert desk.alerts("hasty")[0].confirmation is None


def test_the_same_source_does_not_confirm_itself(desk: Desk) -> None:
    desk.hears("a", A, 786)
    desk.hears("a2", A, 786, day=14)
    assert desk.states() == [("new_total", "unconfirmed")]


def test_three_sources(desk: Desk) -> None:
    desk.wanted = (wanting(3),)
    desk.hears("a", A, 786)
    desk.hears("b", B, 786)
    assert desk.states() == [("new_total", "unconfirmed")]
    desk.hears("c", Q, 786, day=14)
    assert desk.states() == [("new_total", "pending")]


def test_a_later_report_that_mentions_it_confirms_it(desk: Desk) -> None:
    desk.hears("a", A, 786)
    desk.hears("b", B, report(figure(786), figure(800), headline=1), day=14)
    assert desk.states() == [("new_total", "pending"), ("new_total", "unconfirmed")]


def test_what_an_earlier_day_is_said_of_does_not(desk: Desk) -> None:
    desk.hears("a", A, 786)
    desk.hears("b", B, 786, day=12)
    assert desk.states() == [("new_total", "unconfirmed")]


@pytest.mark.parametrize(("day", "state"), [(14, "pending"), (17, "unconfirmed")])
def test_a_batch_is_confirmed_around_its_day(desk: Desk, day: int, state: str) -> None:
    batch = report(figure(27, basis=Basis.NEW))
    desk.hears("a", A, batch)
    desk.hears("b", B, batch, day=day)
    assert desk.states()[0] == ("new_batch", state)


def test_parts_and_withdrawals_wait_too(desk: Desk) -> None:
    part = report(figure(42, "organization:SCO"))
    gone = report(figure(2, status=Status.WITHDRAWN), headline=None)
    desk.hears("a", A, part, day=10)
    desk.hears("b", A, gone, day=11)
    assert desk.states() == [("new_part", "unconfirmed"), ("withdrawn", "unconfirmed")]
    desk.hears("c", B, part, day=11)
    desk.hears("d", B, gone, day=12)
    assert desk.states() == [("new_part", "pending"), ("withdrawn", "pending")]


def test_patience_ends(desk: Desk) -> None:
    desk.hears("a", A, 786)
    until = desk.next_due()
    assert until is not None
    with desk.database.write() as session:
        assert release_overdue(session, "desk", now=until - timedelta(seconds=1)) == 0
        assert outbox.claim(session, now=until - timedelta(seconds=1), channels=["desk"]) == ()
    with desk.database.write() as session:
        (alert,) = outbox.claim(session, now=until, channels=["desk"])
    assert alert.confirmation is not None
    assert not alert.confirmation.reached


def test_conflicts_and_corrections_are_not_held(desk: Desk) -> None:
    desk.hears("a", A, 786)
    desk.hears("b", B, 793)
    assert desk.states() == [("new_total", "unconfirmed"), ("conflict", "pending")]


def test_a_number_that_is_corrected_before_anybody_confirms_it_goes_with_its_correction(desk: Desk) -> None:
    desk.hears("a", A, 786, text="786")
    desk.hears("a", A, 768, text="768")
    assert desk.states() == [("new_total", "pending"), ("corrected", "pending")]
    first, _ = desk.alerts()
    assert first.confirmation is not None
    assert not first.confirmation.reached


def test_an_edit_that_keeps_the_number_keeps_it_waiting(desk: Desk) -> None:
    desk.hears("a", A, report(figure(786), figure(3, "diplomats")), text="3")
    desk.hears("a", A, report(figure(786), figure(4, "diplomats")), text="4")
    assert desk.states() == [("new_total", "unconfirmed"), ("corrected", "pending")]


def test_a_number_that_is_voided_goes_with_what_takes_it_back(desk: Desk) -> None:
    desk.hears("a", A, 786)
    with desk.database.write() as session:
        void(session, desk.report, Person(by="Aliya", now=NOON), desk.wanted)
    assert desk.states() == [("new_total", "pending"), ("corrected", "pending")]


def test_a_number_that_loses_a_dispute_goes_with_its_end(desk: Desk) -> None:
    desk.hears("a", A, 786)
    desk.hears("b", B, 793)
    with desk.database.write() as session:
        settle(session, 1, Person(by="Aliya", now=NOON), desk.wanted, value=793)
    assert desk.states() == [("new_total", "pending"), ("conflict", "pending"), ("settled", "pending")]


def test_what_several_sources_state_at_the_first_crawl_is_told_at_once(desk: Desk) -> None:
    with desk.database.write() as session:
        baseline.hold(session, A, now=NOON)
    desk.hears("a", A, 641, day=10, hold=True)
    desk.hears("b", B, 641, day=10, hold=True)
    with desk.database.write() as session:
        baseline.finish(session, [A], desk.wanted, now=NOON)
    (alert,) = desk.alerts()
    assert (change_of(alert).change.kind, alert.state.value) == (ChangeKind.NEW_TOTAL, "pending")
    assert alert.confirmation is not None
    assert alert.confirmation.sources == (A, B)
