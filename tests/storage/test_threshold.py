"""Small steps of a number, and when they are told."""

from __future__ import annotations

from datetime import date

import pytest

from extract.model import Basis, Status
from storage.threshold import Step, below, moved
from storage.views import Change, Statement
from storage.vocabulary import ChangeKind
from tests.storage.campaign import KEY

DAY = date(2023, 3, 13)


def change(
    kind: ChangeKind, value: int, basis: Basis = Basis.CUMULATIVE, scope: str = "total", status: Status | None = None
) -> Change:
    said = status or (Status.WITHDRAWN if kind is ChangeKind.WITHDRAWN else Status.ACCREDITED)
    figure = Statement(
        scope=scope, status=said, basis=basis, value=value, day=DAY, source="kazinform", report=1
    )  # fmt: skip
    return Change(kind=kind, election=KEY, status=said, day=DAY, figure=figure)


def total(value: int, scope: str = "total") -> Change:
    return change(ChangeKind.NEW_TOTAL, value, scope=scope)


def batch(value: int) -> Change:
    return change(ChangeKind.NEW_BATCH, value, Basis.NEW)


def withdrawn(value: int) -> Change:
    return change(ChangeKind.WITHDRAWN, value, Basis.NEW)


TOLD, UNTOLD = True, False


@pytest.mark.parametrize(
    ("history", "new", "by"),
    [
        ([], total(100), None),
        ([(total(100), UNTOLD)], total(101), None),
        ([(total(100), TOLD)], total(104), 4),
        ([(total(100), TOLD)], total(94), 6),
        ([(total(100), TOLD), (total(104), UNTOLD)], total(108), 8),
        ([(total(100), TOLD), (total(108), TOLD)], total(109), 1),
        ([(total(100), TOLD), (batch(4), UNTOLD)], batch(4), 8),
        ([(total(100), TOLD), (batch(4), UNTOLD)], total(104), 4),
        ([(total(100), TOLD), (batch(30), TOLD)], total(130), 0),
        ([(batch(20), TOLD)], batch(5), 5),
        ([(batch(20), TOLD)], total(62), None),
        ([(total(100), TOLD)], total(5, scope="country:FI"), None),
        ([(total(100), TOLD)], withdrawn(2), None),
        ([(withdrawn(2), TOLD), (withdrawn(3), UNTOLD)], withdrawn(4), 7),
        ([(total(100), TOLD), (change(ChangeKind.CORRECTED, 120), TOLD)], total(125), 5),
        ([(total(100), TOLD), (change(ChangeKind.CONFLICT, 150), TOLD)], total(151), 51),
    ],
)
def test_a_number_moves_since_it_was_last_told(history: list[tuple[Change, bool]], new: Change, by: int | None) -> None:
    assert moved(new, [Step(one, told) for one, told in history]) == by


def test_only_numbers_can_be_too_small() -> None:
    history = [Step(total(100), TOLD)]
    assert below(total(109), 10, history) == 9
    assert below(total(110), 10, history) is None
    assert below(total(100), 0, history) is None
    for kind in set(ChangeKind) - {
        ChangeKind.NEW_TOTAL, ChangeKind.NEW_BATCH, ChangeKind.NEW_PART, ChangeKind.WITHDRAWN,
    }:  # fmt: skip
        assert below(change(kind, 101), 10, history) is None
