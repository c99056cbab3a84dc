"""When a source is due: computed anew from what storage remembers, so that a restart neither starves nor doubles a run.

Nothing here looks at a clock or a database. A source is due one wait after its last attempt, whether that attempt
was made by this process or another one; many missed waits are one run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.source_views import SourceState

LONGEST_WAIT = timedelta(hours=3)
"""Of the back-off after errors: the shortest feed holds about eleven hours of news, and none may fall out unseen."""
LONGEST_REQUEST = timedelta(days=1)
"""Of a Retry-After: an outlet that asks for more is asked again after a day."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a source is to be crawled."""

    source: str
    interval: timedelta
    jitter: float = 0.1
    """Share of the interval by which a run may be moved, up to half of it earlier or later."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is to be crawled now, and when there will be more."""

    due: list[str]
    """Keys of the sources that are due, longest overdue first; those never asked come first of all."""
    following: datetime | None
    """When the next one of the others is due, as far as can be told now."""


def wait(pace: Pace, state: SourceState) -> timedelta:
    """How long after its last attempt the source is due: the interval, longer after errors, as the outlet asks."""
    pause = pace.interval
    if state.consecutive_errors > 1:
        doubled = pause * (1 << min(state.consecutive_errors - 1, 20))
        pause = max(pause, min(doubled, LONGEST_WAIT))
    pause += pace.interval * pace.jitter * _lot(pace.source, state.last_attempt_at)
    if state.retry_not_before is not None and state.last_attempt_at is not None:
        pause = max(pause, min(state.retry_not_before - state.last_attempt_at, LONGEST_REQUEST))
    return pause


def due_at(pace: Pace, state: SourceState, now: datetime, *, interrupted: bool = False) -> datetime:
    """The instant from which the source is due; not after `now` means at once.

    A source that was never asked is due at once, and so is one whose last run was stopped on purpose
    (`interrupted`), unless the outlet asked for patience. An attempt in the future means that the clock was put back:
    how long ago it really was is not known, so the source is due at once rather than after the time has come again.
    """
    last = state.last_attempt_at
    if last is None or last > now:
        return now
    if interrupted and (state.retry_not_before is None or state.retry_not_before <= now):
        return now
    return last + wait(pace, state)


def agenda(
    paces: Iterable[Pace],
    states: Mapping[str, SourceState],
    now: datetime,
    *,
    interrupted: frozenset[str] = frozenset(),
) -> Agenda:
    """The sources that are due, and when the next one of the others will be."""
    instants, later = [], []
    for pace in paces:
        state = states.get(pace.source, SourceState(source=pace.source))
        instant = due_at(pace, state, now, interrupted=pace.source in interrupted)
        if instant <= now:
            instants.append((state.last_attempt_at is not None, instant, pace.source))
        else:
            later.append(instant)
    return Agenda([source for *_, source in sorted(instants)], min(later, default=None))


def _lot(source: str, last: datetime | None) -> float:
    """A number from -0.5 to 0.5 that differs from run to run and is the same whenever it is asked for."""
    seed = f"{source} {last.timestamp() if last else 0:.3f}".encode()
    return int.from_bytes(hashlib.sha256(seed).digest()[:8]) / 2**64 - 0.5
