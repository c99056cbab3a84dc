"""Search finds articles by the words of their latest text and figures by their value, the same on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import delete

from extract.model import Report
from storage import Database, record, schema
from storage.decisions import Person, void
from storage.models import SearchText
from storage.search import Found, search
from tests.storage.campaign import KEY, article, figure, march, report

Add = Callable[..., None]
FOUND = {
    "observers": ["en"],
    "OBSERVERS osce": ["en"],
    "observ": ["en"],
    "observ osce": [],
    "НАБЛЮДАТЕЛЕЙ ОБСЕ": ["ru"],
    "еще": ["ru"],
    "бақылаушы": ["kk"],
    "story": ["kk", "ru", "en"],
    "1026": ["ru", "en"],
    "1,026": ["ru", "en"],
    "1 026": ["ru", "en"],
    "026": ["ru", "en"],
    "nothing of this": [],
    "": [],
    "!?": [],
    '"observers" AND -osce': [],
    "observers*": ["en"],
    "(osce) 'observers": ["en"],
    "words:osce": [],
    "' OR 1=1 --": [],
    "%": [],
    "\\": [],
    "osce'x": [],
}


@pytest.fixture
def add(database: Database) -> Add:
    """Records an article of a day in March with these paragraphs, and what it states."""

    def one(name: str, *texts: str, day: int = 1, stated: Report | None = None) -> None:
        with database.write() as session:
            record(session, article(name, *texts, day=day), stated, fetched_at=march(day, 15), found_via="feed")

    return one


def ask(database: Database, words: str, *, limit: int = 20, offset: int = 0, before: int | None = None) -> Found:
    with database.read() as session:
        return search(session, words, limit=limit, offset=offset, before=before)


def names(found: Found) -> list[str]:
    return [hit.article.article_id for hit in found.articles]


def test_articles_are_found_by_their_words_newest_first(database: Database, add: Add) -> None:
    add("en", "The OSCE sent 1,026 observers.", day=1)
    add("ru", "Ещё 1 026 наблюдателей ОБСЕ.", day=2)
    add("kk", "ЕҚЫҰ бақылаушылары келді.", day=3)
    assert {words: names(ask(database, words)) for words in FOUND} == FOUND


def test_only_the_latest_text_of_an_article_is_searched(database: Database, add: Add) -> None:
    add("a", "There are many hares.")
    add("a", "There are many tortoises.", day=2)
    assert names(ask(database, "hares")) == []
    assert names(ask(database, "tortoises")) == ["a"]
    assert names(ask(database, "many")) == ["a"]


def test_a_hit_shows_where_the_words_stand(database: Database, add: Add) -> None:
    add("a", f"{'Before that, nothing. ' * 20}The <b>OSCE</b> sent 1,026 observers.{' Nothing more.' * 40}")
    (hit,) = ask(database, "osce 1026 stor").articles
    assert "".join(piece.text for piece in hit.title if piece.found) == "Story"
    assert [piece.text for piece in hit.snippet if piece.found] == ["OSCE", "1,026"]
    shown = "".join(piece.text for piece in hit.snippet)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "The <b>OSCE</b> sent 1,026 observers. Nothing" in shown
    assert len(shown) < 400
    assert (hit.report, hit.election) == (None, None)


def test_figures_are_found_by_their_value(database: Database, add: Add) -> None:
    add("a", "Of the OSCE 355.", stated=report(figure(355, "organization:OSCE"), figure(1026)))
    add("b", "Of the CIS 355.", day=2, stated=report(figure(355, "organization:CIS")))

    def hits(words: str) -> list[tuple[str, str]]:
        return [(hit.article.article_id, hit.figure.scope) for hit in ask(database, words).figures]

    assert hits("355") == [("b", "organization:CIS"), ("a", "organization:OSCE")]
    assert hits("osce 355") == [("a", "organization:OSCE")]
    assert hits("355 os") == [("a", "organization:OSCE")]
    assert hits("1,026") == [("a", "total")]
    assert hits("356") == hits("osce") == hits("99999999999999999999") == []
    (first, *_) = ask(database, "osce").articles
    assert (first.report, first.election) == (1, KEY)


def test_what_states_nothing_any_more_is_not_found_by_value(database: Database, add: Add) -> None:
    add("a", "In all 355.", stated=report(figure(355)))
    add("a", "In all 356.", day=2, stated=report(figure(356)))
    assert ask(database, "355").figures == ()
    with database.write() as session:
        void(session, 2, Person(by="Aigul", now=march(3)), [])
    found = ask(database, "356")
    assert found.figures == ()
    assert [(hit.article.article_id, hit.report) for hit in found.articles] == [("a", None)]


def test_pages(database: Database, add: Add) -> None:
    for day in range(1, 6):
        add(f"n{day}", "The same words.", day=day)
    first, second, last = (ask(database, "same", limit=2, offset=n) for n in (0, 2, 4))
    assert [names(part) for part in (first, second, last)] == [["n5", "n4"], ["n3", "n2"], ["n1"]]
    assert [part.more for part in (first, second, last)] == [True, True, False]
    behind = ask(database, "same", limit=2, before=first.articles[-1].place)
    assert (names(behind), behind.more) == (["n3", "n2"], True), "the following page, whatever came meanwhile"


@pytest.mark.parametrize("most", [5_000, 2])
def test_pages_of_a_number_and_the_beginning_of_a_word(
    database: Database, add: Add, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("storage.search._MOST_OF_A_NUMBER", most)
    for day in range(1, 6):
        add(f"n{day}", f"In all 355 {'observers' if day != 3 else 'voters'}.", day=day)
    first, second, none = (ask(database, "355 obs", limit=2, offset=n) for n in (0, 2, 4))
    assert [names(part) for part in (first, second, none)] == [["n5", "n4"], ["n2", "n1"], []]
    assert [part.more for part in (first, second, none)] == [True, False, False]
    behind = ask(database, "355 obs", limit=2, before=first.articles[-1].place)
    assert (names(behind), behind.more) == (["n2", "n1"], False)


def test_a_very_long_text_is_recorded_and_found_by_its_beginning(database: Database, add: Add) -> None:
    add("a", "hare " + " ".join(f"{n:x}слово" for n in range(30_000)) + " tortoise", "x" * 5000)
    assert names(ask(database, "hare")) == ["a"]
    assert names(ask(database, "tortoise")) == []


def test_what_search_does_not_know_is_a_problem_of_the_database(database: Database, add: Add) -> None:
    add("a", "Some words.")
    assert database.check() == ()
    with database.write() as session:
        session.execute(delete(SearchText))
    assert database.check() == ("article 1 is not known to search",)
    assert names(ask(database, "words")) == []


def test_articles_on_record_are_findable_after_the_upgrade(database: Database, add: Add) -> None:
    add("a", "Old words.")
    add("a", "Newer words.", day=2)
    with database.write() as session:
        schema.downgrade(session.connection(), to="0004")
        assert "search_text" not in schema.table_names(session.connection())
        schema.upgrade(session.connection(), now=march(3))
    assert names(ask(database, "newer")) == ["a"]
    assert names(ask(database, "old")) == []
    add("b", "Newer still.", day=3)
    assert names(ask(database, "newer")) == ["b", "a"]
