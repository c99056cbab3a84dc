"""Delivery: what waits in the outbox reaches its channel at least once, in order, with one identity.

An alert is claimed in one transaction, sent outside of any, and marked in another one. A process that dies
between sending and marking makes a duplicate, and so does a send that arrives after its time is over; both have the
same key.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import structlog
from pydantic import ValidationError
from sqlalchemy.orm import Session

from alerts.channels import Sender, open_channel
from alerts.message import Message
from alerts.order import Moment, longest_wait, retry_delay, sendable
from alerts.render import render
from alerts.settings import AlertSettings, Channel
from foundation.clock import Clock
from foundation.errors import DeliveryError
from foundation.failpoints import Failpoint, passing
from storage import outbox
from storage.database import Database
from storage.mutes import end_those_over
from storage.views import Alert
from storage.vocabulary import ON_THE_WAY

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DeliverySummary:
    """What a round of delivery did."""

    sent: int = 0
    postponed: int = 0
    """Failed, to be tried again."""
    given_up: int = 0
    """Failed for good: dead letters, which `accredwatch alerts retry` revives."""
    errors: tuple[str, ...] = ()
    """The failures, in words; each names its channel."""

    def __add__(self, other: DeliverySummary) -> DeliverySummary:
        """Both together."""
        return DeliverySummary(
            self.sent + other.sent,
            self.postponed + other.postponed,
            self.given_up + other.given_up,
            self.errors + other.errors,
        )


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
        self._rounds = {c.name: _ChannelRounds(self, c) for c in self.channels if c.enabled}
        # Not the event loop's own threads: channels that hang together would take them all from the crawls.
        self._pool = ThreadPoolExecutor(max(len(self._rounds), 1), "accredwatch-delivery")
        self._left: dict[str, _ChannelRounds] = {}
        """Rounds on channels that an earlier configuration had: what they know is needed if the channel comes back."""

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


class _ChannelRounds:
    """The rounds of one channel, one at a time, and what is remembered between them."""

    def __init__(self, deliverer: Deliverer, channel: Channel) -> None:
        settings = deliverer.settings
        self._database = deliverer.database
        self._settings = settings
        self._clock = deliverer.clock
        self._random = deliverer.random
        self._style = channel.style(deliverer.names, deliverer.base, settings.templates)
        self._channel = channel
        self._timing = channel.subscription().timing
        self._sender: Sender = open_channel(channel, settings.send_timeout.total_seconds())
        self._lease = settings.send_timeout * 2 + timedelta(seconds=30)
        self._one_at_a_time = threading.Lock()
        self._stopping = threading.Event()
        self._asked_to_wait: datetime | None = None
        self._unmarked: dict[int, datetime] = {}
        """Alerts that arrived but could not be marked so, with when; they are marked before anything else is sent."""

    def stop(self) -> None:
        self._stopping.set()

    def succeed(self, before: _ChannelRounds) -> None:
        """Go on where earlier rounds on the channel end."""
        self._one_at_a_time, self._unmarked = before._one_at_a_time, before._unmarked
        self._asked_to_wait = before._asked_to_wait
        if (before._channel.url, before._settings.send_timeout) == (self._channel.url, self._settings.send_timeout):
            self._sender = before._sender  # it remembers an attempt that hangs

    def clock_put_back(self, by: timedelta) -> None:
        if self._asked_to_wait is not None:
            self._asked_to_wait -= by

    def deliver(self) -> DeliverySummary:
        with self._one_at_a_time:
            self._mark_sent()
            return self._deliver()

    def _deliver(self) -> DeliverySummary:
        counts: Counter[str] = Counter()
        errors: list[str] = []
        failed_now: set[int] = set()
        while not self._stopping.is_set() and not self._must_wait():
            alert = self._next(failed_now, flowing=counts["sent"] > 0)
            if alert is None:
                break
            error = self._send(alert)
            if error is None:
                self._unmarked[alert.id] = self._clock.now()
                self._mark_sent()
                counts["sent"] += 1
                log.info("alert_sent", channel=alert.channel, key=alert.key, alert=alert.id)
                continue
            failed_now.add(alert.id)
            counts["postponed" if self._mark_failed(alert, error) else "given_up"] += 1
            errors.append(str(error))
        return DeliverySummary(counts["sent"], counts["postponed"], counts["given_up"], tuple(errors))

    def is_due(self, session: Session) -> bool:
        """Whether an alert is to be sent, or to be let go, by what is on record."""
        name, moment = self._channel.name, self._moment()
        let_go_at = outbox.let_go_at(session, name)
        if let_go_at is not None and moment.is_past(let_go_at):
            return True
        pending, last_sent = outbox.waiting(session, name), outbox.last_arrived(session, name)
        return bool(sendable(pending, last_sent, moment, failed_now=frozenset(), flowing=False))

    def asked_to_wait(self) -> timedelta | None:
        """How much of the wait is left that the channel asked for."""
        until = self._asked_to_wait
        return until - self._clock.now() if until is not None and self._must_wait() else None

    def _must_wait(self) -> bool:
        return self._asked_to_wait is not None and not self._moment().is_past(self._asked_to_wait)

    def _moment(self) -> Moment:
        return Moment(self._clock.now(), longest_wait(self._settings))

    def _next(self, failed_now: set[int], *, flowing: bool) -> Alert | None:
        """Claim the alert whose message is to be sent next, if there is one."""
        name, moment = self._channel.name, self._moment()
        with self._database.write() as session:
            end_those_over(session, now=moment.now)
            outbox.let_go(session, name, self._timing, now=moment.now)
            while True:
                pending, last_sent = outbox.waiting(session, name), outbox.last_arrived(session, name)
                able = sendable(pending, last_sent, moment, failed_now=failed_now, flowing=flowing)
                for one in able:
                    try:
                        claimed = outbox.claim_one(session, one.id, now=moment.now, lease=self._lease)
                    except ValidationError as error:
                        self._set_apart(session, one.id, moment.now, error)
                        break
                    if claimed is not None:
                        return claimed
                else:
                    return None

    def _set_apart(self, session: Session, alert: int, now: datetime, error: ValidationError) -> None:
        """Damage to one row must not keep the others waiting, nor take those of its message with it."""
        if outbox.part(session, alert, now=now) > 1:
            log.warning("message_parted", channel=self._channel.name, alert=alert, exc_info=error)
            return
        outbox.failed(session, alert, error="its record in the database is damaged", retry_at=None)
        log.error("alert_given_up", channel=self._channel.name, alert=alert, exc_info=error)

    def _send(self, alert: Alert) -> DeliveryError | None:
        if alert.attempts > self._settings.attempts:
            # Only attempts that nobody lived to mark get here: the alert may be what ends the process.
            return DeliveryError("the program ended each time while it was sending this alert", permanent=True)
        try:
            message = render(alert, self._style)
            passing(Failpoint.BEFORE_SEND)
            self._sender.send(message, now=self._clock.now())
        except DeliveryError as error:
            passing(Failpoint.AFTER_REFUSAL)
            return error
        passing(Failpoint.AFTER_ACCEPTANCE)
        return None

    def _mark_sent(self) -> None:
        for alert, moment in list(self._unmarked.items()):
            with self._database.write() as session:
                outbox.sent(session, alert, now=moment)
            del self._unmarked[alert]

    def _mark_failed(self, alert: Alert, error: DeliveryError) -> bool:
        """Postpone the alert or, if it cannot succeed or has had all its attempts, give it up; whether postponed."""
        now = self._clock.now()
        if error.permanent and alert.carries:
            self._part(alert, error, now)
            return True
        retry_at = None
        if not error.permanent and alert.attempts < self._settings.attempts:
            retry_at = now + retry_delay(self._settings, alert.attempts, error.retry_after, self._random.random())
        if error.retry_after:
            self._asked_to_wait = now + timedelta(seconds=error.retry_after)
        with self._database.write() as session:
            outbox.failed(session, alert.id, error=str(error), retry_at=retry_at)
        log.warning(
            "alert_postponed" if retry_at else "alert_given_up",
            channel=alert.channel,
            key=alert.key,
            alert=alert.id,
            attempts=alert.attempts,
            retry_at=retry_at,
            error=str(error),
        )
        return retry_at is not None

    def _part(self, alert: Alert, error: DeliveryError, now: datetime) -> None:
        """Send the alerts of a message one by one, of which one may be to blame that it never succeeds."""
        with self._database.write() as session:
            outbox.part(session, alert.id, now=now)
        log.warning(
            "message_parted",
            channel=alert.channel,
            key=alert.key,
            alert=alert.id,
            alerts=len(alert.carries) + 1,
            error=str(error),
        )
