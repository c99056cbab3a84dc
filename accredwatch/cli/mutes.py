"""`accredwatch alerts mute`, `mutes`, `unmute`, `ack`: what nobody is to be told, and what somebody has seen to."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from pydantic import TypeAdapter, ValidationError

from accredwatch.cli.console import local, output, print_json, printable, table
from accredwatch.cli.database import open_database
from accredwatch.cli.decide import login_name
from accredwatch.cli.history import pick_election
from accredwatch.cli.state import pick_channel, pick_sources, state
from alerts.render import fields_of
from foundation.clock import SystemClock
from foundation.errors import ConfigError
from foundation.settings import Duration
from storage import mutes as muting
from storage import queries
from storage.acknowledging import acknowledge
from storage.views import Mute

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]
_ZONE = "Asia/Almaty"


def add_to(group: typer.Typer) -> None:
    """Add the commands to `accredwatch alerts`."""
    for command in (mute, mutes, unmute, ack):
        group.command()(command)


def mute(
    context: typer.Context,
    until: Annotated[
        str, typer.Option(help="For how long, 2h or 3d; or until when: 2023-03-20 (midnight in Almaty), an instant.")
    ],
    election: Annotated[
        str | None, typer.Option(help="Only alerts on this election; the key's beginning is enough.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Only alerts that come from this source.")] = None,
    channel: Annotated[str | None, typer.Option(help="Only alerts for this channel.")] = None,
    note: Annotated[str | None, typer.Option(help="Why; it is kept.")] = None,
    by: Annotated[str | None, typer.Option(help="Who mutes; else the login name.")] = None,
    as_json: Json = False,
) -> None:
    """Keep new alerts to oneself for a while; what waits already is told. Without a choice: all of them."""
    settings = state(context).settings()
    if source is not None:
        pick_sources(settings, [source])
    if channel is not None:
        pick_channel(settings, channel)
    now = SystemClock().now()
    end, person = _end(until, now), by or login_name()
    with open_database(settings) as database, database.write() as session:
        key = pick_election(queries.elections(session), election).election.key if election is not None else None
        made = muting.mute(
            session, until=end, by=person, now=now, election=key, source=source, channel=channel, note=note
        )
    if as_json:
        print_json(fields_of(made))
    else:
        output().print(f"mute {made.id}: {_what(made)}, until {local(made.until)} (Asia/Almaty)")


def mutes(
    context: typer.Context,
    over: Annotated[bool, typer.Option("--over", help="Those that are over, instead of those in force.")] = False,
    as_json: Json = False,
) -> None:
    """List what is muted, until when, by whom, and how many alerts each mute keeps."""
    with open_database(state(context).settings()) as database, database.read() as session:
        found = muting.mutes(session, now=SystemClock().now(), over=over)
    if as_json:
        for one in found:
            print_json(fields_of(one))
        return
    if not found:
        output().print("No mute is over." if over else "Nothing is muted.")
        return
    made = table("id", "what", "until", "by", "keeps", "note", numbers=("id", "keeps"))
    for one in found:
        end = local(one.ended_at or one.until)
        made.add_row(str(one.id), _what(one), end, printable(one.by), str(one.kept), printable(one.note or ""))
    output().print(made)


def unmute(
    context: typer.Context,
    mute_id: Annotated[int, typer.Argument(metavar="ID", help="Id of a mute, as mutes lists it.")],
    tell: Annotated[bool, typer.Option("--tell", help="Tell now what it kept; also of a mute that is over.")] = False,
) -> None:
    """End a mute before its time. What it kept stays untold unless asked for."""
    settings = state(context).settings()
    timings = {channel.name: channel.subscription().timing for channel in settings.channel} if tell else None
    with open_database(settings) as database, database.write() as session:
        ended, told = muting.unmute(session, mute_id, now=SystemClock().now(), timings=timings)
    fate = (
        f"{_alerts(told)} in the queue"
        if tell
        else f"{_alerts(ended.kept)} {'stays' if ended.kept == 1 else 'stay'} untold"
    )
    output().print(f"mute {ended.id} is over ({_what(ended)}); {fate}")


def ack(
    context: typer.Context,
    ids: Annotated[list[int], typer.Argument(metavar="ID...", help="Ids of alerts, as list shows them.")],
    note: Annotated[str | None, typer.Option(help="Why, or what was done; it is kept.")] = None,
    by: Annotated[str | None, typer.Option(help="Who has seen to it; else the login name.")] = None,
) -> None:
    """Mark what alerts tell as seen to, on every channel; that stops no delivery."""
    settings = state(context).settings()
    with open_database(settings) as database, database.write() as session:
        made = acknowledge(session, ids, by=by or login_name(), note=note, now=SystemClock().now())
    before = f"; {_alerts(len(made.before))} had been before" if made.before else ""
    output().print(f"{_alerts(len(made.alerts))} acknowledged{before}")


def _end(until: str, now: datetime) -> datetime:
    """The instant that --until means; a day begins in Almaty. Raises ConfigError."""
    try:
        end = now + TypeAdapter(Duration).validate_python(until)
    except (ValidationError, OverflowError):
        end = _instant(until)
    if end <= now:
        raise ConfigError(f"--until {until}: that is over already; give an instant that is still to come")
    return end


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"--until {text}: write 2h, 3d, 1w, or a day such as 2023-03-20") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(_ZONE))


def _what(one: Mute) -> str:
    chosen = (("election", one.election), ("source", one.source), ("channel", one.channel))
    return ", ".join(f"{name} {value}" for name, value in chosen if value is not None) or "everything"


def _alerts(count: int) -> str:
    return f"{count} {'alert' if count == 1 else 'alerts'}"
