"""What the daemon goes by, made of the settings: at its start, and anew while it runs."""

from __future__ import annotations

import asyncio

import structlog

from accredwatch.cli.crawl import make_deliverer
from accredwatch.cli.database import open_archive
from accredwatch.config import Settings, load
from accredwatch.log import secrets_of, set_up
from alerts.delivery import Deliverer
from crawler.crawl import Crawler
from foundation.clock import Clock
from foundation.errors import ConfigError
from foundation.redaction import Redactor
from scheduler.plan import Plan
from storage.database import Database
from storage.vocabulary import Subscription

log = structlog.get_logger(__name__)


class Planner:
    """Makes the daemon's plan; each one takes the place of the one before.

    `verbosity` is that of the command line, which moves the level of every configuration.
    """

    def __init__(self, settings: Settings, database: Database, clock: Clock, *, verbosity: int = 0) -> None:
        self._settings = settings
        self._database = database
        self._opened = settings
        self._clock = clock
        self._verbosity = verbosity
        self._secrets = secrets_of(settings)
        self._crawler, self._deliverer = self._make(settings)

    @property
    def settings(self) -> Settings:
        """The settings that were read last."""
        return self._settings

    @property
    def plan(self) -> Plan:
        """The plan of the settings that were read last."""
        return Plan(
            sources=self._settings.source,
            crawler=self._crawler,
            deliverer=self._deliverer,
            subscriptions=self._subscriptions(self._settings),
            settings=self._settings.scheduler,
            monitoring=self._settings.monitoring,
            archive=self._settings.archive,
        )

    async def read(self) -> Plan | None:
        """Read the configuration again: its plan, or None if it cannot be used, which is logged.

        The plan has to be followed from then on: its crawler and deliverer have taken over.
        """
        try:
            settings = await asyncio.to_thread(load, self._settings.path)
            crawler, deliverer = await asyncio.to_thread(self._make, settings)
        except ConfigError as error:
            for problem in str(error).splitlines():
                log.error("reload_refused", problem=problem)  # noqa: TRY400 - the message tells all; no defect of ours
            return None
        for table in ("database", "engine"):
            if getattr(settings, table) != getattr(self._opened, table):
                log.warning("restart_needed", setting=table)
        # Lines of crawls under way may still hold what was secret before.
        self._secrets |= secrets_of(settings)
        set_up(settings.logging, Redactor(self._secrets), verbosity=self._verbosity)
        crawler.succeed(self._crawler)
        deliverer.succeed(self._deliverer)
        self._settings, self._crawler, self._deliverer = settings, crawler, deliverer
        return self.plan

    async def close(self) -> None:
        """Stop all crawls and end their worker processes."""
        await self._crawler.close()

    def _make(self, settings: Settings) -> tuple[Crawler, Deliverer]:
        subscriptions = self._subscriptions(settings)
        archive = open_archive(settings)
        crawler = Crawler(
            settings.source,
            settings.crawler,
            self._database,
            subscriptions,
            self._clock,
            archive=archive,
        )
        return crawler, make_deliverer(settings, self._database, self._clock)

    def _subscriptions(self, settings: Settings) -> tuple[Subscription, ...]:
        return tuple(channel.subscription() for channel in settings.enabled_channels)
