"""Whom to believe where rules and weights differ on a status or basis: learned where neither knows the article.

Few rules were written for the articles of `bench/quality/articles`, and each of them is read with weights that were
learned from other sets. So both err there much as they do on an article that is new to them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sklearn.ensemble import GradientBoostingClassifier

from bench.quality.examples import StateByHand, by_rules
from extract.reading.agreeing import Label
from extract.reading.hearing import MEASURES, Family, families_of, hear
from extract.reading.trees import Tree, Trees
from extract.reading.weights import SCALE, Learned, Weights
from extract.report import scopes_of
from tests.extract.corpora import Story

_TREES = 150
_LEAVES = 7
_RATE = 0.04
"""How much of what a tree tells is taken."""
_FEWEST = 10
"""Labels heard that a leaf must hold."""
_SHARE = 0.5
"""Of the labels heard, and of the measures, that each tree is grown from."""
_SEED = 1
_HALF = 0.5

_Grown = Any
"""A tree of scikit-learn, which has no types."""
Measured = tuple[list[int], bool, float]
"""What is measured of a label, whether it is right, and how much it counts: the root of the family's size."""


def measured(story: Story, told: Learned, weights: Weights[Label]) -> list[Measured]:
    """What is measured of the labels that are heard of an article's families, by weights not learned from it."""
    figures, found = by_rules(story, told)
    if found is None:
        return []
    by_hand = StateByHand(story)
    families = families_of(figures, found.scan, weights)
    return [
        (measures, _share_of(family, label, by_hand) > _HALF, math.sqrt(len(family.figures)))
        for family in families
        for label, measures in hear(family, families, weights.labels)
    ]


def _share_of(family: Family, label: Label, by_hand: StateByHand) -> float:
    """The share of a family's figures that have this label by hand; of those that are none the rules' word is kept."""
    right = [
        any((by_hand.of(scope, figure.value) or family.by_rules) == label for scope in scopes_of(figure))
        for figure in family.figures
    ]
    return sum(right) / len(right)


def grown(known: Sequence[Measured]) -> Trees:
    """The trees that tell best of these measures which label is right."""
    model = GradientBoostingClassifier(
        n_estimators=_TREES,
        max_leaf_nodes=_LEAVES,
        max_depth=None,
        learning_rate=_RATE,
        min_samples_leaf=_FEWEST,
        subsample=_SHARE,
        max_features=_SHARE,
        random_state=_SEED,
    )
    model.fit([m for m, _, _ in known], [right for _, right, _ in known], [counts for _, _, counts in known])
    return Trees(MEASURES, tuple(_tree_of(of_all[0].tree_, 0) for of_all in model.estimators_))


def _tree_of(tree: _Grown, node: int) -> Tree:
    """A node with all below it; bounds between whole numbers become the number below."""
    below, above = int(tree.children_left[node]), int(tree.children_right[node])
    if below == above:
        return round(float(tree.value[node][0][0]) * _RATE * SCALE)
    bound = math.floor(float(tree.threshold[node]))
    return int(tree.feature[node]), bound, _tree_of(tree, below), _tree_of(tree, above)
