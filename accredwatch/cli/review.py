"""`accredwatch review`: what a person should look at, and closing it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from accredwatch.cli import decide
from accredwatch.cli.console import local, output, print_json, printable
from accredwatch.cli.database import open_database
from accredwatch.cli.decide import dispute_words, login_name
from accredwatch.cli.history import pick_election
from accredwatch.cli.state import pick_sources, state
from alerts.render import as_json as to_json
from alerts.render import fields_of
from foundation.clock import SystemClock
from storage import queries
from storage import review as questions
from storage.answers import ReviewItem
from storage.decisions import Person, note_closed
from storage.disputes import disputes
from storage.vocabulary import ReviewKind

group = typer.Typer(
    help="List what a person should look at: disputes, names that no table knows, articles that may be broken.",
    invoke_without_command=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(group, name="review")


@group.callback()
def review(
    context: typer.Context,
    kind: Annotated[ReviewKind | None, typer.Option(help="Only items of this kind.")] = None,
    election: Annotated[
        str | None, typer.Option(help="Only items of reports on this election: its key, or how it begins.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Only items of this source.")] = None,
    closed: Annotated[
        bool, typer.Option("--closed", help="Closed items, with who closed them, when and why, instead of open ones.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, newest first.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """List what a person should look at: disputes, names that no table knows, articles that may be broken."""
    if context.invoked_subcommand is not None:
        return
    settings = state(context).settings()
    if source is not None:
        pick_sources(settings, [source])
    with open_database(settings) as database, database.read() as session:
        key = pick_election(queries.elections(session), election).election.key if election else None
        found = queries.review(session, kind=kind, election=key, source=source, closed=closed, limit=limit + 1)
        listed = disputes(session, election=key, closed=closed) if kind is None and source is None else ()
    items = found[:limit]
    if as_json:
        for one in listed:
            print_json({"kind": "dispute", **fields_of(one)})
        for item in items:
            print_json(to_json(item))
        return
    for one in listed:
        output().print(dispute_words(one))
    for item in items:
        output().print(_words(item))
    if listed and not closed:
        output().print("`accredwatch review settle ID --value N` settles a dispute.", style="dim")
    if not items and not listed:
        output().print("Nothing was closed." if closed else "Nothing to review.")
    elif len(found) > limit:
        output().print(f"There are more: --limit shows more than {limit}.", style="dim")
    elif items and not closed:
        output().print("`accredwatch review done ID` closes an item.", style="dim")


@group.command()
def done(
    context: typer.Context,
    ids: Annotated[list[int], typer.Argument(metavar="ID...", help="Ids of open items.")],
    note: Annotated[str | None, typer.Option(help="What was found or done; kept with the item.")] = None,
    by: Annotated[str | None, typer.Option(help="Who closes it; else the login name.")] = None,
) -> None:
    """Close items; the same article does not ask about the same words again."""
    settings = state(context).settings()
    who = by or login_name()
    person = Person(by=who, note=note, now=SystemClock().now())
    with open_database(settings) as database, database.write() as session:
        questions.close(session, ids, by=who, note=note, now=person.now)
        note_closed(session, dict.fromkeys(ids), person)
    output().print(f"{len(set(ids))} {'item' if len(set(ids)) == 1 else 'items'} closed by {printable(who)}")


def _words(item: ReviewItem) -> Text:
    where = " · ".join(filter(None, [item.source, item.title or "(no title)", item.url]))
    about = f", report {item.report}" if item.report is not None else ""
    about += f", {item.election}" if item.election else ""
    text = Text.assemble((f"{item.id}  ", "bold"), (item.kind.value, "yellow"), (f"  {printable(item.text)}\n", "bold"))
    if item.sentence and item.sentence != item.text:
        text.append(f"   “{printable(item.sentence)}”\n")
    text.append(f"   {printable(where)}\n   since {local(item.created_at)} Almaty{about}\n", style="dim")
    if item.closed_at is not None:
        note = f": {printable(item.note)}" if item.note else ""
        text.append(f"   closed {local(item.closed_at)} by {printable(item.closed_by or '')}{note}\n", style="green")
    return text


decide.add_to(group)
