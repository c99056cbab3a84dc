"""The JSON interface on a campaign: what it tells, page by page, and what it says to requests with a fault."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from accredwatch.web.app import make_app
from alerts.settings import Channel
from storage import outbox, record
from storage.database import Database
from tests.api.records import FORMULA, REFERENDUM_KEY, SOURCES, UNKNOWN_BODY, context, fill
from tests.storage.campaign import EVERYTHING, KEY, article, figure, march, report
from tests.support.serving import asking

API = "/api/v1"


def items(client: httpx.Client, path: str, **asked: str | int | list[str]) -> list[dict[str, Any]]:
    answer = client.get(f"{API}{path}", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def problem(client: httpx.Client, path: str, expected: int, /, **asked: str | int) -> dict[str, Any]:
    answer = client.get(f"{API}{path}", params=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (expected, "application/problem+json"), answer.text
    content: dict[str, Any] = answer.json()
    assert content["status"] == expected
    assert content["remedy"]
    return content


def test_elections_come_with_their_latest_totals(client: httpx.Client) -> None:
    found = items(client, "/elections")

    assert [e["election"]["key"] for e in found] == [KEY, REFERENDUM_KEY]
    total = found[0]["totals"][0]
    assert (total["status"], total["figure"]["value"], total["figure"]["approx"]) == ("accredited", 700, "about")
    assert client.get(f"{API}/elections/{KEY}").json() == found[0]


def test_tallies_are_steps_of_all_sources_and_of_each(client: httpx.Client) -> None:
    found = items(client, f"/elections/{KEY}/tallies", scope="total", status="accredited")

    steps = {t["source"]: [step["value"] for step in t["steps"]] for t in found}
    assert steps["kazinform"] == [615]
    assert steps["qazaq_tv"] == [650]
    assert steps["astana_times"] == [641, 700]
    assert steps[None][0] == 615


def test_statements_say_what_to_think_of_them(client: httpx.Client) -> None:
    found = items(client, f"/elections/{KEY}/statements")

    assert [s["figure"]["day"] for s in found] == sorted(s["figure"]["day"] for s in found)
    assert [s["figure"]["value"] for s in found if s["voided"]] == [9000]


@pytest.mark.parametrize("path", ["/reports", "/figures", "/changes", "/alerts", f"/elections/{KEY}/statements"])
def test_pages_follow_each_other_by_their_links(client: httpx.Client, path: str) -> None:
    everything = items(client, path)
    answer = client.get(f"{API}{path}", params={"limit": 2})
    walked = answer.json()["items"]
    while "next" in answer.links:
        assert f"after={answer.json()['next']}" in answer.links["next"]["url"]
        answer = client.get(answer.links["next"]["url"])
        walked += answer.json()["items"]

    assert len(everything) > 4
    assert walked == everything
    assert answer.json()["next"] is None


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ({"election": REFERENDUM_KEY}, {90}),
        ({"source": "qazaq_tv"}, {650}),
        ({"status": "withdrawn"}, {5}),
        ({"basis": "new", "status": "accredited"}, {27}),
        ({"value": 641}, {641}),
        ({"scope": UNKNOWN_BODY}, {77}),
        ({"since": "2023-03-12", "until": "2023-03-12"}, {641, 27, 650}),
        ({"since": "2023-03-16"}, set()),
    ],
)
def test_figures_are_filtered(client: httpx.Client, asked: dict[str, Any], values: set[int]) -> None:
    assert {f["value"] for f in items(client, "/figures", **asked)} == values


def test_what_an_edit_replaced_and_a_person_voided_is_not_listed(client: httpx.Client) -> None:
    values = {f["value"] for f in items(client, "/figures")}

    assert 615 in values
    assert values & {614, 9000} == set()


def test_the_words_of_a_figure_stand_where_the_report_says(sqlite_database: Database) -> None:
    told = article("a", "In\u00a0all  641 observers\u200b are", "accredited.", day=12)
    stated = figure(641)
    start = told.body.index("641")
    end = start + len("641 observers\u200b are\naccredited")
    evidence = replace(stated.evidence, text=told.body[start:end], start=start, end=end)
    with sqlite_database.write() as session:
        record(session, told, report(replace(stated, evidence=evidence)), fetched_at=march(12), found_via="feed")

    with asking(make_app(context(sqlite_database))) as client:
        whole = client.get(f"{API}/reports/1").json()

    found = whole["figures"][0]["evidence"]
    assert found["text"] == told.body[start:end]
    assert whole["body"][found["start"] : found["end"]] == found["text"]


def test_an_address_that_is_none_is_left_out(sqlite_database: Database) -> None:
    told = replace(article("a", day=12), url="javascript:alert(1)")
    with sqlite_database.write() as session:
        record(session, told, report(figure(641)), fetched_at=march(12), found_via="feed", subscriptions=[EVERYTHING])

    with asking(make_app(context(sqlite_database))) as client:
        paths = ("/figures", "/reports", "/changes", "/reports/1", f"/elections/{KEY}", f"/elections/{KEY}/tallies")
        answers = [client.get(API + path).text for path in paths]
        feed = client.get("/feeds/changes.atom").text

    assert not [text for text in (*answers, feed) if '"url":"javascript' in text or 'href="javascript' in text]
    assert '"url":null' in answers[0]


def test_a_report_tells_its_text_its_checks_and_what_it_changed(client: httpx.Client) -> None:
    whole = client.get(f"{API}/reports/1").json()

    assert (whole["superseded"], whole["revision"], whole["revisions"]) == (True, 1, 2)
    assert whole["title"] == FORMULA
    assert [f["value"] for f in whole["figures"]] == [614, 12]
    assert [c["change"]["kind"] for c in whole["changes"]] == ["new_total"]
    assert "across" in whole


def test_changes_and_disputes_are_filtered(client: httpx.Client) -> None:
    kinds = [c["change"]["kind"] for c in items(client, "/changes", kinds=["conflict", "settled"])]

    assert kinds == ["conflict", "settled"]
    assert {c["election"]["key"] for c in items(client, "/changes", election=REFERENDUM_KEY)} == {REFERENDUM_KEY}
    assert items(client, "/disputes") == []
    closed = items(client, "/disputes", state="closed")
    assert [(d["id"], d["outcome"]) for d in closed] == [(1, "overtaken")]
    assert client.get(f"{API}/disputes/1").json() == closed[0]


def test_sources_tell_their_health(client: httpx.Client) -> None:
    found = {s["status"]["source"]: s for s in items(client, "/sources")}

    assert list(found) == list(SOURCES)
    assert (found["kazinform"]["status"]["condition"], found["kazinform"]["well"]) == ("overdue", False)
    assert found["kazinform"]["record"]["articles"] == 5


def test_alerts_tell_their_state_and_no_secret(sqlite_database: Database) -> None:
    fill(sqlite_database)
    with sqlite_database.write() as session:
        first = outbox.claim(session, now=march(18), channels=["desk"], limit=1)[0]
        outbox.failed(session, first.id, error="canary.example refused", retry_at=None)
    secret = Channel(name="desk", url=SecretStr("webhook+https://canary.example/secret"))

    with (
        asking(make_app(context(sqlite_database, channel=(secret,)))) as client,
    ):
        failed = items(client, "/alerts", state="failed", channel="desk")
        everything = client.get(f"{API}/alerts").text

    assert [a["change"] for a in failed] == [first.change.id if first.change else None]
    assert "canary" not in everything


def test_what_has_not_changed_is_not_sent_again(sqlite_database: Database) -> None:
    fill(sqlite_database)
    with asking(make_app(context(sqlite_database))) as client:
        first = client.get(f"{API}/figures")
        tag = first.headers["etag"]
        same = [client.get(f"{API}/figures", headers={"If-None-Match": t}) for t in (tag, f'"other", W/{tag}', "*")]
        with sqlite_database.write() as session:
            record(session, article("new", day=16), report(figure(711)), fetched_at=march(18), found_via="feed")
        other = client.get(f"{API}/figures", headers={"If-None-Match": tag})

    assert [(s.status_code, s.content, s.headers["etag"]) for s in same] == [(304, b"", tag)] * 3
    assert (other.status_code, other.headers["etag"] != tag) == (200, True)


@pytest.mark.parametrize(
    ("path", "asked", "status", "said"),
    [
        ("/figures", {"limt": 3}, 422, "no parameter is called 'limt'; did you mean limit?"),
        ("/elections", {"limit": 3}, 422, "this address takes none"),
        ("/figures", {"limit": 0}, 422, "query.limit"),
        ("/figures", {"limit": 10**20}, 422, "query.limit"),
        ("/figures", {"after": 2**63}, 422, "query.after"),
        ("/figures", {"status": "acredited"}, 422, "should be 'accredited'"),
        ("/figures", {"since": "2023-03-32"}, 422, "query.since"),
        ("/figures", {"since": "2023-03-02", "until": "2023-03-01"}, 422, "is later than until"),
        ("/figures", {"scope": "\0"}, 422, "query.scope"),
        ("/figures", {"election": "2023-03-19-parlamentary"}, 404, f"did you mean {KEY}?"),
        ("/figures", {"source": "kazinfrm"}, 404, "did you mean kazinform?"),
        ("/changes", {"kinds": "news"}, 422, "query.kinds"),
        ("/elections/nothing", {}, 404, f"known are {REFERENDUM_KEY}, {KEY}"),
        ("/elections/%00/tallies", {}, 404, "no election on record"),
        ("/reports/99", {}, 404, "no report has the id 99"),
        ("/reports/0", {}, 422, "path.id"),
        ("/reports/x", {}, 422, "path.id"),
        ("/disputes/99", {}, 404, "no dispute has the id 99"),
        ("/schemas/nothing", {}, 422, "'report' or 'webhook'"),
        ("/nothing", {}, 404, "there is nothing at /api/v1/nothing"),
    ],
)
def test_a_request_with_a_fault_is_told_so(
    client: httpx.Client, path: str, asked: dict[str, Any], status: int, said: str
) -> None:
    assert said in problem(client, path, status, **asked)["detail"]


def test_nothing_can_be_written(client: httpx.Client) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = client.request(method, f"{API}/elections")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET"), method
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_database_that_cannot_be_used_is_told_without_naming_it(sqlite_database: Database, tmp_path: Path) -> None:
    file = sqlite_database.file
    assert file is not None
    with asking(make_app(context(sqlite_database))) as client:
        healthy = [client.get(path).status_code for path in ("/healthz", "/metrics")]
        sqlite_database.close()
        for one in file.parent.glob(f"{file.name}*"):
            one.unlink()
        file.mkdir()
        content = problem(client, "/figures", 503)
        ill = [client.get(path) for path in ("/healthz", "/healthz?full", "/metrics")]

    assert healthy == [200, 200]
    assert [answer.status_code for answer in ill] == [503] * 3
    assert "accredwatch doctor" in content["remedy"]
    assert not [text for text in (str(content), *(answer.text for answer in ill)) if str(tmp_path) in text]
