"""Who has seen to what an alert tells, so that others need not; it stops no delivery."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from storage import models
from storage.schedule import messages
from storage.texts import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """What an acknowledgement came to."""

    alerts: tuple[int, ...]
    """Ids of the alerts that it marked: of every channel, the same change or notice."""
    before: tuple[int, ...]
    """Ids of those that somebody had acknowledged already; they stay as they are."""


def acknowledge(
    session: Session, ids: Collection[int], *, by: str, now: datetime, note: str | None = None
) -> Acknowledged:
    """Mark the alerts with these ids, all that their messages tell, and every other alert of the same changes.

    `note` says why, or what was done.

    Raises NotFound for an id that is no alert's; then nothing is marked.
    """
    named = [_get(session, alert_id) for alert_id in ids]
    told = messages(session, [row for row in named if row.lead_key is None]) + named
    rows = session.scalars(
        select(models.Alert)
        .where(
            or_(
                models.Alert.change_key.in_({row.change_key for row in told if row.change_key is not None}),
                models.Alert.notice_key.in_({row.notice_key for row in told if row.notice_key is not None}),
            )
        )
        .order_by(models.Alert.id)
    ).all()
    fresh = [row for row in rows if row.acknowledged_at is None]
    before = tuple(row.id for row in rows if row.acknowledged_at is not None)
    for row in fresh:
        row.acknowledged_at, row.acknowledged_by, row.acknowledged_note = now, clean(by), clean(note) if note else None
    session.flush()
    return Acknowledged(alerts=tuple(row.id for row in fresh), before=before)


def _get(session: Session, alert_id: int) -> models.Alert:
    row = session.get(models.Alert, alert_id)
    if row is None:
        raise NotFound(f"no alert has the id {alert_id}: `accredwatch alerts list` shows those that exist")
    return row
