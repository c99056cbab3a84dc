"""Every command explains itself: purpose, details, examples that can be typed, exit codes; options go anywhere."""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.core import TyperGroup

from accredwatch.cli import main
from accredwatch.cli.app import program
from accredwatch.cli.exits import MEANING
from accredwatch.cli.manual import commands_of, manual

Capture = pytest.CaptureFixture[str]
ROOT = Path(__file__).resolve().parents[2]
PROGRAM = program()
COMMANDS = dict(commands_of(PROGRAM))
RUNNABLE = [
    words
    for words, command in COMMANDS.items()
    if not isinstance(command, TyperGroup) or command.invoke_without_command
]
EXAMPLES = [line for entry in manual().command.values() for line in entry.examples]
DOCUMENTED = [
    (path.name, line)
    for path in sorted((ROOT / "docs").glob("*.md"))
    for block in re.findall(r"^```sh\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for line in block.replace("\\\n", " ").splitlines()
    if line.startswith("accredwatch ") and "--version" not in line
]


@pytest.mark.parametrize("words", RUNNABLE)
def test_every_command_explains_itself(words: str, capsys: Capture) -> None:
    assert main(["help", *words.split()]) == 0

    said = capsys.readouterr().out
    assert f"Usage: accredwatch {words} " in said
    assert "Examples:" in said
    assert all(meaning in said for meaning in MEANING.values())
    assert COMMANDS[words].help


def test_the_manual_speaks_of_no_command_that_is_not_there() -> None:
    assert set(manual().command) <= set(COMMANDS)


def test_help_is_what_the_option_says(capsys: Capture) -> None:
    main(["help", "review", "settle"])
    by_command = capsys.readouterr().out
    main(["review", "settle", "--help"])

    assert capsys.readouterr().out == by_command


def test_help_alone_lists_commands_and_topics(capsys: Capture) -> None:
    assert main(["help"]) == 0

    said = capsys.readouterr().out
    assert all(f"\n  {words} " in said for words in COMMANDS if " " not in words)
    assert all(topic in said for topic in manual().topic)


@pytest.mark.parametrize("topic", manual().topic)
def test_a_topic_is_explained(topic: str, capsys: Capture) -> None:
    assert main(["help", topic]) == 0
    assert capsys.readouterr().out == manual().topic[topic].strip("\n") + "\n"


def type_in(line: str) -> None:
    """Read a line as the program would, without running it; raises what wrong usage raises."""
    words = shlex.split(line.partition(" > ")[0], comments=True)
    assert words[0] == "accredwatch"
    command: object = PROGRAM
    rest = words[1:]
    context = PROGRAM.make_context("accredwatch", list(rest))
    while isinstance(command, TyperGroup) and context._protected_args:
        name, found, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        assert found is not None
        context = found.make_context(name, list(rest), parent=context)
        command = found


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_can_be_typed(line: str) -> None:
    type_in(line)


@pytest.mark.parametrize(("page", "line"), DOCUMENTED)
def test_every_command_in_the_documentation_can_be_typed(page: str, line: str) -> None:
    type_in(line)


@pytest.mark.parametrize("arguments", [["-vv", "status"], ["status", "-vv"], ["-v", "status", "-v"]])
def test_options_of_every_command_may_stand_on_either_side(
    arguments: list[str], write_config: Callable[[str], Path], capsys: Capture
) -> None:
    path = str(write_config('[database]\nurl = "sqlite:///facts.sqlite3"\n[logging]\nlevel = "info"\n'))
    events = []
    for place in (["-c", path, *arguments], [*arguments, "--config", path]):
        assert main(place) == 1
        events.append("database_made" in capsys.readouterr().err)

    assert events == [True, True]


def seen(arguments: list[str], **environment: str) -> str:
    """What the command writes to a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "accredwatch", *arguments]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm", **environment}):
        os.close(theirs)
        parts = []
        try:
            while part := os.read(ours, 4096):
                parts.append(part)
        except OSError:
            # Linux says so when the last writer has closed the terminal.
            pass
    os.close(ours)
    return b"".join(parts).decode()


def test_colours_only_where_they_are_wanted(write_config: Callable[[str], Path], capsys: Capture) -> None:
    arguments = ["-c", str(write_config("")), "config", "check"]
    main(arguments)

    assert "\x1b[" not in capsys.readouterr().out
    assert "\x1b[32m" in seen(arguments, NO_COLOR="")
    assert "\x1b[3" not in seen(arguments, NO_COLOR="1")


def test_quiet_shows_no_progress(write_config: Callable[[str], Path]) -> None:
    arguments = ["-c", str(write_config('[database]\nurl = "sqlite:///facts.sqlite3"\n'))]
    main([*arguments, "db", "upgrade"])
    hidden_cursor = "\x1b[?25l"

    assert hidden_cursor in seen([*arguments, "db", "check"])
    assert hidden_cursor not in seen([*arguments, "db", "check", "-q"])
