"""How numbers grew, for all sources and for each, on both databases."""

from __future__ import annotations

import pytest

from extract.model import Basis, Report, Status
from foundation.errors import NotFound
from storage import Database, record
from storage.series import series, withdrawals
from storage.series_views import Series
from tests.storage.campaign import KEY, article, figure, march, report


@pytest.fixture
def told(database: Database) -> Database:
    """Two sources that agree on the 2nd and the 9th, and part on the 13th."""
    batch = figure(37, basis=Basis.NEW)
    proposed = figure(52, status=Status.PROPOSED)
    stories = (
        (article("a", day=2), report(figure(25))),
        (article("b", day=9, source="astana_times"), report(figure(62), batch)),
        (article("c", day=10), report(figure(62), batch, proposed)),
        (article("d", day=13), report(figure(786))),
        (article("e", day=13, hour=18, source="astana_times"), report(figure(793))),
    )
    with database.write() as session:
        for published, stated in stories:
            record(session, published, stated, fetched_at=march(18), found_via="feed")
    return database


def _values(found: Series) -> list[tuple[int, int]]:
    return [(step.day.day, step.value) for step in found.steps]


def test_the_line_of_all_sources_stands_before_that_of_each(told: Database) -> None:
    with told.read() as session:
        found = series(session, KEY, status=Status.ACCREDITED)
    assert [one.source for one in found] == [None, "astana_times", "kazinform"]
    everything, astana_times, kazinform = found
    assert _values(everything)[:2] == [(2, 25), (9, 62)]
    assert _values(astana_times) == [(9, 62), (13, 793)]
    assert _values(kazinform) == [(2, 25), (10, 62), (13, 786)]


def test_a_batch_that_two_articles_repeat_counts_once(told: Database) -> None:
    with told.read() as session:
        everything = series(session, KEY, status=Status.ACCREDITED)[0]
    assert [(b.day.day, b.value) for b in everything.batches] == [(9, 37)]


def test_each_status_has_its_own_series_and_one_that_nobody_states_has_none(told: Database) -> None:
    with told.read() as session:
        found = series(session, KEY)
    assert [(one.status, one.source) for one in found if one.status is not Status.ACCREDITED] == [
        (Status.PROPOSED, None),
        (Status.PROPOSED, "kazinform"),
    ]


def test_what_was_withdrawn_counts_once_and_in_all_where_an_article_says_so(told: Database) -> None:
    def taken_back(*numbers: tuple[int, str]) -> Report:
        return report(*(figure(n, scope, status=Status.WITHDRAWN) for n, scope in numbers), headline=None)

    stories = (
        (article("f", day=4), taken_back((2, "organization:ODIHR"))),
        (article("g", day=5, source="astana_times"), taken_back((2, "organization:ODIHR"))),
        (article("h", day=14), taken_back((5, "total"), (3, "country:DE"), (2, "country:FR"))),
    )
    with told.write() as session:
        for published, stated in stories:
            record(session, published, stated, fetched_at=march(18), found_via="feed")
    with told.read() as session:
        found = withdrawals(session, KEY)
    assert [(s.day.day, s.scope, s.value) for s in found] == [(4, "organization:ODIHR", 2), (14, "total", 5)]


def test_a_scope_that_nobody_mentions_has_no_series(told: Database) -> None:
    with told.read() as session:
        assert series(session, KEY, scope="country:FI") == ()


def test_an_unknown_election_is_told_with_those_that_are_known(told: Database) -> None:
    with told.read() as session, pytest.raises(NotFound, match=KEY):
        series(session, "1999-01-10-presidential")
