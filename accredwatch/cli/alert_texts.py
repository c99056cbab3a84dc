"""`accredwatch alerts preview` and `alerts templates`: what alerts read like, and how to change it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from accredwatch.cli.console import complain, output, print_json, printable
from accredwatch.cli.database import open_database
from accredwatch.cli.exits import Exit
from accredwatch.cli.state import pick_channel, state
from accredwatch.config import Settings
from alerts.editing import copy_templates
from alerts.examples import NAMES, example, example_digest
from alerts.fitting import taken
from alerts.message import Json, Message
from alerts.render import render, render_strictly
from alerts.settings import Channel
from alerts.style import LANGUAGES, Style
from alerts.text import length
from alerts.webhook import SCHEMES, payload
from foundation.errors import ConfigError, DeliveryError, NotFound
from foundation.nearest import suggestion
from storage import queries
from storage.views import Alert, RecordedChange
from storage.vocabulary import Audience, ChangeKind, NoticeKind

_KINDS: dict[str, ChangeKind | NoticeKind] = {kind.value: kind for kind in (*ChangeKind, *NoticeKind)}


def add_to(group: typer.Typer) -> None:
    """Add the commands to `accredwatch alerts`."""
    group.command()(preview)
    group.command()(templates)


def preview(
    context: typer.Context,
    channel: Annotated[str | None, typer.Option(help="As this channel would get it.")] = None,
    language: Annotated[str | None, typer.Option(help="en, ru or kk, instead of the channel's.")] = None,
    kind: Annotated[str | None, typer.Option(help="A made-up example of this kind of change or notice.")] = None,
    change: Annotated[int | None, typer.Option(help="The change on record with this id.")] = None,
    digest: Annotated[bool, typer.Option("--digest", help="A made-up digest.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for each message.")] = False,
) -> None:
    """Show exactly what would be sent, from a change on record or from made-up examples. Nothing is sent."""
    if sum((kind is not None, change is not None, digest)) > 1:
        raise ConfigError("--kind, --change and --digest each say what to show: give one of them")
    settings = state(context).settings()
    wanted = pick_channel(settings, channel) if channel is not None else None
    style = _style(settings, wanted, language)
    name = wanted.name if wanted else "preview"
    alerts = [example_digest(name)] if digest else list(_alerts(settings, wanted, name, kind, change))
    whole = wanted is not None and wanted.url.get_secret_value().partition("://")[0].lower() in SCHEMES
    failed = False
    for alert in alerts:
        shown = _Shown(alert, style, render(alert, style))
        failed = _complain_of_templates(alert, style) or failed
        if as_json:
            print_json(shown.as_json())
        else:
            shown.print(fields=whole)
    if failed:
        raise typer.Exit(Exit.FAILED)


def templates(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder without templates; it is made.")],
) -> None:
    """Copy the built-in templates into a folder, to be edited and named in the configuration."""
    written = copy_templates(folder)
    output().print(f"{len(written)} templates in {printable(str(folder))}", style="green")
    output().print("Keep those that you change, and name the folder: templates of [alerts] or of a channel.")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A message as it would be sent."""

    alert: Alert
    style: Style
    message: Message

    def as_json(self) -> dict[str, Json]:
        message, style = self.message, self.style
        return {
            "kind": message.fields["kind"],
            "channel": self.alert.channel,
            "language": style.language,
            "title": message.title,
            "title_length": length(message.title),
            "title_limit": style.title_limit,
            "text": message.body,
            "length": taken(message.title, message.body, style).length,
            "limit": taken(message.title, message.body, style).limit,
            "fields": dict(message.fields),
        }

    def print(self, *, fields: bool) -> None:
        message, used = self.message, taken(self.message.title, self.message.body, self.style)
        limit = f" of {used.limit}" if used.limit is not None else ""
        console = output()
        title = f"title {length(message.title)} of {self.style.title_limit}"
        what = "message" if self.style.together else "text"
        console.rule(f"{message.fields['kind']}: {title}, {what} {used.length}{limit}")
        for line in (message.title, "", *message.body.splitlines()):
            console.print(printable(line), soft_wrap=True)
        if fields:
            console.print("")
            print_json(json.loads(payload(message)))


def _style(settings: Settings, channel: Channel | None, language: str | None) -> Style:
    names = {**NAMES, **{source.key: source.name for source in settings.source}}
    folder = settings.alerts.templates
    if channel is not None:
        style = channel.style(names, settings.base, folder)
    else:
        style = Style(names=names, templates=settings.base / folder if folder else None)
    if language is None:
        return style
    spoken = next((one for one in LANGUAGES if one == language), None)
    if spoken is None:
        raise ConfigError(f"--language {language}: no such language{suggestion(language, LANGUAGES)}")
    return replace(style, language=spoken)


def _alerts(
    settings: Settings, channel: Channel | None, name: str, kind: str | None, change: int | None
) -> Iterator[Alert]:
    """What is asked for, or an example of every kind that the channel gets."""
    if change is not None:
        yield replace(example(ChangeKind.NEW_TOTAL, name), change=_recorded(settings, change))
    elif kind is not None:
        if kind not in _KINDS:
            raise ConfigError(f"--kind {kind}: no such kind{suggestion(kind, _KINDS)}")
        yield example(_KINDS[kind], name)
    elif channel is not None and channel.audience is Audience.OPERATORS:
        yield from (example(one, name) for one in NoticeKind)
    else:
        yield from (example(one, name) for one in (channel.kinds if channel else ChangeKind))


def _recorded(settings: Settings, change: int) -> RecordedChange:
    with open_database(settings) as database, database.read() as session:
        found = queries.changes(session, after=change - 1, limit=1)
    if not found or found[0].id != change:
        raise NotFound(f"no change has the id {change}: `accredwatch alerts list --json` shows those that were told")
    return found[0]


def _complain_of_templates(alert: Alert, style: Style) -> bool:
    """Say why edited templates did not write the message; whether they failed."""
    try:
        render_strictly(alert, style)
    except DeliveryError as error:
        complain(f"{error}; the built-in template was used")
        return True
    return False
