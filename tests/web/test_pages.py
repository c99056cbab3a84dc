"""Where an election stands, its timeline, comparison and senders: asked for over HTTP, as browsers do."""

from __future__ import annotations

import asyncio
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from accredwatch.config import load
from accredwatch.log import LoggingSettings, set_up
from accredwatch.web.app import make_app
from accredwatch.web.context import Context
from foundation.redaction import Redactor
from storage import lock
from storage.database import Database
from tests.web.published import CAMPAIGN_KEY, HOSTILE, NEXT_KEY, NOW, fill
from tests.web.served import served

SETTINGS = load(Path(__file__).resolve().parents[2] / "config.toml")
PAGES = (
    "/", "/elections", f"/elections/{CAMPAIGN_KEY}", f"/elections/{NEXT_KEY}?every=true", "/compare",
    f"/compare?e={CAMPAIGN_KEY}&e={NEXT_KEY}", f"/elections/{NEXT_KEY}/senders", "/timeline", "/senders",
)  # fmt: skip
CHARTS = (f"/elections/{CAMPAIGN_KEY}/chart", "/compare/chart")


class AtThatTime:
    """Ten days before the next vote."""

    def now(self) -> datetime:
        return NOW


def context_of(database: Database) -> Context:
    return Context(database=database, settings=SETTINGS, clock=AtThatTime())


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    database = Database.open(f"sqlite:///{tmp_path_factory.mktemp('pages') / 'accredwatch.sqlite3'}")
    fill(database)
    with served(context_of(database)) as url, httpx.Client(base_url=url, follow_redirects=True) as made:
        yield made
    database.close()


@pytest.fixture
def empty(sqlite_database: Database) -> Iterator[httpx.Client]:
    with served(context_of(sqlite_database)) as url, httpx.Client(base_url=url, follow_redirects=True) as made:
        yield made


def text_of(html: str) -> str:
    """What a reader sees, without tags; blanks run together."""
    body = re.sub(r"<(script|style|datalist).*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", body).split())


@pytest.mark.parametrize("path", [*PAGES, "/nothing/here", "/static/none.css", *(f"{c}.svg" for c in CHARTS)])
def test_every_answer_keeps_foreign_content_from_running(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'unsafe-inline'" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", PAGES)
def test_what_articles_say_stays_text(client: httpx.Client, path: str) -> None:
    html = client.get(path).text
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert not re.search(r"<[^>]+\sstyle=", html)
    assert not re.search(r"<[^>]+\son\w+=", html)


def test_hostile_titles_and_names_are_shown_as_they_are(client: httpx.Client) -> None:
    escaped = HOSTILE.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")
    assert escaped in client.get(f"/elections/{NEXT_KEY}?every=true").text
    assert escaped in client.get(f"/elections/{NEXT_KEY}/senders").text


def test_now_shows_the_election_that_comes_next(client: httpx.Client) -> None:
    seen = text_of(client.get("/").text)
    assert "Presidential election 16 May 2027" in seen
    assert "1,206 observers accredited" in seen
    assert "after over 1,000 on 26 Apr 2027" in seen
    assert "As of 29 April 2027, says Qazaq TV" in seen
    assert "10 days to the vote" in seen
    assert "In dispute: observers accredited, 29 April 2027" in seen
    assert "1,026 The Astana Times" in seen
    assert "no daemon is running" in seen
    assert "Kazinform new" in seen
    assert "conflict 1,206 observers accredited" in seen


def test_now_tells_whether_a_daemon_is_running(sqlite_database: Database) -> None:
    with served(context_of(sqlite_database)) as url, lock.hold(sqlite_database, "the daemon", now=NOW):
        seen = text_of(httpx.get(url).text)
    assert "running the daemon (process" in seen
    assert "since 6 May 2027, 15:00 Asia/Almaty" in seen


def test_now_without_any_record_says_what_to_do(empty: httpx.Client) -> None:
    for path in ("/", "/timeline", "/senders", "/elections", "/compare"):
        answer = empty.get(path)
        assert (answer.status_code, "on record yet" in answer.text) == (200, True), path
    assert "accredwatch crawl" in empty.get("/").text


def test_a_timeline_lists_who_said_what_with_links_to_the_reports(client: httpx.Client) -> None:
    html = client.get(f"/elections/{CAMPAIGN_KEY}").text
    seen = text_of(html)
    assert "793 observers accredited as of 13 March 2023, says The Astana Times." in seen
    assert "Accreditation is over." in seen
    assert "+37 new all accredited Qazaq TV: Another 37 international observers receive accreditation" in seen
    assert "62 all accredited Kazinform: На выборы в Мажилис аккредитовано 62 наблюдателя repeats" in seen
    assert re.search(r'<a href="/reports/\d+">Another 37 international observers', html)
    assert seen.count("in dispute") > 2


def test_parts_and_subtotals_stand_there_when_asked_for(client: httpx.Client) -> None:
    few, every = (text_of(client.get(f"/elections/{NEXT_KEY}{query}").text) for query in ("", "?every=true"))
    assert "Germany" not in few
    assert "3 Germany accredited" in every
    assert "−2 ODIHR withdrawn" in every


