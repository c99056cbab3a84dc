"""Notices: what operators are told of a source, written together with its alerts and with the source's state.

So a daemon that is started anew knows what it has told, and a notice is never without its alerts.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from storage import models
from storage.mutes import covering
from storage.records import notice, pack_notice
from storage.schedule import place
from storage.source_views import Late, Notice, NoticeDetails
from storage.sources import state_row
from storage.vocabulary import AlertState, Audience, NoticeKind, Subscription, Timing

_CATCHING_UP = timedelta(hours=1)
"""How long after a gap an article without a date is taken for one of the gap."""


def tell(  # noqa: PLR0913 - keywords that describe one notice
    session: Session,
    source: str,
    kind: NoticeKind,
    *,
    since: datetime | None,
    details: NoticeDetails,
    subscriptions: Iterable[Subscription],
    now: datetime,
) -> Notice:
    """Write a notice, address it to the operators' channels, and remember it as the state of the source."""
    row = models.Notice(source=source, kind=kind, since=since, made_at=now, details=pack_notice(details))
    session.add(row)
    session.flush()
    timings = {s.channel: s.timing for s in subscriptions if s.audience is Audience.OPERATORS}
    for channel in sorted(timings):
        _address(session, row, channel, timings[channel], now)
    state = state_row(session, source)
    recovered = kind is NoticeKind.RECOVERED
    state.trouble, state.trouble_since = (None, None) if recovered else (kind, since)
    session.flush()
    return notice(row)


def _address(session: Session, notice: models.Notice, channel: str, timing: Timing, now: datetime) -> None:
    """Make an alert that is due, muted, or waits until its channel may be told."""
    alert = models.Alert(
        uuid=str(uuid.uuid4()), notice=notice, channel=channel, state=AlertState.MUTED, attempts=0, created_at=now
    )
    alert.mute_key = covering(session, alert, election=None, source=notice.source, now=now)
    if alert.mute_key is None:
        place(session, alert, timing, now=now)
    session.add(alert)


def notices(session: Session, source: str, *, since: datetime) -> tuple[Notice, ...]:
    """What was told of a source since then, oldest first."""
    wanted = select(models.Notice).where(models.Notice.source == source, models.Notice.made_at >= since)
    return tuple(notice(row) for row in session.scalars(wanted.order_by(models.Notice.id)))


def episode(session: Session, source: str) -> tuple[Notice, ...]:
    """The notices on the source's present trouble, oldest first: all since its last recovery."""
    kind, of_source = models.Notice.kind, models.Notice.source == source
    recovered = select(func.max(models.Notice.id)).where(of_source, kind == NoticeKind.RECOVERED)
    last = session.scalar(recovered) or 0
    wanted = select(models.Notice).where(of_source, models.Notice.id > last)
    return tuple(notice(row) for row in session.scalars(wanted.order_by(models.Notice.id)))


def is_told(session: Session, source: str, *, begun: datetime, until: datetime) -> bool:
    """Whether a recovery was told, from then on, whose gap holds the one that began at `begun`."""
    row = models.Notice
    told = select(row.id).where(
        row.source == source, row.kind == NoticeKind.RECOVERED, row.since <= begun, row.made_at >= until
    )
    return session.scalars(told).first() is not None


def late(session: Session, source: str, *, begin: datetime, end: datetime, limit: int) -> tuple[int, tuple[Late, ...]]:
    """How many articles were published from `begin` to `end` and first fetched after it, with the earliest `limit`.

    An article without a date counts as published then if it was fetched for the first time within an hour after `end`.
    """
    found = _fetched_after(source, begin, end)
    count = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.execute(found.order_by(models.Revision.published, models.Article.id).limit(limit))
    return count, tuple(
        Late(title=title, url=url, published=published, fetched_at=fetched_at, report=report)
        for title, url, published, fetched_at, report in rows
    )


def _fetched_after(
    source: str, begin: datetime, end: datetime
) -> Select[str | None, str | None, datetime | None, datetime, int | None]:
    article, revision, report = models.Article, models.Revision, models.Report
    published_then = and_(revision.published >= begin, revision.published <= end)
    undated = and_(revision.published.is_(None), article.first_fetched_at <= end + _CATCHING_UP)
    return (
        select(
            revision.title,
            func.coalesce(revision.url, article.url),
            revision.published,
            article.first_fetched_at,
            report.id,
        )
        .select_from(article)
        .join(revision, and_(revision.article_key == article.id, revision.number == 1))
        .outerjoin(report, report.revision_key == revision.id)
        .where(article.source == source, article.first_fetched_at >= end, or_(published_then, undated))
    )
