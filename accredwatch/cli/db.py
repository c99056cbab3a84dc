"""`accredwatch db`: look after the database."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter

from accredwatch.cli.console import complain, local, output, print_json
from accredwatch.cli.database import look_at_database, open_database
from accredwatch.cli.exits import Exit
from accredwatch.cli.jobs import make_queue
from accredwatch.cli.state import state
from accredwatch.cli.work_bar import WorkBar
from foundation.clock import SystemClock
from foundation.errors import NotFound
from storage import schema
from storage.backup import Backup, back_up
from storage.restore import Restored
from storage.restore import restore as put_back
from storage.upgrade import copy_before

group = typer.Typer(
    help="Check, upgrade, back up and restore the database.", no_args_is_help=True, rich_markup_mode=None
)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(group, name="db")


@group.command()
def check(context: typer.Context, as_json: AsJson = False) -> None:
    """Look for damage inside the database, and for records that cannot be."""
    settings = state(context).settings()
    with look_at_database(settings) as database, WorkBar(quiet=state(context).quiet) as bar:
        version, problems, name = database.version(), database.check(bar.tell), database.name
    if as_json:
        print_json({"database": name, "schema": version, "problems": problems})
    else:
        for line in problems:
            complain(f"{name}: {line}")
        if not problems:
            output().print(f"{name}: is in order", style="green")
        if version != schema.head():
            output().print(
                f"Its schema is {version}; this program works with {schema.head()}. `accredwatch db upgrade` moves it "
                "forward; only then all of it is looked at.",
                style="yellow",
            )
    if problems:
        raise typer.Exit(Exit.DATABASE)


@group.command()
def upgrade(context: typer.Context) -> None:
    """Make the database, or move its tables forward to this version of the program."""
    settings = state(context).settings()
    try:
        with look_at_database(settings) as database:
            before = database.version()
    except NotFound:
        before = None
    with open_database(settings) as database:
        make_queue(settings, database)
        console = output()
        if before == schema.head():
            console.print(f"{database.name}: is up to date", style="green")
        elif before is None:
            console.print(f"{database.name}: is made, with schema {schema.head()}", style="green")
        else:
            console.print(f"{database.name}: moved forward from schema {before} to {schema.head()}", style="green")
            if database.file is not None:
                console.print(f"As it was before it is kept as {copy_before(database.file, before)}", soft_wrap=True)


@group.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    as_json: AsJson = False,
) -> None:
    """Back up the database to a file, while a daemon may be at work, and prove the copy."""
    settings = state(context).settings()
    with look_at_database(settings) as database, WorkBar(quiet=state(context).quiet) as bar:
        made, name = back_up(database, file, replace=force, on_progress=bar.tell), database.name
    for line in made.problems:
        complain(f"{name}: {line}")
    if as_json:
        print_json(_plain(made))
        return
    console = output()
    console.print(f"{made.file}: holds {name}, {_content(made)}, and is proven", style="green", soft_wrap=True)
    if made.problems:
        console.print("What is wrong in the database is copied as it is: see `accredwatch db check`.", style="yellow")


@group.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `db backup` wrote.")],
    force: Annotated[
        bool, typer.Option("--force", help="Replace a database that holds something; it is kept under another name.")
    ] = False,
    hold: Annotated[
        bool,
        typer.Option("--hold", help="Let the next crawl record in silence, then tell once where things stand."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Put a backup in the database's place, prove it, and say what becomes of alerts sent since."""
    settings = state(context).settings()
    table = settings.database
    with WorkBar(quiet=state(context).quiet) as bar:
        done = put_back(
            table.url.get_secret_value(),
            file,
            replace=force,
            hold=hold,
            busy_timeout=table.busy_timeout,
            clock=SystemClock(),
            on_progress=bar.tell,
        )
    for line in done.backup.problems:
        complain(f"{file}: {line}")
    if as_json:
        print_json(_plain(done))
        return
    console = output()
    console.print(f"{done.database}: holds what {file} holds, {_content(done.backup)}", style="green", soft_wrap=True)
    for line in _consequences(done, hold=hold):
        console.print(line, soft_wrap=True)


def _consequences(done: Restored, *, hold: bool) -> list[str]:
    lines = []
    if done.schema != done.backup.schema:
        lines.append(f"Its schema was moved forward from {done.backup.schema} to {done.schema}.")
    if done.kept is not None:
        lines.append(f"What was there before is kept as {done.kept}")
    if done.known_sent:
        lines.append(f"{_alerts(done.known_sent)} sent since the backup will not go out again.")
    if done.waiting:
        lines.append(f"{_alerts(done.waiting)} waiting: what was sent since goes out again, under the same key.")
    if done.unknown_sent:
        lines.append(f"{_alerts(done.unknown_sent)} sent since that the backup does not know.")
    lines.append(
        "What the next crawl finds is recorded in silence; then each channel is told once where things stand."
        if hold
        else "What was recorded since is found anew by the next crawl and told again, under new keys; to have it "
        "recorded in silence, restore with --hold."
    )
    return lines


def _alerts(count: int) -> str:
    return f"{count} {'alert' if count == 1 else 'alerts'}"


def _content(backup: Backup) -> str:
    count = sum(backup.rows.values())
    rows = f"{count:,} {'row' if count == 1 else 'rows'}"
    size = f"{backup.bytes / 1_000_000:,.1f} MB"
    return f"schema {backup.schema}, {rows}, {size}, of the database made {local(backup.made_at)} Almaty"


def _plain(value: Backup | Restored) -> dict[str, Any]:
    plain: dict[str, Any] = TypeAdapter(dict[str, Any]).dump_python(asdict(value), mode="json")
    return plain
