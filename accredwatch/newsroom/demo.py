"""A campaign in less than a minute: replicas of three sites; the real crawler, reader, storage and alerts on them."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill

from pydantic import SecretStr
from rich.console import Console
from rich.text import Text
from sqlalchemy.orm import Session

from accredwatch.newsroom.campaign import DAYS, ELECTION, LOOKS, REMARKS, SITES, STORIES
from accredwatch.newsroom.config_file import write_config
from accredwatch.newsroom.outlets import ALMATY
from accredwatch.newsroom.receiver import Delivery, Receiver
from accredwatch.newsroom.server import Newsroom
from accredwatch.newsroom.sources import replica_sources
from alerts.delivery import Deliverer
from alerts.settings import AlertSettings, Channel
from crawler.crawl import Crawler
from crawler.limits import CrawlerSettings
from crawler.progress import CrawlResult
from crawler.source import Source
from foundation.errors import AccredwatchError, ConfigError
from storage import baseline
from storage.database import Database

Timeline = Callable[[Session, str], None]
"""Prints the timeline of the election with this key."""


def run_demo(console: Console, sources: Sequence[Source], timeline: Timeline, *, keep: bool = False) -> int:
    """Play the campaign on replicas of the configured sources and print what happens; the result is the exit code.

    With `keep`, newsroom and database stay up for looking around until Ctrl-C. Everything is made in a temporary
    folder that is removed at the end, and nothing but loopback is asked. Raises ConfigError if a source is missing.
    """
    begun = time.monotonic()
    _require(sources)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="accredwatch-demo-")))
        newsroom = stack.enter_context(
            Newsroom(STORIES, now=datetime.combine(DAYS[0], LOOKS[0], ALMATY), outlets=SITES)
        )
        receiver = stack.enter_context(Receiver(lambda delivery: _print_alert(console, delivery)))
        file = folder / "demo.sqlite3"
        replicas = replica_sources(sources, newsroom)
        config = write_config(folder / "config.toml", replicas, database=file, channel_url=receiver.channel_url)
        database = Database.open(f"sqlite:///{file}", clock=_NewsroomClock(newsroom))
        stack.callback(database.close)
        play = _Play(console=console, newsroom=newsroom, receiver=receiver, database=database, sources=replicas)
        failures = asyncio.run(play.run())
        console.print(Text("\nHow the number grew\n", "bold"))
        with database.read() as session:
            timeline(session, ELECTION)
        play.print_figures(time.monotonic() - begun)
        if keep:
            _keep(console, newsroom, file, config)
    return 1 if failures else 0


def _require(sources: Sequence[Source]) -> None:
    missing = {outlet.key for outlet in SITES} - {source.key for source in sources}
    if missing:
        raise ConfigError(
            f"the demo replicates sources that the configuration lacks: {', '.join(sorted(missing))};"
            " use the config.toml that comes with the program"
        )


@dataclass(frozen=True, slots=True)
class _NewsroomClock:
    """What time it is in the newsroom."""

    newsroom: Newsroom

    def now(self) -> datetime:
        """The newsroom's instant."""
        return self.newsroom.now


