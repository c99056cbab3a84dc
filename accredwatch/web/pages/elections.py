"""The elections on record, and how the numbers of one of them grew."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from accredwatch.charts.election import chart_of
from accredwatch.charts.interactive import plot
from accredwatch.web.context import Context, ask
from accredwatch.web.elections import on_record, today
from accredwatch.web.templating import page
from storage import queries
from storage.accounts import TOTAL
from storage.answers import TimelineRow

router = APIRouter()


@router.get("/elections")
def elections(request: Request, context: Annotated[Context, Depends(ask)]) -> Response:
    """Every election on record, the latest first."""
    with context.database.read() as session:
        found, current = on_record(session, context)
    return page(request, "elections.html", elections=found, current=current)


@router.get("/timeline")
def current_timeline(request: Request, context: Annotated[Context, Depends(ask)]) -> Response:
    """The timeline of the current election."""
    with context.database.read() as session:
        _, current = on_record(session, context)
    if current is None:
        return page(request, "elections.html", elections=(), current=None)
    return RedirectResponse(f"/elections/{current.election.key}")


@router.get("/elections/{key}")
def election(
    request: Request,
    context: Annotated[Context, Depends(ask)],
    key: str,
    every: Annotated[bool, Query(description="Parts and subtotals too, not only totals and main figures.")] = False,
) -> Response:
    """How the numbers of an election grew, with every statement. Unknown keys are answered 404."""
    with context.database.read() as session:
        summary = queries.election(session, key)
        rows = queries.timeline(session, key)
        chart = chart_of(session, key, context.names, today(context))
        known = queries.elections(session)
    shown = rows if every else tuple(row for row in rows if _is_main(row))
    return page(
        request,
        "timeline.html",
        election=summary,
        elections=known,
        rows=shown,
        left_out=len(rows) - len(shown),
        every=every,
        chart=chart,
        plot=plot(chart),
    )


def _is_main(row: TimelineRow) -> bool:
    return row.headline or row.figure.scope == TOTAL
