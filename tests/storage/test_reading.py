"""What people read of the records: the stream of changes, the texts of an article, voided reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.model import Status
from foundation.errors import NotFound
from storage import Database, record
from storage.decisions import Person, decisions, restore, told_of, void
from storage.revisions import revisions
from storage.stream import Wanted, stream
from storage.views import RecordedChange
from storage.vocabulary import ChangeKind
from storage.voided import voided_reports
from tests.storage.campaign import EVERYTHING, KEY, article, figure, march, report

AIGUL = Person(by="Aigul", note="misread", now=march(20))


@pytest.fixture(autouse=True)
def _two_sources_and_an_edit(database: Database) -> None:
    first = article("a", "In all 100.", day=1)
    for text, stated, day in (
        (first, report(figure(100)), 1),
        (replace(first, title="Other", paragraphs=("Nothing.",)), None, 2),
        (replace(first, paragraphs=("In all 101.",)), report(figure(101)), 3),
        (article("b", "Two proposed.", day=5, source="qazaq_tv"), report(figure(2, status=Status.PROPOSED)), 5),
        (article("c", "In all 200.", day=6, source="qazaq_tv"), report(figure(200)), 6),
    ):
        with database.write() as session:
            record(session, text, stated, fetched_at=march(day, 15), found_via="feed", subscriptions=[EVERYTHING])


def kinds(found: tuple[RecordedChange, ...]) -> list[tuple[str, int | None]]:
    return [(one.change.kind.value, one.change.figure.value if one.change.figure else None) for one in found]


def test_the_stream_of_changes(database: Database) -> None:
    with database.read() as session:

        def of(wanted: Wanted, **more: int) -> list[tuple[str, int | None]]:
            return kinds(stream(session, wanted, **more))

        everything = [("new_total", 200), ("new_total", 2), ("corrected", 101), ("new_total", 100)]
        assert of(Wanted()) == everything
        assert of(Wanted(), limit=2) == everything[:2]
        third = stream(session, Wanted())[1].id
        assert of(Wanted(), before=third) == everything[2:]
        assert of(Wanted(kind=ChangeKind.CORRECTED)) == [("corrected", 101)]
        assert of(Wanted(status=Status.PROPOSED)) == [("new_total", 2)]
        assert of(Wanted(source="qazaq_tv")) == everything[:2]
        assert of(Wanted(source="qazaq_tv", status=Status.ACCREDITED, election=KEY)) == everything[:1]
        assert of(Wanted(since=march(5).date())) == everything[:2]
        assert of(Wanted(since=march(2).date(), until=march(5).date())) == [("new_total", 2)]
        assert of(Wanted(election="2021-01-10-parliamentary")) == []


def test_the_texts_of_an_article(database: Database) -> None:
    with database.read() as session:
        for id_ in (1, 2):
            texts = revisions(session, id_)
            assert [(t.number, t.title, t.body, t.report) for t in texts] == [
                (1, "Story a", "In all 100.", 1),
                (2, "Other", "Nothing.", None),
                (3, "Story a", "In all 101.", 2),
            ]
            assert [t.fetched_at for t in texts] == [march(day, 15) for day in (1, 2, 3)]
        with pytest.raises(NotFound, match="no report has the id 9"):
            revisions(session, 9)


def test_voided_reports_and_who_was_told(database: Database) -> None:
    with database.write() as session:
        assert voided_reports(session) == ()
        void(session, 3, replace(AIGUL, now=march(19)), [EVERYTHING])
        void(session, 4, AIGUL, [EVERYTHING])
    with database.read() as session:
        found = voided_reports(session)
        assert [(one.report, one.article.article_id, one.election) for one in found] == [(4, "c", KEY), (3, "b", KEY)]
        assert [one.decision.note for one in found if one.decision] == ["misread", "misread"]
        (last, first) = decisions(session)
        assert (told_of(session, last), told_of(session, first)) == (1, 1)
    with database.write() as session:
        restore(session, 3, replace(AIGUL, now=march(21)), [])
        assert [one.report for one in voided_reports(session)] == [4]
        assert told_of(session, decisions(session)[0]) == 0
