"""The outbox: alerts on their way to their channels, each delivered at least once under one unchanging key.

An alert is pending until its channel has accepted it. Whoever delivers claims it for a while; if the process dies, the
claim runs out and the alert is due again. There is no state in which an alert can get stuck.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from foundation.errors import NotFound
from storage import models
from storage.confirmation import confirmation, has_to_wait, release_overdue
from storage.records import alert, unpack
from storage.views import Alert, Change, Waiting
from storage.vocabulary import NUMBERS, AlertState, Subscription

_LONGEST_LEASE = timedelta(days=1)


def queue(session: Session, change: models.Change, subscriptions: Iterable[Subscription], *, now: datetime) -> int:
    """Address a change to every channel that wants it and has not got it; the number of alerts made."""
    has = set(session.scalars(select(models.Alert.channel).where(models.Alert.change_key == change.id)))
    wanted = {
        s.channel: s
        for s in subscriptions
        if s.channel not in has and s.wants(election=change.election_key, kind=change.kind, status=change.status)
    }
    content = unpack(change.details)
    session.add_all(_alert(session, change, content, wanted[channel], now) for channel in sorted(wanted))
    session.flush()
    return len(wanted)


def _alert(
    session: Session, change: models.Change, content: Change, subscription: Subscription, now: datetime
) -> models.Alert:
    """An alert that is due, or that waits until its number is confirmed."""
    waits = has_to_wait(session, content, subscription)
    wants_more = subscription.confirm > 1 and content.kind in NUMBERS
    return models.Alert(
        uuid=str(uuid.uuid4()),
        change=change,
        channel=subscription.channel,
        state=AlertState.UNCONFIRMED if waits else AlertState.PENDING,
        attempts=0,
        created_at=now,
        next_attempt_at=None if waits else now,
        confirm=subscription.confirm if wants_more else None,
        confirm_until=now + subscription.confirm_within if wants_more else None,
    )


def claim(
    session: Session,
    *,
    now: datetime,
    channels: Collection[str],
    lease: timedelta = timedelta(minutes=5),
    limit: int = 50,
) -> tuple[Alert, ...]:
    """The alerts of these channels that are due, oldest first, claimed for `lease`; the attempt is counted now.

    A failed alert does not hold back the ones behind it. Until the lease is over nobody else gets them.
    """
    for channel in channels:
        release_overdue(session, channel, now=now)
    rows = session.scalars(
        _detailed(select(models.Alert))
        .where(
            models.Alert.state == AlertState.PENDING,
            models.Alert.channel.in_(channels),
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
    return tuple(_view(session, row) for row in rows)


def waiting(session: Session, channel: str) -> tuple[Waiting, ...]:
    """The pending alerts of a channel, due or not, claimed or not, oldest first; not those that wait for a source."""
    rows = session.execute(
        select(models.Alert.id, models.Alert.attempts, models.Alert.next_attempt_at)
        .where(models.Alert.state == AlertState.PENDING, models.Alert.channel == channel)
        .order_by(models.Alert.id)
    )
    return tuple(Waiting(id=row[0], attempts=row[1], next_attempt_at=row[2]) for row in rows if row[2] is not None)


def last_arrived(session: Session, channel: str) -> int:
    """The highest id of an alert that the channel accepted; 0 if there is none."""
    arrived = select(func.max(models.Alert.id)).where(
        models.Alert.state == AlertState.SENT, models.Alert.channel == channel
    )
    return session.scalar(arrived) or 0


def claim_one(
    session: Session, alert_id: int, *, now: datetime, lease: timedelta = timedelta(minutes=5)
) -> Alert | None:
    """Claim this alert, due or not, counting the attempt; None if it is not pending or somebody else has it.

    A claim that lasts longer than a day from now was made before the clock was put back, and is void.
    """
    row = _get(session, alert_id)
    if row.state is not AlertState.PENDING or (
        row.claimed_until is not None and now < row.claimed_until <= now + _LONGEST_LEASE
    ):
        return None
    row.claimed_until = now + lease
    row.attempts += 1
    session.flush()
    return _view(session, row)


def sent(session: Session, alert_id: int, *, now: datetime) -> None:
    """The channel accepted the alert. What failed since the last one that it accepted is due at once."""
    row = _get(session, alert_id)
    last = session.scalar(
        select(func.max(models.Alert.sent_at)).where(models.Alert.channel == row.channel, models.Alert.id != row.id)
    )
    row.state, row.sent_at = AlertState.SENT, now
    row.next_attempt_at = row.claimed_until = row.last_error = None
    waiting = (
        models.Alert.channel == row.channel,
        models.Alert.state == AlertState.PENDING,
        models.Alert.claimed_until.is_(None),
        models.Alert.next_attempt_at > now,
    )
    # An alert that fails while others get through fails on its own account and keeps its own pace.
    recent = () if last is None else (models.Alert.created_at >= last,)
    session.execute(update(models.Alert).where(*waiting, *recent).values(next_attempt_at=now))


def failed(session: Session, alert_id: int, *, error: str, retry_at: datetime | None) -> None:
    """An attempt failed: try again at `retry_at`, or with None give up. `error` is kept for people: no secrets."""
    row = _get(session, alert_id)
    if row.state is AlertState.SENT:
        return
    row.state = AlertState.PENDING if retry_at else AlertState.FAILED
    row.next_attempt_at, row.claimed_until = retry_at, None
    row.last_error = error.replace("\0", "\ufffd")


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
    """Move the instants that these channels' pending alerts wait for, as after a jump of the clock; how many alerts."""
    rows = session.scalars(
        select(models.Alert).where(models.Alert.channel.in_(channels), models.Alert.state == AlertState.PENDING)
    ).all()
    for row in rows:
        row.next_attempt_at = row.next_attempt_at and row.next_attempt_at + by
        row.claimed_until = row.claimed_until and row.claimed_until + by
    return len(rows)


