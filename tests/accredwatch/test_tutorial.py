"""The tutorial, typed from beginning to end on what the demo leaves: every command, and what it is said to show."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from accredwatch.cli import main
from accredwatch.cli.app import program
from accredwatch.environment import channel_variable
from tools.kept_demo import kept_demo

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(sh|text)\n(.*?)^```$", TUTORIAL, re.MULTILINE | re.DOTALL)
GO_ON = {"demo", "serve", "run"}
"""Commands that run until they are stopped; whether they can be typed is seen by their parsing."""
NOT_WELL = {"status": 1}
"""Exit codes other than 0: no daemon is at work on the demo."""


@pytest.fixture(scope="module")
def demo() -> Iterator[Path]:
    with kept_demo() as config:
        yield config


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_every_command_of_the_tutorial_shows_what_it_says(
    demo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCREDWATCH_CONFIG", str(demo))
    shown, typed = "", 0
    for kind, text in BLOCKS:
        if kind == "text":
            lines = {squeezed(line) for line in shown.splitlines()}
            missing = [line for line in text.splitlines() if not any(squeezed(line) in there for there in lines)]
            assert missing == [], shown
            continue
        for line in text.splitlines():
            words = shlex.split(line)
            if words[0] != "accredwatch" or words[1] in GO_ON:
                continue
            code = main(words[1:])
            shown = capsys.readouterr().out
            assert code == NOT_WELL.get(words[1], 0), (line, shown)
            typed += 1
    assert typed > 10


def test_what_goes_on_until_it_is_stopped_can_be_typed() -> None:
    lines = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]
    lasting = [words[1:] for line in lines if (words := shlex.split(line))[0] == "accredwatch" and words[1] in GO_ON]

    assert {words[0] for words in lasting} == GO_ON
    for name, *rest in lasting:
        program().commands[name].make_context(name, rest)


def test_the_channel_of_the_tutorial_is_given_its_url() -> None:
    (name,) = re.findall(r'^name = "(\w+)"$', TUTORIAL, re.MULTILINE)

    assert f"export {channel_variable(name)}=" in TUTORIAL
    assert f"accredwatch alerts test {name}\n" in TUTORIAL
