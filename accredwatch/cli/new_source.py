"""`accredwatch new-source`: begin to crawl another outlet."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from accredwatch.cli.console import output
from accredwatch.cli.database import open_database_to_look
from accredwatch.cli.state import state
from accredwatch.config import Settings, packaged
from accredwatch.new_source.addresses import in_languages
from accredwatch.new_source.survey import Survey, survey
from accredwatch.new_source.writing import Files, checked, files_of, is_checkout, table_text
from crawler.page import Page, fetch_page, pause
from crawler.run import Resident
from crawler.source import Source
from foundation.clock import SystemClock
from foundation.errors import ConfigError, CrawlError

_ANY = "(?P<id>.+)"
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
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if not host or urlsplit(url).scheme not in {"http", "https"}:
        raise ConfigError(f"{url}: is no address of a web page; write it with https://")
    table: dict[str, Any] = {"key": key, "name": name or host, "hosts": [host], "article_urls": [_ANY]}
    private = {"allow_private_addresses": True} if allow_private_addresses else {}
    outlet = checked(table | private | ({"languages": language} if language else {}))
    pages = [Page(url, _content(page))] if page else asyncio.run(_look(settings, outlet, url))
    found = _Found([survey(one) for one in pages])
    found.language = list(language or [])
    whole = table | found.table(list(feed or []), list(listing or [])) | private
    whole = {name: whole[name] for name in Source.model_fields if name in whole}
    source = checked(whole)
    text = table_text(whole, _NOTES)
    files = files_of(settings.path, source, text, pages[-1] if found.article else None)
    output().print(text, soft_wrap=True)
    if not dry_run:
        files.write()
    _tell(files, source, found, dry_run=dry_run)


async def _look(settings: Settings, outlet: Source, url: str) -> list[Page]:
    """The page and, where that is no article, the first article that it leads to. Raises CrawlError."""
    clock, resident = SystemClock(), Resident()
    with open_database_to_look(settings) as database:
        pages = [await fetch_page(url, outlet, settings.crawler, database, clock, resident=resident)]
        seen = survey(pages[0])
        if not seen.is_article and seen.shapes:
            await asyncio.sleep(pause(outlet, resident))
            first = seen.shapes[0].urls[0]
            pages.append(await fetch_page(first, outlet, settings.crawler, database, clock, resident=resident))
    return pages


@dataclass
class _Found:
    """What the pages tell together."""

    surveys: list[Survey]

    def __post_init__(self) -> None:
        self.language: list[str] = []

    @property
    def article(self) -> Survey | None:
        """The last page, if it is an article."""
        return self.surveys[-1] if self.surveys[-1].is_article else None

    def table(self, feeds: list[str], listings: list[str]) -> dict[str, Any]:
        """The keys of the table beyond name and hosts. Raises CrawlError if no article's address is known."""
        first = self.surveys[0]
        patterns = list(dict.fromkeys(shape.pattern for one in self.surveys for shape in one.shapes))
        if not patterns:
            raise CrawlError(
                f"{first.url} leads to nothing that looks like an article: give the address of a list of news or of an "
                "article, or write the table by hand (docs/sources.md)"
            )
        languages = self.language or [first.language]
        all_feeds = list(dict.fromkeys([*first.feeds, *feeds]))
        if not first.is_article and not all_feeds and not listings:
            listings = [first.url]
        made: dict[str, Any] = {"languages": languages}
        urls = [url for one in self.surveys for shape in one.shapes for url in shape.urls]
        narrowed = [in_languages(pattern, languages, urls) for pattern in patterns]
        if aliases := {word: meant for _, found in narrowed for word, meant in found.items()}:
            made["language_aliases"] = aliases
        if all_feeds:
            made["feeds"] = [{"url": one, "language": languages[0]} for one in all_feeds]
        if listings:
            made["listings"] = [{"url": one, "language": languages[0]} for one in listings]
        made["article_urls"] = list(dict.fromkeys(pattern for pattern, _ in narrowed))
        article = self.article
        for key, path in (("body", article and article.body), ("date", article and article.date)):
            if path:
                made[key] = [path]
        return made | {"interval": "15m", "delay": "2s"}


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"--page {path}: cannot be read: {error.strerror}") from error


def _tell(files: Files, source: Source, found: _Found, *, dry_run: bool) -> None:
    console = output()
    console.print("Would be written:" if dry_run else "Written:", style="yellow" if dry_run else "green")
    for path in (files.config, *files.others):
        console.print(f"  {path}", soft_wrap=True)
    steps = ["look through the table: the patterns and XPaths in it are guesses"]
    if not source.feeds and not source.listings:
        steps.append("add a feed or a listing, without which nothing is discovered")
    if found.article is None:
        steps.append("save an article's page and set body and date, if it is not read well without")
    elif is_checkout(files.config.parent):
        steps.append(f"complete tests/crawler/test_source_{source.key}.py: it fails until it says what the page says")
    steps += ["accredwatch config check", "accredwatch doctor", f"accredwatch crawl {source.key} --since 2d --dry-run"]
    console.print("\nWhat to do next (docs/sources.md):")
    for number, step in enumerate(steps, 1):
        console.print(f"  {number}. {step}", soft_wrap=True)
