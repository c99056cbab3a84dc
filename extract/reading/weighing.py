"""A second opinion on status and basis: what the traits of figures in articles read by hand teach.

The rules tell a status by a word in the figure's clause, or else by what is around: the whole, the sentence before, the
title. Of the second kind some are wrong. Here every label has a weight for every trait; their sum speaks for it. Rules
keep the last word unless the sum speaks clearly against them, the more clearly the more surely they know; the figures
of one whole are heard together. `data/weights.json` is made by `python -m bench.quality.teach`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

from extract.model import Basis, Check, Status, Term, Verdict
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.statements import Statements
from extract.reading.traits import Traits, root_of, traits_of

Label = tuple[Status, Basis]

SCALE = 100
"""Weights are whole hundredths of a logarithm of odds."""
_RULES = 225
"""How much the rules' status, and their basis, count by themselves, in hundredths."""
_BY_WORDS = 150
"""How much more, where a word of the figure's own clause tells it."""
_BY_SUM = 200
"""And where a sum does."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each trait says for each label, in hundredths."""

    labels: tuple[Label, ...]
    bias: tuple[int, ...]
    of: dict[str, dict[str, tuple[int, ...]]]
    """By place and name."""

    def total(self, traits: Traits, known: dict[int, tuple[int, ...]]) -> list[int]:
        """For each label what all these traits say; `known` keeps it of those that several figures share."""
        rows = [self.bias]
        for seen in traits:
            if id(seen) not in known:
                known[id(seen)] = self._of_a_place(*seen)
            rows.append(known[id(seen)])
        return list(map(sum, zip(*rows, strict=True)))

    def _of_a_place(self, place: str, names: frozenset[str]) -> tuple[int, ...]:
        said = self.of.get(place, {})
        rows = map(said.__getitem__, said.keys() & names)
        return tuple(map(sum, zip(_nothing(len(self.bias)), *rows, strict=True)))


@cache
def _nothing(labels: int) -> tuple[int, ...]:
    return (0,) * labels


@cache
def weights() -> Weights:
    """The weights that were learned."""
    read = json.loads((files("extract") / "data" / "weights.json").read_text(encoding="utf-8"))
    labels = tuple((Status(status), Basis(basis)) for status, basis in read["labels"])
    of = {place: {name: tuple(row) for name, row in rows.items()} for place, rows in read["traits"].items()}
    return Weights(labels, tuple(read["bias"]), of)


def weigh(figures: Sequence[Mention], found: Statements, told: Weights | None = None) -> None:
    """Change status and basis of figures where their traits speak clearly against what the rules say.

    `told` are other weights than those that come with the program. Media people are none of its business.
    """
    told = weights() if told is None else told
    traits = traits_of(figures, found.scan)
    known: dict[int, tuple[int, ...]] = {}
    families: dict[tuple[int, Label], list[list[int]]] = {}
    summed = _make_a_sum(figures)
    heard = [
        _heard(figure, told, told.total(seen, known), by_sum=figure.decided is not None or figure in summed)
        for figure, seen in zip(figures, traits, strict=True)
    ]
    for figure, own in zip(figures, heard, strict=True):
        families.setdefault(_family(figure), []).append(own)
    for figure, own in zip(figures, heard, strict=True):
        family = families[_family(figure)]
        of_all = map(sum, zip(*family, strict=True))
        speaks = [mine + together / len(family) for mine, together in zip(own, of_all, strict=True)]
        best = told.labels[speaks.index(max(speaks))]
        if best != label_of(figure) and figure.noun != "journalist":
            figure.weighed = best
    for figure in figures:
        if figure.weighed is not None:
            figure.status, figure.basis = figure.weighed


def _make_a_sum(figures: Sequence[Mention]) -> set[Mention]:
    """An earlier total, a batch, and the total that they make, where the rules tell them so: the sum says it, too."""
    totals = [f for f in figures if level(f.scope) == 0 and f.status is Status.ACCREDITED and f.noun != "journalist"]
    running = [f for f in totals if f.basis is Basis.CUMULATIVE]
    batches = [f for f in totals if f.basis is Basis.NEW]
    sums = ((a, b, c) for a, b in product(running, batches) for c in running if a.value + b.value == c.value)
    return {figure for found in sums for figure in found}


def _heard(figure: Mention, told: Weights, said: list[int], *, by_sum: bool) -> list[int]:
    """What the traits say for each label, and the rules for theirs; `by_sum` where a sum bears these out."""
    status, basis = label_of(figure)
    sure = _RULES + (_BY_SUM if by_sum else 0)
    for_status = sure + (_BY_WORDS if figure.told_status is status else 0)
    for_basis = sure + (_BY_WORDS if figure.told_basis is basis else 0)
    for at, (of_status, of_basis) in enumerate(told.labels):
        said[at] += (for_status if of_status is status else 0) + (for_basis if of_basis is basis else 0)
    return said


def label_of(figure: Mention) -> Label:
    """A figure's status and basis."""
    return figure.status or Status.ANNOUNCED, figure.basis or Basis.CUMULATIVE


def _family(figure: Mention) -> tuple[int, Label]:
    """The widest whole that has the figure's status, and what the rules say of the figure."""
    root = root_of(figure)
    return id(root), label_of(figure)


def weighed_checks(figures: Iterable[Mention]) -> tuple[Check, ...]:
    """The figures whose status or basis was weighed: no word and no sum tells it, so that a reader may look again."""
    return tuple(
        Check("weighed", Verdict.UNKNOWN, Term(f.scope or "total", f.value, decided=True), ())
        for f in figures
        if f.weighed is not None
    )
