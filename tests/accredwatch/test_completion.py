"""What shells complete: commands, options, names from the configuration and the database; it never fails."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from accredwatch.cli import main
from accredwatch.cli.completing import VARIABLE
from accredwatch.cli.words import FILE, words
from storage.recording import record
from tests.databases import opened
from tests.storage.campaign import KEY, article, figure, march, report

ROOT = Path(__file__).resolve().parents[2]
CONFIG = (
    '[database]\nurl = "sqlite:///facts.sqlite3"\n'
    '[[channel]]\nname = "desk"\nurl = "json://hooks.example/x"\n'
    '[[source]]\nkey = "paper"\nname = "Paper"\nhosts = ["paper.example"]\narticle_urls = ["/(?P<id>[0-9]+)$"]\n'
)
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def complete(
    write_config: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> Callable[..., list[str]]:
    def ask(*typed: str) -> list[str]:
        monkeypatch.setenv(VARIABLE, "1")
        capsys.readouterr()  # what was logged before the question
        assert main(list(typed)) == 0
        captured = capsys.readouterr()
        assert captured.err == ""
        return captured.out.splitlines()

    monkeypatch.setenv("ACCREDWATCH_CONFIG", str(write_config(CONFIG)))
    return ask


def test_the_words_are_those_of_the_program() -> None:
    assert FILE.read_text(encoding="utf-8") == words(), "run `python -m accredwatch.cli.words`"


@pytest.mark.parametrize(
    ("typed", "possible"),
    [
        (["cra"], ["crawl"]),
        (["review", "se"], ["settle"]),
        (["crawl", "--dr"], ["--dry-run"]),
        (["-v", "crawl", "--since", "2d", ""], ["paper"]),
        (["crawl", "--since", ""], []),
        (["alerts", "test", ""], ["desk"]),
        (["alerts", "list", "--state", "f"], ["failed"]),
        (["review", "--source", "p"], ["paper"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["nonsense", "x"], []),
    ],
)
def test_what_a_word_may_go_on_to(complete: Callable[..., list[str]], typed: list[str], possible: list[str]) -> None:
    assert complete(*typed) == possible


def test_every_first_word_is_a_command(complete: Callable[..., list[str]]) -> None:
    assert {"crawl", "status", "help"} <= set(complete(""))


def test_elections_come_from_the_database(complete: Callable[..., list[str]], tmp_path: Path) -> None:
    assert complete("timeline", "") == [], "there is no database yet"
    database = opened(f"sqlite:///{tmp_path / 'facts.sqlite3'}")
    with database.write() as session:
        record(session, article("a1"), report(figure(792)), fetched_at=march(1), found_via="test", source="kazinform")
    database.close()

    assert complete("timeline", "20") == [KEY]
    assert complete("review", "--election", "") == [KEY]


def test_elections_come_from_a_server(
    complete: Callable[..., list[str]], postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCREDWATCH_DATABASE__URL", postgresql_url)
    database = opened(postgresql_url)
    with database.write() as session:
        record(session, article("a1"), report(figure(792)), fetched_at=march(1), found_via="test", source="kazinform")
    database.close()

    assert complete("timeline", "") == [KEY]


@pytest.mark.parametrize("text", ["[", "source = 7\n[database]\nurl = 3", "[[source]]\n"])
def test_a_configuration_that_cannot_be_read_completes_nothing(
    complete: Callable[..., list[str]], tmp_path: Path, text: str
) -> None:
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")

    assert complete("crawl", "") == []
    assert complete("timeline", "") == []


def test_a_configuration_that_is_named_counts(complete: Callable[..., list[str]], tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text(CONFIG.replace('"paper"', '"daily"'), encoding="utf-8")

    assert complete("--config", str(tmp_path / "other.toml"), "crawl", "") == ["daily"]
    assert complete("crawl", "-c", str(tmp_path / "none.toml"), "") == []


ASKED = {
    "bash": 'source "$1"; COMP_WORDS=("$2" crawl astana); COMP_CWORD=2; _accredwatch; echo "${COMPREPLY[@]}"',
    "fish": 'source $argv[1]; set PATH (dirname $argv[2]) $PATH; complete --do-complete "accredwatch crawl astana"',
}


@pytest.mark.parametrize("shell", ASKED)
def test_the_shell_itself_completes(shell: str, tmp_path: Path, capsys: Capture) -> None:
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not installed")
    assert main(["completion", shell]) == 0
    script = tmp_path / "script"
    script.write_text(capsys.readouterr().out, encoding="utf-8")
    starter = tmp_path / "accredwatch"
    starter.write_text(f'#!/bin/sh\nexec {sys.executable} -m accredwatch "$@"\n', encoding="utf-8")
    starter.chmod(0o755)
    said = subprocess.run(
        [found, "-c", ASKED[shell], *(["script"] if shell == "bash" else []), script, starter],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.split() == ["astana_times"]
