"""`accredwatch status`: is all well? For people, and by its exit code for monitoring."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from accredwatch.cli.console import local, output, print_json, printable, table
from accredwatch.cli.database import open_database_to_look
from accredwatch.cli.exits import Exit
from accredwatch.cli.state import state
from alerts.render import fields_of
from foundation.clock import SystemClock
from scheduler.overview import ChannelStatus, Overview, SourceStatus, overview
from scheduler.queue.overview import QueueStatus, WorkerStatus


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(status)


def status(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    daemon: Annotated[bool, typer.Option("--daemon", help="Only tell whether a daemon is running.")] = False,
) -> None:
    """Tell whether all is well: the daemon, the sources, the channels. The exit code says it to monitoring."""
    settings = state(context).settings()
    with open_database_to_look(settings) as database:
        found = overview(database, settings.source, settings.channel, SystemClock().now(), settings.engine)
    if as_json:
        print_json(_as_json(found))
    elif daemon:
        output().print(_daemon(found))
    else:
        _show(found)
    if not (found.daemon is not None if daemon else found.well):
        raise typer.Exit(Exit.FAILED)


def _as_json(found: Overview) -> dict[str, object]:
    sources = [{**fields_of(one), "well": one.well} for one in found.sources]
    return {"well": found.well, **fields_of(found), "sources": sources}


def _show(found: Overview) -> None:
    console = output()
    console.print(_daemon(found))
    if found.engine is not None:
        console.print(_engine(found.engine))
        for worker in found.engine.workers:
            console.print(Text(f"worker    {_worker(worker)}", "green"))
    console.print()
    made = table("source", "condition", "since", "last success", "seen")
    for source in found.sources:
        condition = condition_text(source)
        made.add_row(
            source.source, condition, local(source.since), local(source.last_success), printable(source.seen[:200])
        )
    console.print(made)
    if found.channels:
        console.print()
        console.print(_channels(found.channels))
    well = "all is well" if found.well else "something needs a look"
    console.print(Text(f"\n{well} (instants in Almaty's time)", "green" if found.well else "red"))


def _daemon(found: Overview) -> Text:
    running = f"running: {printable(str(found.daemon))}" if found.daemon else "no daemon is running"
    return Text(f"daemon    {running}", "green" if found.daemon else "red")


def _engine(engine: QueueStatus) -> Text:
    alive = f"{len(engine.workers)} {'worker' if len(engine.workers) == 1 else 'workers'} alive"
    jobs = f"jobs: {engine.waiting} waiting, {engine.running} running, {engine.failed} failed in the last day"
    return Text(f"engine    {alive}; {jobs}", "green" if engine.well else "red")


def _worker(worker: WorkerStatus) -> str:
    where = f"process {worker.pid} on {printable(worker.host)}, since {local(worker.since)}"
    return f"{printable(worker.name)}: {worker.queues}, {worker.concurrency} at a time; {where}"


def condition_text(source: SourceStatus) -> Text:
    """A source's condition in a word."""
    if source.condition is None:
        return Text("disabled", "dim")
    return Text(source.condition.value.replace("_", " "), "green" if source.well else "red")


def _channels(channels: tuple[ChannelStatus, ...]) -> object:
    numbers = ("sent", "waiting", "unconfirmed", "scheduled", "muted", "failed")
    made = table("channel", "audience", *numbers, "oldest waiting", "", numbers=numbers)
    for one in channels:
        word = "well" if one.enabled else "disabled" if one.audience else "not configured"
        style = "dim" if not one.enabled else "green" if one.well else "red"
        waits = (one.pending, one.unconfirmed, one.scheduled, one.muted)
        counts = (str(one.sent), *map(str, waits), str(one.failed))
        audience = one.audience.value if one.audience else "-"
        ending = Text(word if one.well else "in trouble", style)
        made.add_row(one.channel, audience, *counts, local(one.oldest_waiting), ending)
    return made
