"""The review page: what it asks a person, what the person decides, and what is kept of that."""

from __future__ import annotations

from html import unescape

import pytest

from storage import Database
from storage.decisions import decisions
from storage.outbox import alerts
from tests.web.desk import fill
from tests.web.site import TOKEN, Visit, visit


@pytest.fixture
def desk(database: Database) -> Visit:
    """Somebody called Aigul, logged in, where others read."""
    fill(database)
    somebody = visit(database, token=TOKEN, public=True)
    somebody.log_in("Aigul")
    return somebody


def queued(database: Database) -> int:
    with database.read() as session:
        return len(alerts(session, limit=1000))


def happened(desk: Visit, path: str, fields: dict[str, str], page: str = "/review") -> str:
    """Send the form, and read what happened."""
    answer = desk.send(page, path, fields)
    assert answer.status_code == 303, answer.text
    html = unescape(desk.get(answer.headers["location"]).text)
    return html.partition('id="happened"')[2].partition("</div>")[0]


def test_a_person_decides(desk: Visit, database: Database) -> None:
    """One story, because each step needs what the one before it did."""
    shown = unescape(desk.get("/review").text)
    assert "In all <mark>786</mark> observers were accredited as of Monday." in shown
    assert "In all <mark>793</mark> observers were accredited as of Monday." in shown
    assert "Union of Beekeepers" in shown
    before = queued(database)

    said = happened(desk, "/review/disputes/1/settle", {"value": "786", "note": " asked the commission "})
    assert "Dispute 1 is settled: 786 stands, by Aigul. Accredited in all: 793 → 786. 1 alert is queued." in said
    assert queued(database) == before + 1
    assert "No sources contradict each other." in desk.get("/review").text
    assert "asked the commission" in desk.get("/review/decisions").text
    assert "decided" in desk.get("/review?closed=yes").text
    again = desk.post("/review/disputes/1/settle", {"value": "793"}, headers={"x-form-token": _token(desk)})
    assert (again.status_code, "it was decided" in again.text) == (404, True)

    said = happened(desk, "/review/close", {"ids": "1", "note": "a joke"})
    assert "Question 1 is closed, by Aigul." in said
    assert "Beekeepers" in desk.get("/review").text
    assert "a joke" in desk.get("/review?closed=yes").text

    said = happened(desk, "/review/reports/3/void", {"note": "misread"}, page="/reports/3")
    assert "Report 3 is void, by Aigul. Accredited in all: 786 → " in said
    assert "states nothing any more" in desk.get("/reports/3").text
    said = happened(desk, "/review/reports/3/restore", {"note": "it was right"})
    assert "Report 3 counts again, by Aigul." in said
    with database.read() as session:
        kept = [(one.kind.value, one.by, one.note) for one in decisions(session)]
    assert kept == [
        ("restore", "Aigul", "it was right"),
        ("void", "Aigul", "misread"),
        ("close", "Aigul", "a joke"),
        ("settle", "Aigul", "asked the commission"),
    ]
    assert database.check() == ()


def _token(desk: Visit) -> str:
    return desk.get("/review").text.partition('name="form_token" value="')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/review/disputes/1/settle", {"value": "790"}, 404),
        ("/review/disputes/1/settle", {}, 422),
        ("/review/disputes/1/settle", {"value": "many"}, 422),
        ("/review/disputes/1/settle", {"value": "9" * 30}, 422),
        ("/review/disputes/9/settle", {"value": "786"}, 404),
        ("/review/reports/9/void", {"note": "x"}, 404),
        ("/review/reports/1/void", {"note": "x"}, 404),
        ("/review/reports/3/void", {}, 422),
        ("/review/reports/3/void", {"note": ""}, 422),
        ("/review/reports/3/void", {"note": "x" * 1001}, 422),
        ("/review/reports/3/restore", {}, 404),
        ("/review/close", {}, 422),
        ("/review/close", {"ids": "99"}, 404),
        ("/review/close", {"ids": "99999999999999"}, 422),
    ],
)
def test_what_cannot_be_decided_changes_nothing(
    unchanged: Visit, path: str, fields: dict[str, str], status: int
) -> None:
    answer = unchanged.post(path, fields, headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == status, answer.text
    assert "Nothing was decided yet." in unchanged.get("/review/decisions").text


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """Somebody not logged in, where others read."""
    database = Database.open(f"sqlite:///{tmp_path_factory.mktemp('review')}/accredwatch.sqlite3")
    fill(database)
    return visit(database, token=TOKEN, public=True)


def test_who_may_only_read_is_offered_no_form(unchanged: Visit) -> None:
    for path in ("/review", "/reports/3"):
        html = unchanged.get(path).text
        assert 'action="/review/' not in html
    assert "Log in</a> to decide" in unchanged.get("/review").text
    refused = unchanged.post("/review/reports/3/void", {"note": "x"})
    assert (refused.status_code, "log in" in refused.text) == (403, True)


def test_without_a_name_it_was_somebody_on_the_page(sqlite_database: Database) -> None:
    fill(sqlite_database)
    somebody = visit(sqlite_database)
    assert "by web." in happened(somebody, "/review/close", {"ids": "1"})
