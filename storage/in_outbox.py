"""What is in the outbox: questions about alerts, and the views of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload

from storage import models
from storage.confirmation import confirmation
from storage.records import alert
from storage.statements import run
from storage.views import Alert, Waiting
from storage.vocabulary import ON_THE_WAY, AlertState

# Made once: a round of delivery looks every second, and an alert waits for the one that finds it.
_ALERT, _MUTE = models.Alert, models.Mute
_ANY = select(
    or_(
        select(_ALERT.id).where(_ALERT.channel == bindparam("channel"), _ALERT.state.in_(ON_THE_WAY)).exists(),
        select(_MUTE.id).where(_MUTE.ended_at.is_(None), _MUTE.until <= bindparam("now")).exists(),
    )
)
_WAITING = (
    select(_ALERT.id, _ALERT.attempts, _ALERT.next_attempt_at)
    .where(_ALERT.state == AlertState.PENDING, _ALERT.channel == bindparam("channel"), _ALERT.lead_key.is_(None))
    .order_by(_ALERT.id)
)
_LAST_ARRIVED = select(func.max(_ALERT.id)).where(
    _ALERT.state == AlertState.SENT, _ALERT.channel == bindparam("channel"), _ALERT.lead_key.is_(None)
)
_CARRIED = select(_ALERT.id).where(_ALERT.lead_key.in_(bindparam("leads", expanding=True))).order_by(_ALERT.id)


def any_under_way(session: Session, channel: str, *, now: datetime) -> bool:
    """Whether a round of delivery has anything to look at: an alert on its way, or a mute whose time has come."""
    return bool(run(session, _ANY, {"channel": channel, "now": now}).scalar_one())


def waiting(session: Session, channel: str) -> tuple[Waiting, ...]:
    """The pending messages of a channel, due or not, claimed or not, oldest first; each by its lead."""
    rows = run(session, _WAITING, {"channel": channel})
    return tuple(Waiting(id=row[0], attempts=row[1], next_attempt_at=row[2]) for row in rows if row[2] is not None)


def last_arrived(session: Session, channel: str) -> int:
    """The highest id of a message's lead that the channel accepted; 0 if there is none."""
    return run(session, _LAST_ARRIVED, {"channel": channel}).scalar_one() or 0


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
    others: dict[int | None, list[Alert]] = defaultdict(list)
    # Most messages carry one alert, and to ask for the others with all their details costs more than to look for them.
    if carried := run(session, _CARRIED, {"leads": [row.id for row in rows]}).scalars().all():
        with_them = detailed(select(models.Alert)).where(models.Alert.id.in_(carried)).order_by(models.Alert.id)
        for row in session.scalars(with_them):
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
