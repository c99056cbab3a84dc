"""`accredwatch alerts replay`: what the configuration would have told of an election, and when."""

from __future__ import annotations

from typing import Annotated

import typer

from accredwatch.cli.console import local, output, print_json, table
from accredwatch.cli.database import open_database
from accredwatch.cli.history import pick_election
from accredwatch.cli.state import pick_channel, state
from accredwatch.config import Settings
from accredwatch.report_words import scope_words
from alerts.render import as_json as to_json
from alerts.render import fields_of
from alerts.settings import Channel
from alerts.wording import number
from foundation.errors import ConfigError
from storage import queries
from storage.replay import Fate, Replayed
from storage.replay import replay as replay_changes
from storage.vocabulary import Audience


def replay(
    context: typer.Context,
    election: Annotated[str, typer.Argument(metavar="ELECTION", help="Key of an election, or how it begins.")],
    channel: Annotated[
        str | None, typer.Option(help="Only this channel, enabled or not; else all enabled ones for readers.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Show what the configuration would have told of an election, when, and what it would have kept and why.

    Time is that of the articles' publication. Nothing is written or sent.
    """
    settings = state(context).settings()
    channels = _channels(settings, channel)
    with open_database(settings) as database, database.read() as session:
        key = pick_election(queries.elections(session), election).election.key
        found = {one.name: replay_changes(session, key, one.subscription()) for one in channels}
    for one in channels:
        if as_json:
            for row in found[one.name]:
                print_json({"channel": one.name, **_as_json(row)})
        else:
            _show(one, found[one.name])


def _channels(settings: Settings, name: str | None) -> list[Channel]:
    """The channels to replay. Raises NotFound for an unknown one, ConfigError where none is for readers."""
    chosen = [pick_channel(settings, name)] if name is not None else settings.enabled_channels
    readers = [one for one in chosen if one.audience is Audience.READERS]
    if not readers:
        whose = "has no enabled channel for readers" if name is None else f"channel {name} is for operators"
        raise ConfigError(f"{settings.path}: {whose}, and only readers are told of changes: there is nothing to replay")
    return readers


def _as_json(row: Replayed) -> dict[str, object]:
    content = fields_of(row)
    content.pop("change")
    figure = row.change.change.figure
    return {
        "change_id": row.change.id,
        "kind": row.change.change.kind.value,
        "day": row.change.change.day.isoformat(),
        "figure": to_json(figure) if figure else None,
        "report": row.change.report,
        **content,
    }


def _show(channel: Channel, rows: tuple[Replayed, ...]) -> None:
    zone = channel.time_zone
    made = table("known", "change", "report", "", "told", "message", "why", numbers=("report", "message"))
    for row in rows:
        told = row.fate is Fate.TOLD
        fate = row.fate.value.replace("_", " ")
        cells = (local(row.known_at, zone), _words(row), str(row.change.report), fate, local(row.told_at, zone))
        made.add_row(*cells, str(row.message or "-"), "; ".join(row.why), style=None if told else "dim")
    messages = len({row.message for row in rows if row.message is not None})
    console = output()
    console.print(f"{channel.name}: {messages} {'message' if messages == 1 else 'messages'} ({zone})\n", style="bold")
    console.print(made)
    console.print()


def _words(row: Replayed) -> str:
    figure = row.change.change.figure
    value = f" {number(figure.value, figure.approx)} {scope_words(figure.scope)}" if figure else ""
    return f"{row.change.change.kind}{value}"
