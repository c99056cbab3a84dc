"""`accredwatch evidence`: the page that a report was read from, as it was fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from accredwatch.cli.console import local, output, print_json, printable
from accredwatch.cli.database import open_database
from accredwatch.cli.exits import Exit
from accredwatch.cli.state import state
from accredwatch.evidence import Evidence, archive_of, verify
from accredwatch.report_words import scope_words
from alerts.render import as_json as to_json


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(evidence)


def evidence(
    context: typer.Context,
    report: Annotated[int, typer.Argument(metavar="ID", help="Id of a report, as timeline and alerts name it.")],
    file: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the page as it was fetched to a file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show where the page stands in the archive that a report was read from, and verify it without any network."""
    settings = state(context).settings()
    archive = archive_of(settings)
    with open_database(settings) as database, database.read() as session:
        found = verify(session, archive, report, max_bytes=settings.crawler.max_bytes)
    if file is not None:
        file.write_bytes(found.page)
    if as_json:
        print_json(to_json({**found.summary(), "figures": found.figures}))
    else:
        _show_evidence(found)
    if not found.verified:
        raise typer.Exit(Exit.FAILED)


def _show_evidence(found: Evidence) -> None:
    console, place = output(), found.place
    console.print(Text(printable(found.title or place.url), "bold"))
    console.print(place.url)
    console.print(f"fetched {local(place.fetched_at)}")
    console.print(f"{place.file}, byte {place.offset:,}, {place.length:,} bytes")
    console.print(place.digest)
    console.print("the archived page is what was fetched", style="green")
    for figure in found.figures:
        style = "green" if figure.found else "red"
        where = "stands on it" if figure.found else "does NOT stand on it"
        console.print(Text(f"{figure.value:,} {scope_words(figure.scope)}: “{printable(figure.quote)}” {where}", style))
