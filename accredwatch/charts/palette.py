"""The colours and forms of the charts, for light and dark paper; the page's script takes the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from accredwatch.charts.chart import Curve, Shape


class Scheme(StrEnum):
    """The paper that a chart is drawn on."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one scheme."""

    paper: str
    ink: str
    muted: str
    grid: str
    dispute: str
    shapes: dict[Shape, str]
    row: tuple[str, ...]
    """Told apart by lightness too, for those that are told apart by colour alone: sources, elections."""


PALETTES = {
    Scheme.LIGHT: Palette(
        paper="#ffffff",
        ink="#16222c",
        muted="#54626e",
        grid="#e4e0d6",
        dispute="#9f2328",
        shapes={
            Shape.TOTAL: "#0b5f6a",
            Shape.PROPOSED: "#5a3f91",
            Shape.ANNOUNCED: "#6b7680",
            Shape.BATCH: "#7fc4cd",
            Shape.PROPOSAL: "#5a3f91",
            Shape.WITHDRAWN: "#c98a1b",
        },
        row=("#0b5f6a", "#b0561a", "#5a3f91", "#3d8b3d", "#a3195b", "#5d6b1f"),
    ),
    Scheme.DARK: Palette(
        paper="#162029",
        ink="#e7edf1",
        muted="#a3b1bd",
        grid="#2c3a46",
        dispute="#ff9e97",
        shapes={
            Shape.TOTAL: "#74cbd4",
            Shape.PROPOSED: "#c3adf2",
            Shape.ANNOUNCED: "#8b99a5",
            Shape.BATCH: "#2b7480",
            Shape.PROPOSAL: "#c3adf2",
            Shape.WITHDRAWN: "#ecc06a",
        },
        row=("#74cbd4", "#f0a36b", "#c3adf2", "#8fd48f", "#f08bbb", "#c9d67a"),
    ),
}

DASHES = ((), (7, 3), (2, 2), (9, 3, 2, 3), (5, 2), (1, 2))
"""Lengths of line and gap, in points; curves of a row differ by them as well as by colour."""


def color(palette: Palette, curve: Curve, place: int) -> str:
    """The colour of a curve, the `place`-th (from 0) of those of its shape."""
    if curve.shape is Shape.ELECTION:
        return palette.row[place % len(palette.row)]
    if curve.shape is Shape.SOURCE:
        return palette.row[1 + place % (len(palette.row) - 1)]
    return palette.shapes[curve.shape]


def dashes(curve: Curve, place: int) -> tuple[int, ...]:
    """How the line of a curve is broken."""
    if curve.shape is Shape.ELECTION:
        return DASHES[place % len(DASHES)]
    if curve.shape is Shape.SOURCE:
        return DASHES[1 + place % (len(DASHES) - 1)]
    return DASHES[2] if curve.shape in {Shape.PROPOSED, Shape.ANNOUNCED} else ()


def places(curves: tuple[Curve, ...]) -> tuple[int, ...]:
    """For each curve how many of its shape stand before it."""
    return tuple(sum(c.shape is curve.shape for c in curves[:n]) for n, curve in enumerate(curves))
