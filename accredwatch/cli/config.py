"""`accredwatch config`: is the configuration right, and what is in force?"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Annotated, TypeAlias

import typer
from pydantic import BaseModel, SecretStr

from accredwatch.cli.console import output, print_json
from accredwatch.cli.state import state
from accredwatch.config import Settings
from accredwatch.edited_templates import template_problems
from alerts.channels import check_channel
from foundation.errors import ConfigError
from foundation.redaction import MASK, Redactor
from foundation.settings import format_duration

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | float | bool | None"

group = typer.Typer(help="Check and show the configuration.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(group, name="config")


@group.command()
def check(context: typer.Context) -> None:
    """Read the configuration and say what is wrong with it, all at once."""
    settings = state(context).settings()
    sources, channels = settings.enabled_sources, settings.enabled_channels
    if wrong := _unusable(settings):
        raise ConfigError("\n".join(f"{settings.path}: {problem}" for problem in wrong))
    console = output()
    console.print(f"{settings.path}: is in order", style="green")
    console.print(f"database  {_shown(settings.database.url)}")
    console.print(f"sources   {_names([s.key for s in sources], len(settings.source))}")
    console.print(f"channels  {_names([c.name for c in channels], len(settings.channel))}")
    if not channels:
        console.print("No channel is enabled: changes are recorded, and nobody is told.", style="yellow")
    if sources and not settings.crawler.contact:
        console.print("crawler.contact is empty: the outlets cannot tell who asks them.", style="yellow")
    if not sources:
        console.print("No source is enabled: there is nothing to crawl.", style="yellow")


@group.command()
def show(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show the settings in force, defaults and environment included, secrets masked."""
    settings = state(context).settings()
    plain = _plain(settings)
    if as_json:
        print_json(plain)
        return
    console = output()
    console.print(f"# {settings.path}, with the environment and the defaults", soft_wrap=True)
    for line in _toml(plain):
        console.print(line, soft_wrap=True)


@group.command()
def schema() -> None:
    """Print the JSON Schema of config.toml, by which editors complete and check it."""
    from accredwatch.config_schema import config_schema  # noqa: PLC0415 - the other commands do not need it

    print_json(config_schema())


def _unusable(settings: Settings) -> list[str]:
    """What is wrong with the URLs of channels and with their templates."""
    problems = template_problems(settings)
    for channel in settings.channel:
        try:
            check_channel(channel)
        except ConfigError as error:
            problems.append(str(error))
    return problems


def _names(enabled: list[str], configured: int) -> str:
    off = f" ({configured - len(enabled)} disabled)" if configured > len(enabled) else ""
    return (", ".join(enabled) or "none") + off


def _shown(secret: SecretStr) -> str:
    """What of a URL may be seen: a file's path, or a server without its password; of other secrets nothing."""
    value = secret.get_secret_value()
    if not value:
        return ""
    return Redactor([value])(value) if value.startswith(("sqlite", "postgresql")) else MASK


def _plain(value: object) -> Plain:
    match value:
        case SecretStr():
            return _shown(value)
        case BaseModel():
            return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case tuple() | list():
            return [_plain(item) for item in value]
        case bool() | int() | float() | None:
            return value
        case _:
            return format_duration(value) if isinstance(value, timedelta) else str(value)


def _toml(tables: Plain) -> list[str]:
    lines = []
    for name, content in tables.items() if isinstance(tables, dict) else ():
        rows = content if isinstance(content, list) else [content]
        header = f"[[{name}]]" if isinstance(content, list) else f"[{name}]"
        for row in rows:
            lines += ["", header, *_keys(row)]
    return lines


def _keys(row: Plain) -> list[str]:
    return [f"{k} = {_value(item)}" for k, item in row.items() if item is not None] if isinstance(row, dict) else []


def _value(value: Plain) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k)} = {_value(v)}" for k, v in value.items()) + " }" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)
