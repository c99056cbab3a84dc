"""The figure that an alert carries."""

from __future__ import annotations

from extract.model import Approx, Basis, Status
from extract.reading.mentions import Mention

_ROUGHLY = 0.85
"""Share of 'some N' or 'almost N' that an exact number of the same is at least."""
_TWO = 2
"""Terms that a sum has at least."""


def chosen_main(figures: list[Mention]) -> Mention | None:
    """The figure of an alert: accredited running total, else accredited batch, else the main other accredited one."""
    accredited = [m for m in figures if m.status is Status.ACCREDITED and m.scope != "journalists"]
    totals = [m for m in accredited if (m.scope or "total") == "total"]
    running = [m for m in totals if m.basis is Basis.CUMULATIVE]
    for group in (running, totals):
        if group:
            # 'More than 200 by today; 149 before': an exact number below the bound is an earlier one.
            bound = max((_least(m) for m in group), default=0)
            exact = [m for m in group if m.number.approx is None and m.value >= bound] or group
            return _after_withdrawal(exact, figures) or max(exact, key=lambda m: m.value)
    abroad = [m for m in accredited if m.scope not in {"domestic", "domestic_organizations"}]
    largest = max(abroad or accredited, key=lambda m: (m.whole is None, m.value), default=None)
    if largest is not None and largest.noun == "association":
        return _of_both_levels(
            [m for m in accredited if m.scope == largest.scope and (m.whole is None) == (largest.whole is None)]
        )
    return largest


def _of_both_levels(associations: list[Mention]) -> Mention:
    """'The central commission let in 14, regional ones 186, together 200': their sum, else those named first."""
    values = [m.value for m in associations]
    summed = len(values) > _TWO and sum(values) == 2 * max(values)
    return max(associations, key=lambda m: m.value) if summed else associations[0]


def _least(figure: Mention) -> float:
    """What an exact number must be at least that a rounded one may stand for: 'some 627, up from 74' is none of 74."""
    if figure.number.approx is None:
        return 0
    return figure.value * (1 if figure.number.approx is Approx.OVER else _ROUGHLY)


def _after_withdrawal(running: list[Mention], figures: list[Mention]) -> Mention | None:
    """'630 instead of 641' after eleven were recalled: the smaller total is the present one."""
    largest = max(running, key=lambda m: m.value)
    withdrawn = [m.value for m in figures if m.status is Status.WITHDRAWN]
    return next((m for m in running if largest.value - m.value in withdrawn), None)


def main_of_all(figures: list[Mention]) -> Mention | None:
    """The headline figure, or where nothing is accredited the main proposed one."""
    main = chosen_main(figures)
    if main is not None:
        return main
    proposed = [m for m in figures if m.status is Status.PROPOSED and m.scope != "journalists"]
    return max(proposed, key=lambda m: ((m.scope or "total") == "total", m.value), default=None)
