"""The commands put together, and what becomes of their errors."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import structlog
import typer
from typer.core import TyperGroup
from typer.exceptions import Abort, TyperException

from accredwatch.cli.console import complain
from accredwatch.cli.everywhere import ConfigFile, Quiet, Verbose, add_everywhere
from accredwatch.cli.exits import Exit, exit_for
from accredwatch.cli.manual import EXIT_CODES, add_manual, commands_of
from accredwatch.cli.state import state
from accredwatch.log import LoggingSettings, set_up
from foundation import failpoints
from foundation.errors import AccredwatchError
from foundation.redaction import Redactor

log = structlog.get_logger(__name__)

_MODULES = {
    "init": "init",
    "crawl": "crawl",
    "run": "run",
    "worker": "worker",
    "serve": "serve",
    "chart": "chart",
    "extract": "extract",
    "export": "export",
    "schema": "schema",
    "timeline": "history",
    "show": "history",
    "sources": "history",
    "polls": "polls",
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
    "completion": "completion",
    "help": "help",
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
        epilog=EXIT_CODES,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )
    app.callback()(options)
    named = [argument for argument in arguments or () if argument in _MODULES]
    if "help" in named:
        named = []
    wanted = named or ([] if list(arguments or ()) == ["--version"] else _MODULES)
    for module in dict.fromkeys(_MODULES[name] for name in wanted):
        import_module(f"accredwatch.cli.{module}").register(app)
    return app


def program(arguments: Sequence[str] | None = None) -> TyperGroup:
    """The commands of `command_line`, each with what all of them share: options, details of the help, exit codes."""
    group = typer.main.get_command(command_line(arguments))
    if not isinstance(group, TyperGroup):
        raise TypeError("the command line is no group of commands")
    for words, command in commands_of(group):
        add_everywhere(command)
        add_manual(words, command)
    return group


def options(
    context: typer.Context,
    config_file: ConfigFile = None,
    verbose: Verbose = 0,
    quiet: Quiet = 0,
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Watch the news for the number of election observers that Kazakhstan has accredited."""
    del config_file, verbose, quiet, show_version  # each has said what it means in a callback
    context.obj = state(context)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the result is the exit code. Errors of this program are told in their own words alone."""
    _prepare_streams()
    set_up(LoggingSettings(level="warning"), Redactor())
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        failpoints.arm(os.environ.get(failpoints.VARIABLE))
        code = program(arguments)(args=arguments, prog_name="accredwatch", standalone_mode=False)
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
    complain("`accredwatch COMMAND --help` shows what is possible")


def _prepare_streams() -> None:
    """A terminal that cannot write Cyrillic shows marks instead of stopping the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
