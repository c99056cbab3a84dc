"""`accredwatch db`: look after the database."""

from __future__ import annotations

import typer

from accredwatch.cli.console import complain, output
from accredwatch.cli.database import open_database
from accredwatch.cli.exits import Exit
from accredwatch.cli.state import state

group = typer.Typer(help="Check and upgrade the database.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(group, name="db")


@group.command()
def check(context: typer.Context) -> None:
    """Look for damage inside the database."""
    settings = state(context).settings()
    with open_database(settings) as database:
        damage = database.check()
        for line in damage:
            complain(f"{database.name}: {line}")
        if damage:
            raise typer.Exit(Exit.DATABASE)
        output().print(f"{database.name}: is in order", style="green")


@group.command()
def upgrade(context: typer.Context) -> None:
    """Make the database, or move its tables forward to this version of the program."""
    settings = state(context).settings()
    with open_database(settings) as database:
        output().print(f"{database.name}: is up to date", style="green")
