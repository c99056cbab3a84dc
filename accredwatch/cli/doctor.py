"""`accredwatch doctor`: does everything work that the daemon depends on, and what is to be done if not."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Annotated

import typer
from rich.text import Text

from accredwatch.cli.console import output, print_json, printable
from accredwatch.cli.exits import Exit
from accredwatch.cli.state import state
from accredwatch.cli.work_bar import WorkBar
from accredwatch.config import Settings
from accredwatch.doctor.examination import Examination
from accredwatch.doctor.finding import Finding, State, failed, ok, warning
from foundation.clock import SystemClock
from foundation.errors import ConfigError

_STYLE = {State.OK: "green", State.WARNING: "yellow", State.FAILED: "red"}


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(doctor)


def doctor(
    context: typer.Context,
    offline: Annotated[bool, typer.Option("--offline", help="Leave out sources and channels.")] = False,
    send: Annotated[bool, typer.Option("--send", help="Send each channel a test message.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for each finding.")] = False,
) -> None:
    """Test what the daemon depends on, and say the remedy of what does not work."""
    if offline and send:
        raise ConfigError("--send needs the network, which --offline leaves out: choose one of them")
    configuration, settings = _configuration(context)
    with WorkBar() as bar:
        examination = Examination(settings=settings, clock=SystemClock(), offline=offline, send=send, on_check=bar.tell)
        findings = (*configuration, *asyncio.run(examination.run()))
    if as_json:
        for finding in findings:
            print_json(asdict(finding))
    else:
        _show(findings)
    if any(finding.state is State.FAILED for finding in findings):
        raise typer.Exit(Exit.FAILED)


def _configuration(context: typer.Context) -> tuple[list[Finding], Settings | None]:
    try:
        settings = state(context).settings()
    except ConfigError as error:
        remedy = "correct that; accredwatch config check reads it again"
        return [failed("configuration", line, remedy) for line in str(error).splitlines()], None
    found = [ok("configuration", f"{settings.path} is in order")]
    if not settings.enabled_sources:
        found = [warning("configuration", "no source is enabled: there is nothing to crawl", "add a [[source]]")]
    if not settings.enabled_channels:
        remedy = "add a [[channel]] to the configuration"
        found.append(warning("configuration", "no channel is enabled: nobody is told of changes", remedy))
    if settings.enabled_sources and not settings.crawler.contact:
        remedy = "put your address into crawler.contact"
        found.append(warning("configuration", "the outlets cannot tell who asks them", remedy))
    return found, settings


def _show(findings: tuple[Finding, ...]) -> None:
    console = output()
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        line = Text.assemble((f"{finding.state.value:<8}", _STYLE[finding.state]), f"{finding.name:<{width}}  ")
        line.append(printable(finding.said))
        console.print(line, soft_wrap=True)
        if finding.remedy is not None:
            console.print(Text(f"{'':<8}{'':<{width}}  -> {printable(finding.remedy)}", "dim"), soft_wrap=True)
    bad = sum(finding.state is State.FAILED for finding in findings)
    known = sum(finding.state is State.WARNING for finding in findings)
    console.print(f"\n{len(findings)} findings: {bad} failed, {known} warnings", style="red" if bad else "green")
