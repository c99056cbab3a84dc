"""`accredwatch export`: what is on record, as tables for other programs."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from accredwatch.cli.console import output
from accredwatch.cli.database import open_database
from accredwatch.cli.history import pick_election
from accredwatch.cli.state import state
from accredwatch.config import Settings
from accredwatch.export.files import whole_file
from accredwatch.export.formats import Format, Writer, writer
from accredwatch.export.tables import TABLES, What
from foundation.clock import SystemClock
from foundation.errors import ConfigError, NotFound
from foundation.nearest import suggestion
from foundation.settings import Duration
from storage import listing, queries
from storage.listed import Wanted

_ENDINGS = {".csv": Format.CSV, ".jsonl": Format.JSONL, ".ndjson": Format.JSONL, ".parquet": Format.PARQUET}


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(export)


def export(
    context: typer.Context,
    what: Annotated[What, typer.Argument(help="Which table; docs/api.md lists their columns.")],
    form: Annotated[
        Format | None, typer.Option("--format", help="csv, jsonl or parquet; else as FILE ends, else csv.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of standard output.")
    ] = None,
    election: Annotated[str | None, typer.Option(help="Only this election; the key's beginning is enough.")] = None,
    source: Annotated[str | None, typer.Option(help="Only this source.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Only what holds for this day or a later one: 2023-03-01, or 2d, 1w back.")
    ] = None,
) -> None:
    """Write what is on record as a table: CSV, JSON Lines or Parquet."""
    settings = state(context).settings()
    write = writer(_format(form, file))
    earliest = _day(since, SystemClock().now())
    with open_database(settings) as database, database.read() as session:
        wanted = Wanted(
            election=_election(session, election), source=_source(session, settings, source), since=earliest
        )
        if file is None:
            _write(write, session, what, wanted)
            return
        with whole_file(file) as out:
            table = TABLES[what]
            count = write(out, table.columns, table.rows(session, wanted))
    output().print(f"{file}: {count} {'row' if count == 1 else 'rows'}")


def _write(write: Writer, session: Session, what: What, wanted: Wanted) -> None:
    table = TABLES[what]
    write(sys.stdout.buffer, table.columns, table.rows(session, wanted))
    sys.stdout.buffer.flush()


def _format(form: Format | None, file: Path | None) -> Format:
    """The format that is asked for. Raises ConfigError where it is none for a terminal."""
    found = form or (_ENDINGS.get(file.suffix.lower(), Format.CSV) if file else Format.CSV)
    if found is Format.PARQUET and file is None and sys.stdout.isatty():
        raise ConfigError("Parquet is nothing to read on a terminal: name a file with -o FILE")
    return found


def _election(session: Session, wanted: str | None) -> str | None:
    return pick_election(queries.elections(session), wanted).election.key if wanted is not None else None


def _source(session: Session, settings: Settings, wanted: str | None) -> str | None:
    """The source of this key, be it configured or on record. Raises NotFound."""
    known = {*(source.key for source in settings.source), *listing.source_keys(session)}
    if wanted is not None and wanted not in known:
        raise NotFound(f"no source is called {wanted!r}{suggestion(wanted, known)}")
    return wanted


def _day(since: str | None, now: datetime) -> date | None:
    """The day that --since means, in Almaty. Raises ConfigError."""
    if since is None:
        return None
    try:
        return (now - TypeAdapter(Duration).validate_python(since)).astimezone(ZoneInfo("Asia/Almaty")).date()
    except (ValidationError, OverflowError):
        pass
    try:
        return date.fromisoformat(since)
    except ValueError:
        raise ConfigError(f"--since {since}: write 2d, 1w, or a day such as 2023-03-01") from None
