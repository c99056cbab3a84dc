"""`accredwatch chart`: the course of elections as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from accredwatch.charts.chart import Chart
from accredwatch.charts.comparison import comparison_of
from accredwatch.charts.election import chart_of
from accredwatch.charts.palette import Scheme
from accredwatch.charts.picture import LARGEST, SMALLEST, Kind, Size
from accredwatch.cli.console import output
from accredwatch.cli.database import open_database
from accredwatch.cli.history import pick_election
from accredwatch.cli.state import state
from accredwatch.config import Settings
from accredwatch.web.elections import KAZAKHSTAN
from foundation.clock import SystemClock
from foundation.errors import ConfigError
from storage import queries

_USUAL = Size()


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(chart)


def chart(
    context: typer.Context,
    elections: Annotated[
        list[str], typer.Argument(metavar="ELECTION...", help="Keys of elections, or how they begin.")
    ],
    file: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to: FILE.svg or FILE.png.")],
    compare: Annotated[
        bool, typer.Option("--compare", help="By days before the vote, as several elections always are.")
    ] = False,
    width: Annotated[int, typer.Option(min=SMALLEST, max=LARGEST, help="In pixels.")] = _USUAL.width,
    height: Annotated[int, typer.Option(min=SMALLEST, max=LARGEST, help="In pixels.")] = _USUAL.height,
    scheme: Annotated[Scheme, typer.Option(help="The paper to draw on.")] = Scheme.LIGHT,
) -> None:
    """Draw how the number of accredited observers grew, as SVG or PNG."""
    from accredwatch.charts.drawing import draw  # noqa: PLC0415 - only who draws waits for matplotlib

    kind = _kind(file)
    settings = state(context).settings()
    with open_database(settings) as database, database.read() as session:
        made = _chart(session, settings, elections, compare=compare)
    _write(file, draw(made, kind, size=Size(width, height), scheme=scheme))
    output().print(f"{file}: {made.in_words}", soft_wrap=True)


def _chart(session: Session, settings: Settings, wanted: list[str], *, compare: bool) -> Chart:
    summaries = queries.elections(session)
    keys = list(dict.fromkeys(pick_election(summaries, one).election.key for one in wanted))
    names = {source.key: source.name for source in settings.source}
    today = SystemClock().now().astimezone(KAZAKHSTAN).date()
    if compare or len(keys) > 1:
        return comparison_of(session, keys, names, today)
    return chart_of(session, keys[0], names, today)


def _kind(file: Path) -> Kind:
    try:
        return Kind(file.suffix.removeprefix(".").lower())
    except ValueError:
        kinds = " or ".join(f".{kind}" for kind in Kind)
        raise ConfigError(f"-o {file}: charts are written as {kinds}; end the file's name so") from None


def _write(file: Path, content: bytes) -> None:
    """Write the file whole or not at all."""
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise ConfigError(f"-o {file}: cannot be written: {error.strerror}") from error
