"""A chart as the page's script draws it: columns of numbers, and how each curve looks."""

from __future__ import annotations

from accredwatch.charts.chart import EPOCH, Axis, Chart, Curve, Shape
from accredwatch.charts.palette import PALETTES, Scheme, color, dashes, places

_SECONDS = 24 * 3600


def plot(chart: Chart) -> dict[str, object]:
    """What /static/chart.js draws: `x` (seconds since 1970 in UTC, or days to the vote), a column a curve."""
    ends = {at for at in (chart.vote, *(c.until for c in chart.curves)) if at is not None}
    xs = sorted({p.at for c in chart.curves for p in c.points} | ends)
    curves = [_curve(curve, place, xs) for curve, place in zip(chart.curves, places(chart.curves), strict=True)]
    return {
        "axis": chart.axis.value,
        "title": chart.title,
        "x": [_x(chart, at) for at in xs],
        "curves": curves,
        "vote": None if chart.vote is None else _x(chart, chart.vote),
        "disputed": [[_x(chart, p.at), p.value] for p in chart.disputed],
    }


def _curve(curve: Curve, place: int, xs: list[int]) -> dict[str, object]:
    values: dict[int, int] = {}
    for point in curve.points:
        # Of several totals on a day the last one stands; bars of a day are stacked.
        values[point.at] = values.get(point.at, 0) + point.value if curve.shape.bars else point.value
    # Of a day with several totals it is the last one that is shown, and may be exact.
    last = {point.at: point for point in curve.points if not curve.shape.bars}
    loose = {at for at, point in last.items() if point.approx}
    stated = [place for place, at in enumerate(xs) if at in values]
    if curve.points and curve.until is not None:
        values.setdefault(curve.until, curve.points[-1].value)
    return {
        "name": curve.name,
        "shape": "bars" if curve.shape.bars else "steps",
        "hollow": curve.shape.hollow,
        "thin": curve.shape is Shape.SOURCE,
        "colors": {scheme.value: color(PALETTES[scheme], curve, place) for scheme in Scheme},
        "dashes": dashes(curve, place),
        "values": [values.get(at) for at in xs],
        "stated": stated,
        "loose": [place for place, at in enumerate(xs) if at in loose],
    }


def _x(chart: Chart, at: int) -> int:
    return (at - EPOCH) * _SECONDS if chart.axis is Axis.DAYS else at
