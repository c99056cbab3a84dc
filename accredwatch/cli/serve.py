"""`accredwatch serve`: the page and the API."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import Annotated

import typer
from pydantic import ValidationError

from accredwatch.cli.console import output
from accredwatch.cli.database import open_database
from accredwatch.cli.state import state
from accredwatch.config import Settings
from accredwatch.web.settings import WebSettings
from foundation.clock import SystemClock
from foundation.errors import ConfigError


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(serve)


def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on, instead of the configured one.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 for any that is free.")] = None,
) -> None:
    """Serve the page for people and the API for programs, until stopped by SIGTERM or Ctrl-C."""
    from accredwatch.web.app import make_app  # noqa: PLC0415 - only who serves waits for the web's libraries
    from accredwatch.web.context import Context  # noqa: PLC0415
    from accredwatch.web.serving import address, listen, serve_until_stopped  # noqa: PLC0415

    settings = state(context).settings(daemon=True)
    web = _web(settings, host, port)
    settings = settings.model_copy(update={"web": web})
    with open_database(settings) as database, closing(listen(web.host, web.port)) as listener:
        app = make_app(Context(database=database, settings=settings, clock=SystemClock()))
        output().print(address(listener), soft_wrap=True)
        sys.stdout.flush()  # whoever started it reads where it listens
        serve_until_stopped(app, listener)


def _web(settings: Settings, host: str | None, port: int | None) -> WebSettings:
    """The configured table with what the command line says instead. Raises ConfigError."""
    wanted = {"host": host, "port": port}
    try:
        return WebSettings.model_validate(
            {**settings.web.model_dump(), **{name: value for name, value in wanted.items() if value is not None}}
        )
    except ValidationError as error:
        raise ConfigError("; ".join(str(e["msg"]).removeprefix("Value error, ") for e in error.errors())) from error
