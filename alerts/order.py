"""Which alert of a channel is sent next: in order, unless the oldest one itself is what fails.

A channel that is down must not let later alerts overtake earlier ones; an alert that its service never takes must
not hold up the others. While an alert has failed less than twice, the channel is blamed and everything behind it
waits. After that the next one is tried as a probe, right after another failure of those before it: if it arrives, the
alert was to blame, is set aside on its own timetable and the rest flows.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.failures import LONGEST_RETRY_AFTER
from alerts.settings import AlertSettings
from storage.views import Waiting

BLAME_AFTER = 2
"""Failures in a row after which the alert and not the channel may be to blame."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant of a decision, and the longest wait that a failure can have caused."""

    now: datetime
    longest_wait: timedelta

    def is_past(self, instant: datetime) -> bool:
        """Whether the instant has come, or is so far ahead that the clock must have been put back since it was set."""
        return not timedelta(0) < instant - self.now <= self.longest_wait


def sendable(
    pending: Sequence[Waiting], last_sent: int, moment: Moment, *, failed_now: Container[int], flowing: bool
) -> list[Waiting]:
    """The alerts that may be sent now, best first.

    `pending` are the alerts of one channel that wait, oldest first; `last_sent` is the highest id that ever arrived
    there, 0 for none: what is older was set aside. `failed_now` are the ids that failed in this round of delivery,
    `flowing` says that one arrived in it, so that the channel works and back-off has no reason.
    """
    line = [a for a in pending if a.id > last_sent]
    aside = [a for a in pending if a.id < last_sent and a.id not in failed_now and moment.is_past(a.next_attempt_at)]
    for position, alert in enumerate(line):
        if alert.id not in failed_now:
            probe = position > 0
            return [alert, *aside] if probe or flowing or moment.is_past(alert.next_attempt_at) else aside
        if alert.attempts < BLAME_AFTER:
            return aside
    return aside


def longest_wait(settings: AlertSettings) -> timedelta:
    """The longest wait that `retry_delay` can give."""
    return max(settings.longest_retry * 1.25, timedelta(seconds=LONGEST_RETRY_AFTER))


def retry_delay(settings: AlertSettings, attempts: int, retry_after: float | None, lot: float) -> timedelta:
    """How long to wait after failure number `attempts`: doubling, moved by up to a quarter by `lot` (0 to 1).

    Never shorter than what the service asked for (`retry_after`, in seconds).
    """
    doubled = settings.first_retry * (1 << min(attempts - 1, 20))
    delay = min(doubled, settings.longest_retry) * (0.75 + lot / 2)
    return max(delay, timedelta(seconds=retry_after or 0))
