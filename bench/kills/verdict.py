"""What a campaign among killed daemons came to, beside the same campaign left in peace."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.kills.play import Ending, Life, Played
from bench.kills.stage import CHANNELS
from foundation.failpoints import Action
from tests.support.collector import Arrival


@dataclass
class Verdict:
    """The sum of several campaigns."""

    endings: Counter[str] = field(default_factory=Counter)
    """How many daemons were ended, by place."""
    delivered: int = 0
    """Alerts that arrived, repetitions aside."""
    duplicates: int = 0
    """Alerts that came again under their key, because the daemon died between sending and marking."""
    faults: list[str] = field(default_factory=list)
    """Everything that must not be."""

    @property
    def ended(self) -> int:
        """How many daemons were ended."""
        return self.endings.total()

    def add(self, campaign: str, played: Played, calm: Played) -> None:
        """Weigh a campaign; `calm` is the same one left in peace."""
        self.endings.update(life.ending.name for life in played.lives if life.ending and _hit(life.ending, life.code))
        told = [*_misbehaviour(played.lives)]
        if played.damage:
            told.append(f"the database is damaged: {played.damage}")
        for channel in CHANNELS:
            got = played.arrivals(channel)
            self.delivered += len({arrival.key for arrival in got})
            self.duplicates += len(got) - len({arrival.key for arrival in got})
            told += [f"{channel}: {fault}" for fault in _faults(got, calm.arrivals(channel))]
            told += [f"{channel}: {fault}" for fault in _unexcused(channel, played.lives)]
        self.faults += [f"{campaign}: {fault}" for fault in told]


def _hit(ending: Ending, code: int) -> bool:
    """Whether the daemon was ended before the campaign was over."""
    return code == 0 if ending.action is Action.STOP else code < 0


def _misbehaviour(lives: Sequence[Life]) -> Iterator[str]:
    """Daemons that ended in a way of their own."""
    for number, life in enumerate(lives, 1):
        if life.orphans:
            yield f"life {number} left processes behind: {life.orphans}"
        if "Traceback" in life.log:
            yield f"life {number} wrote a traceback: {life.log.partition('Traceback')[2][:3000]}"
        killed = life.ending is not None and life.ending.action is Action.KILL and life.code == -9
        if life.code != 0 and not killed:
            yield f"life {number} ended with {life.code}: {life.log[-500:]}"


def _faults(got: Sequence[Arrival], calm: Sequence[Arrival]) -> Iterator[str]:
    """What is lost, invented, told under two identities or out of order."""
    first: dict[str, Arrival] = {}
    for arrival in got:
        if first.setdefault(arrival.key, arrival).fact != arrival.fact:
            yield f"one key, two facts: {first[arrival.key].fact} and {arrival.fact}"
    wanted, told = Counter(a.fact for a in calm), Counter(a.fact for a in first.values())
    yield from (f"lost: {fact}" for fact in (wanted - told).elements())
    yield from (f"told under another key again, or never in peace: {fact}" for fact in (told - wanted).elements())
    changes = [arrival.change for arrival in first.values()]
    if changes != sorted(changes):
        yield f"out of order: {changes}"


def _unexcused(channel: str, lives: Sequence[Life]) -> Iterator[str]:
    """Repetitions of what a daemon had time to mark: only the last alert of a killed one may come again."""
    in_lives: defaultdict[str, list[int]] = defaultdict(list)
    last: dict[int, str] = {}
    for number, life in enumerate(lives):
        for arrival in life.arrivals:
            if arrival.channel == channel:
                in_lives[arrival.key].append(number)
                last[number] = arrival.key
    for key, numbers in in_lives.items():
        for number in numbers[:-1]:
            if lives[number].code == 0 or last[number] != key or numbers.count(number) > 1:
                yield f"{key} came again although life {number + 1} could mark it"
