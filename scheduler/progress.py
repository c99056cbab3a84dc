"""Whether the daemon makes progress, by what it has written down: a timer that still runs proves nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from crawler.source import Source
from scheduler.timetable import Pace, wait
from storage import outbox, sources
from storage.source_views import SourceState

SLACK = timedelta(hours=1)
"""How late a crawl or an attempt to deliver may be."""
BARREN = timedelta(hours=6)
"""How long no crawl of any source may get through, if that is three times the shortest interval as well."""


def standstill(  # noqa: PLR0913 - what progress is measured by, each by name
    session: Session,
    configured: Iterable[Source],
    channels: Iterable[str],
    *,
    jitter: float,
    started: datetime,
    now: datetime,
) -> str | None:
    """Why the daemon that `started` makes no progress; None if it does.

    It makes progress while every source is crawled when it is due, some source can be crawled, and every channel's
    first waiting alert is tried when it is due, each within its slack.
    """
    wanted = list(configured)
    states = sources.states(session)
    for source in wanted:
        state = states.get(source.key, SourceState(source=source.key))
        last = max(state.last_attempt_at or started, started)
        if now - last > wait(Pace(source.key, source.interval, jitter), state) + SLACK:
            return f"{source.key} has not been crawled since {last:%Y-%m-%d %H:%M} UTC"
    through = max(sources.last_through(session) or started, started)
    if wanted and now - through > max(BARREN, 3 * min(source.interval for source in wanted)):
        return f"no crawl has got through since {through:%Y-%m-%d %H:%M} UTC"
    for channel in channels:
        first = next(iter(outbox.waiting(session, channel)), None)
        if first is not None and now - max(first.next_attempt_at, started) > SLACK:
            return f"alert {first.id} has waited for its delivery since {first.next_attempt_at:%Y-%m-%d %H:%M} UTC"
    return None
