"""Lets Scrapy's own commands work from the project's root: `scrapy list`, `scrapy crawl SOURCE`.

A crawl does the same as `accredwatch crawl SOURCE`: it records what it finds. It sends nothing; alerts wait in the
outbox for the daemon or the next `accredwatch` command that delivers.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack

import structlog

from accredwatch import config
from accredwatch.cli.database import open_archive, open_database
from accredwatch.log import secrets_of, set_up
from crawler.crawl import new_run
from crawler.progress import CrawlFinished, ProgressEvent
from crawler.reading import Reader
from crawler.run import CrawlRun
from crawler.settings import *  # noqa: F403 - Scrapy reads its settings from the names of this module
from foundation.clock import SystemClock
from foundation.errors import AccredwatchError, ConfigError
from foundation.redaction import Redactor
from storage import baseline, lock

log = structlog.get_logger(__name__)

try:
    _settings = config.load()
except ConfigError as error:
    sys.exit(str(error))

set_up(_settings.logging, Redactor(secrets_of(_settings)))
LOG_ENABLED = False  # default: True; a handler of Scrapy's would write every line a second time, with its secrets
SOURCES = _settings.source
CRAWLER_LIMITS = _settings.crawler


class _Job:
    """What `scrapy crawl` needs beside the crawl: database, lock and workers, given back when the engine stops."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._clock = SystemClock()
        self._stack = ExitStack()
        self._subscriptions = [channel.subscription() for channel in _settings.enabled_channels]
        self._reader = Reader(_settings.crawler)
        self._archive = open_archive(_settings)
        self._database = self._stack.enter_context(open_database(_settings))
        self._stack.enter_context(lock.hold(self._database, "scrapy crawl", now=self._clock.now()))

    def run(self) -> CrawlRun:
        """The run of the crawl."""
        source = next(source for source in SOURCES if source.key == self._key)
        return new_run(
            source,
            CRAWLER_LIMITS,
            self._database,
            self._reader,
            self._clock,
            archive=self._archive,
            subscriptions=self._subscriptions,
            on_progress=self._tell,
            on_closed=self._close,
        )

    def _tell(self, event: ProgressEvent) -> None:
        if not isinstance(event, CrawlFinished):
            return
        result = event.result
        for message in result.errors:
            log.warning("crawl_error", source=result.source, error=message)
        log.info(
            "crawl_finished",
            source=result.source,
            reason=result.finish_reason,
            found=result.found,
            fetched=result.fetched,
            reports=result.reports,
            changes=result.changes,
            alerts=result.alerts,
        )
        through, now = result.finish_reason == "finished", self._clock.now()
        with self._database.write() as session:
            baseline.settle(session, self._key, through=through, subscriptions=self._subscriptions, now=now)

    async def _close(self) -> None:
        await self._reader.close()
        if self._archive is not None:
            self._archive.close()
        self._stack.close()


def CRAWL_RUN_FACTORY(key: str) -> CrawlRun:  # noqa: N802 - a setting
    """Makes the run of a spider that Scrapy's command starts."""
    try:
        return _Job(key).run()
    except AccredwatchError as error:
        sys.exit(str(error))
