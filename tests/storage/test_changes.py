"""What counts as a change, told through recorded articles: each test is a small campaign."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from extract.model import Approx, Article, Basis, Check, Election, ElectionType, Report, Status, Term, Verdict
from storage import Database, queries, record
from storage.views import Change, RecordedChange
from storage.vocabulary import ChangeKind
from tests.storage.campaign import KEY, USUAL, article, figure, march, report


@dataclass
class Newsroom:
    """Records articles one after the other and tells what each changed."""

    database: Database
    told: list[Change] = field(default_factory=list)
    minute: int = 0

    def publishes(self, name: str, stated: Report | None, *texts: str, **of_article: object) -> list[ChangeKind]:
        """Record an article found on the 18th, after everything was published; the kinds of its changes."""
        return self.fetches(article(name, *texts, **of_article), stated)  # type: ignore[arg-type]  # article's keywords

    def fetches(self, published: Article, stated: Report | None) -> list[ChangeKind]:
        self.minute += 1
        with self.database.write() as session:
            done = record(
                session,
                published,
                stated,
                fetched_at=march(18).replace(minute=self.minute),
                found_via="feed",
                subscriptions=[USUAL],
            )
        self.told = [c.change for c in done.changes]
        return [c.kind for c in self.told]

    def value(self) -> int | None:
        """The accredited total that holds now."""
        with self.database.read() as session:
            total = queries.election(session, KEY).accredited
        return total.figure.value if total else None


@pytest.fixture
def newsroom(database: Database) -> Newsroom:
    return Newsroom(database)


@pytest.mark.parametrize(("value", "marked"), [(614, True), (41, False)])
def test_a_change_says_where_weights_and_not_words_decided_its_figure(
    newsroom: Newsroom, value: int, marked: bool
) -> None:
    told = Check("weighed", Verdict.UNKNOWN, Term("total", value, decided=True), ())
    newsroom.publishes("a", report(figure(614), checks=(told,)), day=10)
    assert newsroom.told[0].weighed is marked


def test_higher_total_on_a_later_day_is_new_and_names_the_previous_one(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614)), day=10)
    assert newsroom.publishes("b", report(figure(641)), day=12, source="astana_times") == [ChangeKind.NEW_TOTAL]
    change = newsroom.told[0]
    assert change.previous is not None
    assert (change.previous.value, change.previous.day.day, change.previous.source) == (614, 10, "kazinform")
    assert change.increase == 27


def test_republished_total_is_no_change(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614)), day=10)
    assert newsroom.publishes("b", report(figure(614)), day=10) == []
    assert newsroom.publishes("c", report(figure(614)), day=11) == []
    assert newsroom.publishes("d", report(figure(614)), day=9) == []


def test_another_source_with_the_current_total_corroborates_it_once(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614)), day=10)
    assert newsroom.publishes("b", report(figure(614)), day=11, source="qazaq_tv") == [ChangeKind.CORROBORATED]
    assert [s.source for s in newsroom.told[0].against] == ["kazinform"]
    assert newsroom.publishes("c", report(figure(614)), day=11, source="qazaq_tv") == []


def test_yesterdays_total_repeated_after_a_newer_one_is_stale(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614)), day=10)
    newsroom.publishes("b", report(figure(641)), day=11)
    assert newsroom.publishes("c", report(figure(614)), day=12, source="qazaq_tv") == []
    assert newsroom.value() == 641
    assert newsroom.publishes("d", report(figure(660)), day=12) == [ChangeKind.NEW_TOTAL]


def test_older_day_found_late_is_history(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614)), day=10)
    assert newsroom.publishes("b", report(figure(398)), day=8) == []
    assert newsroom.publishes("c", report(figure(30, basis=Basis.NEW)), day=8) == []
    assert newsroom.publishes("d", report(figure(12, "organization:SCO")), day=8) == []
    assert newsroom.publishes("e", report(figure(2, status=Status.WITHDRAWN)), day=8) == []
    assert newsroom.publishes("f", report(figure(350), complete=True), day=8) == []
    assert newsroom.value() == 614


def test_stated_day_counts_and_not_the_day_of_publication(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614)), day=10)
    assert newsroom.publishes("b", report(figure(398), as_of=8), day=12) == []
    assert newsroom.value() == 614


def test_repetition_of_the_current_total_does_not_make_a_later_one_history(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614)), day=10)
    newsroom.publishes("b", report(figure(614)), day=14, source="qazaq_tv")
    assert newsroom.publishes("c", report(figure(641)), day=12) == [ChangeKind.NEW_TOTAL]


def test_earlier_stage_in_the_same_report_does_not_hold_now(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614), figure(641), headline=1), day=10)
    assert newsroom.value() == 641
    assert newsroom.publishes("b", report(figure(614)), day=10, source="qazaq_tv") == []
    assert newsroom.value() == 641
    assert newsroom.publishes("c", report(figure(641)), day=10, source="qazaq_tv") == [ChangeKind.CORROBORATED]


def test_closing_article_makes_one_change_and_the_completion(newsroom: Newsroom) -> None:
    parts = [figure(n, f"country:{code}") for n, code in enumerate(("AM", "AZ", "BE", "CA"), 1)]
    closing = report(figure(398), figure(322, "organizations"), figure(76, "countries"), *parts, complete=True)
    assert newsroom.publishes("a", closing, day=10) == [ChangeKind.NEW_TOTAL, ChangeKind.COMPLETED]
    assert len(newsroom.told[0].also) == 6
    assert newsroom.publishes("b", closing, day=11) == []


@pytest.mark.parametrize(
    ("value", "approx"),
    [(600, Approx.OVER), (640, Approx.ABOUT), (650, Approx.UNDER), (650, Approx.ABOUT), (100, Approx.OVER)],
)
def test_qualified_number_that_can_mean_a_known_one_is_no_change(
    newsroom: Newsroom, value: int, approx: Approx
) -> None:
    newsroom.publishes("a", report(figure(641)), day=10)
    assert newsroom.publishes("b", report(figure(value, approx=approx)), day=12) == []
    assert newsroom.value() == 641


def test_qualified_number_beyond_the_known_one_is_new(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(641)), day=10)
    assert newsroom.publishes("b", report(figure(700, approx=Approx.OVER)), day=12) == [ChangeKind.NEW_TOTAL]


def test_qualified_number_that_is_too_low_is_passed_over(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(641)), day=10)
    assert newsroom.publishes("b", report(figure(300, approx=Approx.ABOUT)), day=12) == []
    assert newsroom.value() == 641


@pytest.mark.parametrize(("day", "value"), [(10, 614), (11, 614), (10, 590), (11, 590)])
def test_exact_number_refines_a_qualified_first_one(newsroom: Newsroom, day: int, value: int) -> None:
    newsroom.publishes("a", report(figure(600, approx=Approx.ABOUT)), day=10)
    assert newsroom.publishes("b", report(figure(value)), day=day, source="qazaq_tv") == [ChangeKind.NEW_TOTAL]
    assert newsroom.value() == value


def test_lower_total_without_withdrawals_is_a_conflict_with_both_sentences(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(641)), day=10)
    assert newsroom.publishes("b", report(figure(614)), day=11, source="qazaq_tv") == [ChangeKind.CONFLICT]
    change = newsroom.told[0]
    assert change.figure is not None
    assert [s.value for s in (change.figure, *change.against)] == [614, 641]
    assert all(s.sentence for s in (change.figure, *change.against))
    assert newsroom.publishes("c", report(figure(614)), day=11, source="qazaq_tv") == []


def test_lower_total_after_withdrawals_is_new(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(641)), day=10)
    fewer = report(figure(638), figure(3, status=Status.WITHDRAWN))
    assert newsroom.publishes("b", fewer, day=11) == [ChangeKind.NEW_TOTAL, ChangeKind.WITHDRAWN]
    assert newsroom.told[0].increase == -3


def test_two_sources_with_different_totals_for_one_day_are_a_conflict(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614)), day=10)
    assert newsroom.publishes("b", report(figure(641)), day=10, source="qazaq_tv") == [ChangeKind.CONFLICT]
    with newsroom.database.read() as session:
        rows = queries.timeline(session, KEY)
        total = queries.election(session, KEY).accredited
    assert [row.conflict for row in rows] == [True, True]
    assert total is not None
    assert total.disputed


def test_same_source_with_a_higher_total_later_that_day_is_new(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614)), day=10, hour=9)
    assert newsroom.publishes("b", report(figure(641)), day=10, hour=17) == [ChangeKind.NEW_TOTAL]
    assert newsroom.publishes("c", report(figure(630)), day=10, hour=11) == []
    with newsroom.database.read() as session:
        total = queries.election(session, KEY).accredited
    assert total is not None
    assert not total.disputed


def test_source_that_rises_over_another_ones_total_of_the_day_contradicts_it(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(322)), day=10, hour=9)
    newsroom.publishes("b", report(figure(322)), day=13, hour=9)
    newsroom.publishes("c", report(figure(786)), day=13, hour=18, source="qazaq_tv")
    assert newsroom.publishes("d", report(figure(793)), day=13, hour=19) == [ChangeKind.CONFLICT]
    assert {s.value for s in newsroom.told[0].against} == {786}


def test_failing_sum_is_reported_beside_the_total_and_once(newsroom: Newsroom) -> None:
    wrong = Check(
        "subtotals", Verdict.FAILS, Term("total", 398), (Term("organizations", 322), Term("countries", 31)), 45
    )
    misprint = report(figure(398), figure(322, "organizations"), figure(31, "countries"), checks=(wrong,))
    assert newsroom.publishes("a", misprint, day=10) == [ChangeKind.NEW_TOTAL, ChangeKind.CONFLICT]
    assert newsroom.told[1].check == wrong
    assert newsroom.publishes("b", misprint, day=10, source="qazaq_tv") == [ChangeKind.CORROBORATED]


def test_batch_alone_is_new_once(newsroom: Newsroom) -> None:
    batch = report(figure(27, basis=Basis.NEW))
    assert newsroom.publishes("a", batch, day=10) == [ChangeKind.NEW_BATCH]
    assert newsroom.told[0].increase == 27
    assert newsroom.publishes("b", batch, day=12, source="qazaq_tv") == []
    assert newsroom.publishes("c", batch, day=15, source="qazaq_tv") == [ChangeKind.NEW_BATCH]


def test_batch_that_two_totals_imply_is_no_change(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614)), day=9)
    newsroom.publishes("b", report(figure(641)), day=10)
    assert newsroom.publishes("c", report(figure(27, basis=Basis.NEW)), day=10, source="qazaq_tv") == []
    assert newsroom.publishes("d", report(figure(5, basis=Basis.NEW)), day=11) == [ChangeKind.NEW_BATCH]


def test_batch_beside_a_total_is_a_detail_and_known_afterwards(newsroom: Newsroom) -> None:
    both = report(figure(27, basis=Basis.NEW), figure(641), headline=1)
    assert newsroom.publishes("a", both, day=10) == [ChangeKind.NEW_TOTAL]
    assert newsroom.publishes("b", report(figure(27, basis=Basis.NEW)), day=11, source="qazaq_tv") == []


def test_part_alone_is_new_once(newsroom: Newsroom) -> None:
    part = report(figure(42, "organization:OSCE-ODIHR"))
    assert newsroom.publishes("a", part, day=10) == [ChangeKind.NEW_PART]
    assert newsroom.publishes("b", part, day=11) == []
    more = report(figure(50, "organization:OSCE-ODIHR"))
    assert newsroom.publishes("c", more, day=12) == [ChangeKind.NEW_PART]
    assert newsroom.told[0].increase == 8


@pytest.mark.parametrize("scope", ["domestic", "domestic_organizations", "journalists"])
def test_those_who_are_counted_apart_are_news_although_the_total_is_newer(newsroom: Newsroom, scope: str) -> None:
    newsroom.publishes("a", report(figure(322)), day=7)
    assert newsroom.publishes("b", report(figure(188, scope)), day=6, source="qazaq_tv") == [ChangeKind.NEW_PART]
    assert newsroom.publishes("c", report(figure(180, scope)), day=5) == []
    assert newsroom.publishes("d", report(figure(17, "organization:SCO")), day=6) == []


def test_proposed_figures_alone_are_changes_of_that_status(newsroom: Newsroom) -> None:
    wish = report(figure(12, "country:DE", status=Status.PROPOSED), figure(80, status=Status.PROPOSED))
    assert newsroom.publishes("a", wish, day=10) == [ChangeKind.NEW_TOTAL]
    assert newsroom.told[0].status is Status.PROPOSED
    assert newsroom.told[0].figure is not None
    assert newsroom.told[0].figure.value == 80
    assert newsroom.publishes("b", report(figure(70, status=Status.PROPOSED)), day=11) == []
    batch = report(figure(9, status=Status.ANNOUNCED, basis=Basis.NEW))
    assert newsroom.publishes("c", batch, day=11) == [ChangeKind.NEW_BATCH]


def test_withdrawal_counts_once_within_a_week(newsroom: Newsroom) -> None:
    gone = report(figure(2, status=Status.WITHDRAWN), figure(2, "country:FR", status=Status.WITHDRAWN))
    assert newsroom.publishes("a", gone, day=5) == [ChangeKind.WITHDRAWN]
    assert newsroom.publishes("b", gone, day=9, source="qazaq_tv") == []
    assert newsroom.publishes("c", gone, day=17, source="qazaq_tv") == [ChangeKind.WITHDRAWN]


def test_edited_article_corrects_instead_of_announcing(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614), figure(31, "countries")), "614, of them 31.", day=10)
    edited = report(figure(641), figure(76, "countries"), figure(4, "diplomats"))
    assert newsroom.publishes("a", edited, "641, of them 76.", day=10) == [ChangeKind.CORRECTED]
    pairs = [(c.old.value if c.old else None, c.new.value if c.new else None) for c in newsroom.told[0].corrections]
    assert pairs == [(614, 641), (31, 76), (None, 4)]
    assert newsroom.value() == 641
    assert newsroom.publishes("b", report(figure(641)), day=10) == []


def test_edited_article_that_carries_a_later_total_announces_it(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614), as_of=10), "First 614.", day=10)
    live = report(figure(614), figure(641), headline=1, as_of=10)
    assert newsroom.publishes("a", live, "First 614. Now 641.", day=10) == [ChangeKind.NEW_TOTAL]
    later = report(figure(660), as_of=11)
    assert newsroom.publishes("a", later, "Now 660.", day=11) == [ChangeKind.NEW_TOTAL]


def test_edit_that_only_adds_known_numbers_is_no_change(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614)), "Just 614.", day=10)
    assert newsroom.publishes("a", report(figure(614), figure(4, "diplomats")), "Longer.", day=10) == []


def test_page_that_flips_between_two_texts_is_corrected_once_each_way(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614)), "614.", day=10)
    flips = [newsroom.publishes("a", report(figure(n)), f"{n}.", day=10) for n in (641, 614, 641, 614)]
    assert flips == [[ChangeKind.CORRECTED], [ChangeKind.CORRECTED], [], []]


def test_page_that_breaks_does_not_take_its_figures_back(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614)), "614.", day=10)
    assert newsroom.publishes("a", None, "Are you a robot?", day=10) == []
    assert newsroom.value() == 614
    assert newsroom.publishes("a", report(figure(614)), "614.", day=10) == []
    with newsroom.database.read() as session:
        assert [item.kind for item in queries.review(session)] == ["figures_gone"]


def test_undated_article_found_after_the_election_is_history(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(793)), day=13)
    with newsroom.database.write() as session:
        done = record(
            session,
            article("old", day=None, source="qazaq_tv"),
            report(figure(900)),
            fetched_at=march(1).replace(year=2026),
            found_via="listing",
        )
    assert done.changes == ()


def test_figures_dated_in_the_future_do_not_turn_real_news_into_history(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614), as_of=30), day=10)
    assert newsroom.publishes("b", report(figure(641)), day=12) == [ChangeKind.NEW_TOTAL]


def test_unidentified_election_is_stored_for_review_and_changes_nothing(newsroom: Newsroom) -> None:
    nameless = report(figure(614), election=Election(type=ElectionType.LOCAL), unknown_names=("League of Nowhere",))
    assert newsroom.publishes("a", nameless, day=10) == []
    with newsroom.database.read() as session:
        kinds = {item.kind for item in queries.review(session)}
        (stored,) = queries.reports(session)
    assert kinds == {"unknown_name", "unidentified_election"}
    assert stored.election is None


def test_elections_are_told_apart(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(793)), day=10)
    other = Election(type=ElectionType.REFERENDUM, date=march(25).date())
    assert newsroom.publishes("b", report(figure(100), election=other), day=11) == [ChangeKind.NEW_TOTAL]
    assert newsroom.told[0].previous is None


def test_changes_are_listed_in_order(newsroom: Newsroom) -> None:
    newsroom.publishes("a", report(figure(614)), day=10)
    newsroom.publishes("b", report(figure(641)), day=11)
    with newsroom.database.read() as session:
        listed = queries.changes(session)
        latest = queries.latest_changes(session, limit=1)
        rest = queries.changes(session, after=listed[0].id, kinds=[ChangeKind.NEW_TOTAL], election=KEY)
    assert [_value(c) for c in listed] == [614, 641]
    assert [_value(c) for c in rest] == [641]
    assert [_value(c) for c in latest] == [641]


def _value(recorded: RecordedChange) -> int | None:
    return recorded.change.figure.value if recorded.change.figure else None
