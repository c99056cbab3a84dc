"""Who sends observers, over the meetings of a campaign, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.model import Basis, Status
from foundation.errors import NotFound
from storage import Database, record
from storage.senders import senders
from storage.series_views import Sender, Senders
from tests.storage.campaign import KEY, article, figure, march, report

ODIHR, CIS, DE, NL, FI = "organization:ODIHR", "organization:CIS", "country:DE", "country:NL", "country:FI"


@pytest.fixture
def found(database: Database) -> Senders:
    """The senders after three meetings: a total, a batch that two sources tell, and a withdrawal."""
    second = (figure(30, ODIHR, basis=Basis.NEW), figure(2, NL, basis=Basis.NEW))
    third = report(figure(2, ODIHR, status=Status.WITHDRAWN), headline=None)
    stories = (
        (article("a", day=2), report(figure(25), figure(13, ODIHR), figure(11, CIS), figure(1, DE))),
        (article("b", day=9), report(figure(37, basis=Basis.NEW), *second)),
        (article("c", day=10, source="astana_times"), report(figure(37, basis=Basis.NEW), *second)),
        (article("d", day=13), third),
        (
            article("e", day=13, source="astana_times"),
            replace(
                report(figure(62), figure(50, "organizations")),
                countries_named=("FI", "NL"),
                organization_count=2,
                country_count=3,
            ),
        ),
    )
    with database.write() as session:
        for published, stated in stories:
            record(session, published, stated, fetched_at=march(18), found_via="feed")
    with database.read() as session:
        return senders(session, KEY)


def _one(found: Senders, scope: str) -> Sender:
    return next(s for s in (*found.groups, *found.organizations, *found.countries) if s.scope == scope)


def test_organizations_and_states_stand_apart_the_largest_first(found: Senders) -> None:
    assert [s.scope for s in found.organizations] == [ODIHR, CIS]
    assert [s.scope for s in found.countries] == [NL, DE, FI]
    assert [s.scope for s in found.groups] == ["organizations"]


def test_a_number_adds_up_over_the_meetings_and_a_repeated_batch_counts_once(found: Senders) -> None:
    odihr = _one(found, ODIHR)
    assert [s.value for s in odihr.totals] == [13]
    assert [s.value for s in odihr.batches] == [30]
    assert [s.value for s in odihr.withdrawn] == [2]
    assert odihr.adds_up_to == 13 + 30 - 2
    assert _one(found, NL).adds_up_to == 2


def test_a_state_that_is_only_named_has_no_number(found: Senders) -> None:
    finland = _one(found, FI)
    assert finland.adds_up_to is None
    assert [(n.source, n.day.day) for n in finland.named] == [("astana_times", 13)]


def test_naming_beside_another_reports_number_is_told_too(found: Senders) -> None:
    assert [n.day.day for n in _one(found, NL).named] == [13]


def test_the_days_of_the_meetings_and_the_counts_of_senders(found: Senders) -> None:
    assert [day.day for day in found.days] == [2, 9, 13]
    assert [(c.day.day, c.organizations, c.countries) for c in found.counted] == [(13, 2, 3)]


def test_an_unknown_election_is_told_with_those_that_are_known(database: Database) -> None:
    with database.read() as session, pytest.raises(NotFound, match="none yet"):
        senders(session, KEY)
