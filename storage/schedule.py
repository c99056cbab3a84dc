"""Alerts that wait for their moment, and how they are put together in messages when it has come.

A message is an alert, the lead, with those that point to it: one claim, one attempt, one key, the lead's. It is put
together when it becomes due and never again: what was tried under a key keeps its content.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from storage import models
from storage.statements import run
from storage.timing import LONGEST_WAIT, due_at, quiet_until, together
from storage.vocabulary import AlertState, ChangeKind, Digest, NoticeKind, Timing

LONGEST_LEASE = timedelta(days=1)
"""A claim that lasts longer from now was made before the clock was put back, and is void."""

# Made once: it is asked before each alert that is sent.
_COME = (
    select(models.Alert.id)
    .where(
        models.Alert.state == AlertState.SCHEDULED,
        models.Alert.channel == bindparam("channel"),
        or_(models.Alert.due_at <= bindparam("now"), models.Alert.due_at > bindparam("latest")),
    )
    .order_by(models.Alert.id)
)


def place(session: Session, row: models.Alert, timing: Timing, *, now: datetime) -> None:
    """Let the alert of something that became known just now go out when its channel may be told."""
    due = due_at(timing, kind_of(row), row.change.day if row.change else None, now)
    if due is None:
        row.state, row.due_at, row.next_attempt_at = AlertState.PENDING, None, now
        return
    if timing.digest is Digest.IMMEDIATELY:
        due = min(due, _first_of_its_group(session, row, now) or due)
    row.state, row.due_at, row.next_attempt_at = AlertState.SCHEDULED, due, None


def release(session: Session, channel: str, timing: Timing, *, now: datetime) -> int:
    """Let the channel's alerts go whose moment has come, put together in messages; how many alerts."""
    come = run(session, _COME, {"channel": channel, "now": now, "latest": now + LONGEST_WAIT})
    rows = [session.get_one(models.Alert, key) for key in come.scalars()]
    if not rows:
        return 0
    leads = set(session.scalars(select(models.Alert.lead_key).where(models.Alert.lead_key.in_([r.id for r in rows]))))
    _put_together([row for row in rows if _is_new(row) and row.id not in leads], timing)
    for row in rows:
        row.state, row.next_attempt_at = AlertState.PENDING, now
    session.flush()
    return len(rows)


def hold_in_quiet_hours(session: Session, channel: str, timing: Timing, *, now: datetime) -> int:
    """Let the channel's messages that are due wait for the end of its quiet hours, but for urgent ones; how many.

    Those wait that had to be repeated, or were revived; what is being sent is let be.
    """
    until = quiet_until(timing, now)
    if until is None:
        return 0
    leads = session.scalars(
        select(models.Alert).where(
            models.Alert.state == AlertState.PENDING,
            models.Alert.channel == channel,
            models.Alert.lead_key.is_(None),
            or_(
                models.Alert.claimed_until.is_(None),
                models.Alert.claimed_until <= now,
                models.Alert.claimed_until > now + LONGEST_LEASE,
            ),
        )
    ).all()
    held = [lead for lead in leads if kind_of(lead) not in timing.urgent]
    for row in messages(session, held):
        row.state, row.due_at = AlertState.SCHEDULED, until
        row.next_attempt_at = row.claimed_until = None
    session.flush()
    return len(held)


def messages(session: Session, leads: Iterable[models.Alert]) -> list[models.Alert]:
    """The alerts of these messages, the leads among them, oldest first."""
    by_id = {lead.id: lead for lead in leads}
    others = session.scalars(select(models.Alert).where(models.Alert.lead_key.in_(by_id))).all()
    return sorted([*by_id.values(), *others], key=lambda row: row.id)


def kind_of(row: models.Alert) -> ChangeKind | NoticeKind:
    """The kind of change or notice that the alert tells."""
    if row.change is not None:
        return row.change.kind
    if row.notice is None:
        raise ValueError(f"alert {row.id} tells of nothing")
    return row.notice.kind


def _is_new(row: models.Alert) -> bool:
    """Whether nobody has tried the alert, so that it may go out together with others."""
    return row.lead_key is None and row.attempts == 0


def _put_together(rows: Sequence[models.Alert], timing: Timing) -> None:
    for lead, *others in together(rows, timing, _meeting):
        for row in others:
            row.lead_key = lead.id


def _meeting(row: models.Alert) -> tuple[str, date] | None:
    """The election and day that the alert is about; None of a notice."""
    return (row.change.election_key, row.change.day) if row.change else None


def _first_of_its_group(session: Session, row: models.Alert, now: datetime) -> datetime | None:
    """When the first alert that waits for others of the same election and day goes out."""
    waiting = session.scalars(
        select(models.Alert).where(
            models.Alert.state == AlertState.SCHEDULED, models.Alert.channel == row.channel, models.Alert.due_at > now
        )
    )
    same = [r.due_at for r in waiting if r is not row and r.due_at and _is_new(r) and _meeting(r) == _meeting(row)]
    return min(same, default=None)
