"""What a chart shows: plain values that know nothing of drawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

EPOCH = 719163
"""1 January 1970 as `date.toordinal` counts it; drawing programs count days and seconds from it."""


class Axis(StrEnum):
    """What the horizontal axis counts."""

    DAYS = "days"
    """Days of the calendar."""
    BEFORE = "before"
    """Days to the vote: -30 is thirty days before it, 0 the voting day."""


class Shape(StrEnum):
    """What a curve is; each has a form and a colour of its own."""

    TOTAL = "total"
    """Accredited running totals of all sources together, as steps."""
    SOURCE = "source"
    """What one source says, where it differs."""
    PROPOSED = "proposed"
    """Proposed running totals, as steps."""
    ANNOUNCED = "announced"
    """Announced running totals, as steps."""
    BATCH = "batch"
    """Accredited batches, as bars."""
    PROPOSAL = "proposal"
    """Batches that are proposed, as hollow bars."""
    WITHDRAWN = "withdrawn"
    """Observers withdrawn, as bars that hang down."""
    ELECTION = "election"
    """One election of several, as steps."""

    @property
    def bars(self) -> bool:
        """Whether it is bars; else it is steps."""
        return self in {Shape.BATCH, Shape.PROPOSAL, Shape.WITHDRAWN}

    @property
    def hollow(self) -> bool:
        """Whether bars are outlines alone: they stand for what is not accredited."""
        return self is Shape.PROPOSAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A number and where it stands."""

    at: int
    """The day as `date.toordinal` counts it, or days to the vote, as the chart's axis says."""
    value: int
    approx: bool = False
    """The text says 'over', 'about' or 'nearly'."""
    report: int | None = None
    """Id of the report that states it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A named row of points, in order."""

    name: str
    shape: Shape
    points: tuple[Point, ...]
    until: int | None = None
    """How far steps go on; None for as far as the last point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Everything that is drawn."""

    title: str
    axis: Axis
    curves: tuple[Curve, ...]
    vote: int | None
    """Where the voting day stands."""
    disputed: tuple[Point, ...] = ()
    """Totals that an open dispute is on."""
    source_line: str = ""
    """Who says so."""

    @property
    def last(self) -> int | None:
        """The last place where something is stated; None of an empty chart."""
        return max((point.at for curve in self.curves for point in curve.points), default=None)

    @property
    def in_words(self) -> str:
        """The chart for somebody who does not see it: how each line of totals begins and ends."""
        lines = [curve for curve in self.curves if curve.points and not curve.shape.bars]
        said = [f"{c.name}: {c.points[0].value:,} to {c.points[-1].value:,}" for c in lines]
        return f"{self.title}. {'; '.join(said) or 'No running total is on record'}."


def day_of(at: int) -> date:
    """The day at a place of an axis of days."""
    return date.fromordinal(at)
