"""What is in the outbox: questions about alerts, and the views of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from storage import models
from storage.confirmation import confirmation
from storage.records import alert
from storage.views import Alert, Waiting
from storage.vocabulary import AlertState


def waiting(session: Session, channel: str) -> tuple[Waiting, ...]:
    """The pending messages of a channel, due or not, claimed or not, oldest first; each by its lead."""
    rows = session.execute(
        select(models.Alert.id, models.Alert.attempts, models.Alert.next_attempt_at)
        .where(
            models.Alert.state == AlertState.PENDING,
            models.Alert.channel == channel,
            models.Alert.lead_key.is_(None),
        )
        .order_by(models.Alert.id)
    )
    return tuple(Waiting(id=row[0], attempts=row[1], next_attempt_at=row[2]) for row in rows if row[2] is not None)


def last_arrived(session: Session, channel: str) -> int:
    """The highest id of a message's lead that the channel accepted; 0 if there is none."""
    arrived = select(func.max(models.Alert.id)).where(
        models.Alert.state == AlertState.SENT, models.Alert.channel == channel, models.Alert.lead_key.is_(None)
    )
    return session.scalar(arrived) or 0


def alerts(
    session: Session, *, state: AlertState | None = None, channel: str | None = None, limit: int = 100
) -> tuple[Alert, ...]:
    """The latest alerts, newest first."""
    wanted = detailed(select(models.Alert))
    if state is not None:
        wanted = wanted.where(models.Alert.state == state)
    if channel is not None:
        wanted = wanted.where(models.Alert.channel == channel)
    return views(session, session.scalars(wanted.order_by(models.Alert.id.desc()).limit(limit)).all())


def counts(session: Session) -> dict[tuple[str, AlertState], int]:
    """How many alerts of each channel are in each state."""
    rows = session.execute(
        select(models.Alert.channel, models.Alert.state, func.count()).group_by(
            models.Alert.channel, models.Alert.state
        )
    )
    return {(channel, state): count for channel, state, count in rows}


def oldest_waiting(session: Session) -> dict[str, datetime]:
    """Since when the oldest pending alert of each channel is to go out; channels for which none waits are left out."""
    rows = session.execute(
        select(models.Alert.channel, func.min(ready_at()))
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
        models.Alert.state == AlertState.PENDING, models.Alert.channel.in_(channels), models.Alert.lead_key.is_(None)
    )
    due = [max(instant for instant in row if instant) for row in session.execute(waiting)]
    return min(filter(None, [*due, *(let_go_at(session, channel) for channel in channels)]), default=None)


def let_go_at(session: Session, channel: str) -> datetime | None:
    """When the next alert of a channel comes to its moment, or is confirmed by nobody in time; None where none is."""
    held = select(func.min(models.Alert.confirm_until)).where(
        models.Alert.state == AlertState.UNCONFIRMED, models.Alert.channel == channel
    )
    scheduled = select(func.min(models.Alert.due_at)).where(
        models.Alert.state == AlertState.SCHEDULED, models.Alert.channel == channel
    )
    return min(filter(None, [session.scalar(held), session.scalar(scheduled)]), default=None)


def ready_at() -> ColumnElement[datetime]:
    """From when an alert was to go out."""
    return func.coalesce(models.Alert.due_at, models.Alert.created_at)


def views(session: Session, rows: Sequence[models.Alert]) -> tuple[Alert, ...]:
    """The alerts, each with those that go out in its message."""
    carried = detailed(select(models.Alert)).where(models.Alert.lead_key.in_([row.id for row in rows]))
    others: dict[int | None, list[Alert]] = defaultdict(list)
    for row in session.scalars(carried.order_by(models.Alert.id)):
        others[row.lead_key].append(alert(row, confirmation(session, row)))
    return tuple(alert(row, confirmation(session, row), tuple(others[row.id])) for row in rows)


def detailed(query: Select[models.Alert]) -> Select[models.Alert]:
    """The query, so that it loads with each alert what its view needs."""
    change = joinedload(models.Alert.change)
    return query.options(
        joinedload(models.Alert.notice),
        change.joinedload(models.Change.election),
        change.joinedload(models.Change.report).joinedload(models.Report.revision).joinedload(models.Revision.article),
    )
