"""Who may see and do what: every route, without credentials, with wrong ones and with right ones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import pytest

from accredwatch.web.attempts import MOST, REMEMBERED, WITHIN, Attempts
from accredwatch.web.sessions import COOKIE, LASTS, Seal, Session
from storage import Database
from tests.storage.campaign import march
from tests.web.site import TOKEN, Hands, Visit, routes, visit

OPEN = {("GET", "/login"), ("POST", "/login"), ("GET", "/healthz"), ("HEAD", "/healthz"), ("GET", "/static")}
PUBLIC: dict[str, Any] = {"host": "0.0.0.0", "token": TOKEN, "public": True}  # noqa: S104 - nothing listens
CLOSED: dict[str, Any] = {"token": TOKEN}
BEARER = {"authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An empty database that all tests share: none of them writes."""
    made = Database.open(f"sqlite:///{tmp_path_factory.mktemp('access')}/accredwatch.sqlite3")
    yield made
    made.close()


@pytest.fixture
def closed(database: Database) -> Visit:
    """Somebody where everything needs the token."""
    return visit(database, **CLOSED)


def test_no_route_answers_without_the_token(closed: Visit) -> None:
    asked = set(routes(closed.app))
    assert {("GET", "/"), ("POST", "/logout"), ("GET", "/api/v1/openapi.json")} <= asked
    for method, path in sorted(asked - OPEN):
        answer = closed.ask(method, path)
        if path.startswith(("/api/", "/feeds/", "/metrics")):
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer"), (method, path)
            assert method == "HEAD" or answer.json()["detail"].startswith("This needs the token")
        elif method in {"GET", "HEAD"}:
            assert answer.status_code == 303, (method, path)
            assert answer.headers["location"].startswith("/login?next=/")
        else:
            assert answer.status_code == 403, (method, path)
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_no_action_is_open_where_reading_is(database: Database) -> None:
    somebody = visit(database, **PUBLIC)
    sent = [(m, p) for m, p in routes(somebody.app) if m not in {"GET", "HEAD"} and p not in {"/login", "/zone"}]
    assert ("POST", "/logout") in sent
    assert {somebody.ask(method, path).status_code for method, path in sent} == {403}
    assert somebody.get("/").status_code == 200
    assert "Log in" in somebody.get("/").text


def test_what_is_open(closed: Visit) -> None:
    assert closed.get("/login").status_code == 200
    assert closed.get("/static/style.css").status_code == 200
    assert closed.get("/healthz").status_code not in {303, 401}
    assert closed.get("/healthz?full").status_code == 401


@pytest.mark.parametrize(
    "authorization", ["Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer", "Bearer \u00e9".encode("latin-1")]
)
def test_other_credentials_open_nothing(closed: Visit, authorization: str | bytes) -> None:
    assert closed.get("/api/v1/openapi.json", headers={"authorization": authorization}).status_code == 401


def test_the_token_in_a_header_opens_everything(closed: Visit) -> None:
    assert closed.get("/", headers=BEARER).status_code == 200
    assert closed.get("/api/v1/openapi.json", headers=BEARER).status_code == 200
    assert closed.post("/logout", headers=BEARER).status_code == 303


