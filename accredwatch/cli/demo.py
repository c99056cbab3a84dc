"""`accredwatch demo`: a campaign on replicas of the outlets' sites."""

from __future__ import annotations

from typing import Annotated

import typer

from accredwatch.cli.console import output
from accredwatch.cli.history import print_timeline
from accredwatch.cli.state import state


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(demo)


def demo(
    context: typer.Context,
    keep: Annotated[
        bool, typer.Option("--keep", help="Leave newsroom and database up for looking around, until Ctrl-C.")
    ] = False,
) -> None:
    """Watch a past campaign unfold on replicas of the three sites: the real program at work, in less than a minute."""
    from accredwatch.newsroom.demo import run_demo  # noqa: PLC0415 - no other command pays for the newsroom

    settings = state(context).settings()
    raise typer.Exit(run_demo(output(), settings.source, print_timeline, keep=keep))
