"""Elections side by side, aligned by days before the vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session

from accredwatch.charts.chart import Chart, Point
from accredwatch.charts.comparison import comparison_of
from accredwatch.charts.interactive import plot
from accredwatch.web.context import Context, ask
from accredwatch.web.elections import today
from accredwatch.web.templating import page
from storage import queries
from storage.answers import ElectionSummary

router = APIRouter()
USUAL = 3
"""How many elections are compared where nobody says which: the latest ones."""
MOST = 6
"""As many as can be told apart."""
MILESTONES = (60, 45, 30, 21, 14, 7, 3, 0)
"""Days before the vote."""

Keys = Annotated[list[str], Query(alias="e", description="Key of an election; give several.", max_length=MOST)]


@dataclass(frozen=True, slots=True)
class Course:
    """What was accredited at each milestone."""

    election: ElectionSummary
    values: tuple[Point | None, ...]
    """None before the first total, and for days that are still to come."""


@router.get("/compare")
def compare(request: Request, context: Annotated[Context, Depends(ask)], keys: Keys = []) -> Response:  # noqa: B006 - never changed
    """Several elections by days before the vote; the latest ones if none is named."""
    with context.database.read() as session:
        known = queries.elections(session)
        chosen = chosen_keys(known, keys)
        chart = comparison_of(session, chosen, context.names, today(context))
        courses = _courses(session, chosen, chart)
    return page(
        request,
        "compare.html",
        elections=known,
        chosen=chosen,
        chart=chart,
        plot=plot(chart),
        milestones=MILESTONES,
        courses=courses,
    )


def chosen_keys(known: Sequence[ElectionSummary], keys: Sequence[str]) -> list[str]:
    """The elections to compare, each once: those named, else the latest ones on record."""
    return list(dict.fromkeys(keys)) or [one.election.key for one in known[:USUAL]]


def _courses(session: Session, chosen: Sequence[str], chart: Chart) -> list[Course]:
    courses = []
    for key, curve in zip(chosen, chart.curves, strict=True):
        values = []
        for days in MILESTONES:
            stood = [p for p in curve.points if p.at <= -days]
            is_known = curve.until is not None and curve.until >= -days
            values.append(stood[-1] if stood and is_known else None)
        courses.append(Course(queries.election(session, key), tuple(values)))
    return courses
