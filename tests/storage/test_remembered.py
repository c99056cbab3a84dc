"""What is remembered between transactions is what stands on record, and nothing else."""

from __future__ import annotations

import pytest

from extract.model import Basis, Status
from storage import Database, queries, record
from storage.recording import Recorded
from storage.vocabulary import ChangeKind
from tests.storage.campaign import KEY, article, figure, march, report


class _GaveUp(Exception):
    """Whoever writes gives up."""


def keep(database: Database, name: str, *values: int, day: int = 10, give_up: bool = False) -> Recorded:
    figures = report(*map(figure, values), figure(3, status=Status.WITHDRAWN, basis=Basis.NEW))
    with database.write() as session:
        done = record(session, article(name, day=day), figures, fetched_at=march(18), found_via="feed")
        if give_up:
            raise _GaveUp
    return done


def totals(database: Database) -> list[int]:
    with database.read() as session:
        told = [row.figure for row in queries.timeline(session, KEY)]
    return [figure.value for figure in told if figure.status is Status.ACCREDITED]


def test_what_was_not_committed_is_forgotten_though_another_report_gets_its_id(database: Database) -> None:
    keep(database, "first", 614)
    with pytest.raises(_GaveUp):
        keep(database, "lost", 700, day=12, give_up=True)
    assert totals(database) == [614]
    kept = keep(database, "kept", 650, day=12)
    assert totals(database) == [614, 650]
    # What is weighed in the next transaction is the same.
    made = keep(database, "later", 660, day=13)
    assert [(c.change.kind, c.change.previous and c.change.previous.report) for c in made.changes] == [
        (ChangeKind.NEW_TOTAL, kept.report)
    ]


def test_every_database_has_a_memory_of_its_own(database: Database, database_url: str) -> None:
    keep(database, "first", 614)
    other = Database.open(database_url)
    try:
        assert totals(other) == [614]
        keep(other, "second", 650, day=12)
    finally:
        other.close()
    assert totals(database) == [614, 650]


def test_an_edit_takes_the_place_of_what_is_remembered(database: Database) -> None:
    keep(database, "first", 614)
    assert totals(database) == [614]
    with database.write() as session:
        edited = article("first", "Another text.", day=10)
        record(session, edited, report(figure(641)), fetched_at=march(19), found_via="feed")
    assert totals(database) == [641]
