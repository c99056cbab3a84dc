"""`accredwatch review settle`, `void`, `restore`, `log`, and where disputes are shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from accredwatch.cli import main
from storage import record
from storage.vocabulary import Subscription
from tests.databases import opened
from tests.storage.campaign import KEY, USUAL, article, figure, march, report

Capture = pytest.CaptureFixture[str]
CONFIRMING = Subscription("desk", frozenset(), USUAL.kinds, USUAL.statuses, confirm=2)


@pytest.fixture
def config(database_url: str, write_config: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> str:
    """A configuration whose database holds 786 and 793 for the 13th, told to the channel desk."""
    monkeypatch.setenv("COLUMNS", "300")
    path = write_config(
        f'[database]\nurl = "{database_url}"\n[[channel]]\nname = "desk"\nurl = "json://127.0.0.1:9/"\nconfirm = 2\n'
        '[[source]]\nkey = "kazinform"\nname = "Kazinform"\nhosts = ["x.kz"]\narticle_urls = ["/(?P<id>[a-z]+)$"]\n'
    )
    database = opened(database_url)
    for name, source, value in (("a", "astana_times", 786), ("b", "kazinform", 793)):
        with database.write() as session:
            record(
                session,
                article(name, f"{value} observers were accredited.", day=13, source=source),
                report(figure(value)),
                fetched_at=march(13, hour=15),
                found_via="feed",
                subscriptions=[CONFIRMING],
            )
    database.close()
    return str(path)


@pytest.fixture
def run(config: str, capsys: Capture) -> Callable[..., str]:
    """Runs a command that has to succeed; what it prints."""

    def command(*arguments: str) -> str:
        capsys.readouterr()
        assert main(["-c", config, *arguments]) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    return command


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_review_lists_the_dispute_with_both_sentences(run: Callable[..., str]) -> None:
    out = run("review")
    for words in ("786 says astana_times", "793 says kazinform", "“793 observers were accredited.”", "review settle"):
        assert words in out
    (listed,) = rows(run("review", "--json"))
    assert (listed["kind"], listed["id"], listed["election"], listed["day"]) == ("dispute", 1, KEY, "2023-03-13")
    assert [side["value"] for side in listed["sides"]] == [793, 786]
    assert rows(run("review", "--json", "--kind", "unknown_name")) == []
    assert rows(run("review", "--json", "--closed")) == []


def test_timeline_and_show_tell_what_is_in_dispute(run: Callable[..., str]) -> None:
    out = run("timeline", "2023")
    assert out.count("DISPUTE 1") == 2
    assert "786 says astana_times" in out
    assert [row["dispute"] for row in rows(run("timeline", "2023", "--json"))] == [1, 1]
    (election,) = rows(run("timeline", "--json"))
    assert [d["id"] for d in election["disputes"]] == [1]
    assert "DISPUTED" in run("timeline")
    assert "793 says kazinform" in run("show", "1")
    (shown,) = rows(run("show", "1", "--json"))
    assert ([d["id"] for d in shown["disputes"]], shown["voided"]) == ([1], None)


@pytest.mark.parametrize("right", [("--value", "786"), ("--report", "1")])
def test_settling(run: Callable[..., str], right: Sequence[str]) -> None:
    out = run("review", "settle", "1", *right, "--by", "Aliya", "--note", "asked the commission")
    assert out == "dispute 1 is settled: the accredited total is 786; 1 alert queued\n"
    assert "Nothing to review" in run("review")
    assert "decided" in run("review", "--closed")
    assert "overruled" in run("timeline", "2023")
    (kept,) = rows(run("review", "log", "--json"))
    assert (kept["kind"], kept["dispute"], kept["by"], kept["note"]) == ("settle", 1, "Aliya", "asked the commission")
    assert kept["details"] == {"before": {"total": 793}, "after": {"total": 786, "value": 786}}
    assert "settle dispute 1" in run("review", "log")
    assert "by Aliya: asked the commission; total before: 793, after: 786" in run("review", "log")
    assert "786 observers accredited, dispute settled" in run("alerts", "list")


def test_voiding_and_restoring(run: Callable[..., str]) -> None:
    (done,) = rows(run("review", "void", "2", "--note", "misread", "--json"))
    assert (done["changes"], done["alerts"], done["decision"]["report"]) == (["settled"], 1, 2)
    assert "VOID" in run("timeline", "2023")
    assert "VOID, it states nothing any more" in run("show", "2")
    (shown,) = rows(run("show", "2", "--json"))
    assert shown["voided"]["note"] == "misread"
    assert "report 2 counts again: the accredited total is 793; 1 alert queued" in run("review", "restore", "2")
    assert [d["kind"] for d in rows(run("review", "log", "--json"))] == ["restore", "void"]
    assert "DISPUTE 2" in run("timeline", "2023")


def test_an_unconfirmed_alert_says_until_when(run: Callable[..., str]) -> None:
    out = run("alerts", "list", "--state", "unconfirmed")
    assert "1 of 2 sources (astana_times), waits until 2023-03-13 21:00" in out
    (listed,) = rows(run("alerts", "list", "--state", "unconfirmed", "--json"))
    assert listed["confirmation"]["sources"] == ["astana_times"]
    assert [a["state"] for a in rows(run("alerts", "list", "--json"))] == ["pending", "unconfirmed"]


def test_an_empty_log_says_so(run: Callable[..., str]) -> None:
    assert run("review", "log") == "Nothing was decided.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["settle", "1"], "either --value N or --report ID"),
        (["settle", "1", "--value", "786", "--report", "1"], "either --value N or --report ID"),
        (["settle", "1", "--value", "790"], "no side of dispute 1 states 790; they state 786, 793"),
        (["settle", "7", "--value", "790"], "no dispute has the id 7"),
        (["settle", "1", "--report", "9"], "no report has the id 9"),
        (["void", "9", "--note", "x"], "no report has the id 9"),
        (["void", "1"], "--note"),
        (["restore", "1"], "report 1 is not void"),
    ],
)
def test_what_cannot_be_decided_is_exit_code_2(config: str, capsys: Capture, arguments: list[str], said: str) -> None:
    assert main(["-c", config, "review", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert main(["-c", config, "review", "log"]) == 0
    assert "Nothing was decided." in capsys.readouterr().out
