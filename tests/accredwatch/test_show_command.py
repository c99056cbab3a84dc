"""`accredwatch show`: the checks of a report, the sum with earlier articles, what a sum decided."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from accredwatch.cli import main
from extract.model import Basis, Check, Figure, Term, Verdict
from storage import record
from tests.databases import opened
from tests.storage.campaign import article, figure, march, report

Capture = pytest.CaptureFixture[str]
READING = Check(
    "reading",
    Verdict.HOLDS,
    Term("total", 278),
    (Term("earlier total", 175, decided=True), Term("new batch", 103)),
    0,
)


@pytest.fixture
def config(sqlite_url: str, write_config: Callable[[str], Path]) -> str:
    """A configuration whose database holds 175 of 4 March, and 280 with a batch of 103 of 9 March."""
    database = opened(sqlite_url)

    def publish(name: str, day: int, *figures: Figure, source: str, checks: tuple[Check, ...] = ()) -> None:
        with database.write() as session:
            record(
                session,
                article(name, day=day, source=source),
                report(*figures, checks=checks),
                fetched_at=march(day),
                found_via="feed",
            )

    publish("a", 4, figure(175), source="astana_times")
    publish("b", 9, figure(280), figure(103, basis=Basis.NEW), source="kazinform", checks=(READING,))
    database.close()
    return str(write_config(f'[database]\nurl = "{sqlite_url}"\n'))


def test_the_sum_with_an_earlier_article_is_shown(config: str, capsys: Capture) -> None:
    assert main(["-c", config, "show", "2"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    earlier = "FAILS against earlier articles: earlier total 175 (astana_times, 2023-03-04, report 1)"
    assert f"{earlier} + new batch 103 (kazinform, 2023-03-09, report 2) is not total 280: 2 missing" in out


def test_programs_get_the_terms(config: str, capsys: Capture) -> None:
    assert main(["-c", config, "show", "2", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["across"]["verdict"], shown["across"]["difference"]) == ("fails", 2)
    assert shown["across"]["parts"][0] == {
        "label": "earlier total", "value": 175, "report": 1, "day": "2023-03-04", "source": "astana_times"
    }  # fmt: skip
    assert [part["decided"] for part in shown["checks"][0]["parts"]] == [True, False]


def test_a_first_total_has_nothing_to_be_compared_with(config: str, capsys: Capture) -> None:
    assert main(["-c", config, "show", "1"]) == 0
    assert "against earlier articles" not in capsys.readouterr().out
    main(["-c", config, "show", "1", "--json"])
    assert json.loads(capsys.readouterr().out)["across"] is None


def test_what_a_sum_decided_is_said(config: str, capsys: Capture) -> None:
    main(["-c", config, "show", "2"])
    assert "decided by the sum: 175 is read as the earlier total, because 175 + 103 = 278" in capsys.readouterr().out
