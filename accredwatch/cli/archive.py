"""`accredwatch archive`: what is kept of all that was fetched."""

from __future__ import annotations

from typing import Annotated

import typer

from accredwatch.cli.console import complain, output
from accredwatch.cli.database import open_database
from accredwatch.cli.exits import Exit
from accredwatch.cli.state import state
from accredwatch.cli.work_bar import WorkBar
from accredwatch.evidence import archive_of
from crawler.retention import prune as prune_archive
from foundation.clock import SystemClock
from foundation.errors import ArchiveError
from storage import archive as index
from storage import lock

group = typer.Typer(help="The archive of all that was fetched.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(group, name="archive")


@group.command()
def prune(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be dropped, and drop nothing.")] = False,
) -> None:
    """Drop what is older than archive.keep_for or beyond archive.keep_bytes; never what a figure cites."""
    settings = state(context).settings()
    archive, now = archive_of(settings), SystemClock().now()
    with open_database(settings) as database, lock.hold(database, "accredwatch archive prune", now=now):
        done = prune_archive(database, archive.folder, settings.archive, now=now, dry_run=dry_run)
    verb = "would be dropped" if dry_run else "dropped"
    stay = f"{done.kept} stay, {done.cited} of them cited by figures"
    output().print(f"{done.dropped} responses {verb} ({done.freed:,} bytes), {stay}")


@group.command()
def check(context: typer.Context) -> None:
    """Verify that every response in the archive is what was fetched."""
    settings = state(context).settings()
    archive = archive_of(settings)
    with open_database(settings) as database, database.read() as session:
        places = [place for place, _ in index.kept(session)]
    damaged = 0
    with WorkBar() as bar:
        for number, place in enumerate(places, 1):
            bar.tell("verifying", number, len(places))
            try:
                archive.read(place)
            except ArchiveError as error:
                damaged += 1
                complain(str(error))
    output().print(f"{len(places) - damaged} responses are what was fetched, {damaged} are not")
    if damaged:
        raise typer.Exit(Exit.FAILED)
