"""`accredwatch status`: what it tells people, what programs get, and the exit code for monitoring."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from accredwatch.cli import main
from storage import Database, lock, notices, outbox, sources
from storage.recording import record
from storage.source_views import NoticeDetails, Sign
from storage.vocabulary import AlertState, Audience, NoticeKind, SignKind, SignPlace, Subscription
from tests.alerts.desk import a_total
from tests.storage.campaign import USUAL

Capture = pytest.CaptureFixture[str]
NOW = datetime.now(UTC)
CONFIG = """
[database]
url = "{url}"

[[source]]
key = "paper"
name = "The Paper"
hosts = ["paper.test"]
article_urls = ['/(?P<id>\\d+)']

[[source]]
key = "off"
name = "Off"
enabled = false
hosts = ["off.test"]
article_urls = ['/(?P<id>\\d+)']

[[channel]]
name = "desk"
url = "json://desk.test"

[[channel]]
name = "operators"
url = "json://operators.test"
audience = "operators"
"""
GONE = Sign(kind=SignKind.GONE, place=SignPlace.DOCUMENT, count=1, examples=("https://paper.test/feed answers 404",))
OPERATORS = Subscription("operators", frozenset(), frozenset(), frozenset(), audience=Audience.OPERATORS)


@pytest.fixture
def config(sqlite_url: str, write_config: Callable[[str], Path]) -> str:
    return str(write_config(CONFIG.format(url=sqlite_url)))


@pytest.fixture
def opened(sqlite_url: str, config: str) -> Iterator[Database]:
    database = Database.open(sqlite_url)
    yield database
    database.close()


def crawl(database: Database, *, ago: timedelta, signs: tuple[Sign, ...] = ()) -> None:
    at = NOW - ago
    with database.write() as session:
        run = sources.begin_run(session, "paper", now=at)
        errors = tuple(sign.kind.value for sign in signs)
        listed = [f"en {at}"]
        sources.finish_run(session, run, now=at, finish_reason="finished", errors=errors, signs=signs, listed=listed)


def status(config: str, capsys: Capture) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["-c", config, "status", "--json"])

    content = json.loads(capsys.readouterr().out)
    assert isinstance(content, dict)
    return code, content


def test_all_is_well_while_a_daemon_works(config: str, opened: Database, capsys: Capture) -> None:
    crawl(opened, ago=timedelta(minutes=20))
    crawl(opened, ago=timedelta(minutes=10))
    with lock.hold(opened, "accredwatch on here", now=NOW):
        code, found = status(config, capsys)
        assert main(["-c", config, "status"]) == 0
    assert (code, found["well"], found["daemon"]["who"]) == (0, True, "accredwatch on here")
    paper, off = found["sources"]
    assert (paper["condition"], paper["well"], off["condition"], off["well"]) == ("fine", True, None, True)
    assert [channel["channel"] for channel in found["channels"]] == ["desk", "operators"]
    shown = capsys.readouterr().out
    assert "all is well" in shown
    assert "running: accredwatch on here, process" in shown


def test_no_daemon_is_no_good(config: str, opened: Database, capsys: Capture) -> None:
    crawl(opened, ago=timedelta(minutes=10))
    code, found = status(config, capsys)
    assert (code, found["well"], found["daemon"]) == (1, False, None)
    assert main(["-c", config, "status"]) == 1
    assert "no daemon is running" in capsys.readouterr().out


def test_a_source_in_trouble(config: str, opened: Database, capsys: Capture) -> None:
    for minutes in range(60, 30, -10):
        crawl(opened, ago=timedelta(minutes=minutes))
    for minutes in range(30, 0, -10):
        crawl(opened, ago=timedelta(minutes=minutes), signs=(GONE,))
    with lock.hold(opened, "accredwatch", now=NOW):
        code, found = status(config, capsys)
        main(["-c", config, "status"])
        main(["-c", config, "sources"])
        shown = capsys.readouterr().out
    assert (code, found["well"]) == (1, False)
    assert (found["sources"][0]["condition"], found["sources"][0]["seen"]) == ("feed_gone", GONE.examples[0])
    assert shown.count("feed gone") == 2, "`sources` says the same"
    assert shown.count("answers 404") == 2


def test_nobody_has_crawled_for_long(config: str, opened: Database, capsys: Capture) -> None:
    crawl(opened, ago=timedelta(days=2))
    _, found = status(config, capsys)
    assert found["sources"][0]["condition"] == "overdue"


@pytest.mark.parametrize(("ago", "well"), [(timedelta(minutes=30), True), (timedelta(hours=2), False)])
def test_an_alert_that_waits_for_long(
    config: str, opened: Database, capsys: Capture, ago: timedelta, well: bool
) -> None:
    article, report = a_total(101)
    with opened.write() as session:
        record(session, article, report, fetched_at=NOW - ago, found_via="feed", subscriptions=[USUAL])
    with lock.hold(opened, "accredwatch", now=NOW):
        code, found = status(config, capsys)
    desk = found["channels"][0]
    assert (code, desk["well"], desk["pending"]) == (0 if well else 1, well, 1)
    assert desk["oldest_waiting"] is not None


def test_an_alert_that_was_given_up(config: str, opened: Database, capsys: Capture) -> None:
    with opened.write() as session:
        details = NoticeDetails(seen="nothing new")
        notices.tell(
            session, "paper", NoticeKind.SILENT, since=None, details=details, subscriptions=[OPERATORS], now=NOW
        )
        (alert,) = outbox.alerts(session, channel="operators")
        outbox.failed(session, alert.id, error="no such mailbox", retry_at=None)
    with lock.hold(opened, "accredwatch", now=NOW):
        code, found = status(config, capsys)
    operators = found["channels"][1]
    assert (code, operators["audience"], operators["failed"], operators["well"]) == (1, "operators", 1, False)


def test_notices_are_listed_with_the_alerts(config: str, opened: Database, capsys: Capture) -> None:
    with opened.write() as session:
        details = NoticeDetails(seen="https://paper.test/feed answers 404")
        notices.tell(
            session, "paper", NoticeKind.FEED_GONE, since=NOW, details=details, subscriptions=[OPERATORS], now=NOW
        )
    assert main(["-c", config, "alerts", "list", "--state", AlertState.PENDING.value]) == 0
    assert "has lost a feed or listing" in capsys.readouterr().out
    main(["-c", config, "alerts", "list", "--json"])
    alert = json.loads(capsys.readouterr().out)
    assert (alert["change"], alert["notice"]["kind"]) == (None, "feed_gone")


def test_looking_leaves_nothing_behind(config: str, tmp_path: Path, capsys: Capture) -> None:
    code, found = status(config, capsys)
    assert (code, found["daemon"], found["sources"][0]["condition"]) == (1, None, "new")
    assert not list(tmp_path.glob("accredwatch.sqlite3*"))


def test_a_database_that_is_gone(config: str, sqlite_url: str, capsys: Capture) -> None:
    Database.open(sqlite_url).close()
    Path(sqlite_url.removeprefix("sqlite:///")).unlink()
    assert main(["-c", config, "status"]) == 3
    assert "accredwatch.sqlite3" in capsys.readouterr().err


def test_the_ping_url_is_a_secret(
    config: str, write_config: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("ACCREDWATCH_MONITORING__PING_URL", "https://hc.test/5f0c6a2e-canary")
    assert main(["-c", config, "config", "show"]) == 0
    assert "5f0c6a2e-canary" not in capsys.readouterr().out
    monkeypatch.setenv("ACCREDWATCH_MONITORING__PING_URL", "gopher://hc.test/5f0c6a2e-canary")
    assert main(["-c", config, "config", "show"]) == 2
    complaint = capsys.readouterr().err
    assert "ACCREDWATCH_MONITORING__PING_URL" in complaint
    assert "5f0c6a2e-canary" not in complaint


def test_a_container_asks_for_the_daemon_alone(opened: Database, config: str, capsys: Capture) -> None:
    for minutes in (40, 30, 20, 10):
        crawl(opened, ago=timedelta(minutes=minutes), signs=(GONE,))
    with lock.hold(opened, "test", now=NOW):
        assert main(["-c", config, "status"]) == 1, "a source is in trouble"
        assert main(["-c", config, "status", "--daemon"]) == 0
    capsys.readouterr()

    assert main(["-c", config, "status", "--daemon"]) == 1
    assert capsys.readouterr().out == "daemon    no daemon is running\n"
