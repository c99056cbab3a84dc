"""A campaign played to its end by one daemon after the other, each ended in its own way."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from accredwatch.newsroom.campaign import DAYS, LOOKS, STORIES
from accredwatch.newsroom.outlets import ALMATY
from bench.kills.stage import BETWEEN_LIVES, PATIENCE, Stage
from foundation.failpoints import Action, Failpoint
from tests.alerts.receivers import Answer, Received
from tests.support.collector import Arrival


def _moments() -> Iterator[datetime]:
    """The demo's looks at which there is something new to be seen."""
    news = [instant for story in STORIES for instant in (story.published, *(edit.at for edit in story.edits))]
    before = datetime.min.replace(tzinfo=ALMATY)
    for look in (datetime.combine(day, look, ALMATY) for day in DAYS for look in LOOKS):
        if any(before < instant <= look for instant in news):
            yield look
        before = look


MOMENTS = tuple(_moments())
"""The instants of a campaign: the sites stand still in between."""
_SCHEMA = (Failpoint.BEFORE_SCHEMA, Failpoint.AFTER_SCHEMA)
_OFTEN = (Failpoint.BEFORE_COMMIT, Failpoint.AFTER_COMMIT)
_LONGEST_LIFE = 6.0
"""Seconds within which an ending at a random moment falls: starting takes one to three of them."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a daemon is to end: at a failpoint, or after so many seconds; else when the campaign is over."""

    action: Action
    failpoint: Failpoint | None = None
    passage: int = 1
    after: float | None = None
    """Seconds from its start, or for a clean stop from where it has come to its work."""

    @property
    def text(self) -> str | None:
        """As the environment has it."""
        return f"{self.failpoint}:{self.passage}={self.action}" if self.failpoint else None

    @property
    def name(self) -> str:
        """For the table."""
        return str(self.failpoint or "a random moment")


@dataclass(frozen=True, slots=True)
class Life:
    """What became of one daemon."""

    ending: Ending | None
    """None if nobody ended it before the campaign was over."""
    code: int
    """The exit code; negative for a signal."""
    arrivals: tuple[Arrival, ...]
    orphans: tuple[int, ...]
    log: str
    """All that it wrote."""


@dataclass(frozen=True, slots=True)
class Played:
    """A campaign that is over."""

    lives: tuple[Life, ...]
    damage: str | None
    """What the check of the database complains of."""

    def arrivals(self, channel: str) -> list[Arrival]:
        """All that the channel took."""
        return [arrival for life in self.lives for arrival in life.arrivals if arrival.channel == channel]


def calm() -> Iterator[Ending | None]:
    """Nobody ends the daemon."""
    while True:
        yield None


def endings(random: Random, action: Action) -> Iterator[Ending]:
    """Endings of which each kind of place gets its share, in an order that the seed decides."""
    if action is Action.KILL:
        yield from (Ending(action, point) for point in _SCHEMA)
    elsewhere = [point for point in Failpoint if point not in {*_SCHEMA, Failpoint.LOCKED}]
    while True:
        round_ = [Ending(action, Failpoint.LOCKED)]
        round_ += [Ending(action, point, random.randint(1, 2)) for point in elsewhere]
        round_ += [Ending(action, point, random.randint(1, 20)) for point in _OFTEN * 2]
        round_ += [Ending(action, after=random.uniform(0.2, _LONGEST_LIFE)) for _ in range(4)]
        random.shuffle(round_)
        yield from round_


@dataclass
class Play:
    """One campaign on a stage."""

    stage: Stage
    ways: Iterator[Ending | None]
    """How one life after the other ends."""
    enough: Callable[[], bool] = lambda: False
    """Whether the rest of the campaign is to be played without further endings."""
    moments: Sequence[datetime] = MOMENTS
    on_life: Callable[[Life], None] = lambda _: None
    position: int = 0
    """Of the moment that it is."""
    lives: list[Life] = field(default_factory=list)
    _begun: datetime = field(default=MOMENTS[0], repr=False)
    """When the present life or moment began, by the stage's clock."""

    def play(self) -> Played:
        """Play it to its end. Raises StuckError if a daemon does not come to rest."""
        while self.position < len(self.moments):
            life = self._live(None if self.enough() else next(self.ways))
            self.lives.append(life)
            self.on_life(life)
        return Played(tuple(self.lives), self.stage.damage())

    def _live(self, ending: Ending | None) -> Life:
        refuses = ending is not None and ending.failpoint is Failpoint.AFTER_REFUSAL
        self.stage.collector.webhook.otherwise = _refusing_once() if refuses else lambda _: Answer()
        self._pass_time()
        with self.stage.collector.interval() as interval:
            self.stage.start(ending.text if ending else None)
            code = self._go_on(ending)
        log = self.stage.log()
        return Life(
            ending=ending,
            code=code,
            arrivals=tuple(interval.arrivals()),
            orphans=tuple(self.stage.orphans()),
            log=log,
        )

    def _pass_time(self) -> None:
        self._begun = max(self._begun + 2 * BETWEEN_LIVES, self.moments[self.position])
        self.stage.set_time(self._begun)

    def _go_on(self, ending: Ending | None) -> int:
        """Let time pass while the daemon lives; its exit code."""
        signum = signal.SIGTERM if ending is None or ending.action is Action.STOP else signal.SIGKILL
        if signum is signal.SIGTERM:
            # Before it has come to its work, there is nothing to be stopped cleanly.
            self.stage.comes_to_work()
        begun = time.monotonic()
        while True:
            left = PATIENCE if ending is None or ending.after is None else ending.after - (time.monotonic() - begun)
            rested = self.stage.rests(self._begun, left)
            if not rested:
                return self._ended(signum)
            self.position += 1
            if self.position == len(self.moments):
                return self._ended(signal.SIGTERM)
            self._pass_time()

    def _ended(self, signum: signal.Signals) -> int:
        code = self.stage.end(signum)
        assert code is not None
        return code


def _refusing_once() -> Callable[[Received], Answer]:
    """An answer that each channel refuses at first."""
    asked: Counter[str] = Counter()

    def answer(request: Received) -> Answer:
        asked[request.path] += 1
        return Answer(503 if asked[request.path] == 1 else 200)

    return answer