def test_elections_are_listed_the_latest_first(client: httpx.Client) -> None:
    seen = text_of(client.get("/elections").text)
    assert seen.index("16 May 2027") < seen.index("19 March 2023") < seen.index("20 November 2022")


def test_senders_with_their_numbers_over_the_meetings(client: httpx.Client) -> None:
    seen = text_of(client.get(f"/elections/{NEXT_KEY}/senders").text)
    assert "ODIHR 140 52 +90 −2" in seen
    assert "Finland only named named" in seen
    assert "29 Apr 2027 14 38 The Astana Times" in seen


def test_comparison_by_days_before_the_vote(client: httpx.Client) -> None:
    seen = text_of(client.get(f"/compare?e={NEXT_KEY}&e={CAMPAIGN_KEY}").text)
    assert "Presidential election 16 May 2027 – – 213 213 1,206 – – – 1,206" in seen
    assert "Parliamentary election 19 March 2023 – 25 72 72 111 322 793 793 793" in seen


def test_more_elections_than_can_be_told_apart_are_refused(client: httpx.Client) -> None:
    answer = client.get("/compare", params={"e": [NEXT_KEY] * 7})
    assert (answer.status_code, "Not understood" in answer.text) == (422, True)


@pytest.mark.parametrize(
    "path", ["/elections/1999-x", "/elections/1999-x/senders", "/elections/1999-x/chart.svg", "/compare?e=1999-x"]
)
def test_an_unknown_election_is_answered_with_those_that_are_known(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert CAMPAIGN_KEY in answer.text
    assert NEXT_KEY in answer.text


def test_an_unknown_page_leads_back(client: httpx.Client) -> None:
    answer = client.get("/nothing/<b>here</b>")
    assert answer.status_code == 404
    assert "Nothing is at /nothing/&lt;b&gt;here&lt;/b&gt;" in answer.text


@pytest.mark.parametrize("path", CHARTS)
def test_charts_as_files(client: httpx.Client, path: str) -> None:
    svg, png = (
        client.get(f"{path}.svg?width=700&height=400&scheme=dark"),
        client.get(f"{path}.png?width=300&height=200"),
    )
    assert svg.headers["content-type"] == "image/svg+xml"
    assert ET.fromstring(svg.content).get("viewBox") == "0 0 504 288"  # noqa: S314 - our own
    assert png.content.startswith(b"\x89PNG")
    assert client.get(f"{path}.svg?width=99999").status_code == 422


@pytest.mark.parametrize("path", ["/", f"{CHARTS[0]}.svg?width=300&height=200"])
def test_what_a_browser_has_already_is_not_sent_again(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    again = client.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).content == first.content
    assert first.headers["cache-control"] == "private, no-cache"


def test_head_says_what_get_would_without_its_body(client: httpx.Client) -> None:
    for path in ("/", "/nothing", "/static/style.css"):
        head, get = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (get.status_code, b""), path
        assert head.headers["content-length"] == get.headers["content-length"], path


def test_instants_are_in_the_zone_that_the_viewer_chose(client: httpx.Client) -> None:
    assert '12:50 <span class="zone">Asia/Almaty</span>' in client.get("/").text
    chosen = client.post("/zone", data={"zone": "Europe/Vienna", "back": f"/elections/{NEXT_KEY}?every=true"})
    assert str(chosen.url).endswith(f"/elections/{NEXT_KEY}?every=true")
    assert '09:50 <span class="zone">Europe/Vienna</span>' in chosen.text
    client.cookies.clear()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example"])
def test_the_choice_of_a_zone_sends_nobody_elsewhere(client: httpx.Client, back: str) -> None:
    answer = client.post("/zone", data={"zone": "UTC", "back": back}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    client.cookies.clear()


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "Asia", ""])
def test_what_is_no_zone_is_refused_with_an_example(client: httpx.Client, zone: str) -> None:
    answer = client.post("/zone", data={"zone": zone})
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers


def test_a_cookie_that_names_no_zone_counts_as_none(client: httpx.Client) -> None:
    answer = client.get("/", headers={"Cookie": "zone=../../etc/passwd"})
    assert (answer.status_code, "Asia/Almaty</span>" in answer.text) == (200, True)


def test_a_fault_of_the_program_is_a_page_too_and_is_logged(
    sqlite_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(LoggingSettings(format="json"), Redactor())
    app = make_app(context_of(sqlite_database))

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("a secret of the machine")

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get("/broken")

    answer = asyncio.run(asked())
    assert answer.status_code == 500
    assert "This page failed" in answer.text
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "page_failed" in capsys.readouterr().err


def test_a_database_that_is_gone_is_told_in_plain_words(tmp_path: Path) -> None:
    file = tmp_path / "accredwatch.sqlite3"
    database = Database.open(f"sqlite:///{file}")
    database.close()  # the next request connects anew
    file.write_bytes(b"no database any more" * 1000)
    with served(context_of(database)) as url:
        answer = httpx.get(f"{url}/elections")
    database.close()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "The database cannot be used now" in answer.text
