"""The commands put together, and what becomes of their errors."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import structlog
import typer
from typer.exceptions import Abort, TyperException

from accredwatch.cli.console import complain
from accredwatch.cli.exits import MEANING, Exit, exit_for
from accredwatch.cli.state import State
from accredwatch.log import LoggingSettings, set_up
from foundation import failpoints
from foundation.errors import AccredwatchError
from foundation.redaction import Redactor

log = structlog.get_logger(__name__)

_EXIT_CODES = "\b\nExit codes:\n" + "\n".join(f"  {code.value:<4} {meaning}" for code, meaning in MEANING.items())

_GLOBAL = ("--config", "-c", "--verbose", "-v", "--quiet", "-q", "--version")

_MODULES = {
    "init": "init",
    "crawl": "crawl",
    "run": "run",
    "serve": "serve",
    "chart": "chart",
    "extract": "extract",
    "export": "export",
    "schema": "schema",
    "timeline": "history",
    "show": "history",
    "sources": "history",
    "status": "status",
    "review": "review",
    "backfill": "backfill",
    "ingest": "ingest",
    "evidence": "evidence",
    "reread": "reread",
    "archive": "archive",
    "alerts": "alerts",
    "config": "config",
    "db": "db",
    "doctor": "doctor",
    "demo": "demo",
    "new-source": "new_source",
}
"""Commands and the modules that hold them."""


def _version(wanted: bool) -> None:
    if wanted:
        try:
            typer.echo(f"accredwatch {version('accredwatch')}")
        except PackageNotFoundError:
            typer.echo("accredwatch, not installed")
        raise typer.Exit


def command_line(arguments: Sequence[str] | None = None) -> typer.Typer:
    """The commands that the arguments may name; every command if they name none.

    Only the modules of these are imported: extracting a file does not wait for the crawler's libraries.
    """
    app = typer.Typer(
        name="accredwatch",
        epilog=_EXIT_CODES,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )
    app.callback()(options)
    named = [argument for argument in arguments or () if argument in _MODULES]
    for module in dict.fromkeys(_MODULES[name] for name in named or _MODULES):
        import_module(f"accredwatch.cli.{module}").register(app)
    return app


def options(
    context: typer.Context,
    config_file: Annotated[
        Path | None,
        typer.Option(
            "--config", "-c", metavar="FILE", help="Configuration file; else $ACCREDWATCH_CONFIG, else ./config.toml."
        ),
    ] = None,
    verbose: Annotated[
        int, typer.Option("--verbose", "-v", count=True, help="Log more; twice for everything.", show_default=False)
    ] = 0,
    quiet: Annotated[int, typer.Option("--quiet", "-q", count=True, help="Log less.", show_default=False)] = 0,
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Watch the news for the number of election observers that Kazakhstan has accredited."""
    del show_version
    context.obj = State(config=config_file, verbosity=verbose - quiet)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the result is the exit code. Errors of this program are told in their own words alone."""
    _prepare_streams()
    set_up(LoggingSettings(level="warning"), Redactor())
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        failpoints.arm(os.environ.get(failpoints.VARIABLE))
        code = typer.main.get_command(command_line(arguments))(
            args=arguments, prog_name="accredwatch", standalone_mode=False
        )
        sys.stdout.flush()
        return code if isinstance(code, int) else Exit.OK
    except AccredwatchError as error:
        complain(str(error))
        return exit_for(error)
    except TyperException as error:
        _explain_usage(error.format_message())
        return Exit.USAGE
    except Abort:
        complain("interrupted")
        return Exit.INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # rich and typer turn a closed pipe into SystemExit; nothing else here exits by it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
        return Exit.PIPE_CLOSED
    except Exception:
        log.exception("unexpected_error")
        return Exit.BUG


def _explain_usage(message: str) -> None:
    if message.startswith("Usage: "):
        sys.stderr.write(message.rstrip() + "\n")
        return
    complain(message)
    if any(message.startswith(f"No such option: {option}") for option in _GLOBAL):
        complain("it stands before the command: `accredwatch --config FILE -v COMMAND`")
    else:
        complain("`accredwatch COMMAND --help` shows what is possible")


def _prepare_streams() -> None:
    """A terminal that cannot write Cyrillic shows marks instead of stopping the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
