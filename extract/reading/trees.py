"""Small decision trees whose leaves are added up: what was learned of a few measures that must be seen together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Tree = int | tuple[int, int, "Tree", "Tree"]
"""A leaf, in hundredths; or which measure is asked, its bound, the tree up to the bound, and the tree above it."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees that are asked of the same measures."""

    measures: tuple[str, ...]
    trees: tuple[Tree, ...]

    def total(self, measured: Sequence[int]) -> int:
        """What all trees say of these measures, in hundredths."""
        said = 0
        for tree in self.trees:
            node = tree
            while not isinstance(node, int):
                node = node[2 + (measured[node[0]] > node[1])]  # up to the bound, or above it
            said += node
        return said


def read_trees(raw: dict[str, Any]) -> Trees:
    """Trees as `data/weights.json` holds them."""
    return Trees(tuple(raw["measures"]), tuple(map(_read_tree, raw["trees"])))


def _read_tree(raw: int | list[Any]) -> Tree:
    if isinstance(raw, int):
        return raw
    measure, bound, up_to, above = raw
    return measure, bound, _read_tree(up_to), _read_tree(above)
