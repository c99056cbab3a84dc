"""How everything is at the moment: the daemon, each source, each channel; for people and for monitoring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from alerts.settings import Channel
from crawler.source import Source
from scheduler.health import Condition
from scheduler.notes import health
from scheduler.queue.overview import QueueStatus, queue_status
from scheduler.settings import EngineSettings
from storage import lock, outbox, sources
from storage.database import Database
from storage.lock import Holder
from storage.source_views import SourceState
from storage.vocabulary import AlertState, Audience

WAITS_TOO_LONG = timedelta(hours=1)
"""From when on a waiting alert means that its channel is in trouble."""
LATELY = timedelta(days=14)
"""How long an alert that was given up keeps its channel in trouble."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """How a source is doing."""

    source: str
    name: str
    enabled: bool
    condition: Condition | None
    """None for a source that is disabled."""
    since: datetime | None
    seen: str
    last_attempt: datetime | None
    last_success: datetime | None

    @property
    def well(self) -> bool:
        """Whether nobody needs to look."""
        return self.condition in {None, Condition.NEW, Condition.FINE}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelStatus:
    """How a channel is doing."""

    channel: str
    enabled: bool
    """False for one that is disabled, or gone from the configuration."""
    audience: Audience | None
    """None for one that is gone from the configuration."""
    sent: int
    pending: int
    unconfirmed: int
    scheduled: int
    """Waiting for a digest, for others of their meeting, or for the end of quiet hours."""
    muted: int
    """Made while a person did not want to be told."""
    failed: int
    """Given up and not revived."""
    oldest_waiting: datetime | None
    """Since when the oldest pending alert is to go out."""
    well: bool
    """Whether no alert was given up lately and none has waited for long; a channel that is disabled is well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How everything is."""

    at: datetime
    daemon: Holder | None
    """None if no daemon and no crawl is at work."""
    engine: QueueStatus | None
    """The queue and its workers; None where the daemon does all work itself."""
    sources: tuple[SourceStatus, ...]
    channels: tuple[ChannelStatus, ...]

    @property
    def well(self) -> bool:
        """Whether nobody needs to look."""
        sources_well, channels_well = all(s.well for s in self.sources), all(c.well for c in self.channels)
        engine_well = self.engine is None or self.engine.well
        return self.daemon is not None and engine_well and sources_well and channels_well


def overview(
    database: Database,
    configured: Sequence[Source],
    channels: Sequence[Channel],
    now: datetime,
    engine: EngineSettings | None = None,
) -> Overview:
    """How everything is at the moment. Raises StorageError."""
    daemon = lock.holder(database)
    with database.read() as session:
        return Overview(
            at=now,
            daemon=daemon,
            engine=queue_status(session, engine.stalled_after) if engine is not None and engine.by_workers else None,
            sources=source_status(session, configured, now),
            channels=_channel_status(session, channels, now),
        )


def source_status(session: Session, configured: Sequence[Source], now: datetime) -> tuple[SourceStatus, ...]:
    """How each configured source is doing, in their order."""
    states, conditions = sources.states(session), health(session, configured, now)
    found = []
    for source in configured:
        state = states.get(source.key, SourceState(source=source.key))
        one = conditions.get(source.key)
        found.append(
            SourceStatus(
                source=source.key,
                name=source.name,
                enabled=source.enabled,
                condition=one.condition if one else None,
                since=one.since if one else None,
                seen=one.seen if one else "",
                last_attempt=state.last_attempt_at,
                last_success=state.last_success_at,
            )
        )
    return tuple(found)


def _channel_status(session: Session, channels: Iterable[Channel], now: datetime) -> tuple[ChannelStatus, ...]:
    """How each channel is doing: those configured in their order, then those that only alerts remember."""
    counts, oldest = outbox.counts(session), outbox.oldest_waiting(session)
    given_up = outbox.given_up(session, since=now - LATELY)
    by_name = {channel.name: channel for channel in channels}
    found = []
    for name in dict.fromkeys([*by_name, *sorted(channel for channel, _ in counts)]):
        channel = by_name.get(name)
        waits = oldest.get(name)
        enabled = channel is not None and channel.enabled
        late = waits is not None and now - waits > WAITS_TOO_LONG
        found.append(
            ChannelStatus(
                channel=name,
                enabled=enabled,
                audience=channel.audience if channel else None,
                sent=counts.get((name, AlertState.SENT), 0),
                pending=counts.get((name, AlertState.PENDING), 0),
                unconfirmed=counts.get((name, AlertState.UNCONFIRMED), 0),
                scheduled=counts.get((name, AlertState.SCHEDULED), 0),
                muted=counts.get((name, AlertState.MUTED), 0),
                failed=counts.get((name, AlertState.FAILED), 0),
                oldest_waiting=waits,
                well=not enabled or not (late or given_up.get(name)),
            )
        )
    return tuple(found)
