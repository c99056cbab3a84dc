"""`accredwatch help`: what `--help` says of a command, and texts on what concerns more than one."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.core import TyperCommand, TyperGroup

from accredwatch.cli.console import output
from accredwatch.cli.manual import commands_of, manual
from foundation.errors import NotFound
from foundation.nearest import suggestion


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("help")(help_)


def help_(
    context: typer.Context,
    subject: Annotated[
        list[str] | None, typer.Argument(metavar="[COMMAND|TOPIC]", help="A command's words, or a topic.")
    ] = None,
) -> None:
    """Explain a command or a topic; without one, list them."""
    root = context.find_root()
    words = " ".join(subject or [])
    topics = manual().topic
    if words in topics:
        output().print(topics[words].strip("\n"), soft_wrap=True)
        return
    commands = dict(_commands(root.command))
    if words and words not in commands:
        raise NotFound(f"there is no command and no topic {words!r}{suggestion(words, {*commands, *topics})}")
    at = root
    for word in words.split():
        at = typer.Context(_below(at.command, word), info_name=word, parent=at)
    typer.echo(at.get_help())
    if not words:
        typer.echo(f"\nTopics of `accredwatch help`: {', '.join(topics)}.")


def _commands(command: object) -> list[tuple[str, TyperCommand | TyperGroup]]:
    return list(commands_of(command)) if isinstance(command, TyperGroup) else []


def _below(command: object, word: str) -> TyperCommand | TyperGroup:
    return next(found for words, found in _commands(command) if words == word)
