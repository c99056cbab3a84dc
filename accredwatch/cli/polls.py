"""`accredwatch polls`: the elections on record as a table, as a paper has it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from accredwatch.cli.console import output, print_json, table
from accredwatch.cli.database import open_database
from accredwatch.cli.state import state
from accredwatch.polls import COLUMNS, NUMBERS, as_csv, as_latex, as_markdown, write
from alerts.render import as_json as to_json
from alerts.style import Language
from foundation.errors import ConfigError
from storage.polls import Poll, polls


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="polls")(show_polls)


def show_polls(
    context: typer.Context,
    first: Annotated[int | None, typer.Option("--from", metavar="YEAR", help="The first year: 2019.")] = None,
    last: Annotated[int | None, typer.Option("--to", metavar="YEAR", help="The last year: 2026.")] = None,
    language: Annotated[Language, typer.Option(help="Of headings and polls: en, ru or kk.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV, for programs.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print a table in Markdown.")] = False,
    latex: Annotated[bool, typer.Option("--latex", help="Print a tabular in LaTeX, for booktabs.")] = False,
) -> None:
    """Show the elections side by side: accredited at the end, whose they were, from which meeting to which."""
    if sum((as_json, csv, markdown, latex)) > 1:
        raise ConfigError("--json, --csv, --markdown and --latex exclude each other: give one of them")
    settings = state(context).settings()
    with open_database(settings) as database, database.read() as session:
        found = polls(session, first=first, last=last)
    if as_json:
        for one in found:
            print_json(to_json(one))
    elif csv:
        sys.stdout.write(as_csv(found))
    elif markdown or latex:
        sys.stdout.write((as_markdown if markdown else as_latex)(write(found, language)))
    else:
        _show(found, language)


def _show(found: tuple[Poll, ...], language: Language) -> None:
    written = write(found, language)
    numbers = tuple(title for name, title in zip(COLUMNS, written.headings, strict=True) if name in NUMBERS)
    made = table(*written.headings, numbers=numbers)
    # Only headings are broken where the terminal is narrow.
    made.columns[COLUMNS.index("type")].no_wrap = True
    for row in written.rows:
        made.add_row(*row)
    output().print(made)
    if written.note:
        output().print(written.note, style="dim")
    if not found:
        output().print("no election is on record in these years", style="dim")
