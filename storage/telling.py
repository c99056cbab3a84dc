"""A change goes on record, and to whoever wants it; in the transaction that makes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import structlog
from sqlalchemy import insert
from sqlalchemy.orm import Session

from storage import models
from storage.confirmation import weigh_again
from storage.outbox import queue
from storage.records import pack
from storage.statements import put
from storage.views import Change
from storage.vocabulary import Subscription

_ADD = insert(models.Change)
log = structlog.get_logger(__name__)


def add_change(session: Session, change: Change, report: models.Report, now: datetime, *, held: bool) -> models.Change:
    """Put a change on record as made by the report."""
    row = models.Change(
        report_key=report.id,
        election_key=change.election,
        kind=change.kind,
        status=change.status,
        day=change.day,
        held=held,
        made_at=now,
        details=pack(change),
    )
    put(session, _ADD, row)
    log.info("change_recorded", kind=change.kind.value, election=change.election, report=report.id, held=held)
    return row


def tell(
    session: Session,
    changes: Iterable[models.Change],
    subscriptions: Iterable[Subscription],
    elections: Iterable[str],
    *,
    now: datetime,
) -> int:
    """Address the changes to their subscribers, and let go what they confirm; the number of alerts made.

    `elections` are those of which something became known.
    """
    wanted = list(subscriptions)
    timings = {subscription.channel: subscription.timing for subscription in wanted}
    for election in sorted(elections):
        weigh_again(session, election, timings, now=now)
    if not wanted:
        return 0
    return sum(queue(session, change, wanted, now=now) for change in changes if not change.held)
