"""Report, changes and search: what they show of a real database, and that words of strangers stay words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

from extract.model import Status
from storage import Database, record
from tests.storage.campaign import article, figure, march, report
from tests.web.desk import HOSTILE, fill
from tests.web.site import Visit, visit

PAGES = (
    "/reports/1", "/reports/2", "/reports/3", "/reports/5", "/changes", "/search?q=1026", "/search?q=title",
    "/review", "/review?closed=yes", "/review/decisions",
)  # fmt: skip


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The desk's database, which these tests only read."""
    made = Database.open(f"sqlite:///{tmp_path_factory.mktemp('pages')}/accredwatch.sqlite3")
    fill(made)
    yield made
    made.close()


@pytest.fixture
def reader(database: Database) -> Visit:
    """Somebody on this machine."""
    return visit(database)


def text(html: str) -> str:
    """What a reader sees of the main part, in one line."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", f"<{main}")).split())


def test_the_database_is_sound(database: Database) -> None:
    assert database.check() == ()


def test_a_report_marks_its_evidence_and_explains_it(reader: Visit) -> None:
    html = reader.get("/reports/2").text
    assert re.search(r'<mark id="evidence-body-1">137 observers[^<]*<a[^>]*href="#figure-1"', html)
    assert re.search(r'<mark id="evidence-body-2">124 from the OSCE[^<]*<a[^>]*href="#figure-2"', html)
    shown = text(html)
    assert "1 137 observers accredited in all main figure as of 2 March 2023 137 observers , in the body" in shown
    assert "2 124 observers from the OSCE accredited in all as of 2 March 2023" in shown
    assert 'href="https://kazinform.example/en/a"' in html
    assert "fetched" in shown.lower()
    assert "not the page itself" in shown
    assert "corrected 137 observers accredited" in shown
    assert "134 observers accredited → 137 observers accredited" in shown


def test_revisions_stand_side_by_side(reader: Visit) -> None:
    for id_ in (1, 2):
        html = reader.get(f"/reports/{id_}").text
        assert "<del>134</del>" in html
        assert "<ins>137</ins>" in html
        assert "Revision 1 beside revision 2" in html
    assert "states nothing any more" in reader.get("/reports/1").text
    assert "compare with revision 1" in reader.get("/reports/2?with=1").text
    assert "The article has had one text." in reader.get("/reports/3").text
    answer = reader.get("/reports/2?with=9")
    assert (answer.status_code, "2 revisions and none with the number 9" in answer.text) == (404, True)


def test_sums_and_disputes(reader: Visit) -> None:
    first = text(reader.get("/reports/1").text)
    assert "fails organizations and states against the total 121 from international organizations + 12" in first
    assert "1 missing" in first
    assert "In dispute: observers accredited, 13 March 2023" in text(reader.get("/reports/3").text)
    assert (
        "open against earlier articles earlier total 137 (kazinform, 2 Mar 2023 , report 2 ) against total 786 :"
        " the articles do not tell every term"
    ) in text(reader.get("/reports/3").text)


@pytest.mark.parametrize("path", PAGES)
def test_words_of_strangers_stay_words(reader: Visit, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 200
    main = answer.text.partition("<main")[2].partition("<footer")[0]
    assert "<script" not in main
    assert "<b on" not in main
    assert "\u202e" not in main
    assert "javascript:" not in main
    assert " 49 " not in main
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    if path in {"/reports/5", "/search?q=title", "/review"}:
        assert HOSTILE.partition("{")[0] in unescape(main)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/reports/99", 404, "no report has the id 99"),
        ("/reports/0", 422, "report_id"),
        ("/reports/99999999999999999999", 422, "report_id"),
        ("/reports/x", 422, "report_id"),
        ("/reports/1?with=x", 422, "'x' is no number"),
        ("/changes?kind=new_totl", 422, "did you mean new_total"),
        ("/changes?status=done", 422, "accredited"),
        ("/changes?election=2023", 422, "2023-03-19-parliamentary"),
        ("/changes?source=kazinfor", 422, "did you mean kazinform?"),
        ("/changes?since=yesterday", 422, "2023-03-19"),
        ("/changes?before=-1", 422, "before"),
        ("/changes?before=99999999999", 422, "before"),
        ("/search?page=0", 422, "page"),
        (f"/search?q={'x' * 201}", 422, "200"),
        ("/review?kind=x", 422, "unknown_name"),
        ("/review?closed=no", 422, "yes"),
    ],
)
def test_what_is_not_understood_is_said(reader: Visit, path: str, status: int, said: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == status
    assert said.lower() in unescape(answer.text).lower()


def ids(html: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="change-(\d+)"', html)]


def test_changes_come_newest_first_and_are_filtered(reader: Visit) -> None:
    everything = ids(reader.get("/changes").text)
    assert everything == sorted(everything, reverse=True)
    assert len(everything) == 6
    by = {
        filters: len(ids(reader.get(f"/changes?{filters}").text))
        for filters in (
            "kind=conflict", "source=qazaq_tv", "status=proposed", "since=2023-03-13", "until=2023-03-12",
            "since=2023-03-13&until=2023-03-13", "election=2023-03-19-parliamentary", "kind=completed",
            "kind=&status=&source=&since=&until=",
        )
    }  # fmt: skip
    assert list(by.values()) == [2, 1, 1, 3, 3, 2, 6, 0, 6]
    assert "No change is like that." in reader.get("/changes?kind=completed").text
    assert 'value="conflict" selected' in reader.get("/changes?kind=conflict").text


def test_changes_have_pages(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        for number in range(35):
            stated = report(figure(100 + number, status=Status.PROPOSED))
            record(session, article(f"n{number}"), stated, fetched_at=march(2), found_via="feed")
    reader = visit(sqlite_database)
    first = reader.get("/changes?status=proposed").text
    older = re.search(r'<a href="([^"]+)" rel="next"', first)
    assert older
    second = reader.get(unescape(older[1])).text
    seen = ids(first) + ids(second)
    assert (len(ids(first)), len(ids(second))) == (30, 5)
    assert seen == sorted(set(seen), reverse=True)
    assert 'rel="next"' not in second
    assert 'href="/changes?status=proposed" rel="first"' in second


def test_search(reader: Visit) -> None:
    shown = text(reader.get("/search?q=1,026").text)
    assert "1,026 all, in all proposed" in shown
    assert "report 5" in shown
    html = reader.get("/search?q=елки").text
    assert "<mark>Ёлки</mark>" in html
    assert "states no figures" in html
    assert 'value="елки"' in html
    assert "Nothing has all these words." in reader.get("/search?q=nowhere").text
    assert "Nothing has all these words." in reader.get('/search?q=" OR 1').text
    assert "Nothing more was found." in reader.get("/search?q=story&page=2").text
    assert reader.get("/search").status_code == 200
    hostile = reader.get("/search", params={"q": HOSTILE})
    assert "<script" not in hostile.text
