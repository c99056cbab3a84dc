"""Options that may stand before the command and after it alike: `accredwatch -v crawl`, `accredwatch crawl -v`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, TypeAlias

import typer
from typer.core import TyperCommand, TyperGroup

from accredwatch.cli.state import state


def _config(context: typer.Context, value: Path | None) -> None:
    if value is not None:
        context.obj = replace(state(context), config=value)


def _louder(context: typer.Context, value: int) -> None:
    context.obj = replace(state(context), verbosity=state(context).verbosity + value)


def _quieter(context: typer.Context, value: int) -> None:
    _louder(context, -value)


ConfigFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        metavar="FILE",
        help="Configuration file; else $ACCREDWATCH_CONFIG, else ./config.toml.",
        callback=_config,
        expose_value=False,
    ),
]
Verbose: TypeAlias = Annotated[
    int,
    typer.Option(
        "--verbose",
        "-v",
        count=True,
        help="Log more; twice for everything.",
        callback=_louder,
        expose_value=False,
        show_default=False,
    ),
]
Quiet: TypeAlias = Annotated[
    int,
    typer.Option(
        "--quiet",
        "-q",
        count=True,
        help="Log less, and show no progress.",
        callback=_quieter,
        expose_value=False,
        show_default=False,
    ),
]


def add_everywhere(command: TyperCommand | TyperGroup) -> None:
    """Let a command, or a group of commands, take these options too. What is said last counts, steps of -v add up."""
    holder = typer.Typer(add_completion=False, context_settings={"help_option_names": []})
    holder.command()(_everywhere)
    taken = {name for parameter in command.params for name in parameter.opts}
    command.params += [p for p in typer.main.get_command(holder).params if taken.isdisjoint(p.opts)]


def _everywhere(config_file: ConfigFile = None, verbose: Verbose = 0, quiet: Quiet = 0) -> None:
    """Hold the options, to be copied from."""
