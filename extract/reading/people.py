"""A second opinion on which people a number counts: observers from abroad, local ones, associations, diplomats, media.

The rules tell associations, embassy staff and media people by their nouns and by who is named beside them, and refuse a
number where these do not fit ('48 of their staff were let in, too'). Like all else, that is weighed once more by what
stands around it (`weighing.py`). Weights tell of the last four here, or that a number counts none of all these; whether
one that the rules refuse counts observers from abroad, `counted.py` asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from extract.reading.mentions import Mention
from extract.reading.senders_around import Around
from extract.reading.statements import Statements
from extract.reading.traits import Traits, traits_of
from extract.reading.weights import Learned, known_weights

_TAKEN = 100
"""How clearly the traits must speak, in hundredths, against what the rules say, and for others against all else."""
_LEFT = 200
"""And for others against the rules, where these take a number without their noun for observers from abroad."""
_WITHOUT_THEIR_NOUN = frozenset({"bare", "person"})


class People(StrEnum):
    """Whom a number counts."""

    FROM_ABROAD = "from_abroad"
    DOMESTIC = "domestic"
    DOMESTIC_ORGANIZATIONS = "domestic_organizations"
    DIPLOMATS = "diplomats"
    JOURNALISTS = "journalists"
    OTHERS = "others"


_NOUNS = {
    People.DOMESTIC: "observer",
    People.DOMESTIC_ORGANIZATIONS: "association",
    People.DIPLOMATS: "diplomat",
    People.JOURNALISTS: "journalist",
}
"""Those of whom weights may tell, and the noun that the rules know them by."""


def people_of_scope(scope: str | None) -> People:
    """Whom the figures of a scope count."""
    return People(scope) if scope in _NOUNS else People.FROM_ABROAD


def people_and_traits(
    figures: Sequence[Mention], found: Statements, *, doubtful: bool = False
) -> list[tuple[Mention, Traits]]:
    """The numbers that may count other people than the rules say, each with what is to be seen of it.

    Only the `doubtful` ones: all but those that the rules accept by the noun of observers.
    """
    known = {figure.value for figure in figures}
    refused = [m for m in found.refused if m.value not in known and m.value > 0]
    numbers = [m for m in (*figures, *refused) if m.noun != "other" and (m.group is None or not m.group.ids)]
    certain = {figure for figure in figures if figure.noun == "observer"} if doubtful else set()
    asked = [number for number in numbers if number not in certain]
    if not asked:
        return []
    around = Around(found, figures)
    seen = traits_of(numbers, found.scan, asked)
    return [
        (number, [*own, ("senders", frozenset(around.beside(number)))]) for number, own in zip(asked, seen, strict=True)
    ]


def tell_people(
    figures: Sequence[Mention], found: Statements, told: Learned | None = None
) -> Mapping[tuple[int, int], People]:
    """Where the numbers stand that count other people than the rules say; `told` are other weights, by section."""
    weights = known_weights("people", People) if told is None else told["people"]
    accepted = set(figures)
    known: dict[int, int] = {}
    against: dict[tuple[int, int], People] = {}
    for number, traits in people_and_traits(figures, found, doubtful=True):
        said = dict(zip(weights.labels, weights.total(traits, known), strict=True))
        rules = people_of_scope(number.scope) if number in accepted else People.OTHERS
        others = said.pop(People.OTHERS)
        best = max(said, key=said.__getitem__)
        by_rules = others if rules is People.OTHERS else said[rules]
        if others - said[best] > _TAKEN:
            without_noun = rules is People.FROM_ABROAD and number.noun in _WITHOUT_THEIR_NOUN
            if without_noun and others - by_rules > _LEFT:
                against[number.position] = People.OTHERS
        elif best in _NOUNS and best is not rules and said[best] - by_rules > _TAKEN:
            against[number.position] = best
    return against


def count_as(number: Mention, people: People) -> None:
    """Let a number count these people."""
    number.noun, number.scope, number.group, number.by_traits = _NOUNS[people], people.value, None, True
