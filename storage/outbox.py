"""The outbox: alerts on their way to their channels, each delivered at least once under one unchanging key.

An alert is pending until its channel has accepted it. Whoever delivers claims it for a while; if the process dies, the
claim runs out and the alert is due again. There is no state in which an alert can get stuck but that of one muted by a
person. Alerts that go out in one message share its fate: only the first of them, the lead, is claimed.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from storage import models
from storage.confirmation import has_to_wait, release_overdue
from storage.in_outbox import (
    alerts,
    any_under_way,
    counts,
    detailed,
    given_up,
    last_arrived,
    let_go_at,
    next_due,
    oldest_waiting,
    ready_at,
    views,
    waiting,
)
from storage.mutes import covering
from storage.records import unpack
from storage.schedule import LONGEST_LEASE, hold_in_quiet_hours, messages, place
from storage.schedule import release as release_scheduled
from storage.threshold import too_small
from storage.views import Alert, Change
from storage.vocabulary import NUMBERS, AlertState, Subscription, Timing

__all__ = [
    "alerts",
    "any_under_way",
    "claim",
    "claim_one",
    "counts",
    "failed",
    "given_up",
    "last_arrived",
    "let_go",
    "let_go_at",
    "move_waits",
    "next_due",
    "oldest_waiting",
    "part",
    "queue",
    "release",
    "revive",
    "sent",
    "take_over",
    "waiting",
]

# Made once, and all that a message needs in one statement: an alert waits for it.
_WITH_DETAILS = detailed(select(models.Alert)).where(models.Alert.id == bindparam("wanted"))


def queue(session: Session, change: models.Change, subscriptions: Iterable[Subscription], *, now: datetime) -> int:
    """Address a change to every channel that wants it and has not got it; the number of alerts made.

    A number that has moved by less than the channel wants to know makes none.
    """
    has = set(session.scalars(select(models.Alert.channel).where(models.Alert.change_key == change.id)))
    content = unpack(change.details)
    wanted = {
        s.channel: s
        for s in subscriptions
        if s.channel not in has
        and s.wants(election=change.election_key, kind=change.kind, status=change.status)
        and not too_small(session, change, content, s)
    }
    for channel in sorted(wanted):
        _address(session, change, content, wanted[channel], now)
    session.flush()
    return len(wanted)


def _address(
    session: Session, change: models.Change, content: Change, subscription: Subscription, now: datetime
) -> None:
    """Make an alert that is due, muted, or waits: until its number is confirmed, or its channel may be told."""
    wants_more = subscription.confirm > 1 and content.kind in NUMBERS
    row = models.Alert(
        uuid=str(uuid.uuid4()),
        change=change,
        channel=subscription.channel,
        state=AlertState.UNCONFIRMED,
        attempts=0,
        created_at=now,
        confirm=subscription.confirm if wants_more else None,
        confirm_until=now + subscription.confirm_within if wants_more else None,
    )
    source = change.report.revision.article.source
    row.mute_key = covering(session, row, election=change.election_key, source=source, now=now)
    if row.mute_key is not None:
        row.state = AlertState.MUTED
    elif not has_to_wait(session, content, subscription):
        place(session, row, subscription.timing, now=now)
    session.add(row)


def let_go(session: Session, channel: str, timing: Timing, *, now: datetime) -> None:
    """Make pending what the channel waits for no longer, and let what is pending wait in its quiet hours."""
    release_overdue(session, channel, timing, now=now)
    release_scheduled(session, channel, timing, now=now)
    hold_in_quiet_hours(session, channel, timing, now=now)


def claim(  # noqa: PLR0913 - whose alerts, and when, each by name
    session: Session,
    *,
    now: datetime,
    channels: Collection[str],
    timings: Mapping[str, Timing] | None = None,
    lease: timedelta = timedelta(minutes=5),
    limit: int = 50,
) -> tuple[Alert, ...]:
    """The alerts of these channels that are due, oldest first, claimed for `lease`; the attempt is counted now.

    A failed alert does not hold back the ones behind it. Until the lease is over nobody else gets them. A channel
    without one of the `timings` may be told at any time.
    """
    for channel in channels:
        let_go(session, channel, (timings or {}).get(channel, Timing()), now=now)
    rows = session.scalars(
        detailed(select(models.Alert))
        .where(
            models.Alert.state == AlertState.PENDING,
            models.Alert.channel.in_(channels),
            models.Alert.lead_key.is_(None),
            models.Alert.next_attempt_at <= now,
            or_(models.Alert.claimed_until.is_(None), models.Alert.claimed_until <= now),
        )
        .order_by(models.Alert.id)
        .limit(limit)
    ).all()
    for row in rows:
        row.claimed_until = now + lease
        row.attempts += 1
    session.flush()
    return views(session, rows)


def claim_one(
    session: Session, alert_id: int, *, now: datetime, lease: timedelta = timedelta(minutes=5)
) -> Alert | None:
    """Claim this alert with those of its message, due or not, counting the attempt.

    None if it is not pending, if somebody else has it, or if it goes out in the message of another one.

    A claim that lasts longer than a day from now was made before the clock was put back, and is void.
    """
    row = session.scalars(_WITH_DETAILS, {"wanted": alert_id}).one_or_none()
    if row is None:
        raise _unknown(alert_id)
    is_claimed = row.claimed_until is not None and now < row.claimed_until <= now + LONGEST_LEASE
    if row.state is not AlertState.PENDING or row.lead_key is not None or is_claimed:
        return None
    row.claimed_until = now + lease
    row.attempts += 1
    session.flush()
    return views(session, [row])[0]


def sent(session: Session, alert_id: int, *, now: datetime) -> None:
    """The channel accepted the alert's message. What failed since the last one that it accepted is due at once."""
    row = _get(session, alert_id)
    arrived = messages(session, [row])
    last = session.scalar(
        select(func.max(models.Alert.sent_at)).where(
            models.Alert.channel == row.channel, models.Alert.id.not_in([one.id for one in arrived])
        )
    )
    for one in arrived:
        one.state, one.sent_at = AlertState.SENT, now
        one.next_attempt_at = one.claimed_until = one.last_error = None
    waiting = (
        models.Alert.channel == row.channel,
        models.Alert.state == AlertState.PENDING,
        models.Alert.claimed_until.is_(None),
        models.Alert.next_attempt_at > now,
    )
    # An alert that fails while others get through fails on its own account and keeps its own pace.
    recent = () if last is None else (ready_at() >= last,)
    session.execute(update(models.Alert).where(*waiting, *recent).values(next_attempt_at=now))


