"""What `--help` says beyond a command's one line: details, examples, exit codes. The texts stand in manual.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict
from typer.core import TyperCommand, TyperGroup

from accredwatch.cli.exits import MEANING

EXIT_CODES = "\b\nExit codes:\n" + "\n".join(f"  {code.value:<4} {meaning}" for code, meaning in MEANING.items())


class Entry(BaseModel):
    """What the manual says on a command."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    details: str = ""
    """Paragraphs, parted by empty lines."""
    examples: Mapping[str, str]
    """Command lines, and what each is for."""


class Manual(BaseModel):
    """All of manual.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    topic: Mapping[str, str]
    """Texts on what concerns more than one command, by the word that `accredwatch help` knows them by."""
    command: Mapping[str, Entry]
    """By the command's words: 'review settle'."""


@cache
def manual() -> Manual:
    """The manual that comes with the program."""
    text = (files("accredwatch.cli") / "manual.toml").read_text(encoding="utf-8")
    read = Manual.model_validate(tomllib.loads(text))
    return read.model_copy(update={"topic": MappingProxyType({**read.topic, "exit-codes": EXIT_CODES[2:]})})


def commands_of(group: TyperGroup, path: str = "") -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    """Every command and group of commands below this one, with its words."""
    for name, command in group.commands.items():
        words = f"{path} {name}".strip()
        if isinstance(command, TyperGroup):
            yield words, command
            yield from commands_of(command, words)
        elif isinstance(command, TyperCommand):
            yield words, command


def add_manual(words: str, command: TyperCommand | TyperGroup) -> None:
    """Add to the command's help what the manual says on it."""
    entry = manual().command.get(words)
    if entry is None:
        return
    command.short_help = command.short_help or (command.help or "").split("\n\n")[0]
    command.help = "\n\n".join(filter(None, [command.help, entry.details.strip()]))
    examples = "\n".join(f"  {line}\n      {meaning}" for line, meaning in entry.examples.items())
    command.epilog = f"\b\nExamples:\n{examples}\n\n{EXIT_CODES}"
