"""A second opinion on status and basis: what the traits of figures in articles read by hand teach.

The rules tell a status by a word in the figure's clause, or else by what is around: the whole, the sentence before, the
title. Of the second kind some are wrong. Here every label has a weight for every trait; their sum speaks for it. Where
it speaks against the rules, `hearing.py` tells which of both to believe. `data/weights.json` is made by
`python -m bench.quality.teach`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from extract.model import Basis, Check, Status, Term, Verdict
from extract.reading.agreeing import Label, agree, label_of
from extract.reading.hearing import believed, families_of, known_trust
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.scan import Sentence
from extract.reading.statements import Statements
from extract.reading.traits import root_of
from extract.reading.weights import Learned, Weights, known_weights

_SEVERAL = 2
_BATCH = (Status.ACCREDITED, Basis.NEW)


def _label(name: Sequence[str]) -> Label:
    status, basis = name
    return Status(status), Basis(basis)


def weights_of_states() -> Weights[Label]:
    """The weights for each status and basis that come with the program."""
    return known_weights("state", _label)


def weigh(figures: Sequence[Mention], found: Statements, told: Learned | None = None) -> None:
    """Change status and basis of figures where their traits speak clearly against what the rules say.

    `told` are other weights than those that come with the program. Media people and local observers are left alone.
    """
    weights = weights_of_states() if told is None else told["state"]
    trust = known_trust() if told is None else told["trust"]
    families = families_of(figures, found.scan, weights)
    for figure, label in believed(families, weights.labels, trust).items():
        best = _as_told(figure, label, found.scan.sentences)
        if best == label_of(figure) or figure.noun == "journalist" or figure.scope == "domestic":
            continue
        if not (figure.settled or root_of(figure).later):
            figure.weighed = best
    against = [figure for figure in figures if figure.weighed is not None]
    by_rules = {figure: label_of(figure) for figure in figures} if against else {}
    for figure in against:
        if figure.weighed is not None:
            figure.status, figure.basis = figure.weighed
    if against:
        _follow(figures, by_rules)
        _let_one_run(figures)
    agree(figures)


def _let_one_run(figures: Sequence[Mention]) -> None:
    """Where weights leave several accredited totals and no running one, the largest runs, unless told as a batch."""
    totals = [f for f in figures if level(f.scope) == 0 and label_of(f)[0] is Status.ACCREDITED and not f.dropped]
    totals = sorted((f for f in totals if f.noun != "journalist"), key=lambda figure: figure.value)
    if len(totals) < _SEVERAL or any(f.basis is Basis.CUMULATIVE for f in totals):
        return
    largest = totals[-1]
    if largest.weighed is None or largest.more or largest.told_basis is Basis.NEW or totals[-2].value == largest.value:
        return
    for figure in figures:
        if _makes(figure, largest) and figure.status is Status.ACCREDITED:
            figure.status, figure.basis = figure.weighed = (Status.ACCREDITED, Basis.CUMULATIVE)


def _makes(figure: Mention, running: Mention) -> bool:
    """Whether a figure is the total, or one of the parts and parts of parts that make it."""
    while figure is not running and figure.by_sum and figure.whole is not None:
        figure = figure.whole
    return figure is running


def _follow(figures: Sequence[Mention], by_rules: Mapping[Mention, Label]) -> None:
    """'58 others are to be examined next week. 44 of them come from the CIS': parts are what weights make their whole.

    Those, at least, which the rules have from that whole alone.
    """
    for part in sorted(figures, key=lambda figure: level(figure.scope)):
        whole = part.whole
        if whole is None or whole.weighed is None or part.weighed is not None or part.noun == "journalist":
            continue
        untold = part.told_status in {None, whole.weighed[0]} and part.told_basis is None
        if untold and by_rules.get(whole) == by_rules[part]:
            part.status, part.basis = part.weighed = whole.weighed


def _as_told(figure: Mention, best: Label, sentences: Sequence[Sentence]) -> Label:
    """'The new group has 57 observers', whom no word accredits: a batch by its words, once it is known to be let in."""
    granted = best[0] is Status.ACCREDITED and figure.status is Status.ANNOUNCED and level(figure.scope) == 0
    of_a_group = figure.told_basis is Basis.NEW and "new_group" in sentences[figure.sentence].classes
    return _BATCH if granted and of_a_group else best


def weighed_checks(figures: Iterable[Mention]) -> tuple[Check, ...]:
    """The figures of which weights tell something that no rule does, so that a reader may look again."""
    return tuple(
        Check("weighed", Verdict.UNKNOWN, Term(f.scope or "total", f.value, decided=True), ())
        for f in figures
        if f.weighed is not None or f.by_traits
    )