def test_logging_in_and_out(closed: Visit) -> None:
    assert closed.post("/login", {"token": "wrong", "name": "Aigul"}).status_code == 403
    assert closed.get("/").status_code == 303
    answer = closed.post("/login", {"token": TOKEN, "name": " Aigul\u202e\n of the desk ", "next": "/search?q=x"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=x")
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Max-Age=43200", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert TOKEN not in cookie
    assert "Aigul of the desk" in closed.get("/").text
    assert closed.send("/", "/logout").status_code == 303
    assert closed.get("/").status_code == 303


def test_behind_https_the_cookie_goes_nowhere_else(database: Database) -> None:
    somebody = visit(database, token=TOKEN, public_url="https://watch.example")
    assert "Secure" in somebody.log_in().headers["set-cookie"]


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", ""])
def test_login_leads_nowhere_else(closed: Visit, elsewhere: str) -> None:
    assert closed.post("/login", {"token": TOKEN, "next": elsewhere}).headers["location"] == "/"
    page = closed.get("/login", params={"next": elsewhere}).text
    assert 'name="next" value="/"' in page
    assert 'href="/">Go on' in page


def test_a_session_ends(database: Database) -> None:
    clock = Hands()
    somebody = visit(database, clock=clock, **CLOSED)
    somebody.log_in()
    clock.move(LASTS - timedelta(seconds=1))
    assert somebody.get("/").status_code == 200
    clock.move(timedelta(seconds=1))
    assert somebody.get("/").status_code == 303


def test_cookies_that_are_not_ours(closed: Visit) -> None:
    session = Session("Aigul", march(21))
    right = Seal(TOKEN).close(session)
    for cookie in ("", ".", "x.y", right[1:], f"{right}0", Seal("another token").close(session), "é.é"):
        answer = closed.get("/", headers={"cookie": f"{COOKIE}={cookie}".encode()})
        assert answer.status_code == 303, cookie
    assert closed.get("/", headers={"cookie": f"{COOKIE}={right}"}).status_code == 200
    assert Seal(TOKEN).open(right, march(20)) == session


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:8350"},
    ],
)
def test_forms_of_other_sites_are_refused(closed: Visit, headers: dict[str, str]) -> None:
    assert closed.post("/login", {"token": TOKEN}, headers=headers).status_code == 403
    closed.log_in()
    token = Seal(TOKEN).form_token(closed.cookies[COOKIE])
    answer = closed.post("/logout", {"form_token": token}, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.text
    assert closed.post("/zone", {"zone": "UTC"}, headers=headers).status_code == 403


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8350", "https://watch.example"])
def test_forms_of_ours_bring_their_token(database: Database, origin: str) -> None:
    somebody = visit(database, token=TOKEN, public_url="https://watch.example")
    cookie = Seal(TOKEN).close(Session("", march(21)))
    right = Seal(TOKEN).form_token(cookie)
    headers = {"origin": origin, "sec-fetch-site": "same-origin", "cookie": f"{COOKIE}={cookie}"}
    for wrong in ("", "0", Seal(TOKEN).form_token(""), Seal("another token").form_token(cookie)):
        assert "out of date" in somebody.post("/logout", {"form_token": wrong}, headers=headers).text
    assert somebody.post("/logout", {"form_token": right}, headers=headers).status_code == 303
    assert somebody.post("/logout", headers={**headers, "x-form-token": right}).status_code == 303


def test_requests_that_are_no_forms_of_ours(closed: Visit) -> None:
    closed.log_in()
    many = "&".join(f"f{n}=1" for n in range(1000))
    assert closed.ask("POST", "/logout", content=many).status_code == 403
    assert closed.ask("POST", "/logout", content="x" * 70_000).status_code == 413
    assert closed.ask("POST", "/logout", content=_dripping()).status_code == 413


async def _dripping() -> AsyncIterator[bytes]:
    yield b"form_token="


def test_without_a_token_this_machine_may_do_everything(database: Database) -> None:
    somebody = visit(database)
    assert somebody.get("/").status_code == 200
    assert somebody.get("/login").headers["location"] == "/"
    assert "Log in" not in somebody.get("/").text
    assert somebody.post("/logout").status_code == 403
    assert somebody.get("/", headers={"authorization": "Bearer "}).status_code == 200


def test_behind_a_proxy_nobody_acts_without_a_token(database: Database) -> None:
    somebody = visit(database, public_url="https://watch.example")
    assert somebody.get("/").status_code == 200
    answer = somebody.post("/logout")
    assert answer.status_code == 403
    assert "web.token" in answer.text


@pytest.mark.parametrize(
    ("web", "host", "served"),
    [
        ({}, "127.0.0.1:8350", True),
        ({}, "localhost", True),
        ({}, "LOCALHOST:1", True),
        ({}, "[::1]:8350", True),
        ({}, "127.8.8.8", True),
        ({}, "evil.example", False),
        ({}, "evil.example:8350", False),
        ({}, "localhost.evil.example", False),
        ({}, "localhost@evil.example", False),
        ({}, "192.168.1.7:8350", False),
        ({}, "[", False),
        ({}, "", False),
        ({"public_url": "https://watch.example/"}, "watch.example", True),
        ({"public_url": "https://watch.example/"}, "evil.example", False),
        (PUBLIC, "192.168.1.7:8350", True),
        (PUBLIC, "evil.example", False),
        ({"host": "localhost"}, "localhost:8350", True),
        ({"host": "tower.lan", "token": TOKEN, "public": True}, "tower.lan:8350", True),
    ],
)
def test_only_names_of_ours_are_answered(database: Database, web: dict[str, Any], host: str, served: bool) -> None:
    answer = visit(database, **web).get("/", headers={"host": host})
    assert answer.status_code == (200 if served else 421)
    assert served or "web.public_url" in answer.text


def test_guessing_is_slow(database: Database) -> None:
    clock = Hands()
    guesser = visit(database, clock=clock, address="192.0.2.1", **PUBLIC)
    other = Visit(guesser.app, address="192.0.2.2")
    for n in range(MOST):
        assert guesser.post("/login", {"token": f"guess {n}"}).status_code == 403
    refused = guesser.log_in()
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert guesser.get("/", headers=BEARER).status_code == 429
    assert other.log_in().status_code == 303
    clock.move(WITHIN)
    assert guesser.log_in().status_code == 303
    for _ in range(MOST):
        assert other.get("/api/v1/openapi.json", headers={"authorization": "Bearer x"}).status_code == 401
    late = other.get("/api/v1/openapi.json", headers=BEARER)
    assert (late.status_code, late.json()["status"]) == (429, 429)
    assert other.get("/").status_code == 200


def test_one_network_of_ipv6_is_one_address_and_few_are_remembered() -> None:
    attempts = Attempts()
    for n in range(MOST):
        attempts.note_wrong(f"2001:db8::{n:x}", march(1))
    assert attempts.wait("2001:db8::ffff", march(1)) == 60
    assert attempts.wait("2001:db8:0:1::", march(1)) == 0
    for n in range(REMEMBERED):
        attempts.note_wrong(f"10.0.{n // 250}.{n % 250}", march(1))
    assert attempts.wait("2001:db8::ffff", march(1)) == 0
    assert attempts.wait("not an address", march(1)) == 0
