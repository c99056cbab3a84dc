"""A second opinion on status and basis: what the traits of figures in articles read by hand teach.

The rules tell a status by a word in the figure's clause, or else by what is around: the whole, the sentence before, the
title. Of the second kind some are wrong. Here every label has a weight for every trait; their sum speaks for it. Rules
keep the last word unless the sum speaks clearly against them, the more clearly the more surely they know; the figures
of one whole are heard together. `data/weights.json` is made by `python -m bench.quality.teach`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from extract.model import Basis, Check, Status, Term, Verdict
from extract.reading.agreeing import Label, agree, label_of
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.scan import Sentence
from extract.reading.statements import Statements
from extract.reading.traits import root_of, traits_of
from extract.reading.weights import Weights, known_weights

_RULES = 225
"""How much the rules' status, and their basis, count by themselves, in hundredths."""
_BY_WORDS = 300
"""How much more, where a word of the figure's own clause tells it."""
_BY_SUM = 200
"""And where a sum does."""
_SEVERAL = 2
_BATCH = (Status.ACCREDITED, Basis.NEW)
_RUNNING = 200
"""How much more the rules' word on the largest accredited total counts, and on the parts that make it."""


def _label(name: Sequence[str]) -> Label:
    status, basis = name
    return Status(status), Basis(basis)


def weights_of_states() -> Weights[Label]:
    """The weights for each status and basis that come with the program."""
    return known_weights("state", _label)


def weigh(figures: Sequence[Mention], found: Statements, told: Mapping[str, Weights[Any]] | None = None) -> None:
    """Change status and basis of figures where their traits speak clearly against what the rules say.

    `told` are other weights than those that come with the program. Media people and local observers are left alone.
    """
    weights = weights_of_states() if told is None else told["state"]
    traits = traits_of(figures, found.scan)
    known: dict[int, int] = {}
    families: dict[tuple[int, Label], list[list[int]]] = {}
    summed, earlier = _make_a_sum(figures)
    running = _running_total(figures)
    heard = []
    for figure, seen in zip(figures, traits, strict=True):
        by_sum = figure.decided is not None or figure in summed
        said = _heard(figure, weights, weights.total(seen, known), by_sum=by_sum, earlier=figure in earlier)
        if running is not None and _makes(figure, running):
            for at, label in enumerate(weights.labels):
                said[at] += _RUNNING if label == label_of(figure) else 0
        heard.append(said)
    for figure, own in zip(figures, heard, strict=True):
        families.setdefault(_family(figure), []).append(own)
    for figure, own in zip(figures, heard, strict=True):
        family = families[_family(figure)]
        of_all = map(sum, zip(*family, strict=True))
        speaks = [mine + together / len(family) for mine, together in zip(own, of_all, strict=True)]
        best = _as_told(figure, weights.labels[speaks.index(max(speaks))], found.scan.sentences)
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


def _running_total(figures: Sequence[Mention]) -> Mention | None:
    """The largest accredited total where rules take it for the running one: hardly a text tells of batches alone."""
    totals = [f for f in figures if level(f.scope) == 0 and f.status is Status.ACCREDITED and f.noun != "journalist"]
    largest = max(totals, key=lambda figure: figure.value, default=None)
    return largest if largest is not None and largest.basis is Basis.CUMULATIVE else None


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


def _make_a_sum(figures: Sequence[Mention]) -> tuple[set[Mention], set[Mention]]:
    """An earlier total, a batch, and the total that they make, where the rules tell them so; of these the earlier ones.

    The sum says it, too, but for the earlier total: that may as well be the batch of an earlier meeting, unless its own
    sentence tells that the batch comes on top ('To the 148 registered another 12 were added').
    """
    totals = [f for f in figures if level(f.scope) == 0 and f.status is Status.ACCREDITED and f.noun != "journalist"]
    running = [f for f in totals if f.basis is Basis.CUMULATIVE]
    batches = [f for f in totals if f.basis is Basis.NEW]
    sums = [(a, b, c) for a, b in product(running, batches) for c in running if a.value + b.value == c.value]
    return {figure for found in sums for figure in found}, {
        earlier for earlier, batch, _ in sums if not (batch.more and batch.sentence == earlier.sentence)
    }


def _heard(figure: Mention, told: Weights[Label], said: list[int], *, by_sum: bool, earlier: bool) -> list[int]:
    """What the traits say for each label, and the rules for theirs; `by_sum` where a sum bears these out.

    `earlier` where a sum alone may have made an earlier total of a batch.
    """
    status, basis = label_of(figure)
    sure = _RULES + (_BY_SUM if by_sum else 0)
    for_status = sure + (_BY_WORDS if figure.told_status is status else 0)
    for_basis = (0 if earlier else sure) + (_BY_WORDS if figure.told_basis is basis else 0)
    for at, (of_status, of_basis) in enumerate(told.labels):
        said[at] += (for_status if of_status is status else 0) + (for_basis if of_basis is basis else 0)
    return said


def _family(figure: Mention) -> tuple[int, Label]:
    """The widest whole that has the figure's status, and what the rules say of the figure."""
    root = root_of(figure)
    return id(root), label_of(figure)


def weighed_checks(figures: Iterable[Mention]) -> tuple[Check, ...]:
    """The figures of which weights tell something that no rule does, so that a reader may look again."""
    return tuple(
        Check("weighed", Verdict.UNKNOWN, Term(f.scope or "total", f.value, decided=True), ())
        for f in figures
        if f.weighed is not None or f.by_traits
    )
