"""What was learned of figures: how much each trait speaks for each label."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

from extract.reading.traits import Traits

L = TypeVar("L")

SCALE = 100
"""Weights are whole hundredths of a logarithm of odds."""


@dataclass(frozen=True, slots=True)
class Weights(Generic[L]):
    """What each trait says for each label, in hundredths."""

    labels: tuple[L, ...]
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
def known_weights(section: str, label: Callable[[Any], L]) -> Weights[L]:
    """The weights of a section of `data/weights.json`; `label` makes a label of what stands there."""
    read = _read()[section]
    of = {place: {name: tuple(row) for name, row in rows.items()} for place, rows in read["traits"].items()}
    return Weights(tuple(label(name) for name in read["labels"]), tuple(read["bias"]), of)


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((files("extract") / "data" / "weights.json").read_text(encoding="utf-8"))
    return read
