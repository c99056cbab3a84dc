"""`accredwatch serve`: the page and the API."""

from __future__ import annotations

from typing import Annotated

import typer
import uvicorn
from pydantic import ValidationError

from accredwatch.cli.console import output
from accredwatch.cli.database import open_database
from accredwatch.cli.state import state
from accredwatch.config import Settings
from accredwatch.web.app import make_app
from accredwatch.web.context import Context
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
    settings = state(context).settings(daemon=True)
    web = _web(settings, host, port)
    settings = settings.model_copy(update={"web": web})
    with open_database(settings) as database:
        app = make_app(Context(database=database, settings=settings, clock=SystemClock()))
        server = uvicorn.Server(
            uvicorn.Config(app, host=web.host, port=web.port, log_config=None, access_log=False, server_header=False)
        )
        output().print(f"http://{web.host}:{web.port}/")
        server.run()


def _web(settings: Settings, host: str | None, port: int | None) -> WebSettings:
    """The configured table with what the command line says instead. Raises ConfigError."""
    wanted = {"host": host, "port": port}
    try:
        return WebSettings.model_validate(
            {**settings.web.model_dump(), **{name: value for name, value in wanted.items() if value is not None}}
        )
    except ValidationError as error:
        raise ConfigError("; ".join(str(e["msg"]).removeprefix("Value error, ") for e in error.errors())) from error
