"""`accredwatch alerts`: what was sent, what waits, what failed; try a channel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

import typer

from accredwatch.cli import alert_texts, mutes
from accredwatch.cli.console import local, output, print_json, printable, table
from accredwatch.cli.database import open_database
from accredwatch.cli.replay import replay
from accredwatch.cli.state import pick_channel, state
from alerts.delivery import send_test
from alerts.render import as_json as to_json
from alerts.render import render
from alerts.style import Style
from foundation.clock import SystemClock
from foundation.errors import DeliveryError
from storage import outbox
from storage.views import Alert, Confirmation
from storage.vocabulary import AlertState

group = typer.Typer(
    help="List alerts, mute and acknowledge them, try a channel, revive what failed.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
alert_texts.add_to(group)
mutes.add_to(group)
group.command()(replay)


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(group, name="alerts")


@group.command("list")
def list_(
    context: typer.Context,
    only: Annotated[AlertState | None, typer.Option("--state", help="Only alerts in this state.")] = None,
    channel: Annotated[str | None, typer.Option(help="Only alerts for this channel.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, newest first.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """List alerts with their state, attempts and last error."""
    settings = state(context).settings()
    if channel is not None:
        pick_channel(settings, channel)
    with open_database(settings) as database, database.read() as session:
        alerts = outbox.alerts(session, state=only, channel=channel, limit=limit)
    if as_json:
        for alert in alerts:
            print_json(to_json(alert))
        return
    if not alerts:
        output().print("No alert.")
        return
    zones = {c.name: c.time_zone for c in settings.channel}
    made = table("id", "created", "channel", "state", "tries", "alert", "report", "", numbers=("id", "tries", "report"))
    for alert in alerts:
        zone = zones.get(alert.channel, "Asia/Almaty")
        cells = (str(alert.id), local(alert.created_at, zone), alert.channel, alert.state.value, str(alert.attempts))
        remark = "; ".join(_remarks(alert, zone))
        title = _title(alert, zone)
        report = str(alert.change.report) if alert.change else "-"
        made.add_row(*cells, title, report, printable(remark), style=_style(alert.state))
    output().print(made)


def _remarks(alert: Alert, zone: str) -> Iterator[str]:
    """What an alert waits for, how it goes out, what is wrong, and who has seen to it."""
    if alert.state is AlertState.UNCONFIRMED and (waits := _waits_for(alert.confirmation, zone)):
        yield waits
    if alert.state is AlertState.SCHEDULED:
        yield f"goes out {local(alert.due_at, zone)}"
    if alert.state is AlertState.MUTED:
        yield f"by mute {alert.mute}"
    if alert.carried_by is not None:
        yield f"in the message of alert {alert.carried_by}"
    if alert.last_error is not None:
        yield alert.last_error
    if alert.acknowledged_by is not None:
        note = f": {alert.acknowledged_note}" if alert.acknowledged_note else ""
        yield f"seen to by {alert.acknowledged_by}{note}"


def _waits_for(confirmation: Confirmation | None, zone: str) -> str | None:
    """What an unconfirmed alert waits for, and until when."""
    if confirmation is None:
        return None
    stated = f"{len(confirmation.sources)} of {confirmation.wanted} sources ({', '.join(confirmation.sources)})"
    return f"{stated}, waits until {local(confirmation.until, zone)}"


def _title(alert: Alert, zone: str) -> str:
    """What the alert reads like; an alert that cannot be written is listed all the same."""
    try:
        return render(replace(alert, carries=()), Style(time_zone=zone)).title
    except DeliveryError as error:
        return f"cannot be written: {error}"


@group.command()
def test(
    context: typer.Context,
    channel: Annotated[str, typer.Argument(metavar="CHANNEL", help="Name of a channel in the configuration.")],
) -> None:
    """Send a test message to a channel and say what it answered."""
    settings = state(context).settings()
    wanted = pick_channel(settings, channel)
    send_test(wanted, settings.alerts, SystemClock())
    output().print(f"{channel}: accepted", style="green")


@group.command()
def retry(
    context: typer.Context,
    ids: Annotated[
        list[int] | None, typer.Argument(metavar="[ID...]", help="Ids of failed alerts; all of them if none is given.")
    ] = None,
    channel: Annotated[str | None, typer.Option(help="Only alerts for this channel.")] = None,
) -> None:
    """Put alerts that failed for good back into the queue; the next crawl or the daemon sends them."""
    settings = state(context).settings()
    if channel is not None:
        pick_channel(settings, channel)
    with open_database(settings) as database, database.write() as session:
        revived = outbox.revive(session, now=SystemClock().now(), channel=channel, ids=ids or None)
    output().print(f"{revived} {'alert' if revived == 1 else 'alerts'} back in the queue")


def _style(of: AlertState) -> str | None:
    waits = {AlertState.UNCONFIRMED: "cyan", AlertState.SCHEDULED: "cyan", AlertState.MUTED: "dim"}
    return waits.get(of) or {AlertState.FAILED: "red", AlertState.PENDING: "yellow"}.get(of)
