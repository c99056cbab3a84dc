"""Whom to believe, where the rules say one status and basis of figures and their traits another one.

The figures of one whole that the rules tell alike are a family, and are heard together. For the rules' label, and each
for which the weights of their traits speak more, it is measured how clearly they do, whether words of the figures' own
clauses tell the label or another one, and whether it suits other families of the article. What these measures are worth
together was learned from articles that few rules were written for, read by weights of status and basis
that had not seen them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from extract.reading.agreeing import Label, label_of
from extract.reading.mentions import Mention
from extract.reading.scan import Scan
from extract.reading.traits import root_of, traits_of
from extract.reading.trees import Trees, read_trees
from extract.reading.weights import Weights, learned_section

MEASURES = (
    "behind the likeliest",
    "ahead of the rules",
    "behind the likeliest elsewhere",
    "status of the rules",
    "basis of the rules",
    "status told",
    "basis told",
    "other status told",
    "other basis told",
)
"""What is measured of a label: hundredths of weights, yes (1) or no, and in how many of a hundred figures."""
_NEAR = 400
"""Labels that weights put farther behind the likeliest are not heard, in hundredths."""
_IN_DOUBT = 15
"""How much more the rules' label counts, whose words a reader can look up."""
_ALONE = 3 * _NEAR
"""How far a label is behind in other families where there are none."""


class Family:
    """Figures of one whole that the rules tell alike."""

    def __init__(self, figures: Sequence[Mention], said: Sequence[Sequence[int]]) -> None:
        self.figures = figures
        self.by_rules = label_of(figures[0])
        self.said = [sum(of_label) // len(figures) for of_label in zip(*said, strict=True)]
        """What the weights of the traits say for each label, on average."""
        self.likeliest = max(self.said)


@cache
def known_trust() -> Trees:
    """What the measures are worth together, as it comes with the program."""
    return read_trees(learned_section("trust"))


def families_of(figures: Sequence[Mention], scan: Scan, weights: Weights[Label]) -> list[Family]:
    """The figures of an article by the widest whole that has their status, and by what the rules say of them."""
    known: dict[int, int] = {}
    said = [weights.total(seen, known) for seen in traits_of(figures, scan, with_scope=True)]
    members: dict[tuple[int, Label], list[int]] = {}
    for at, figure in enumerate(figures):
        members.setdefault((id(root_of(figure)), label_of(figure)), []).append(at)
    return [Family([figures[at] for at in of], [said[at] for at in of]) for of in members.values()]


def believed(families: Sequence[Family], labels: Sequence[Label], trust: Trees) -> dict[Mention, Label]:
    """The label of each figure for which most speaks, where it is not the one that the rules tell."""
    found: dict[Mention, Label] = {}
    for family in families:
        if family.by_rules not in labels or family.said[labels.index(family.by_rules)] == family.likeliest:
            continue  # both say the same
        heard = {label: trust.total(measures) for label, measures in hear(family, families, labels)}
        heard[family.by_rules] += _IN_DOUBT
        best = max(heard, key=heard.__getitem__)
        if best != family.by_rules:
            found |= dict.fromkeys(family.figures, best)
    return found


def hear(family: Family, families: Sequence[Family], labels: Sequence[Label]) -> Iterator[tuple[Label, list[int]]]:
    """The rules' label and each that the weights speak more for, with what is measured of it."""
    if family.by_rules not in labels:
        return  # no article told such figures: the weights have nothing to compare
    by_rules = family.said[labels.index(family.by_rules)]
    others = [other for other in families if other is not family]
    for at, label in enumerate(labels):
        ahead, behind = family.said[at] - by_rules, family.likeliest - family.said[at]
        if label == family.by_rules or (ahead > 0 and behind < _NEAR):
            elsewhere = min((other.likeliest - other.said[at] for other in others), default=_ALONE)
            yield label, [behind, ahead, elsewhere, *_told(family, label)]


def _told(family: Family, label: Label) -> list[int]:
    """How a label lies to what the rules and the words of the figures' own clauses tell."""
    status, basis = label
    statuses = [figure.told_status for figure in family.figures if figure.told_status is not None]
    bases = [figure.told_basis for figure in family.figures if figure.told_basis is not None]
    these = (statuses.count(status), bases.count(basis))
    counts = (*these, len(statuses) - these[0], len(bases) - these[1])
    by_rules = (int(status is family.by_rules[0]), int(basis is family.by_rules[1]))
    return [*by_rules, *(100 * count // len(family.figures) for count in counts)]
