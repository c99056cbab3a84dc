"""Earlier total + new batch - withdrawn = total: what that tells of terms of which the words tell something else.

'182 had been accredited prior to the session. The ministry submitted the documents of another 48 ... Three recalled
theirs. As a result there are 227'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from extract.model import Basis, Status
from extract.reading.agreeing import label_of
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.sums import counted
from extract.reading.traits import root_of

_MOST_TOTALS = 12
"""Of a text, so that one made to be slow has no more sums than an article."""


def tell_by_ledger(figures: Sequence[Mention]) -> None:
    """Let proposals be accredited that a total contains, an earlier total run, and that with parts be new."""
    _add_up(figures)
    totals = [f for f in figures if level(f.scope) == 0 and f.noun != "journalist" and f.status is not Status.ANNOUNCED]
    if len(totals) > _MOST_TOTALS:
        return
    for earlier, batch, total in _sums(totals, _withdrawn(figures)):
        if batch.status is Status.PROPOSED and batch.basis is Basis.NEW and total.position > batch.position:
            _set(batch, Basis.NEW, figures)
        alike = earlier.basis is batch.basis and batch.status is Status.ACCREDITED
        if alike and _has_parts(batch, figures) and not _has_parts(earlier, figures):
            if batch.basis is Basis.NEW:
                _set(earlier, Basis.CUMULATIVE, figures)
            else:
                _set(batch, Basis.NEW, figures)


def _add_up(figures: Sequence[Mention]) -> None:
    """'57 more were accredited. Before there were 84; with these candidates, it is 141': they are accredited, too."""
    if Status.PROPOSED not in {figure.status for figure in figures}:
        return
    totals = [f for f in figures if level(f.scope) == 0 and f.noun != "journalist"]
    accredited = [f for f in totals if f.status is Status.ACCREDITED]
    batches = {f.value for f in accredited if f.basis is Basis.NEW}
    earlier = {f.value for f in accredited if f.basis is Basis.CUMULATIVE}
    for figure in totals:
        if label_of(figure) == (Status.PROPOSED, Basis.CUMULATIVE) and any(
            figure.value - b in earlier for b in batches
        ):
            figure.status, figure.basis = figure.weighed = Status.ACCREDITED, Basis.CUMULATIVE


def _withdrawn(figures: Sequence[Mention]) -> set[int]:
    """How many may have been struck off: nobody, those of each total, those of all senders together."""
    recalled = [f for f in figures if f.status is Status.WITHDRAWN]
    of_senders = sum(counted(f) for f in recalled if level(f.scope) == 2)
    return {0, of_senders, *(f.value for f in recalled if level(f.scope) == 0)}


def _sums(totals: Sequence[Mention], withdrawn: set[int]) -> Iterator[tuple[Mention, Mention, Mention]]:
    """(earlier total, batch, total) of accredited observers; whether the batch is so, the sum tells."""
    for earlier, batch, total in permutations(totals, 3):
        if earlier.status is not Status.ACCREDITED or label_of(total) != (Status.ACCREDITED, Basis.CUMULATIVE):
            continue
        if total.value > max(earlier.value, batch.value) and earlier.value + batch.value - total.value in withdrawn:
            yield earlier, batch, total


def _has_parts(total: Mention, figures: Sequence[Mention]) -> bool:
    return any(f is not total and root_of(f) is total for f in figures)


def _set(total: Mention, basis: Basis, figures: Sequence[Mention]) -> None:
    """Let a total and the parts that are told like it be accredited, on this basis."""
    label = (total.status, total.basis)
    for figure in [f for f in figures if (f.status, f.basis) == label and root_of(f) is total]:
        figure.status, figure.basis = figure.weighed = Status.ACCREDITED, basis
