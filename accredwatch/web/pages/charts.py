"""The charts as files: for viewers without scripts, for print, and for whoever wants to show them elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response

from accredwatch.charts.chart import Chart
from accredwatch.charts.comparison import comparison_of
from accredwatch.charts.election import chart_of
from accredwatch.charts.palette import Scheme
from accredwatch.charts.picture import LARGEST, SMALLEST, Kind, Size
from accredwatch.web.context import Context, ask
from accredwatch.web.elections import today
from accredwatch.web.pages.compare import Keys, chosen_keys
from storage import queries

router = APIRouter()

_TYPES = {Kind.SVG: "image/svg+xml", Kind.PNG: "image/png"}
_CONTENT_SECURITY_POLICY = "; ".join(  # noqa: FLY002 - one rule a line
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "sandbox",
    )
)
"""Of a chart that is opened by itself: an SVG carries its styles in itself, and nothing else."""

_USUAL = Size()
Pixels = Annotated[int, Query(ge=SMALLEST, le=LARGEST)]
Suffix = Literal["svg", "png"]


@dataclass(frozen=True, slots=True)
class Look:
    """How large, and on which paper."""

    size: Size
    scheme: Scheme


def look(width: Pixels = _USUAL.width, height: Pixels = _USUAL.height, scheme: Scheme = Scheme.LIGHT) -> Look:
    """What the address says of a chart's look; a FastAPI dependency."""
    return Look(Size(width, height), scheme)


Asked = Annotated[Look, Depends(look)]


@router.get("/elections/{key}/chart.{suffix}")
def election_chart(
    context: Annotated[Context, Depends(ask)],
    key: str,
    suffix: Suffix,
    asked: Asked,
) -> Response:
    """How the numbers of an election grew."""
    with context.database.read() as session:
        chart = chart_of(session, key, context.names, today(context))
    return _as_file(chart, Kind(suffix), asked)


@router.get("/compare/chart.{suffix}")
def comparison_chart(
    context: Annotated[Context, Depends(ask)],
    suffix: Suffix,
    asked: Asked,
    keys: Keys = [],  # noqa: B006 - never changed
) -> Response:
    """Several elections by days before the vote."""
    with context.database.read() as session:
        chosen = chosen_keys(queries.elections(session), keys)
        chart = comparison_of(session, chosen, context.names, today(context))
    return _as_file(chart, Kind(suffix), asked)


def _as_file(chart: Chart, kind: Kind, asked: Look) -> Response:
    headers = {"Content-Security-Policy": _CONTENT_SECURITY_POLICY} if kind is Kind.SVG else {}
    return Response(_drawn(chart, kind, asked), media_type=_TYPES[kind], headers=headers)


@lru_cache(maxsize=64)
def _drawn(chart: Chart, kind: Kind, asked: Look) -> bytes:
    """Drawing takes half a second, and most charts are asked for again before anything changes."""
    from accredwatch.charts.drawing import draw  # noqa: PLC0415 - the first picture waits for matplotlib, not the page

    return draw(chart, kind, size=asked.size, scheme=asked.scheme)
