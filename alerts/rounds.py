"""The rounds of delivery on one channel: what is due is claimed, sent and marked, one alert after the other."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import structlog
from pydantic import ValidationError
from sqlalchemy.orm import Session

from alerts.channels import Sender, open_channel
from alerts.order import Moment, longest_wait, retry_delay, sendable
from alerts.render import render
from alerts.settings import AlertSettings, Channel
from alerts.style import Style
from foundation.clock import Clock
from foundation.errors import DeliveryError
from foundation.failpoints import Failpoint, passing
from storage import outbox
from storage.database import Database
from storage.mutes import end_those_over
from storage.views import Alert

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


class ChannelRounds:
    """The rounds of one channel, one at a time, and what is remembered between them."""

    def __init__(  # noqa: PLR0913 - what it depends on, all of it
        self,
        channel: Channel,
        style: Style,
        *,
        database: Database,
        settings: AlertSettings,
        clock: Clock,
        random: Random,
    ) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock
        self._random = random
        self._style = style
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
        """End the round under way after the alert that is being sent, and begin none."""
        self._stopping.set()

    def succeed(self, before: ChannelRounds) -> None:
        """Go on where earlier rounds on the channel end."""
        self._one_at_a_time, self._unmarked = before._one_at_a_time, before._unmarked
        self._asked_to_wait = before._asked_to_wait
        if (before._channel.url, before._settings.send_timeout) == (self._channel.url, self._settings.send_timeout):
            self._sender = before._sender  # it remembers an attempt that hangs

    def clock_put_back(self, by: timedelta) -> None:
        """Let the wait that the channel asked for last no longer than it would have."""
        if self._asked_to_wait is not None:
            self._asked_to_wait -= by

    def deliver(self) -> DeliverySummary:
        """Send what is due. Raises StorageError; failures to send are part of the summary."""
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
        # Most rounds find nothing: to see that, nobody need keep others from writing.
        with self._database.read() as session:
            if not outbox.any_under_way(session, name, now=moment.now):
                return None
        # In haste: should a power cut take the claim back, the alert is sent again under its key, as after any end.
        with self._database.write(hasty=True) as session:
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
