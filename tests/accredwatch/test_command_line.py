from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from accredwatch.cli import main
from accredwatch.cli.exits import MEANING

Write = Callable[[str], Path]
Capture = pytest.CaptureFixture[str]

CONFIG = (
    '[database]\nurl = "postgresql+psycopg://watch:canary1@db.example/facts"\n'
    '[[channel]]\nname = "desk"\nurl = "json://user:canary2@hooks.example/canary3-canary3"\n'
    '[[source]]\nkey = "paper"\nname = "Paper"\nhosts = ["paper.example"]\narticle_urls = ["/(?P<id>[0-9]+)$"]\n'
)


def test_help_lists_commands_and_exit_codes(capsys: Capture) -> None:
    assert main(["--help"]) == 0

    out = capsys.readouterr().out
    for code, meaning in MEANING.items():
        assert f"{code.value}" in out
        assert meaning in out


def test_the_version_is_told(capsys: Capture) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("accredwatch")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["crawll"], "crawl"),
        (["crawl", "--sicne", "2d"], "--since"),
        (["show", "nine"], "'ID'"),
        (["show"], "ID"),
        (["crawl", "--version"], "`accredwatch COMMAND --help` shows what is possible"),
        (["help", "crawll"], "there is no command and no topic 'crawll'; did you mean crawl?"),
        ([], "Usage: accredwatch [OPTIONS] COMMAND"),
        (["alerts"], "Usage: accredwatch alerts [OPTIONS] COMMAND"),
        (["alerts", "list", "--state", "lost"], "lost"),
    ],
)
def test_wrong_usage_names_what_is_wrong(arguments: list[str], said: str, capsys: Capture) -> None:
    assert main(arguments) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert "Traceback" not in captured.err


def test_a_good_configuration_is_said_to_be_in_order(write_config: Write, capsys: Capture) -> None:
    assert main(["--config", str(write_config(CONFIG)), "config", "check"]) == 0

    out = capsys.readouterr().out
    assert "is in order" in out
    assert "paper" in out
    assert "desk" in out


def test_every_problem_of_a_configuration_is_told_on_a_line_of_its_own(write_config: Write, capsys: Capture) -> None:
    path = write_config('[crawler]\nworkers = 0\n[loging]\n[scheduler]\ntick = "5 parsecs"\n')

    assert main(["--config", str(path), "config", "check"]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert [line.removeprefix(f"accredwatch: {path}:").split(":")[0] for line in lines] == ["2", "3", "5"]
    assert "did you mean logging?" in lines[1]


def test_a_channel_whose_address_cannot_work_is_named_without_its_address(write_config: Write, capsys: Capture) -> None:
    path = write_config(
        '[[channel]]\nname = "desk"\nurl = "nosuch://canary/canary"\n[[channel]]\nname = "two"\nurl = "x"\n'
    )

    assert main(["--config", str(path), "config", "check"]) == 2

    err = capsys.readouterr().err
    assert "desk" in err
    assert "two" in err
    assert "canary" not in err


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_the_settings_in_force_are_shown_without_secrets(
    write_config: Write, capsys: Capture, options: list[str]
) -> None:
    assert main(["--config", str(write_config(CONFIG)), "config", "show", *options]) == 0

    captured = capsys.readouterr()
    assert "canary" not in captured.out + captured.err
    assert "postgresql+psycopg://watch:***@db.example/facts" in captured.out
    assert "read_timeout" in captured.out


def test_what_is_shown_is_a_valid_configuration(write_config: Write, capsys: Capture, tmp_path: Path) -> None:
    text = CONFIG.replace("json://user:canary2@hooks.example/canary3-canary3", "***")
    main(["--config", str(write_config(text)), "config", "show"])
    shown = capsys.readouterr().out
    main(["--config", str(tmp_path / "config.toml"), "config", "show", "--json"])
    before = json.loads(capsys.readouterr().out)
    write_config(shown)

    assert main(["--config", str(tmp_path / "config.toml"), "config", "show", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == before


def test_a_database_that_cannot_be_used_is_exit_code_3(write_config: Write, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    path = write_config('[database]\nurl = "sqlite:///file/facts.sqlite3"\n')

    assert main(["--config", str(path), "timeline"]) == 3

    err = capsys.readouterr().err
    assert str(tmp_path / "file") in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["timeline", "2024"], "no election on record"),
        (["show", "7"], "no report has the id 7"),
        (["alerts", "test", "dek"], "no channel is called 'dek'; did you mean desk?"),
        (["alerts", "list", "--channel", "dek"], "did you mean desk?"),
        (["alerts", "retry", "7"], "no alert has the id 7"),
        (["crawl", "papre"], "no source is called 'papre'; did you mean paper?"),
        (["crawl", "--since", "soon"], "--since soon: write 12h"),
    ],
)
def test_names_that_are_not_known_are_exit_code_2(
    write_config: Write, arguments: list[str], said: str, capsys: Capture
) -> None:
    path = write_config(
        CONFIG.replace("postgresql+psycopg://watch:canary1@db.example/facts", "sqlite:///facts.sqlite3")
    )

    assert main(["--config", str(path), *arguments]) == 2
    assert said in capsys.readouterr().err


def test_an_empty_record_says_what_to_do(write_config: Write, capsys: Capture) -> None:
    path = str(
        write_config(CONFIG.replace("postgresql+psycopg://watch:canary1@db.example/facts", "sqlite:///facts.sqlite3"))
    )

    assert main(["-c", path, "timeline"]) == 0
    assert main(["-c", path, "sources"]) == 0
    assert main(["-c", path, "alerts", "list"]) == 0
    assert main(["-c", path, "db", "check"]) == 0
    assert main(["-c", path, "db", "upgrade"]) == 0

    out = capsys.readouterr().out
    assert "run `accredwatch crawl`" in out
    assert "never crawled" in out
    assert "No alert." in out


class _BrokenInput(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        raise ZeroDivisionError("canary")


class _BrokenOutput(io.StringIO):
    def write(self, text: str, /) -> int:
        raise ZeroDivisionError("canary")


def test_an_input_that_breaks_the_program_does_not_stop_the_others(
    write_config: Write, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(_BrokenInput()))
    story = tmp_path / "story.txt"
    story.write_text("Exports grow\n\nThe ministry reported on Monday that exports of wheat grew by a fifth.", "utf-8")

    assert main(["--config", str(write_config("")), "extract", "--json", "-", str(story)]) == 70

    captured = capsys.readouterr()
    assert json.loads(captured.out)["input"] == str(story)
    assert "input_broke" in captured.err
    assert "ZeroDivisionError" in captured.err


def test_an_error_that_nobody_foresaw_is_exit_code_70_with_its_traceback(
    write_config: Write, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_config("")
    monkeypatch.setattr(sys, "stdout", _BrokenOutput())

    assert main(["--config", str(path), "config", "show"]) == 70

    err = capsys.readouterr().err
    assert "unexpected_error" in err
    assert "ZeroDivisionError" in err


def test_a_reader_that_goes_away_is_no_error(write_config: Write) -> None:
    path = write_config(CONFIG + f"body = {json.dumps(['x' * 200_000])}\n")
    command = [sys.executable, "-m", "accredwatch", "--config", str(path), "config", "show"]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()

    assert process.returncode == 141
    assert said == ""
