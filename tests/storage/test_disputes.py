"""Disputes, told through recorded articles: what opens one, what ends it, what a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from extract.model import Basis, Check, Report, Status, Term, Verdict
from foundation.errors import NotFound
from storage import Database, outbox, queries, record
from storage.answers import Dispute, TimelineRow
from storage.decisions import Person, decisions, restore, settle, value_in, void
from storage.disputes import dispute, disputes
from storage.views import RecordedChange
from storage.vocabulary import ChangeKind, DecisionKind, DisputeOutcome, Subscription
from tests.storage.campaign import KEY, USUAL, article, figure, march, report
from tests.support.changes import change_of

C, N, S, X = ChangeKind.CONFLICT, ChangeKind.NEW_TOTAL, ChangeKind.SETTLED, ChangeKind.CORRECTED
ALIYA = Person(by="Aliya", note="asked the commission", now=march(19))
A, B, Q = "astana_times", "kazinform", "qazaq_tv"


@dataclass
class Press:
    """Records articles one after the other, found on the 18th."""

    database: Database
    subscriptions: Sequence[Subscription] = (USUAL,)
    minute: int = 0
    told: list[RecordedChange] = field(default_factory=list)
    report: int = 0

    def says(self, name: str, source: str, stated: Report | int, *, day: int, text: str = "") -> list[ChangeKind]:
        self.minute += 1
        made = report(figure(stated)) if isinstance(stated, int) else stated
        words = text or f"{made.figures[0].value} observers were accredited, says {name}."
        with self.database.write() as session:
            done = record(
                session,
                article(name, words, day=day, source=source),
                made,
                fetched_at=march(18) + timedelta(minutes=self.minute),
                found_via="feed",
                subscriptions=self.subscriptions,
            )
        self.told = list(done.changes)
        self.report = done.report or 0
        return [c.change.kind for c in done.changes if c.change.kind is not ChangeKind.CORROBORATED]

    def open(self) -> tuple[Dispute, ...]:
        with self.database.read() as session:
            return disputes(session)

    def last(self) -> Dispute:
        with self.database.read() as session:
            return disputes(session, closed=True)[0]

    def value(self) -> tuple[int, bool]:
        """The accredited total that holds now, and whether it is disputed."""
        with self.database.read() as session:
            total = queries.election(session, KEY).accredited
        assert total is not None
        return total.figure.value, total.disputed

    def rows(self) -> dict[tuple[str, int], TimelineRow]:
        with self.database.read() as session:
            return {(r.figure.source, r.figure.value): r for r in queries.timeline(session, KEY)}

    def alerts(self) -> list[tuple[str, str]]:
        with self.database.read() as session:
            return [(change_of(a).change.kind.value, a.state.value) for a in reversed(outbox.alerts(session))]


@pytest.fixture
def press(database: Database) -> Press:
    return Press(database)


@pytest.fixture
def quarrel(press: Press) -> Press:
    """786 and 793 for the 13th."""
    assert press.says("a", A, 786, day=13) == [N]
    assert press.says("b", B, 793, day=13) == [C]
    return press


def test_a_conflict_opens_a_dispute_with_both_sentences(quarrel: Press) -> None:
    (found,) = quarrel.open()
    assert (found.election, found.scope, found.status, found.day.day) == (KEY, "total", Status.ACCREDITED, 13)
    assert [(s.source, s.value) for s in found.sides] == [(B, 793), (A, 786)]
    assert all("observers were accredited" in s.sentence for s in found.sides)
    assert {(s.source, s.value) for s in found.now} == {(A, 786), (B, 793)}
    assert quarrel.value() == (793, True)
    assert {row.dispute for row in quarrel.rows().values()} == {found.id}
    with quarrel.database.read() as session:
        assert [d.id for d in queries.show(session, quarrel.report).disputes] == [found.id]


def test_a_failing_sum_alone_is_no_dispute(press: Press) -> None:
    wrong = Check("subtotals", Verdict.FAILS, Term("total", 398), (Term("organizations", 322),), 76)
    assert press.says("a", A, report(figure(398), checks=(wrong,)), day=13) == [N, C]
    assert press.open() == ()


def test_what_repeats_a_side_is_no_second_conflict(quarrel: Press) -> None:
    assert quarrel.says("c", Q, 793, day=13) == []
    assert quarrel.says("d", Q, 786, day=13) == []
    assert len(quarrel.open()) == 1


def test_a_third_value_is_told_and_joins_the_dispute(quarrel: Press) -> None:
    assert quarrel.says("c", Q, 800, day=13) == [C]
    (found,) = quarrel.open()
    assert {s.value for s in found.sides} == {786, 793, 800}
    assert quarrel.says("c", Q, 793, day=13, text="edited") == [X]
    assert len(quarrel.open()) == 1


@pytest.mark.parametrize("edit", [True, False], ids=["an edit", "another article"])
def test_one_side_yields(quarrel: Press, edit: bool) -> None:
    made = quarrel.says("b", B, 786, day=13) if edit else quarrel.says("b2", B, 786, day=14)
    assert made == ([S, X] if edit else [S])
    assert quarrel.open() == ()
    over = quarrel.last()
    assert (over.outcome, over.value) == (DisputeOutcome.YIELDED, 786)
    ended = quarrel.told[0].change
    assert ended.settlement is not None
    assert {s.value for s in ended.settlement.gave_way} == {793}
    assert quarrel.value() == (786, False)
    assert not any(row.conflict for row in quarrel.rows().values() if row.figure.value == 786)
    assert quarrel.says("f", A, 800, day=15) == [N]


def test_what_gave_way_is_repeated_in_vain(quarrel: Press) -> None:
    quarrel.says("b2", B, 786, day=14)
    assert quarrel.says("c", Q, 793, day=13) == []
    assert quarrel.says("b3", B, 793, day=15) == []
    assert quarrel.value() == (786, False)


def test_what_was_edited_away_and_another_source_states_is_a_dispute_again(quarrel: Press) -> None:
    quarrel.says("b", B, 786, day=13)
    assert quarrel.says("c", Q, 793, day=13) == [C]


def test_the_other_side_yields(quarrel: Press) -> None:
    assert quarrel.says("a2", A, 793, day=14) == [S]
    assert (quarrel.last().outcome, quarrel.last().value) == (DisputeOutcome.YIELDED, 793)
    assert quarrel.value() == (793, False)


def test_a_value_that_gave_way_may_come_true_later(quarrel: Press) -> None:
    quarrel.says("b2", B, 786, day=14)
    assert quarrel.says("a2", A, 793, day=15) == [N]
    assert quarrel.value() == (793, False)


def test_an_edit_to_a_third_value_does_not_end_it(quarrel: Press) -> None:
    assert quarrel.says("b", B, 795, day=13) == [X]
    (found,) = quarrel.open()
    assert {s.value for s in found.now} == {786, 795}
    assert quarrel.says("b", B, 786, day=13, text="again") == [S, X]


def test_a_later_total_overtakes_both(quarrel: Press) -> None:
    assert quarrel.says("c", Q, 810, day=14) == [S, N]
    over = quarrel.last()
    assert (over.outcome, over.value) == (DisputeOutcome.OVERTAKEN, None)
    assert quarrel.told[0].change.figure is not None
    assert quarrel.told[0].change.figure.value == 810
    assert quarrel.value() == (810, False)


def test_a_later_total_between_both_sides_ends_nothing(quarrel: Press) -> None:
    assert quarrel.says("a2", A, 790, day=14) == [C]
    assert [d.day.day for d in quarrel.open()] == [13, 14]
    assert {s.value for s in quarrel.open()[0].now} == {786, 793}
    assert quarrel.says("c", Q, 801, day=15) == [S, S, N]


def test_who_states_less_than_before_no_longer_holds_to_it(quarrel: Press) -> None:
    assert quarrel.says("b2", B, 790, day=14) == [S, N]
    assert quarrel.value() == (790, False)
    assert (quarrel.last().day.day, quarrel.last().value) == (13, 786)


def test_withdrawals_learnt_of_later_explain_it(quarrel: Press) -> None:
    gone = report(figure(7, status=Status.WITHDRAWN, basis=Basis.NEW), headline=None)
    assert quarrel.says("w", Q, gone, day=13) == [S, ChangeKind.WITHDRAWN]
    assert (quarrel.last().outcome, quarrel.last().value) == (DisputeOutcome.EXPLAINED, 786)
    assert quarrel.value() == (786, False)


def test_a_fall_is_explained_by_withdrawals_or_a_conflict(press: Press) -> None:
    press.says("a", A, 641, day=10)
    fewer = report(figure(638), figure(3, status=Status.WITHDRAWN))
    assert press.says("b", A, fewer, day=11) == [N, ChangeKind.WITHDRAWN]
    assert press.open() == ()
    assert press.says("c", A, 600, day=12) == [C]
    (found,) = press.open()
    assert [(s.value, s.day.day) for s in found.sides] == [(600, 12), (638, 11)]


def test_a_source_that_contradicts_itself_waits_for_another_one(press: Press) -> None:
    press.says("a", A, 641, day=10)
    assert press.says("b", A, 614, day=11) == [C]
    assert press.says("c", A, 614, day=12) == []
    assert len(press.open()) == 1
    assert press.says("d", B, 614, day=12) == [S]
    assert (press.last().outcome, press.last().value) == (DisputeOutcome.YIELDED, 614)
    assert press.value() == (614, False)


def test_a_fall_that_is_taken_back(press: Press) -> None:
    press.says("a", A, 641, day=10)
    press.says("b", B, 614, day=11)
    assert press.value() == (614, True)
    assert press.says("c", B, 641, day=12) == [S]
    assert press.value() == (641, False)


def test_an_edit_that_contradicts_others_is_a_correction_and_a_conflict(press: Press) -> None:
    press.says("a", A, 786, day=13)
    press.says("b", B, 786, day=13)
    assert press.says("b", B, 793, day=13, text="edited") == [X, C]
    assert press.says("b", B, 786, day=13, text="back") == [S, X]


def test_a_page_that_flips_does_not_alert_for_ever(quarrel: Press) -> None:
    made = [quarrel.says("b", B, (786, 793)[n % 2], day=13, text=f"{n}") for n in range(8)]
    assert made[:2] == [[S, X], [X, C]]
    assert made[4:] == [[]] * 4


def test_a_person_settles_it(quarrel: Press) -> None:
    (found,) = quarrel.open()
    with quarrel.database.write() as session:
        done = settle(session, found.id, ALIYA, [USUAL], value=786)
    assert (done.changes, done.alerts) == ((S,), 1)
    assert quarrel.last().outcome is DisputeOutcome.DECIDED
    assert quarrel.value() == (786, False)
    assert quarrel.rows()[B, 793].overruled
    with quarrel.database.read() as session:
        (kept,) = decisions(session)
        (_, told) = queries.changes(session, kinds=[S, C])
    assert (kept.kind, kept.by, kept.note, kept.made_at) == (
        DecisionKind.SETTLE, "Aliya", "asked the commission", march(19)
    )  # fmt: skip
    assert kept.details == {"before": {"total": 793}, "after": {"total": 786, "value": 786}}
    assert told.change.decided is not None
    assert told.change.decided.by == "Aliya"
    assert quarrel.says("c", B, 793, day=14) == []


def test_voiding_the_side_that_won_lets_the_other_one_count_again(quarrel: Press) -> None:
    with quarrel.database.write() as session:
        settle(session, 1, ALIYA, [USUAL], value=786)
        assert void(session, 1, ALIYA, [USUAL]).changes == (X,)
    assert quarrel.value() == (793, False)
    with quarrel.database.read() as session:
        (told,) = queries.changes(session, kinds=[X])
    (pair,) = told.change.corrections
    assert (pair.old and pair.old.value, pair.new and pair.new.value) == (786, 793)
    with quarrel.database.write() as session:
        assert restore(session, 1, ALIYA, [USUAL]).changes == (N,)
    assert quarrel.value() == (786, False)


def test_what_cannot_be_settled(quarrel: Press) -> None:
    (found,) = quarrel.open()
    with quarrel.database.write() as session:
        with pytest.raises(NotFound, match="they state 786, 793"):
            settle(session, found.id, ALIYA, (), value=790)
        with pytest.raises(NotFound, match="no dispute has the id 77"):
            settle(session, 77, ALIYA, (), value=786)
        assert value_in(session, found.id, quarrel.report) == 793
        settle(session, found.id, ALIYA, (), value=793)
    with quarrel.database.write() as session, pytest.raises(NotFound, match="is over"):
        settle(session, found.id, ALIYA, (), value=786)


def test_voiding_one_side_ends_it_and_restoring_opens_it_anew(quarrel: Press) -> None:
    with quarrel.database.write() as session:
        done = void(session, quarrel.report, ALIYA, [USUAL])
    assert done.changes == (S,)
    assert (quarrel.last().outcome, quarrel.last().value) == (DisputeOutcome.VOIDED, 786)
    assert quarrel.value() == (786, False)
    assert quarrel.rows()[B, 793].voided
    with quarrel.database.read() as session:
        shown = queries.show(session, quarrel.report)
        assert shown.voided is not None
        assert (shown.voided.by, shown.voided.note) == ("Aliya", "asked the commission")
    with quarrel.database.write() as session:
        again = restore(session, quarrel.report, ALIYA, [USUAL])
    assert again.changes == (C,)
    assert len(quarrel.open()) == 1
    with quarrel.database.read() as session:
        assert [d.kind for d in decisions(session)] == [DecisionKind.RESTORE, DecisionKind.VOID]


def test_a_voided_total_falls_back_and_is_taken_back_where_it_was_told(press: Press) -> None:
    strict = Subscription("strict", frozenset(), frozenset({N}), USUAL.statuses)
    other = Subscription("other", frozenset(), frozenset({C}), USUAL.statuses)
    press.subscriptions = [USUAL, strict, other]
    press.says("a", A, 641, day=10)
    press.says("b", B, 6410, day=11)
    with press.database.write() as session:
        done = void(session, press.report, ALIYA, [USUAL, strict, other])
    assert (done.changes, done.alerts) == ((X,), 2)
    assert press.value() == (641, False)
    with press.database.read() as session:
        (told,) = queries.changes(session, kinds=[X])
        assert [a.channel for a in outbox.alerts(session) if change_of(a).id == told.id] == ["strict", "desk"]
    (pair,) = told.change.corrections
    assert (pair.old and pair.old.value, pair.new and pair.new.value) == (6410, 641)
    assert told.change.decided is not None


def test_voiding_what_others_state_too_is_no_change(press: Press) -> None:
    press.says("a", A, 641, day=10)
    first = press.report
    press.says("b", B, 641, day=11)
    with press.database.write() as session:
        assert void(session, first, ALIYA, [USUAL]).changes == ()
    assert press.value() == (641, False)


def test_an_edit_after_voiding_states_again(press: Press) -> None:
    press.says("a", A, 641, day=10)
    with press.database.write() as session:
        void(session, press.report, ALIYA, [USUAL])
    assert press.says("a", A, 640, day=10) == [N]
    with press.database.write() as session, pytest.raises(NotFound, match="later revision"):
        void(session, 1, ALIYA, [USUAL])


def test_what_cannot_be_voided_or_restored(press: Press) -> None:
    press.says("a", A, 641, day=10)
    with press.database.write() as session:
        with pytest.raises(NotFound, match="no report has the id 9"):
            void(session, 9, ALIYA, ())
        with pytest.raises(NotFound, match="is not void"):
            restore(session, press.report, ALIYA, ())
        void(session, press.report, ALIYA, ())
        with pytest.raises(NotFound, match="it is void already"):
            void(session, press.report, ALIYA, ())


def test_one_dispute_by_its_id(quarrel: Press) -> None:
    with quarrel.database.read() as session:
        assert dispute(session, 1) == quarrel.open()[0]
        with pytest.raises(NotFound, match="accredwatch review"):
            dispute(session, 2)