def revive(session: Session, *, now: datetime, channel: str | None = None, ids: Collection[int] | None = None) -> int:
    """Make given-up alerts due again with a fresh count of attempts: all of them, a channel's, or those with these ids.

    Returns how many. Raises NotFound for an id that is no alert's.
    """
    for alert_id in ids or ():
        _get(session, alert_id)
    given_up = select(models.Alert).where(models.Alert.state == AlertState.FAILED)
    if channel is not None:
        given_up = given_up.where(models.Alert.channel == channel)
    if ids is not None:
        given_up = given_up.where(models.Alert.id.in_(ids))
    rows = session.scalars(given_up).all()
    for row in rows:
        row.state, row.attempts, row.next_attempt_at, row.claimed_until = AlertState.PENDING, 0, now, None
    return len(rows)


def alerts(
    session: Session, *, state: AlertState | None = None, channel: str | None = None, limit: int = 100
) -> tuple[Alert, ...]:
    """The latest alerts, newest first."""
    wanted = _detailed(select(models.Alert))
    if state is not None:
        wanted = wanted.where(models.Alert.state == state)
    if channel is not None:
        wanted = wanted.where(models.Alert.channel == channel)
    rows = session.scalars(wanted.order_by(models.Alert.id.desc()).limit(limit))
    return tuple(_view(session, row) for row in rows)


def counts(session: Session) -> dict[tuple[str, AlertState], int]:
    """How many alerts of each channel are in each state."""
    rows = session.execute(
        select(models.Alert.channel, models.Alert.state, func.count()).group_by(
            models.Alert.channel, models.Alert.state
        )
    )
    return {(channel, state): count for channel, state, count in rows}


def oldest_waiting(session: Session) -> dict[str, datetime]:
    """When the oldest pending alert of each channel was made; channels for which none waits are left out."""
    rows = session.execute(
        select(models.Alert.channel, func.min(models.Alert.created_at))
        .where(models.Alert.state == AlertState.PENDING)
        .group_by(models.Alert.channel)
    )
    return {channel: oldest for channel, oldest in rows if oldest is not None}


def given_up(session: Session, *, since: datetime) -> dict[str, int]:
    """How many alerts made since then each channel has lost by failures, until they are revived."""
    rows = session.execute(
        select(models.Alert.channel, func.count())
        .where(models.Alert.state == AlertState.FAILED, models.Alert.created_at >= since)
        .group_by(models.Alert.channel)
    )
    return dict(rows.all())


def next_due(session: Session, channels: Collection[str]) -> datetime | None:
    """When the next alert of these channels is due (perhaps in the past); None where none waits."""
    waiting = select(models.Alert.next_attempt_at, models.Alert.claimed_until).where(
        models.Alert.state == AlertState.PENDING, models.Alert.channel.in_(channels)
    )
    due = [max(instant for instant in row if instant) for row in session.execute(waiting)]
    held = select(func.min(models.Alert.confirm_until)).where(
        models.Alert.state == AlertState.UNCONFIRMED, models.Alert.channel.in_(channels)
    )
    return min(filter(None, [*due, session.scalar(held)]), default=None)


def _view(session: Session, row: models.Alert) -> Alert:
    return alert(row, confirmation(session, row))


def _detailed(query: Select[models.Alert]) -> Select[models.Alert]:
    change = joinedload(models.Alert.change)
    return query.options(
        joinedload(models.Alert.notice),
        change.joinedload(models.Change.election),
        change.joinedload(models.Change.report).joinedload(models.Report.revision).joinedload(models.Revision.article),
    )


def _get(session: Session, alert_id: int) -> models.Alert:
    row = session.get(models.Alert, alert_id)
    if row is None:
        raise NotFound(f"no alert has the id {alert_id}: `accredwatch alerts list` shows those that exist")
    return row
