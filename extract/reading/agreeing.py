"""Totals and the parts that make them have one status and basis, whichever of them the words and the weights tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.model import Basis, Status
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.sums import counted

Label = tuple[Status, Basis]

_SUBTOTALS = 2


def label_of(figure: Mention) -> Label:
    """A figure's status and basis."""
    return figure.status or Status.ANNOUNCED, figure.basis or Basis.CUMULATIVE


def agree(figures: Sequence[Mention]) -> None:
    """Give a total, its subtotals and the senders' figures that make them one status and basis."""
    parts: dict[Mention, list[Mention]] = {}
    for figure in figures:
        if (whole := figure.whole) is not None:
            parts.setdefault(whole, []).append(figure)
    wholes = sorted((f for f in figures if f in parts and level(f.scope) < 2), key=lambda figure: level(figure.scope))
    for whole in wholes:
        if level(whole.scope) == 0:
            _be_as_all_leaves(whole, parts)
    for whole in wholes:
        _keep_with_its_whole(whole, [m for m in parts[whole] if not m.subset])
        if level(whole.scope) == 0:
            _agree_with_subtotals(whole, [m for m in parts[whole] if level(m.scope) == 1])


def _agree_with_subtotals(whole: Mention, parts: list[Mention]) -> None:
    """'They number 398: 322 of organizations, 76 of states': a total and the subtotals that make it have one state.

    That of the one whose words tell it; else that of those accredited.
    """
    states = {label_of(part) for part in parts}
    if len(parts) < _SUBTOTALS or sum(m.value for m in parts) != whole.value or len(states) > 1:
        return
    (theirs,), own = states, label_of(whole)
    if theirs == own or (theirs[0] is not Status.ACCREDITED and own[0] is not Status.ACCREDITED):
        return
    of_parts = whole.told_status is None and theirs[0] is Status.ACCREDITED
    for figure in [whole] if of_parts else parts:
        figure.status, figure.basis = figure.weighed = theirs if of_parts else own


def _be_as_all_leaves(root: Mention, parts: Mapping[Mention, list[Mention]]) -> None:
    """'The ministry submitted 61 nominations: 45 of organizations (22, 14, 9) ...', where weights change all senders'.

    Weights that change every sender's figure of a total are right about the total, too, unless it is told as a batch.
    """
    tree = _tree(root, parts)
    inner = {id(figure.whole) for figure in tree}
    leaves = [figure for figure in tree if id(figure) not in inner]
    labels = {label_of(leaf) for leaf in leaves if leaf.weighed is not None}
    accredited = {status for status, _ in labels} == {Status.ACCREDITED}
    if len(tree) == 1 or len(labels) != 1 or not accredited or any(leaf.weighed is None for leaf in leaves):
        return
    # 'ещё 58': what words call a batch is one, whatever the weights make of its list.
    kept = label_of(root) if root.told_basis is Basis.NEW and root.status is Status.ACCREDITED else None
    for figure in tree:
        if label_of(figure) != (label := kept or next(iter(labels))):
            figure.status, figure.basis = figure.weighed = label


def _tree(root: Mention, parts: Mapping[Mention, list[Mention]]) -> list[Mention]:
    """A figure, the parts that make it, and theirs."""
    own = [m for m in parts.get(root, ()) if not m.subset]
    if not own or sum(map(counted, own)) != root.value:
        return [root]
    return [root, *(figure for part in own for figure in _tree(part, parts))]


def _keep_with_its_whole(whole: Mention, parts: list[Mention]) -> None:
    """'36 аккредитованы. 22 из них – от СНГ, остальные 14 предложены парламентами': parts that make it, as it is.

    Proposals that make an accredited total are accredited; those that make a total of proposals have its basis.
    """
    if sum(map(counted, parts)) != whole.value:
        return
    told = whole
    while told.by_sum and told.whole is not None:
        told = told.whole
    if whole.status is Status.PROPOSED and told.told_basis is whole.basis:
        for part in parts:
            part.basis = whole.basis if part.status is Status.PROPOSED else part.basis
    if whole.status is not Status.ACCREDITED:
        return
    apart = any(m.weighed is None for m in parts) and any(m.weighed is not None for m in parts)
    for part in parts:
        if Status.PROPOSED in {part.status, part.told_status} or part.status is Status.ANNOUNCED:
            part.status, part.basis = part.weighed = label_of(whole)
    bases = {part.basis for part in parts}
    apart = apart or (len(bases) == 1 and bases != {whole.basis} and all(p.status is whole.status for p in parts))
    for part in parts if apart else ():
        if part.status is whole.status and (whole.weighed is not None or part.weighed is not None):
            part.basis = whole.basis
            part.weighed = label_of(part)
