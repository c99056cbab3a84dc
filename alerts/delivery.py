"""Delivery: what waits in the outbox reaches its channel at least once, in order, with one identity.

An alert is claimed in one transaction, sent outside of any, and marked in another one. A process that dies
between sending and marking makes a duplicate, and so does a send that arrives after its time is over; both have the
same key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

from alerts.channels import open_channel
from alerts.message import Message
from alerts.rounds import ChannelRounds, DeliverySummary
from alerts.settings import AlertSettings, Channel
from foundation.clock import Clock
from storage import outbox
from storage.database import Database
from storage.vocabulary import ON_THE_WAY

__all__ = ["Deliverer", "DeliverySummary", "deliver_due", "send_test"]


@dataclass(kw_only=True)
class Deliverer:
    """Delivers to the enabled ones of the channels; rounds of different channels may run at the same time.

    Raises ConfigError, naming the channel, if the URL of one cannot be used.
    """

    database: Database
    settings: AlertSettings
    clock: Clock
    channels: Iterable[Channel]
    names: Mapping[str, str] = field(default_factory=dict)
    """The sources' names by key, for the texts."""
    base: Path = field(default_factory=Path.cwd)
    """The folder that relative folders of templates start from: the configuration file's."""
    random: Random = field(default_factory=Random)

    def __post_init__(self) -> None:
        self._rounds = {c.name: self._rounds_on(c) for c in self.channels if c.enabled}
        # Not the event loop's own threads: channels that hang together would take them all from the crawls.
        self._pool = ThreadPoolExecutor(max(len(self._rounds), 1), "accredwatch-delivery")
        self._left: dict[str, ChannelRounds] = {}
        """Rounds on channels that an earlier configuration had: what they know is needed if the channel comes back."""

    def _rounds_on(self, channel: Channel) -> ChannelRounds:
        style = channel.style(self.names, self.base, self.settings.templates)
        return ChannelRounds(
            channel, style, database=self.database, settings=self.settings, clock=self.clock, random=self.random
        )

    def succeed(self, before: Deliverer) -> None:
        """Take the place of a deliverer of earlier settings, whose rounds end after the alert that is being sent.

        What arrived and is not marked yet will be, no channel has two rounds at a time, and one that asked to be left
        alone is.
        """
        known = {**before._left, **before._rounds}
        for name, rounds in self._rounds.items():
            if name in known:
                rounds.succeed(known[name])
        self._left = {name: rounds for name, rounds in known.items() if name not in self._rounds}
        before.stop()

    @property
    def enabled(self) -> tuple[str, ...]:
        """Names of the channels that are delivered to."""
        return tuple(self._rounds)

    def take_over(self, channels: Collection[str] | None = None) -> int:
        """Deliver at once what a process that died was sending; only for who alone delivers on these channels (all).

        Returns how many alerts that were; they may have arrived, and will arrive again under the same key.
        Raises StorageError.
        """
        with self.database.write() as session:
            return outbox.take_over(session, self.enabled if channels is None else channels)

    def due(self) -> tuple[str, ...]:
        """The channels on which a round of delivery would have something to do now. Raises StorageError."""
        with self.database.read() as session:
            return tuple(name for name, rounds in self._rounds.items() if rounds.is_due(session))

    def asked_to_wait(self, channel: str) -> timedelta | None:
        """For how long the channel wants to be left alone yet, as far as this process was told; None if it does not."""
        return self._rounds[channel].asked_to_wait()

    def clock_put_back(self, by: timedelta) -> int:
        """Let what waits for an instant wait no longer than it would have; how many alerts. Raises StorageError."""
        for rounds in self._rounds.values():
            rounds.clock_put_back(by)
        with self.database.write() as session:
            return outbox.move_waits(session, self.enabled, -by)

    def stranded(self) -> dict[str, int]:
        """How many alerts wait for channels that are disabled or gone from the configuration. Raises StorageError."""
        with self.database.read() as session:
            counts = outbox.counts(session)
        return {
            channel: count
            for (channel, state), count in counts.items()
            if state in ON_THE_WAY and channel not in self._rounds
        }

    def deliver(self, channel: str) -> DeliverySummary:
        """Send what is due on the channel. Raises StorageError; failures to send are part of the summary."""
        return self._rounds[channel].deliver()

    def deliver_due(self) -> DeliverySummary:
        """Send what is due on all channels, side by side. Raises StorageError."""
        return sum(self._pool.map(self.deliver, self._rounds), DeliverySummary())

    async def deliver_soon(self, channel: str) -> DeliverySummary:
        """`deliver` in a thread of the channel's own. Raises StorageError."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self.deliver, channel)

    def stop(self) -> None:
        """End every round after the alert that is being sent."""
        for rounds in self._rounds.values():
            rounds.stop()


def deliver_due(
    database: Database,
    channels: Iterable[Channel],
    settings: AlertSettings,
    clock: Clock,
    random: Random | None = None,
) -> DeliverySummary:
    """One round of delivery on all enabled channels. Raises ConfigError for a URL, StorageError for the database."""
    jitter = random or Random()  # noqa: S311 - it moves retries a little and keeps no secret
    deliverer = Deliverer(database=database, settings=settings, clock=clock, channels=channels, random=jitter)
    return deliverer.deliver_due()


def send_test(channel: Channel, settings: AlertSettings, clock: Clock) -> None:
    """Send a test message to the channel, enabled or not. Raises ConfigError or DeliveryError."""
    message = Message(
        title=f"accredwatch: test of channel {channel.name}",
        body="This is a test. Alerts about accredited election observers will arrive here.",
        key=str(uuid4()),
        fields={"kind": "test"},
    )
    open_channel(channel, settings.send_timeout.total_seconds()).send(message, now=clock.now())
