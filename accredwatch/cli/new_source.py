"""`accredwatch new-source`: begin to crawl another outlet."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from accredwatch.cli.console import output, printable
from accredwatch.cli.database import open_database_to_look
from accredwatch.cli.state import state
from accredwatch.config import Settings, packaged
from accredwatch.new_source.draft import Wish, draft, fetch_pages
from accredwatch.new_source.writing import Files, checked, files_of, is_checkout, table_text
from crawler.page import Page
from crawler.source import Source
from foundation.clock import SystemClock
from foundation.errors import ConfigError

_NOTES = {
    "article_urls": "Guessed from links: see that they match every article, and nothing else.",
    "body": "Guessed from one article: compare others, older layouts too.",
    "date": "Guessed from one article.",
}


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("new-source")(new_source)


def new_source(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="Its name in commands: small letters, digits, _.")],
    url: Annotated[str, typer.Argument(metavar="URL", help="A list of its news, its front page, or an article.")],
    name: Annotated[str | None, typer.Option(help="The outlet's name for people; else its host.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="en, ru or kk; may be repeated; else as detected.")] = None,
    feed: Annotated[list[str] | None, typer.Option(help="Address of a feed besides those that the page names.")] = None,
    listing: Annotated[
        list[str] | None, typer.Option(help="Address of a list of news, {page} where its pages are counted.")
    ] = None,
    page: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Read URL's page from this file, and ask for nothing.")
    ] = None,
    allow_private_addresses: Annotated[
        bool, typer.Option("--allow-private-addresses", help="The outlet is in a private network, or on this machine.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the table; write nothing.")] = False,
) -> None:
    """Write the table of another outlet into config.toml, from what its pages tell, and a test to complete."""
    settings = state(context).settings()
    if settings.path == packaged().resolve() and not is_checkout(settings.base):
        raise ConfigError("there is no config.toml of yours here: write one with `accredwatch init`")
    wish = Wish(
        key=key,
        url=url,
        name=name,
        languages=tuple(language or ()),
        feeds=tuple(feed or ()),
        listings=tuple(listing or ()),
        private=allow_private_addresses,
    )
    wish.outlet()
    drafted = draft(wish, [Page(url, _content(page))] if page else _fetch(settings, wish))
    source = checked(drafted.table)
    text = table_text(drafted.table, _NOTES)
    files = files_of(settings.path, source, text, drafted.article)
    output().print(printable(text), soft_wrap=True)
    if not dry_run:
        files.write()
    _tell(files, source, dry_run=dry_run, read=drafted.article is not None)


def _fetch(settings: Settings, wish: Wish) -> list[Page]:
    with open_database_to_look(settings) as database:
        return asyncio.run(fetch_pages(wish, settings.crawler, database, SystemClock()))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"--page {path}: cannot be read: {error.strerror}") from error


def _tell(files: Files, source: Source, *, dry_run: bool, read: bool) -> None:
    console = output()
    console.print("Would be written:" if dry_run else "Written:", style="yellow" if dry_run else "green")
    for path in (files.config, *files.others):
        console.print(f"  {path}", soft_wrap=True)
    steps = ["look through the table: the patterns and XPaths in it are guesses"]
    if not source.feeds and not source.listings:
        steps.append("add a feed or a listing, without which nothing is discovered")
    if not read:
        steps.append("save an article's page and set body and date, if it is not read well without")
    elif is_checkout(files.config.parent):
        steps.append(f"complete tests/crawler/test_source_{source.key}.py: it fails until it says what the page says")
    steps += ["accredwatch config check", "accredwatch doctor", f"accredwatch crawl {source.key} --since 2d --dry-run"]
    console.print("\nWhat to do next (docs/sources.md):")
    for number, step in enumerate(steps, 1):
        console.print(f"  {number}. {step}", soft_wrap=True)
