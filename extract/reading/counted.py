"""A second opinion on which numbers count observers: what articles teach of the words around them.

The rules accept a number by its noun, by what it goes back to, by its sentence. Where the words are others ('it said
612 when the clerks went home') they refuse it; here every trait of a number has a weight, and those that speak clearly
enough prevail.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.people import People, count_as, tell_people
from extract.reading.senders_around import Around
from extract.reading.statements import TOPIC, Statements
from extract.reading.traits import Traits, traits_of
from extract.reading.weights import Learned, known_weights

_TAKEN = 300
"""How clearly the traits must speak, in hundredths, for a number that the rules refuse."""
_LEFT = -400
"""And against one that they accept."""
MOST_FROM_ABROAD = 5_000
"""Three times as many as ever watched a Kazakh poll (1,624 in 2005): a larger number counts others, or local ones."""
_MAY_COUNT_PEOPLE = frozenset({"bare", "person", "observer"})
_SIZES = (3, 10, 30, 1_000)


class Counted(StrEnum):
    """What a number counts."""

    OBSERVERS = "observers"
    OTHERS = "others"


def numbers_and_traits(figures: Sequence[Mention], found: Statements) -> list[tuple[Mention, Traits]]:
    """The numbers that may count observers, figures by the rules or not, each with what is to be seen of it."""
    known = {m.value for m in figures}
    # 'Six of them applied to the central commission, 86 to others': bare numbers beside associations count these.
    of_bodies = {m.sentence for m in figures if m.noun == "association"}
    refused = [m for m in found.refused if m.value not in known and _may_count_people(m, found)]
    refused = [m for m in refused if m.noun != "bare" or m.sentence not in of_bodies]
    numbers = [*figures, *refused]
    around = Around(found, figures)
    seen = traits_of(numbers, found.scan)
    return [
        (number, [*own, ("senders", frozenset(around.beside(number) | _where(number, found)))])
        for number, own in zip(numbers, seen, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Recount:
    """Where the numbers stand that count observers against the rules, and those that do not."""

    taken: frozenset[tuple[int, int]]
    left: frozenset[tuple[int, int]]
    people: Mapping[tuple[int, int], People]
    """Where other people are counted than the rules say."""

    def __bool__(self) -> bool:
        return bool(self.taken or self.left or self.people)


def recount(figures: Sequence[Mention], found: Statements, told: Learned | None = None) -> Recount:
    """The numbers whose traits speak clearly against the rules; `told` are other weights, by section."""
    if not any(s.classes & TOPIC for s in found.scan.sentences):
        return Recount(frozenset(), frozenset(), {})
    # Where no number is refused, the rules have had no doubt: hardly one of those that they accept is wrong then.
    taken, left = _against_rules(figures, found, told) if found.refused else (set(), set())
    told_of = tell_people(figures, found, told)
    left = (left - told_of.keys()) | {position for position, people in told_of.items() if people is People.OTHERS}
    people = {position: people for position, people in told_of.items() if people is not People.OTHERS}
    # 'Ten of the 82 were approved: seven of the CIS and three of states': what so many make counts what they do.
    made = (figure.whole for figure in figures if figure.by_sum) if left else ()
    left -= {whole.position for whole in made if whole is not None}
    return Recount(frozenset(taken - told_of.keys()), frozenset(left), people)


def _against_rules(
    figures: Sequence[Mention], found: Statements, told: Learned | None
) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Where refused numbers stand that count observers all the same, and accepted ones that do not."""
    weights = known_weights("counted", Counted) if told is None else told["counted"]
    for_, against = weights.labels.index(Counted.OBSERVERS), weights.labels.index(Counted.OTHERS)
    accepted = set(figures)
    known: dict[int, int] = {}
    taken, left = set(), set()
    for number, traits in numbers_and_traits(figures, found):
        said = weights.total(traits, known)
        speaks = said[for_] - said[against]
        if number in accepted and speaks < _LEFT and number.noun == "bare":
            left.add(number.position)
        elif number not in accepted and speaks > _TAKEN:
            taken.add(number.position)
    return taken, left


def count_anew(found: Statements, counted: Recount) -> None:
    """Take numbers among the mentions of statements just found, or out of them."""
    taken = [m for m in found.refused if m.position in counted.taken]
    for number in taken:
        number.noun = "person" if number.noun == "bare" else number.noun
        number.by_traits = True
    others = [m for m in found.refused if m.position in counted.people]
    for number in [m for m in (*found.mentions, *others) if m.position in counted.people]:
        count_as(number, counted.people[number.position])
    taken += others
    kept = [m for m in found.mentions if m.position not in counted.left]
    found.mentions = sorted([*kept, *taken], key=lambda m: m.position)
    found.spare = [m for m in found.spare if m not in taken]
    found.refused = [m for m in found.refused if m not in taken]


def _may_count_people(number: Mention, found: Statements) -> bool:
    if number.noun not in _MAY_COUNT_PEOPLE or not 0 < number.value <= MOST_FROM_ABROAD or number in found.mixed:
        return False
    if not found.topical[number.sentence]:
        return False
    return number.group is None or not number.group.counts or level(number.scope) < 2


def _where(number: Mention, found: Statements) -> set[str]:
    """Whether its sentence speaks of observers, whether it has senders, how large it is."""
    size = sum(number.value >= bound for bound in _SIZES)
    seen = {"topical" if found.topical[number.sentence] else "not topical", f"size {size}"}
    seen.add("strictly topical" if found.strictly[number.sentence] else "not strictly topical")
    if number.group is not None:
        seen.add("named senders" if number.group.ids else "senders not named")
    return seen
