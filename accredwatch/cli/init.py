"""`accredwatch init`: a configuration to begin with."""

from __future__ import annotations

import shlex
import sys
import tomllib
from pathlib import Path
from typing import Annotated, Any

import typer

from accredwatch.cli.console import complain, output
from accredwatch.cli.exits import Exit
from accredwatch.config import packaged
from accredwatch.setup.answers import CHANNEL, Answers, database_url
from accredwatch.setup.questions import ask
from accredwatch.setup.writing import SetUp, Written
from foundation.errors import ConfigError


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(init)


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Where to write it; the current folder if none is given.")
    ] = Path(),
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing; what no option says is as packaged.")] = False,
    contact: Annotated[
        str | None, typer.Option(help="Your mail address or web page, for the outlets' administrators.")
    ] = None,
    database: Annotated[str | None, typer.Option(metavar="DB", help="A SQLite file, or PostgreSQL's URL.")] = None,
    source: Annotated[
        list[str] | None, typer.Option(help="Crawl this source and only those named so; may be repeated.")
    ] = None,
    channel_url: Annotated[
        str | None,
        typer.Option(help="Where alerts go: an Apprise URL or webhook+https://...; - reads it from the input."),
    ] = None,
    language: Annotated[str | None, typer.Option(help="Language of alerts: en, ru or kk.")] = None,
    time_zone: Annotated[str | None, typer.Option(help="Time zone of alerts and page, such as Asia/Almaty.")] = None,
    web: Annotated[
        bool | None, typer.Option("--web/--no-web", help="Make a token for the page, so that people can decide there.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Write a configuration to begin with: by asking, or without, by options."""
    if not yes and not sys.stdin.isatty():
        raise ConfigError(
            "standard input is no terminal, so nobody can be asked: give --yes and options, as in "
            "`accredwatch init --yes --contact you@example.org`"
        )
    text = packaged().read_text(encoding="utf-8")
    sources = {str(table["key"]): str(table["name"]) for table in tomllib.loads(text)["source"]}
    known = tuple(sources)
    target = SetUp(folder, text, known, force=force)
    target.refuse_to_overwrite()
    given: dict[str, Any] = {
        "contact": contact,
        "database": database_url(database) if database else None,
        "sources": tuple(source) if source else None,
        "channel_url": sys.stdin.readline().strip() if channel_url == "-" else channel_url,
        "language": language,
        "time_zone": time_zone,
        "web": web,
    }
    given = {name: value for name, value in given.items() if value is not None}
    try:
        answers = Answers(**{"sources": known, **given}).checked(known) if yes else ask(output(), given, sources)
    except (KeyboardInterrupt, EOFError):
        complain("interrupted; nothing was written")
        raise typer.Exit(Exit.INTERRUPTED) from None
    _tell(target.write(answers), answers)


def _tell(written: Written, answers: Answers) -> None:
    console = output()
    console.print(f"Written into {written.folder.absolute()}:", style="green")
    for file in written.files:
        console.print(f"  {file}")
    command = "accredwatch"
    if written.folder.absolute() != Path.cwd():
        command += f" --config {shlex.quote(str(written.folder / 'config.toml'))}"
    steps = [("doctor", "tests what the daemon depends on"), ("run", "is the daemon")]
    if answers.channel_url:
        steps.insert(1, (f"alerts test {CHANNEL}", "sends a test message"))
    if answers.web:
        steps.append(("serve", "serves the page; its token stands in secrets/web-token"))
    console.print("\nHow to go on:")
    width = max(len(step) for step, _ in steps)
    for step, meaning in steps:
        console.print(f"  {command} {step:<{width}}  {meaning}", soft_wrap=True)
    if not answers.contact:
        console.print("\ncrawler.contact is empty: the outlets cannot tell who asks them.", style="yellow")