@dataclass(kw_only=True)
class _Play:
    """The campaign, day by day."""

    console: Console
    newsroom: Newsroom
    receiver: Receiver
    database: Database
    sources: Sequence[Source]
    results: list[CrawlResult] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._clock = _NewsroomClock(self.newsroom)
        channel = Channel(name="desk", url=SecretStr(self.receiver.channel_url))
        self._subscriptions = (channel.subscription(),)
        self._deliverer = Deliverer(
            database=self.database,
            settings=AlertSettings(),
            clock=self._clock,
            channels=(channel,),
            names={source.key: source.name for source in self.sources},
        )

    async def run(self) -> int:
        """Play every day; how many crawls and deliveries failed."""
        crawler = Crawler(self.sources, CrawlerSettings(), self.database, self._subscriptions, self._clock)
        failures = 0
        before: datetime | None = None
        try:
            for day in DAYS:
                self._print_day(day)
                told = len(self.receiver.accepted)
                for look in LOOKS:
                    self.newsroom.now = datetime.combine(day, look, ALMATY)
                    self._print_news(before)
                    failures += await self._watch(crawler)
                    before = self.newsroom.now
                if len(self.receiver.accepted) == told:
                    _print_line(self.console, "no alert", "dim")
        finally:
            await crawler.close()
        return failures

    async def _watch(self, crawler: Crawler) -> int:
        """Crawl every source and deliver what came of it; how much failed."""
        failures = 0
        results: list[CrawlResult] = []
        for source in self.sources:
            try:
                results.append(await crawler.crawl(source.key))
            except AccredwatchError as error:
                failures += self._print_failure(str(error))
        failures += sum(self._print_failure(error) for result in results for error in result.errors)
        self.results += results
        await asyncio.to_thread(self._settle, results)
        summary = await asyncio.to_thread(self._deliverer.deliver_due)
        return failures + sum(self._print_failure(error) for error in summary.errors)

    def _settle(self, results: Sequence[CrawlResult]) -> None:
        """After the sources' first crawls, let the channel know where each election stands."""
        now = self._clock.now()
        with self.database.write() as session:
            for result in results:
                through = result.finish_reason == "finished"
                baseline.settle(session, result.source, through=through, subscriptions=self._subscriptions, now=now)

    def print_figures(self, seconds: float) -> None:
        """What it took."""
        asked = list(self.newsroom.requests)
        unchanged = sum(request.status == 304 for request in asked)
        fetched = sum(result.fetched for result in self.results)
        reports = sum(result.reports for result in self.results)
        self.console.print(
            f"\n{len(DAYS)} days of {len(STORIES)} stories in {seconds:.1f} s: {len(self.results)} crawls, "
            f"{len(asked)} requests ({unchanged} answered 304), {fetched} pages read, {reports} of them with figures, "
            f"{len(self.receiver.accepted)} alerts."
        )

    def _print_day(self, day: date) -> None:
        self.console.rule(Text(f"{day:%A} {day.day} {day:%B %Y}", "bold"), align="left", style="dim")
        if day in REMARKS:
            _print_line(self.console, REMARKS[day], "italic")

    def _print_news(self, before: datetime | None) -> None:
        for source in self.sources:
            for shown in reversed(self.newsroom.published(source.key)):
                story, version = shown.story, shown.version
                if before is not None and version.modified <= before:
                    continue
                edited = " (edited)" if version.modified != story.published else ""
                _print_line(self.console, f"{source.name}: {version.title}{edited}", "dim")

    def _print_failure(self, error: str) -> int:
        _print_line(self.console, f"failed: {error}", "red")
        return 1


def _print_alert(console: Console, delivery: Delivery) -> None:
    title, text = str(delivery.payload["title"]), str(delivery.payload["text"])
    block = Text(f"  > {title}", "bold yellow")
    for line in filter(str.strip, text.splitlines()):
        block.append("\n" + _indented(line, console.width), "not bold default")
    console.print(block, soft_wrap=True)


def _print_line(console: Console, line: str, style: str) -> None:
    console.print(Text(_indented(line, console.width), style), soft_wrap=True)


def _indented(line: str, width: int) -> str:
    indent = " " * (4 + len(line) - len(line.lstrip()))
    return fill(
        line.strip(),
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _keep(console: Console, newsroom: Newsroom, database: Path, config: Path) -> None:
    """Say where everything is, and wait for Ctrl-C."""
    command = f"accredwatch --config {config}"
    lines = ["", "Still up, until Ctrl-C:", ""]
    lines += [f"    {outlet.name:<18} {newsroom.base(outlet.key)}" for outlet in newsroom.outlets]
    lines += [f"    {'database':<18} {database}", "", "Look around from another terminal:", ""]
    lines += [
        f"    {command} {arguments}" for arguments in ("timeline", f"timeline {ELECTION} --all", "show 2", "sources")
    ]
    console.print(Text("\n".join(lines)), soft_wrap=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        console.print("\nClosed.")
