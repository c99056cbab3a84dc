"""A chart as SVG or PNG, drawn by matplotlib: the same bytes for the same chart."""

from __future__ import annotations

from io import BytesIO
from threading import Lock
from typing import Any

import matplotlib as mpl
import matplotlib.dates
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from accredwatch.charts.chart import EPOCH, Axis, Chart, Curve, Shape, day_of
from accredwatch.charts.palette import PALETTES, Palette, Scheme, color, dashes, places
from accredwatch.charts.picture import Kind, Size

_USUAL = Size()
_DPI = 100
_SHARPNESS = 2
"""Dots of a PNG for each of its points, so that it is sharp in print and on small screens."""
_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "accredwatch",
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.unicode_minus": True,
    "path.simplify": False,
    "text.parse_math": False,  # a dollar sign in a name begins no formula
}
_dates: Any = matplotlib.dates  # it has no types
_one_at_a_time = Lock()
"""Matplotlib's settings belong to the process, and requests are answered by several threads."""


def draw(chart: Chart, kind: Kind, *, size: Size = _USUAL, scheme: Scheme = Scheme.LIGHT) -> bytes:
    """The chart as a file of that kind."""
    file = BytesIO()
    with _one_at_a_time, mpl.rc_context(_STYLE):
        figure = Figure(figsize=(size.width / _DPI, size.height / _DPI), dpi=_DPI, layout="constrained")
        FigureCanvasAgg(figure)
        _fill(figure, chart, PALETTES[scheme])
        metadata: dict[str, Any] = {"Software": None} if kind is Kind.PNG else {"Date": None, "Creator": "accredwatch"}
        figure.savefig(
            file,
            format=kind.value,
            dpi=_DPI * _SHARPNESS if kind is Kind.PNG else _DPI,
            facecolor=PALETTES[scheme].paper,
            metadata=metadata,
        )
    return file.getvalue()


def _fill(figure: Figure, chart: Chart, palette: Palette) -> None:
    axes = figure.add_subplot()
    for curve, place in zip(chart.curves, places(chart.curves), strict=True):
        if curve.points:
            _draw_curve(axes, chart, curve, color(palette, curve, place), dashes(curve, place))
    if chart.disputed:
        xs, ys = [_x(chart, p.at) for p in chart.disputed], [p.value for p in chart.disputed]
        axes.plot(xs, ys, "D", ms=8, mfc="none", mec=palette.dispute, mew=1.8, label="in dispute", zorder=6)
    if chart.vote is not None and chart.last is not None:
        axes.axvline(_x(chart, chart.vote), color=palette.muted, lw=1, ls=(0, (4, 3)), zorder=1)
        axes.annotate(
            "vote", (_x(chart, chart.vote), 1), xycoords=("data", "axes fraction"), xytext=(0, 2),
            textcoords="offset points", ha="center", va="bottom", color=palette.muted, fontsize=9,
        )  # fmt: skip
    _dress(figure, axes, chart, palette)


def _draw_curve(axes: Axes, chart: Chart, curve: Curve, paint: str, broken: tuple[int, ...]) -> None:
    xs, ys = [_x(chart, p.at) for p in curve.points], [p.value for p in curve.points]
    name = curve.name.lstrip("_")  # matplotlib leaves names that begin so out of the legend
    if curve.shape.bars:
        fill = "none" if curve.shape.hollow else paint
        axes.bar(xs, ys, width=0.7, facecolor=fill, edgecolor=paint, lw=1.2, label=name, zorder=2)
        return
    thin = curve.shape is Shape.SOURCE
    style: Any = (0, broken) if broken else "solid"
    until = _x(chart, curve.points[-1].at if curve.until is None else curve.until)
    axes.plot([*xs, until], [*ys, ys[-1]], drawstyle="steps-post", color=paint, ls=style, lw=1.6 if thin else 2.4,
              label=name, zorder=3 if thin else 4)  # fmt: skip
    exact = [(x, y) for x, y, p in zip(xs, ys, curve.points, strict=True) if not p.approx]
    loose = [(x, y) for x, y, p in zip(xs, ys, curve.points, strict=True) if p.approx]
    for spots, face in ((exact, paint), (loose, "none")):
        if spots:
            axes.plot(*zip(*spots, strict=True), "o", ms=4.5, mfc=face, mec=paint, zorder=5)
    if curve.shape is Shape.TOTAL:
        _tell_last(axes, until, ys[-1], paint)


def _tell_last(axes: Axes, x: float, value: int, paint: str) -> None:
    axes.annotate(
        f"{value:,}", (x, value), xytext=(0, 7), textcoords="offset points", ha="right", color=paint, weight="bold"
    )


def _dress(figure: Figure, axes: Axes, chart: Chart, palette: Palette) -> None:
    axes.set_facecolor(palette.paper)
    axes.set_axisbelow(True)
    axes.grid(axis="y", color=palette.grid, lw=0.8)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(palette.muted)
    axes.tick_params(colors=palette.muted, length=3)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=7))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}".replace("-", "−")))
    axes.margins(y=0.1)
    if all(point.value >= 0 for curve in chart.curves for point in curve.points):
        axes.set_ylim(bottom=0)
    axes.set_ylabel("observers", color=palette.muted)
    _set_days(axes, chart, palette)
    axes.set_title(chart.title, loc="left", color=palette.ink, fontsize=13, weight="bold", pad=12, wrap=True)
    if any(curve.points for curve in chart.curves):
        axes.legend(loc="upper left", frameon=False, labelcolor=palette.ink, fontsize=9)
    else:
        nothing = "no running total is on record"
        axes.text(0.5, 0.5, nothing, transform=axes.transAxes, ha="center", color=palette.muted)
    if chart.source_line:
        figure.supxlabel(chart.source_line, x=0.01, ha="left", fontsize=8, color=palette.muted)


def _set_days(axes: Axes, chart: Chart, palette: Palette) -> None:
    if chart.axis is Axis.BEFORE:
        axes.set_xlabel("days before the vote", color=palette.muted)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=9))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):.0f}"))
        return
    axes.set_xlabel("day for which the number holds", color=palette.muted)
    if chart.last is None:
        axes.set_xticks([])
        return
    axes.xaxis.set_major_locator(_dates.AutoDateLocator(minticks=3, maxticks=9))
    axes.xaxis.set_major_formatter(FuncFormatter(_day_of_tick))


def _day_of_tick(value: float, _position: object) -> str:
    day = day_of(round(value) + EPOCH)
    return f"{day.day} {day:%b}"


def _x(chart: Chart, at: int) -> float:
    return float(at - EPOCH) if chart.axis is Axis.DAYS else float(at)
