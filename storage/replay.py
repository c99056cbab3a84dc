"""What a channel would have been told of an election, and when, had it been configured so all along.

Time is that of the articles' publication, the judgement is that of the outbox: the same functions decide. What is on
record now counts: an article by its latest revision. Nothing is written.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from itertools import count, groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import models
from storage.accounts import Account
from storage.confirmation import stating
from storage.ledger import accounts
from storage.queries import changes
from storage.threshold import Step, below, same_number
from storage.timing import due_at, together
from storage.views import RecordedChange
from storage.vocabulary import NUMBERS, Digest, Subscription


class Fate(StrEnum):
    """What becomes of a change on a channel."""

    TOLD = "told"
    UNWANTED = "unwanted"
    """The channel has not asked for its kind, status or election."""
    TOO_SMALL = "too_small"
    MUTED = "muted"


@dataclass(slots=True, kw_only=True)
class Replayed:
    """A change, and what would have become of it."""

    change: RecordedChange
    known_at: datetime
    """When its article was published; without a date, and of a person's decision, when it was recorded."""
    fate: Fate = Fate.TOLD
    told_at: datetime | None = None
    message: int | None = None
    """Which message tells it, counted from 1."""
    why: list[str] = field(default_factory=list)
    """Why it is told no earlier, or not at all, in words."""


@dataclass(frozen=True, slots=True)
class _Mute:
    source: str | None
    begin: datetime
    end: datetime


def replay(session: Session, election: str, subscription: Subscription) -> tuple[Replayed, ...]:
    """Every change of the election on record, by its publication, and what the subscription would make of it."""
    rows = session.scalars(
        select(models.Mute).where(
            models.Mute.election_key.is_(None) | (models.Mute.election_key == election),
            models.Mute.channel.is_(None) | (models.Mute.channel == subscription.channel),
        )
    )
    mutes = [_Mute(row.source, row.made_at, min(row.ended_at or row.until, row.until)) for row in rows]
    made = changes(session, election=election, limit=1_000_000)
    run = _Replay(subscription, accounts(session, election), mutes)
    return tuple(run.play([Replayed(change=one, known_at=_known_at(one)) for one in made]))


def _known_at(one: RecordedChange) -> datetime:
    by_a_person = one.change.decided is not None
    return one.made_at if by_a_person else one.article.published or one.made_at


class _Replay:
    """The course of events on one channel."""

    def __init__(self, subscription: Subscription, known: Sequence[Account], mutes: Sequence[_Mute]) -> None:
        self.subscription = subscription
        self.known = [(one.published, one) for one in known if one.published is not None]
        self.mutes = mutes
        self.steps: list[Step] = []
        self.scheduled: dict[int, Replayed] = {}
        """What was not told at once, by the change's id."""
        self.events: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.numbers = count()

    def play(self, news: Sequence[Replayed]) -> Sequence[Replayed]:
        for one in news:
            self._at(one.known_at, partial(self._becomes_known, one))
        while self.events:
            now, _, happen = heapq.heappop(self.events)
            happen(now)
        told = sorted((one for one in news if one.told_at), key=lambda one: (one.told_at, one.change.id))
        for number, message in enumerate(self._messages(told), 1):
            for one in message:
                one.message = number
        return sorted(news, key=lambda one: (one.known_at, one.change.id))

    def _at(self, moment: datetime, happen: Callable[[datetime], None]) -> None:
        heapq.heappush(self.events, (moment, next(self.numbers), happen))

    def _messages(self, told: Sequence[Replayed]) -> Iterator[list[Replayed]]:
        """What was scheduled for one moment goes out together; what was not goes alone."""
        for _, news in groupby(told, key=lambda one: one.told_at):
            at_one_moment = list(news)
            yield from ([one] for one in at_one_moment if one.change.id not in self.scheduled)
            waited = [one for one in at_one_moment if one.change.id in self.scheduled]
            yield from together(waited, self.subscription.timing, _meeting)

    def _becomes_known(self, one: Replayed, now: datetime) -> None:
        one.fate = self._fate(one, now)
        self.steps.append(Step(one.change.change, told=one.fate is Fate.TOLD))
        if one.fate is not Fate.TOLD:
            return
        ready = self._confirmed_at(one, now)
        if ready > now:
            self._at(ready, partial(self._schedule, one))
        else:
            self._schedule(one, now)

    def _fate(self, one: Replayed, now: datetime) -> Fate:
        change = one.change.change
        if not self.subscription.wants(election=change.election, kind=change.kind, status=change.status):
            one.why.append(f"{change.kind}, {change.status}")
            return Fate.UNWANTED
        waiting = any(same_number(o.change.change, change) for o in self._waiting(now))
        by = None if waiting else below(change, self.subscription.min_increase, self.steps)
        if by is not None:
            one.why.append(f"{by} since it was last told, of at least {self.subscription.min_increase}")
            return Fate.TOO_SMALL
        if any(m.begin <= now < m.end and m.source in {None, one.change.article.source} for m in self.mutes):
            return Fate.MUTED
        return Fate.TOLD

    def _confirmed_at(self, one: Replayed, now: datetime) -> datetime:
        """When enough sources state the number, or the channel's patience ends."""
        figure, wanted = one.change.change.figure, self.subscription.confirm
        if wanted < 2 or one.change.change.kind not in NUMBERS or figure is None:
            return now
        end = now + self.subscription.confirm_within
        for moment in [now, *sorted(published for published, _ in self.known if now < published < end)]:
            sources = stating(figure, [one for published, one in self.known if published <= moment])
            if len(sources) >= wanted:
                if moment > now:
                    one.why.append(f"confirmed by {sources[-1]}")
                return moment
        one.why.append(f"not confirmed by {wanted} sources")
        return end

    def _schedule(self, one: Replayed, now: datetime) -> None:
        timing, change = self.subscription.timing, one.change.change
        due = due_at(timing, change.kind, change.day, now)
        one.told_at = due or now
        if due is None:
            return
        if timing.digest is Digest.IMMEDIATELY:
            same = [o.told_at for o in self._waiting(now) if o.told_at and _meeting(o) == _meeting(one)]
            one.told_at = min([due, *same])
        self.scheduled[one.change.id] = one
        if timing.digest is not Digest.IMMEDIATELY:
            one.why.append(f"{timing.digest} digest")
        elif timing.group:
            one.why.append("group")
        if due_at(replace(timing, quiet=None), change.kind, change.day, now) != due:
            one.why.append("quiet hours")

    def _waiting(self, now: datetime) -> list[Replayed]:
        return [one for one in self.scheduled.values() if one.told_at and one.told_at > now]


def _meeting(one: Replayed) -> tuple[str, date]:
    return one.change.change.election, one.change.change.day
