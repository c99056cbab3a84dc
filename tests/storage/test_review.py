"""Questions to a person: asked once, closed with a trail, asked again only by another article."""

from __future__ import annotations

import pytest

from extract.model import Election
from foundation.errors import NotFound
from storage import Database, queries, record
from storage.review import close
from storage.vocabulary import ReviewKind
from tests.storage.campaign import KEY, article, figure, march, report

CAPTION = "As of March 2, 134 observers have been accredited."


def read(database: Database, name: str, *texts: str, caption: str | None = None, source: str = "kazinform") -> None:
    """Record an article without figures, with a caption that states some."""
    with database.write() as session:
        record(
            session,
            article(name, *texts, source=source),
            None,
            fetched_at=march(2),
            found_via="feed",
            figures_outside_body=caption,
        )


def test_each_article_has_its_own_canary(database: Database) -> None:
    read(database, "a", caption=CAPTION)
    read(database, "b", caption=CAPTION, source="qazaq_tv")
    read(database, "c")
    with database.read() as session:
        items = queries.review(session, kind=ReviewKind.FIGURES_OUTSIDE_BODY)
        assert [(i.source, i.text) for i in items] == [("qazaq_tv", CAPTION), ("kazinform", CAPTION)]
        assert [i.source for i in queries.review(session, source="kazinform")] == ["kazinform"]
        assert {s.state.source: s.figures_outside_body for s in queries.sources(session)} == {
            "kazinform": 1,
            "qazaq_tv": 1,
        }


def test_a_closed_canary_stays_closed_for_its_words(database: Database) -> None:
    read(database, "a", caption=CAPTION)
    with database.write() as session:
        (item,) = queries.review(session)
        close(session, [item.id], by="Aigul", note="prune mended", now=march(3))
    read(database, "a", caption=CAPTION)
    read(database, "a", "Edited.", caption=CAPTION)
    with database.read() as session:
        assert queries.review(session) == ()
        (closed,) = queries.review(session, closed=True)
        assert (closed.closed_by, closed.closed_at, closed.note) == ("Aigul", march(3), "prune mended")
        assert [s.figures_outside_body for s in queries.sources(session)] == [0]
    read(database, "a", "Edited again.", caption=CAPTION.replace("134", "178"))
    with database.read() as session:
        assert [i.text for i in queries.review(session)] == [CAPTION.replace("134", "178")]


def test_a_canary_is_no_fact(database: Database) -> None:
    read(database, "a", caption=CAPTION)
    with database.read() as session:
        assert (queries.reports(session), queries.changes(session), queries.elections(session)) == ((), (), ())


def test_unknown_names_and_their_sentence(database: Database) -> None:
    text = "The commission met. Eight observers of the ASO were accredited. It will meet again."
    with database.write() as session:
        stated = report(figure(8, "organization:ASO"), unknown_names=("ASO",))
        record(session, article("a", text), stated, fetched_at=march(1), found_via="feed")
    with database.read() as session:
        (item,) = queries.review(session, election=KEY)
        assert queries.review(session, election="1999-01-10-presidential") == ()
    assert (item.kind, item.text, item.election) == (ReviewKind.UNKNOWN_NAME, "ASO", KEY)
    assert item.sentence == "Eight observers of the ASO were accredited."
    assert (item.title, item.report) == ("Story a", 1)


def test_figures_of_no_known_election_and_figures_that_are_gone(database: Database) -> None:
    with database.write() as session:
        stated = report(figure(8), election=Election())
        record(session, article("a"), stated, fetched_at=march(1), found_via="feed")
        record(session, article("a", "Edited."), None, fetched_at=march(2), found_via="feed")
    with database.read() as session:
        items = queries.review(session)
    assert [i.kind for i in items] == [ReviewKind.FIGURES_GONE, ReviewKind.UNIDENTIFIED_ELECTION]
    assert {i.url for i in items} == {"https://kazinform.example/en/a"}


def test_closing_is_all_or_nothing(database: Database) -> None:
    read(database, "a", caption=CAPTION)
    with pytest.raises(NotFound, match="no review item has the id 99"), database.write() as session:
        close(session, [1, 99], by="Aigul", now=march(3))
    with database.read() as session:
        assert len(queries.review(session)) == 1
