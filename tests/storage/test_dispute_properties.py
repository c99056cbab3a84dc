"""What must hold for disputes in whatever order reports arrive."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Election, ElectionType
from storage import Database, queries, record
from storage.answers import Dispute
from storage.disputes import disputes
from storage.models import Change
from storage.records import unpack
from storage.vocabulary import ChangeKind
from tests.storage.campaign import USUAL, article, figure, march, report

SOURCES = ("astana_times", "kazinform", "qazaq_tv", "vlast")
_polls = itertools.count(1)


class Said(NamedTuple):
    """A total that a source gives in an article of its own."""

    source: str
    value: int
    day: int = 13


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One file for all examples, each of which is about a poll of its own."""
    place: Path = tmp_path_factory.mktemp("disputes")
    opened = Database.open(f"sqlite:///{place}/all.sqlite3")
    yield opened
    opened.close()


def arrive(database: Database, said: Sequence[Said]) -> str:
    """Record the articles in this order; the key of their poll."""
    number = next(_polls)
    voting = march(19).date() + timedelta(days=number)
    with database.write() as session:
        for n, (source, value, day) in enumerate(said):
            record(
                session,
                article(f"p{number}n{n}", f"{value} were accredited.", day=day, source=source),
                report(figure(value), election=Election(ElectionType.PARLIAMENTARY, voting, stated=True)),
                fetched_at=march(18),
                found_via="feed",
                subscriptions=[USUAL],
            )
    return f"{voting}-parliamentary"


def open_ones(database: Database, election: str) -> tuple[Dispute, ...]:
    with database.read() as session:
        return disputes(session, election=election)


one_word_each = st.lists(
    st.builds(Said, st.sampled_from(SOURCES), st.integers(784, 788), st.just(13)),
    unique_by=lambda s: s.source,
    max_size=4,
)
anything = st.lists(
    st.builds(Said, st.sampled_from(SOURCES[:3]), st.integers(784, 788), st.integers(11, 15)), min_size=1, max_size=7
)


@settings(max_examples=30)
@given(one_word_each, st.randoms(use_true_random=False))
def test_one_word_of_each_source_on_a_day_ends_in_one_dispute_of_all_values_in_any_order(
    database: Database, said: list[Said], chance: object
) -> None:
    shuffled = list(said)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    values = {s.value for s in said}
    for order in (said, shuffled):
        found = open_ones(database, arrive(database, order))
        assert [{s.value for s in d.now} for d in found] == ([values] if len(values) > 1 else [])


@settings(max_examples=60)
@given(anything)
def test_what_is_open_has_two_values_or_one_source_and_what_is_over_is_told_once(
    database: Database, said: list[Said]
) -> None:
    """Which disputes were opened depends on the order: what is for an earlier day than the current total is history.

    Those that are open in the end are so for a reason that the articles alone give.
    """
    election = arrive(database, said)
    found = open_ones(database, election)
    for dispute in found:
        assert len({s.value for s in dispute.now}) > 1 or len({s.source for s in dispute.sides}) == 1
    assert len({d.day for d in found}) == len(found)
    with database.read() as session:
        over = disputes(session, election=election, closed=True)
        told = queries.changes(session, election=election, kinds=[ChangeKind.SETTLED])
        rows = session.query(Change).where(Change.election_key == election, Change.kind == ChangeKind.CONFLICT)
        conflicts = {unpack(row.details).day for row in rows}
    ends = [c.change.settlement for c in told]
    assert sorted(e.dispute for e in ends if e) == sorted(d.id for d in over)
    assert conflicts == {d.day for d in (*found, *over)}


@settings(max_examples=30)
@given(anything)
def test_a_later_higher_total_ends_them_all(database: Database, said: list[Said]) -> None:
    election = arrive(database, [*said, Said("vlast", 900, 16)])
    assert open_ones(database, election) == ()
    with database.read() as session:
        total = queries.election(session, election).accredited
    assert total is not None
    assert (total.figure.value, total.disputed) == (900, False)
