"""`accredwatch extract`: read files and say what they state. Touches no database and no network."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import structlog
import typer
from rich.progress import Progress

from accredwatch.cli.console import complain, errors, output, print_json
from accredwatch.cli.exits import Exit
from accredwatch.cli.report_view import render
from accredwatch.cli.state import pick_sources, state
from extract import read
from extract.model import Article, DateOrigin, Report
from extract.serialize import to_dict
from extract.site import Site
from foundation.errors import ConfigError, ExtractError, NotAnArticle, PageTooLarge

log = structlog.get_logger(__name__)

_LARGEST = 20_000_000
_LANGUAGES = ("en", "ru", "kk")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(extract)


@dataclass(frozen=True, slots=True)
class _Hints:
    """What the options tell about all inputs."""

    sites: tuple[Site, ...]
    source: str | None
    url: str | None
    published: datetime | None
    language: str | None


def extract(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="HTML pages or plain texts; - is standard input.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
    source: Annotated[str | None, typer.Option(help="Key of the source whose layout and time zone to assume.")] = None,
    url: Annotated[str | None, typer.Option(help="The page's address, if it does not say so itself.")] = None,
    published: Annotated[
        str | None, typer.Option(help="Publication day or instant: 2023-03-01 or 2023-03-01T10:00+06:00.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="Language of the text: en, ru or kk; else it is recognised.")] = None,
) -> None:
    """Read news articles from files and show the figures they state, with evidence and checks."""
    settings = state(context).settings()
    sites = tuple(s.site() for s in (pick_sources(settings, [source]) if source else settings.source))
    if lang is not None and lang not in _LANGUAGES:
        raise ConfigError(f"--lang {lang}: the languages are {', '.join(_LANGUAGES)}")
    zone = sites[0].time_zone if source else "Asia/Almaty"
    hints = _Hints(sites, source, url, _instant(published, zone), lang)
    console = output()
    worst = Exit.OK
    for name in _with_progress(files, shown=as_json and not state(context).quiet):
        try:
            article, report = _read(name, hints)
        except ExtractError as error:
            worst = max(worst, Exit.FAILED)
            complain(f"{name}: {error}")
            continue
        except Exception:
            worst = Exit.BUG
            log.exception("input_broke", input=name)
            complain(f"{name}: could not be read, by a fault of the program; its log tells more")
            continue
        if as_json:
            print_json({"input": name, **to_dict(article, report)})
        else:
            console.print(render(name, article, report))
    if worst:
        raise typer.Exit(worst)


def _with_progress(files: list[str], *, shown: bool) -> Iterator[str]:
    """The files, with a bar on standard error where that is a terminal and the output itself is not one."""
    shown = shown and len(files) > 5 and sys.stderr.isatty() and not sys.stdout.isatty()
    with Progress(console=errors(), disable=not shown, transient=True) as progress:
        yield from progress.track(files, description="reading")


def _read(name: str, hints: _Hints) -> tuple[Article, Report]:
    content = sys.stdin.buffer.read(_LARGEST + 1) if name == "-" else _content(Path(name))
    if len(content) > _LARGEST:
        raise PageTooLarge(f"larger than {_LARGEST // 1_000_000} MB; no news article is")
    if not content.strip():
        raise NotAnArticle("is empty")
    return read(
        content,
        url=hints.url,
        sites=hints.sites,
        published=hints.published,
        published_from=DateOrigin.GIVEN,
        language=hints.language,
        source=hints.source,
    )


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST + 1)
    except OSError as error:
        raise ExtractError(f"cannot be read: {error.strerror}") from error


def _instant(text: str | None, zone: str) -> datetime | None:
    """The instant that --published means; without an offset it is one of the source's zone."""
    if text is None:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"--published {text}: write 2023-03-01 or 2023-03-01T10:00+06:00") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(zone))
