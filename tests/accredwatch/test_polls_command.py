"""`accredwatch polls`: the elections side by side, for people, papers and programs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from accredwatch.cli import main
from extract.model import Approx, Basis, Election, ElectionType, Report, Status
from storage import record
from storage.database import Database
from tests.storage.campaign import EVERYTHING, article, figure, march, report

Capture = pytest.CaptureFixture[str]

REFERENDUM = Election(type=ElectionType.REFERENDUM, date=date(2022, 6, 5), stated=True)


def counted(made: Report, organizations: int | None, countries: int | None, *named: str) -> Report:
    return replace(made, organization_count=organizations, country_count=countries, countries_named=named)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of two elections and its configuration."""
    made: Path = tmp_path_factory.mktemp("polls")
    told = [
        (article("a", day=6), report(figure(134), figure(120, "organizations"), figure(14, "countries"))),
        (article("b", day=9), report(figure(30, basis=Basis.NEW))),
        (article("c", day=13), counted(report(figure(793), figure(120, "organizations")), 12, 41)),
        (article("d", day=13, source="astana_times"), counted(report(figure(786)), None, 40)),
        (article("e", day=14), report(figure(900, status=Status.PROPOSED), headline=None)),
        (
            article("f", day=None),
            counted(report(figure(1026, approx=Approx.OVER), election=REFERENDUM), None, None, "DE", "FI"),
        ),
    ]
    database = Database.open(f"sqlite:///{made / 'accredwatch.sqlite3'}")
    with database.write() as session:
        for one, stated in told:
            record(session, one, stated, fetched_at=march(17), found_via="feed", subscriptions=[EVERYTHING])
    database.close()
    (made / "config.toml").write_text('[database]\nurl = "sqlite:///accredwatch.sqlite3"\n', encoding="utf-8")
    return made


@pytest.fixture(autouse=True)
def _in_its_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)


def printed(capsys: Capture, *arguments: str) -> str:
    assert main(["polls", *arguments]) == 0
    return capsys.readouterr().out


def test_each_election_has_a_row_of_where_its_numbers_ended(capsys: Capture) -> None:
    referendum, parliament = (json.loads(line) for line in printed(capsys, "--json").splitlines())
    assert parliament["election"] == {"key": "2023-03-19-parliamentary", "type": "parliamentary", "date": "2023-03-19"}
    assert (parliament["accredited"]["value"], parliament["accredited"]["day"]) == (793, "2023-03-13")
    assert parliament["of_countries"] == {"value": 14, "approx": None, "day": "2023-03-06", "report": 1}
    assert (parliament["organizations"], parliament["countries"]) == (12, 40)
    assert (parliament["first_meeting"], parliament["last_meeting"]) == ("2023-03-06", "2023-03-13")
    assert (parliament["reports"], parliament["sources"], parliament["disputes"]) == (5, 2, 1)
    assert (referendum["accredited"]["approx"], referendum["countries"]) == ("over", 2)
    assert (referendum["of_organizations"], referendum["organizations"], referendum["disputes"]) == (None, None, 0)


def test_people_see_what_is_of_an_earlier_day(capsys: Capture) -> None:
    lines = printed(capsys).splitlines()
    (row,) = (line for line in lines if line.startswith("2023-03-19"))
    assert "parliamentary election" in row
    assert row.split()[3:8] == ["793", "120", "14*", "12", "40"]
    assert lines[-1] == "* as of an earlier day than the total"


def test_years_are_chosen(capsys: Capture) -> None:
    assert [line.split(",")[1] for line in printed(capsys, "--csv", "--from", "2023").splitlines()[1:]] == [
        "2023-03-19"
    ]
    assert [line.split(",")[1] for line in printed(capsys, "--csv", "--to", "2022").splitlines()[1:]] == ["2022-06-05"]
    assert "no election is on record in these years" in printed(capsys, "--from", "2030")


def test_csv_is_for_programs(capsys: Capture) -> None:
    referendum, parliament = csv.DictReader(io.StringIO(printed(capsys, "--csv")))
    assert (referendum["accredited"], referendum["accredited_approx"]) == ("1026", "over")
    assert (referendum["of_countries"], referendum["complete"]) == ("", "false")
    assert (parliament["accredited"], parliament["of_countries_day"]) == ("793", "2023-03-06")
    assert (parliament["disputes"], parliament["open_disputes"]) == ("1", "1")


def test_markdown_in_russian(capsys: Capture) -> None:
    heading, marks, referendum, parliament, _, note = printed(capsys, "--markdown", "--language", "ru").splitlines()
    assert heading.startswith("| Голосование | Вид | Аккредитовано |")
    assert heading.count("|") == marks.count("|") == referendum.count("|") == parliament.count("|") == 13
    assert "| более 1\u00a0026 |" in referendum
    assert note == "\\* на день раньше, чем всего"


def test_latex_is_escaped(capsys: Capture) -> None:
    text = printed(capsys, "--latex")
    assert text.startswith("\\begin{tabular}{llrrrrrllrrr}\n\\toprule\n")
    assert "over 1,026 & -- & --" in text
    assert "14\\textsuperscript{*}" in text
    assert text.count(r" \\") == 3


def test_only_one_form_at_a_time(capsys: Capture) -> None:
    assert main(["polls", "--csv", "--latex"]) == 2
    assert "give one of them" in capsys.readouterr().err