def failed(session: Session, alert_id: int, *, error: str, retry_at: datetime | None) -> None:
    """An attempt failed: try the message again at `retry_at`, or with None give it up.

    `error` is kept for people: no secrets.
    """
    lead = _get(session, alert_id)
    if lead.state is AlertState.SENT:
        return
    for row in messages(session, [lead]):
        row.state = AlertState.PENDING if retry_at else AlertState.FAILED
        row.next_attempt_at, row.claimed_until = retry_at, None
        row.last_error = error.replace("\0", "\ufffd")


def part(session: Session, alert_id: int, *, now: datetime) -> int:
    """Let each alert of a message go out on its own, as when one of them cannot be sent; how many they are.

    The one that gave the message its key keeps its attempts, the others have had none.
    """
    rows = messages(session, [_get(session, alert_id)])
    for row in rows:
        row.state, row.lead_key, row.next_attempt_at, row.claimed_until = AlertState.PENDING, None, now, None
    session.flush()
    return len(rows)


def release(session: Session, alert_ids: Collection[int]) -> None:
    """Give claimed alerts back that were not attempted, as at a clean stop: due again, the attempt uncounted."""
    for alert_id in alert_ids:
        row = _get(session, alert_id)
        if row.state is AlertState.PENDING and row.claimed_until is not None:
            row.claimed_until = None
            row.attempts -= 1


def take_over(session: Session, channels: Collection[str]) -> int:
    """Void the claims on these channels' alerts; for the one process that delivers, as it starts. Returns how many."""
    claimed = session.scalars(
        select(models.Alert).where(models.Alert.channel.in_(channels), models.Alert.claimed_until.is_not(None))
    ).all()
    for row in claimed:
        row.claimed_until = None
    return len(claimed)


def move_waits(session: Session, channels: Collection[str], by: timedelta) -> int:
    """Move the instants that these channels' alerts wait for, as after a jump of the clock; how many alerts."""
    rows = session.scalars(
        select(models.Alert).where(
            models.Alert.channel.in_(channels),
            models.Alert.state.in_([AlertState.PENDING, AlertState.SCHEDULED, AlertState.UNCONFIRMED]),
        )
    ).all()
    for row in rows:
        row.next_attempt_at = row.next_attempt_at and row.next_attempt_at + by
        row.claimed_until = row.claimed_until and row.claimed_until + by
        if row.state is AlertState.SCHEDULED:
            row.due_at = row.due_at and row.due_at + by
        if row.state is AlertState.UNCONFIRMED:
            row.confirm_until = row.confirm_until and row.confirm_until + by
    return len(rows)


def revive(session: Session, *, now: datetime, channel: str | None = None, ids: Collection[int] | None = None) -> int:
    """Make given-up alerts due again with a fresh count of attempts: all of them, a channel's, or those with these ids.

    Those that went out in one message do so again. Returns how many. Raises NotFound for an id that is no alert's.
    """
    given_up = select(models.Alert).where(models.Alert.state == AlertState.FAILED, models.Alert.lead_key.is_(None))
    if channel is not None:
        given_up = given_up.where(models.Alert.channel == channel)
    if ids is not None:
        named = [_get(session, alert_id) for alert_id in ids]
        given_up = given_up.where(models.Alert.id.in_([row.lead_key or row.id for row in named]))
    rows = messages(session, session.scalars(given_up))
    for row in rows:
        row.state, row.attempts, row.next_attempt_at, row.claimed_until = AlertState.PENDING, 0, now, None
    return len(rows)


def _get(session: Session, alert_id: int) -> models.Alert:
    row = session.get(models.Alert, alert_id)
    if row is None:
        raise _unknown(alert_id)
    return row


def _unknown(alert_id: int) -> NotFound:
    return NotFound(f"no alert has the id {alert_id}: `accredwatch alerts list` shows those that exist")
