"""What was learned of figures: how much each trait speaks for each label."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any, Generic, TypeVar

from extract.reading.traits import Traits

L = TypeVar("L")

Learned = Mapping[str, Any]
"""What was learned, by section: weights, and as "trust" the trees of `hearing.py`."""
SCALE = 100
"""Weights are whole hundredths of a logarithm of odds."""


_WIDTH = 32
"""Bits of one label's sum where the sums of all labels are added up as one number."""
_FIELD = (1 << _WIDTH) - 1
_SIGN = 1 << (_WIDTH - 1)
_NOTHING: dict[str, int] = {}
_giving = Lock()


@dataclass(frozen=True, slots=True)
class Weights(Generic[L]):
    """What each trait says for each label, in hundredths."""

    labels: tuple[L, ...]
    bias: tuple[int, ...]
    of: dict[str, dict[str, tuple[int, ...]]]
    """By place and name."""
    _packed: dict[str, dict[str, int]] = field(init=False, repr=False, compare=False)
    _base: int = field(init=False, repr=False, compare=False)
    """The bias, packed, and half a field lent to each label, so that none borrows from the next."""

    def __post_init__(self) -> None:
        packed = {place: {name: _pack(row) for name, row in rows.items()} for place, rows in self.of.items()}
        object.__setattr__(self, "_packed", packed)
        object.__setattr__(self, "_base", _pack(value + _SIGN for value in self.bias))

    def total(self, traits: Traits, known: dict[int, int]) -> list[int]:
        """For each label what all these traits say; `known` keeps it of those that several figures share."""
        known.update({id(seen): self._of_a_place(*seen) for seen in traits if id(seen) not in known})
        return _unpack(self._base + sum(map(known.__getitem__, map(id, traits))), len(self.bias))

    def _of_a_place(self, place: str, names: frozenset[str]) -> int:
        return sum(map((said := self._packed.get(place, _NOTHING)).__getitem__, said.keys() & names))


def _pack(row: Iterable[int]) -> int:
    """A row as one number, so that rows are added up in one step: a field for each label."""
    return sum(value << (_WIDTH * at) for at, value in enumerate(row))


def _unpack(lent: int, fields: int) -> list[int]:
    """The row again, less what was lent to each."""
    return [(lent >> (_WIDTH * at) & _FIELD) - _SIGN for at in range(fields)]


@cache
def known_weights(section: str, label: Callable[[Any], L]) -> Weights[L]:
    """The weights of a section of `data/weights.json`; `label` makes a label of what stands there."""
    read = learned_section(section)
    of = {place: {name: tuple(row) for name, row in rows.items()} for place, rows in read["traits"].items()}
    return Weights(tuple(label(name) for name in read["labels"]), tuple(read["bias"]), of)


def learned_section(section: str) -> dict[str, Any]:
    """A section of `data/weights.json` as it stands there; it is given away, so that memory does not hold it twice.

    Threads may ask at the same time. Whoever asks again has the file read again.
    """
    with _giving:
        if section not in _read():
            _read.cache_clear()
        read: dict[str, Any] = _read().pop(section)
    return read


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((files("extract") / "data" / "weights.json").read_text(encoding="utf-8"))
    return read
