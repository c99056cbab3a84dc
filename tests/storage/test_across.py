"""The sum across articles: earlier total + new batch - withdrawn = total, from what is recorded."""

from __future__ import annotations

import pytest

from extract.model import Approx, Basis, Figure, Status, Verdict
from foundation.errors import NotFound
from storage import Database, queries, record
from storage.views import AcrossCheck, AcrossTerm, Change
from storage.vocabulary import ChangeKind
from tests.storage.campaign import USUAL, article, figure, march, report


class Newsroom:
    """Records articles; asks for the sum of one."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.told: list[Change] = []

    def publishes(self, name: str, day: int, *figures: Figure, source: str = "kazinform") -> int:
        """Record an article of these figures; the id of its report."""
        with self.database.write() as session:
            done = record(
                session,
                article(name, " ".join(str(f.value) for f in figures), day=day, source=source),
                report(*figures),
                fetched_at=march(18),
                found_via="feed",
                subscriptions=[USUAL],
            )
        self.told = [c.change for c in done.changes]
        assert done.report is not None
        return done.report

    def across(self, id_: int) -> AcrossCheck | None:
        with self.database.read() as session:
            return queries.across(session, id_)

    def compared(self, id_: int) -> AcrossCheck:
        """The sum, where there is one."""
        found = self.across(id_)
        assert found is not None
        return found


@pytest.fixture
def newsroom(database: Database) -> Newsroom:
    return Newsroom(database)


def batch(value: int) -> Figure:
    return figure(value, basis=Basis.NEW)


def withdrawn(value: int) -> Figure:
    return figure(value, status=Status.WITHDRAWN, basis=Basis.NEW)


@pytest.mark.parametrize(
    ("total", "verdict", "difference"), [(278, Verdict.HOLDS, 0), (280, Verdict.FAILS, 2), (276, Verdict.FAILS, -2)]
)
def test_the_earlier_total_of_another_source(newsroom: Newsroom, total: int, verdict: Verdict, difference: int) -> None:
    first = newsroom.publishes("a", 4, figure(175), source="astana_times")
    second = newsroom.publishes("b", 9, figure(total), batch(103))
    found = newsroom.compared(second)
    assert (found.verdict, found.difference) == (verdict, difference)
    assert found.whole == AcrossTerm(label="total", value=total, report=second, day=march(9).date(), source="kazinform")
    assert found.parts == (
        AcrossTerm(label="earlier total", value=175, report=first, day=march(4).date(), source="astana_times"),
        AcrossTerm(label="new batch", value=103, report=second, day=march(9).date(), source="kazinform"),
    )


@pytest.mark.parametrize("total", [792, 795])
def test_the_withdrawn_are_taken_off_at_once_or_later(newsroom: Newsroom, total: int) -> None:
    newsroom.publishes("a", 7, figure(322))
    newsroom.publishes("b", 8, figure(322), withdrawn(3), source="astana_times")
    found = newsroom.compared(newsroom.publishes("c", 13, figure(total), batch(473)))
    assert found.verdict is Verdict.HOLDS
    assert [p.value for p in found.parts] == ([322, 473, -3] if total == 792 else [322, 473])


def test_a_repeated_total_is_compared_with_the_one_before(newsroom: Newsroom) -> None:
    newsroom.publishes("a", 4, figure(175))
    newsroom.publishes("b", 9, figure(278), batch(103))
    again = newsroom.compared(newsroom.publishes("c", 10, figure(278), batch(103), source="qazaq_tv"))
    assert (again.verdict, again.parts[0].value) == (Verdict.HOLDS, 175)


def test_batches_of_meetings_in_between_count(newsroom: Newsroom) -> None:
    newsroom.publishes("a", 4, figure(175))
    newsroom.publishes("b", 6, batch(20), source="qazaq_tv")
    found = newsroom.compared(newsroom.publishes("c", 9, figure(298), batch(103)))
    assert (found.verdict, [p.value for p in found.parts]) == (Verdict.HOLDS, [175, 103, 20])


CANNOT_SAY = {
    "no batch is told": [("a", 4, [figure(175)]), ("b", 9, [figure(278)])],
    "another meeting may lie between": [("a", 1, [figure(175)]), ("b", 12, [figure(298), batch(103)])],
    "as large as a meeting's batch": [
        ("a", 4, [figure(175), batch(20)]),
        ("b", 9, [figure(310), batch(103)]),
    ],
    "the earlier total is rounded": [("a", 4, [figure(170, approx=Approx.OVER)]), ("b", 9, [figure(280), batch(103)])],
    "the batch is an old one": [("a", 4, [figure(278), batch(103)]), ("b", 9, [figure(280), batch(103)])],
    "the total may be that before the batch": [("a", 4, [figure(111)]), ("b", 9, [figure(165), batch(157)])],
    "the total is an older one": [("a", 4, [figure(278)]), ("b", 9, [figure(276), batch(103)])],
}


@pytest.mark.parametrize("articles", CANNOT_SAY.values(), ids=CANNOT_SAY)
def test_what_may_have_another_reason_does_not_fail(
    newsroom: Newsroom, articles: list[tuple[str, int, list[Figure]]]
) -> None:
    ids = [newsroom.publishes(name, day, *figures) for name, day, figures in articles]
    found = newsroom.compared(ids[-1])
    assert (found.verdict, found.difference) == (Verdict.UNKNOWN, None)


def test_disputed_earlier_totals_do_not_fail(newsroom: Newsroom) -> None:
    newsroom.publishes("a", 4, figure(175))
    newsroom.publishes("b", 4, figure(171), source="qazaq_tv")
    found = newsroom.compared(newsroom.publishes("c", 9, figure(280), batch(103)))
    assert found.verdict is Verdict.UNKNOWN


def test_either_of_two_disputed_totals_may_lead_to_the_new_one(newsroom: Newsroom) -> None:
    newsroom.publishes("a", 4, figure(175))
    newsroom.publishes("b", 4, figure(171), source="qazaq_tv")
    found = newsroom.compared(newsroom.publishes("c", 9, figure(278), batch(103)))
    assert (found.verdict, found.parts[0].value) == (Verdict.HOLDS, 175)


def test_nothing_to_compare(newsroom: Newsroom) -> None:
    first = newsroom.publishes("a", 4, figure(175), batch(103))
    assert newsroom.across(first) is None
    assert newsroom.across(newsroom.publishes("b", 9, batch(20))) is None
    assert newsroom.across(newsroom.publishes("c", 9, figure(200, approx=Approx.OVER))) is None


def test_an_earlier_revision_of_the_same_article_is_no_other_article(newsroom: Newsroom) -> None:
    newsroom.publishes("a", 4, figure(175))
    assert newsroom.across(newsroom.publishes("a", 9, figure(278), batch(103))) is None


def test_an_unknown_report(newsroom: Newsroom) -> None:
    with pytest.raises(NotFound, match="no report has the id 7"):
        newsroom.across(7)


def test_a_failing_sum_marks_the_change_and_makes_none(newsroom: Newsroom) -> None:
    newsroom.publishes("a", 4, figure(175), source="astana_times")
    newsroom.publishes("b", 9, figure(280), batch(103))
    (change,) = newsroom.told
    assert change.kind is ChangeKind.NEW_TOTAL
    assert change.across is not None
    assert (change.across.verdict, change.across.difference) == (Verdict.FAILS, 2)
    with newsroom.database.read() as session:
        stored = queries.changes(session)[-1].change
    assert stored.across == change.across


def test_a_sum_that_holds_is_no_part_of_the_change(newsroom: Newsroom) -> None:
    newsroom.publishes("a", 4, figure(175))
    newsroom.publishes("b", 9, figure(278), batch(103))
    assert [(c.kind, c.across) for c in newsroom.told] == [(ChangeKind.NEW_TOTAL, None)]
