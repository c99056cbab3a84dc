"""What the messages of a program tell: which facts, how often, and which messages tell nothing new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bench.race.campaign_facts import Key, Telling, words


@dataclass(frozen=True, slots=True)
class Message:
    """An alert that a person gets."""

    at: datetime
    """The instant of the campaign at which it came."""
    text: str
    keys: frozenset[Key] | None = None
    """The facts that it states itself; None where it only shows headlines."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a program's messages come to."""

    told: int
    """Facts that a message told."""
    repeated: int
    """Facts that more than one message told."""
    missed: tuple[str, ...]
    """Facts that no message told."""
    false: tuple[str, ...]
    """Messages that told no fact, or only such as had been told."""
    messages: int
    """How many a person has to read."""

    @property
    def perfect(self) -> bool:
        """Whether every fact was told, each once, and nothing besides."""
        return not (self.repeated or self.missed or self.false)


def weigh(messages: Sequence[Message], tellings: Sequence[Telling]) -> Verdict:
    """Weigh a program's messages, in order, by what the articles state.

    A message that shows an article's headline or first words, as they stood when the message came, is taken to tell all
    that the article stated then, whether a number is to be seen in it or not.
    """
    facts = dict.fromkeys(key for telling in tellings for key in telling.keys)
    times = Counter[Key]()
    false = []
    for message in messages:
        keys = _shown(message, tellings) if message.keys is None else message.keys
        if not any(key in facts and not times[key] for key in keys):
            false.append(f"{message.at:%d %B %H:%M}: {message.text}")
        times.update(key for key in keys if key in facts)
    missed = tuple(words(fact) for fact in facts if not times[fact])
    repeated = sum(times[fact] > 1 for fact in facts)
    return Verdict(len(facts) - len(missed), repeated, missed, tuple(false), len(messages))


def _shown(message: Message, tellings: Sequence[Telling]) -> frozenset[Key]:
    text = " ".join(message.text.split())
    shown = set[Key]()
    told = [telling for telling in tellings if telling.at <= message.at]
    for standing in ({telling.title: telling for telling in told}, {telling.lead: telling for telling in told}):
        shown |= {key for said, telling in standing.items() if said in text for key in telling.keys}
    return frozenset(shown)
