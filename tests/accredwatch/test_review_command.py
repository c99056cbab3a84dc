"""`accredwatch review`: what is listed, how it is closed, when it comes again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from accredwatch.cli import main
from storage import record
from storage.sources import Counts, begin_run, finish_run
from tests.databases import opened
from tests.storage.campaign import article, figure, march, report

Capture = pytest.CaptureFixture[str]
STEPPE = "Association of Steppe Observers"
SENTENCE = f"Eight observers of the {STEPPE} were accredited."
CAPTION = "As of March 2, 134 observers have been accredited."


@pytest.fixture
def config(tmp_path: Path, sqlite_url: str, write_config: Callable[[str], Path]) -> str:
    """A configuration whose database holds an unknown name of 1 March and a canary of 2 March."""
    sources = "".join(
        f'[[source]]\nkey = "{key}"\nname = "{key}"\nhosts = ["{key}.example"]\narticle_urls = ["/(?P<id>[a-z]+)$"]\n'
        for key in ("kazinform", "paper")
    )
    path = write_config(f'[database]\nurl = "{sqlite_url}"\n{sources}')
    database = opened(sqlite_url)
    with database.write() as session:
        number = begin_run(session, "paper", now=march(2))
        finish_run(session, number, now=march(2), finish_reason="finished", ok=True, counts=Counts())
        ask_about_steppe(session)
        record(
            session,
            article("b", source="paper", day=2),
            None,
            fetched_at=march(2),
            found_via="feed",
            figures_outside_body=CAPTION,
        )
    database.close()
    return str(path)


def ask_about_steppe(session: Session, name: str = "a", *texts: str) -> None:
    record(
        session,
        article(name, SENTENCE, *texts),
        report(figure(8, f"organization:{STEPPE}"), unknown_names=(STEPPE,)),
        fetched_at=march(1),
        found_via="feed",
    )


def listed(config: str, capsys: Capture, *options: str) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["-c", config, "review", "--json", *options]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_items_with_all_that_is_known_of_them(config: str, capsys: Capture) -> None:
    canary, name = listed(config, capsys)
    assert (canary["kind"], canary["text"], canary["source"]) == ("figures_outside_body", CAPTION, "paper")
    assert (canary["report"], canary["election"], canary["title"]) == (None, None, "Story b")
    assert (name["kind"], name["text"], name["sentence"]) == ("unknown_name", STEPPE, SENTENCE)
    assert (name["election"], name["report"]) == ("2023-03-19-parliamentary", 1)
    assert (name["url"], name["created_at"]) == ("https://kazinform.example/en/a", "2023-03-01T06:00:00Z")
    assert (name["closed_at"], name["closed_by"], name["note"]) == (None, None, None)


def test_people_see_the_same(config: str, capsys: Capture) -> None:
    assert main(["-c", config, "review"]) == 0
    out = capsys.readouterr().out
    for words in (
        STEPPE,
        SENTENCE,
        CAPTION,
        "Story a",
        "https://kazinform.example/en/a",
        "2023-03-01 12:00",
        "report 1",
    ):
        assert words in out


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        (["--kind", "unknown_name"], ["unknown_name"]),
        (["--kind", "figures_gone"], []),
        (["--source", "paper"], ["figures_outside_body"]),
        (["--election", "2023"], ["unknown_name"]),
        (["--limit", "1"], ["figures_outside_body"]),
        (["--closed"], []),
    ],
)
def test_filters(config: str, capsys: Capture, options: list[str], kinds: list[str]) -> None:
    assert [item["kind"] for item in listed(config, capsys, *options)] == kinds


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--kind", "gossip"], "gossip"),
        (["--source", "nobody"], "no source is called 'nobody'"),
        (["--election", "1999"], "no election on record is called '1999'"),
        (["done", "77"], "no review item has the id 77"),
        (["done"], "ID"),
    ],
)
def test_what_is_not_known_is_exit_code_2(config: str, capsys: Capture, arguments: list[str], said: str) -> None:
    assert main(["-c", config, "review", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_closed_item_keeps_who_closed_it_when_and_why(config: str, capsys: Capture) -> None:
    before = datetime.now(UTC)
    assert main(["-c", config, "review", "done", "1", "--note", "the table knows it now", "--by", "Aigul"]) == 0
    assert "1 item closed by Aigul" in capsys.readouterr().out
    assert [item["kind"] for item in listed(config, capsys)] == ["figures_outside_body"]
    (item,) = listed(config, capsys, "--closed")
    assert (item["closed_by"], item["note"]) == ("Aigul", "the table knows it now")
    assert datetime.fromisoformat(str(item["closed_at"])) >= before.replace(microsecond=0)
    assert main(["-c", config, "review", "done", "1"]) == 2
    assert "was closed already, by Aigul" in capsys.readouterr().err
    assert main(["-c", config, "review", "log", "--json"]) == 0
    (kept,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (kept["kind"], kept["review_item"], kept["by"], kept["note"]) == (
        "close", 1, "Aigul", "the table knows it now"
    )  # fmt: skip


def test_one_unknown_id_closes_nothing(config: str, capsys: Capture) -> None:
    assert main(["-c", config, "review", "done", "1", "77"]) == 2
    assert len(listed(config, capsys)) == 2


def test_an_article_asks_about_the_same_words_once(config: str, sqlite_url: str, capsys: Capture) -> None:
    """Edited, it does not ask again; another article does, once the question is closed."""
    (item,) = listed(config, capsys, "--kind", "unknown_name")
    database = opened(sqlite_url)
    with database.write() as session:
        ask_about_steppe(session, "c")
    assert len(listed(config, capsys, "--kind", "unknown_name")) == 1
    main(["-c", config, "review", "done", str(item["id"])])
    with database.write() as session:
        ask_about_steppe(session, "a", "Edited.")
    assert listed(config, capsys, "--kind", "unknown_name") == []
    with database.write() as session:
        ask_about_steppe(session, "d")
    (again,) = listed(config, capsys, "--kind", "unknown_name")
    assert again["id"] != item["id"]
    assert again["url"] == "https://kazinform.example/en/d"
    database.close()


def test_sources_tell_of_figures_outside_the_body(config: str, capsys: Capture) -> None:
    assert main(["-c", config, "sources"]) == 0
    assert "figures outside the body of 1 article" in capsys.readouterr().out
    main(["-c", config, "sources", "--json"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {r["source"]: r["record"] and r["record"]["figures_outside_body"] for r in rows}["paper"] == 1
    (canary,) = listed(config, capsys, "--kind", "figures_outside_body")
    main(["-c", config, "review", "done", str(canary["id"])])
    main(["-c", config, "sources"])
    assert "outside the body" not in capsys.readouterr().out


def test_an_empty_list_says_so(config: str, capsys: Capture) -> None:
    main(["-c", config, "review", "done", "1", "2"])
    capsys.readouterr()
    assert main(["-c", config, "review"]) == 0
    assert "Nothing to review." in capsys.readouterr().out
