"""`accredwatch completion`: the script that lets a shell complete commands and names."""

from __future__ import annotations

import sys
from enum import StrEnum
from importlib.resources import files
from typing import Annotated

import typer


class Shell(StrEnum):
    """A shell that can be taught."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(completion)


def completion(shell: Annotated[Shell, typer.Argument(help="The shell to teach.")]) -> None:
    """Print a script that lets a shell complete commands, options and names."""
    script = files("accredwatch.cli") / "completions" / f"accredwatch.{shell.value}"
    sys.stdout.write(script.read_text(encoding="utf-8"))
