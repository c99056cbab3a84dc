from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from accredwatch.cli import main

TITLE = "CEC Accredits 120 International Observers"
FIRST = (
    "ASTANA – The Central Election Commission (CEC) has accredited 120 international observers for the parliamentary "
    "elections of March 19, 2023."
)
SECOND = "Of them, 80 represent five international organizations and 45 represent 12 states, its secretary said."
THIRD = "Voters will go to the polls in all regions of the country, and the commission invites everybody to come early."
STORY = f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}\n"
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Observers</title></head><body><article><h1>{title}</h1>
<p>{first}</p><p>{second}</p><p>{third}</p></article></body></html>"""
KEYS = {
    "input", "source", "url", "lang", "title", "published", "body", "relevant", "election", "as_of", "complete",
    "deadline", "organization_count", "country_count", "countries_named", "organizations_named", "figures", "headline",
    "checks", "unknown_names",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_config: Callable[[str], Path]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_config(
        '[[source]]\nkey = "paper"\nname = "Paper"\nhosts = ["paper.example"]\ntime_zone = "Europe/Paris"\n'
        'article_urls = ["paper.example/(?P<id>[0-9]+)$"]\n'
    )


def story(name: str = "story.txt", text: str = STORY) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def page() -> str:
    return story("page.html", PAGE.format(title=TITLE, first=FIRST, second=SECOND, third=THIRD))


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_json_has_an_object_a_line_for_each_input(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["extract", "--json", story(), page()])

    found = objects(capsys.readouterr().out)
    assert code == 0
    assert [one["input"] for one in found] == ["story.txt", "page.html"]
    for one in found:
        assert one.keys() == KEYS
        assert one["election"] == {"type": "parliamentary", "date": "2023-03-19", "stated": True}
        assert one["figures"][one["headline"]]["value"] == 120
        assert {figure["scope"]: figure["value"] for figure in one["figures"]} == {
            "total": 120,
            "organizations": 80,
            "countries": 45,
        }
        for figure in one["figures"]:
            evidence = figure["evidence"]
            assert one[evidence["where"]][evidence["start"] : evidence["end"]] == evidence["text"]


def test_an_input_that_cannot_be_read_is_named_and_the_others_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty.html").write_text("", encoding="utf-8")
    Path("image.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8)
    Path("folder").mkdir()

    code = main(["extract", "--json", "missing.html", "empty.html", "image.html", "folder", story()])

    said = capsys.readouterr()
    assert code == 1
    assert [one["input"] for one in objects(said.out)] == ["story.txt"]
    for name in ("missing.html", "empty.html", "image.html", "folder"):
        [line] = [line for line in said.err.splitlines() if f"{name}:" in line]
        assert line.startswith(f"accredwatch: {name}: ")
    assert "Traceback" not in said.err


def test_standard_input_is_read(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))

    assert main(["extract", "--json", "-"]) == 0

    [found] = objects(capsys.readouterr().out)
    assert found["input"] == "-"
    assert found["relevant"]


def test_what_the_options_tell_is_believed(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--source", "paper", "--url", "https://paper.example/17", "--published", "2023-03-02", "--lang", "en"]

    assert main(["extract", "--json", *options, page()]) == 0

    [found] = objects(capsys.readouterr().out)
    assert found["source"] == "paper"
    assert found["url"] == "https://paper.example/17"
    assert found["published"] == "2023-03-02T00:00:00+01:00"


def test_people_see_the_evidence_in_the_text_and_the_checks_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", story()]) == 0

    out = capsys.readouterr().out
    assert "120 international observers]" in out
    assert "<- headline" in out
    assert "FAILS" in out
    assert "5 too many" in " ".join(out.split())


def test_a_text_without_figures_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "Wheat exports grow\n\nThe ministry of agriculture reported on Monday that exports of wheat grew by a fifth.\n"
    )

    assert main(["extract", story(text=text)]) == 0
    assert "States no figure of election observers" in capsys.readouterr().out


def test_a_text_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = STORY.replace("Voters", "\x1b[31m\x1b]0;title\x07 [bold]Voters \u202eetirw")

    main(["extract", story(text=hostile)])

    out = capsys.readouterr().out
    assert "[bold]Voters" in out
    assert not set("\x1b\x07\u202e") & set(out)


def test_neither_database_nor_folder_for_it_is_made(tmp_path: Path) -> None:
    main(["extract", story()])

    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.toml", "story.txt"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--source", "papre"], "no source is called 'papre'; did you mean paper?"),
        (["--published", "yesterday"], "--published yesterday: write 2023-03-01"),
        (["--lang", "de"], "--lang de: the languages are en, ru, kk"),
    ],
)
def test_wrong_options_are_told_with_their_remedy(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", *options, story()]) == 2
    assert said in capsys.readouterr().err


def test_many_files_are_read_by_one_process(capsys: pytest.CaptureFixture[str]) -> None:
    names = [story(f"story{number}.txt") for number in range(40)]

    assert main(["extract", "--json", *names]) == 0
    assert [one["input"] for one in objects(capsys.readouterr().out)] == names


def test_reading_a_file_does_not_load_the_crawler_or_the_database() -> None:
    program = (
        "import sys; from accredwatch.cli import main; code = main(['extract', 'story.txt']);"
        "sys.exit(code or sorted({'scrapy', 'apprise', 'alembic', 'psycopg'} & sys.modules.keys()) or 0)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    story()

    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
