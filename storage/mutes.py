"""What people do not want to be told of for a while. Alerts made in that time are kept, and can be told later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import structlog
from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from storage import models
from storage.schedule import place
from storage.statements import run
from storage.texts import clean, clean_or_none
from storage.views import Mute
from storage.vocabulary import AlertState, Timing

log = structlog.get_logger(__name__)

_ROW = models.Mute
# Made once: the one is asked for each alert that is made, the other before each that is sent.
_COVERING = (
    select(_ROW.id)
    .where(
        _ROW.ended_at.is_(None),
        _ROW.until > bindparam("now"),
        or_(_ROW.election_key.is_(None), _ROW.election_key == bindparam("election")),
        or_(_ROW.source.is_(None), _ROW.source == bindparam("source")),
        or_(_ROW.channel.is_(None), _ROW.channel == bindparam("channel")),
    )
    .order_by(_ROW.until.desc())
    .limit(1)
)
_OVER = select(_ROW.id).where(_ROW.ended_at.is_(None), _ROW.until <= bindparam("now")).order_by(_ROW.id)


def mute(  # noqa: PLR0913 - what is muted, each by name
    session: Session,
    *,
    until: datetime,
    by: str,
    now: datetime,
    election: str | None = None,
    source: str | None = None,
    channel: str | None = None,
    note: str | None = None,
) -> Mute:
    """Keep alerts to oneself until then: those of an election, from a source, for a channel; of each, None for all.

    `election` is the key of one on record; notices on sources belong to none. What already waits is told.
    """
    row = models.Mute(
        election_key=election,
        source=source,
        channel=channel,
        until=until,
        made_at=now,
        by=clean(by),
        note=clean_or_none(note),
        ended_at=None,
    )
    session.add(row)
    session.flush()
    return _view(row, 0)


def mutes(session: Session, *, now: datetime, over: bool = False) -> tuple[Mute, ...]:
    """The mutes in force, or with `over` those that were, oldest first."""
    in_force = models.Mute.ended_at.is_(None) & (models.Mute.until > now)
    rows = session.scalars(select(models.Mute).where(~in_force if over else in_force).order_by(models.Mute.id)).all()
    kept = _kept(session)
    return tuple(_view(row, kept.get(row.id, 0)) for row in rows)


def covering(session: Session, row: models.Alert, *, election: str | None, source: str, now: datetime) -> int | None:
    """The id of the mute that the alert falls under, the one that lasts longest; None if there is none."""
    told_of = {"election": election, "source": source, "channel": row.channel, "now": now}
    mute_id: int | None = run(session, _COVERING, told_of).scalar()
    return mute_id


def unmute(
    session: Session, mute_id: int, *, now: datetime, timings: Mapping[str, Timing] | None = None
) -> tuple[Mute, int]:
    """End a mute; with `timings`, by channel, tell what it kept: due now, or when the channel may be told.

    Returns the mute and how many alerts are told. A channel without a timing is told at once. Raises NotFound for an
    unknown mute, and for one that is over where nothing is to be told.
    """
    row = session.get(models.Mute, mute_id)
    if row is None:
        raise NotFound(f"no mute has the id {mute_id}: `accredwatch alerts mutes` shows those that exist")
    if _is_over(row, now) and timings is None:
        raise NotFound(f"mute {mute_id} is over since {row.ended_at or row.until:%Y-%m-%d %H:%M} UTC")
    row.ended_at = row.ended_at or min(now, row.until)
    told = 0 if timings is None else _tell(session, mute_id, timings, now)
    return _view(row, _kept(session).get(mute_id, 0)), told


def end_those_over(session: Session, *, now: datetime) -> int:
    """Note of mutes whose time has come that they are over, and log how many alerts each has kept; how many mutes."""
    rows = [session.get_one(models.Mute, key) for key in run(session, _OVER, {"now": now}).scalars()]
    kept = _kept(session) if rows else {}
    for row in rows:
        row.ended_at = row.until
        log.info(
            "mute_ended",
            mute=row.id,
            election=row.election_key,
            source=row.source,
            channel=row.channel,
            alerts=kept.get(row.id, 0),
        )
    return len(rows)


def _tell(session: Session, mute_id: int, timings: Mapping[str, Timing], now: datetime) -> int:
    """Let go what the mute kept; how many alerts."""
    kept = session.scalars(
        select(models.Alert)
        .where(models.Alert.mute_key == mute_id, models.Alert.state == AlertState.MUTED)
        .order_by(models.Alert.id)
    ).all()
    for alert in kept:
        place(session, alert, timings.get(alert.channel, Timing()), now=now)
        if alert.state is AlertState.PENDING:
            # As if it had waited for this moment, so that what belongs together goes out together.
            alert.state, alert.due_at, alert.next_attempt_at = AlertState.SCHEDULED, now, None
    session.flush()
    return len(kept)


def _is_over(row: models.Mute, now: datetime) -> bool:
    return row.ended_at is not None or row.until <= now


def _kept(session: Session) -> dict[int, int]:
    """How many alerts each mute keeps from being told."""
    rows = session.execute(
        select(models.Alert.mute_key, func.count())
        .where(models.Alert.state == AlertState.MUTED)
        .group_by(models.Alert.mute_key)
    )
    return {key: count for key, count in rows if key is not None}


def _view(row: models.Mute, kept: int) -> Mute:
    return Mute(
        id=row.id,
        election=row.election_key,
        source=row.source,
        channel=row.channel,
        until=row.until,
        made_at=row.made_at,
        by=row.by,
        note=row.note,
        ended_at=row.ended_at,
        kept=kept,
    )
