"""One of several candidates or none by the weights of their traits: which day, which count is the main figure's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from extract.reading.traits import Traits
from extract.reading.weights import Weights

_RULES = 100
"""How much the rules' word counts by itself, in hundredths: for a candidate, or for none."""
_NONE = -125
"""How clearly a candidate must speak to be better than none."""


class Belongs(StrEnum):
    """What a day dates, or whose senders a number counts."""

    MAIN = "main_figure"
    OTHERS = "other_matters"


C = TypeVar("C", date, int)


def chosen(candidates: Iterable[tuple[C, Traits]], rules: C | None, weights: Weights[Belongs]) -> C | None:
    """The candidate that speaks most clearly for itself, the later or larger of equals; None if none does.

    That of the rules speaks louder; where it is none of the candidates, it follows from something else and stands.
    """
    for_, against = weights.labels.index(Belongs.MAIN), weights.labels.index(Belongs.OTHERS)
    known: dict[int, int] = {}
    speaks: dict[C, int] = {}
    for candidate, traits in candidates:
        said = weights.total(traits, known)
        speaks[candidate] = max(speaks.get(candidate, said[for_] - said[against]), said[for_] - said[against])
    if rules is not None:
        if rules not in speaks:
            return rules
        speaks[rules] += _RULES
    none = _NONE + (_RULES if rules is None else 0)
    best = max(speaks, key=lambda candidate: (speaks[candidate], candidate), default=None)
    return best if best is not None and speaks[best] > none else None
