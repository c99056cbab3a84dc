"""Elections: their latest totals, their tallies, what was stated about them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as InPath
from sqlalchemy.orm import Session

from accredwatch.api.answers import PAGED, Page, Whole, cut, page, whole
from accredwatch.api.asked import NoParameters, SeriesAsked, StatementsAsked, require_election
from accredwatch.api.context import OurContext
from storage import queries
from storage.answers import ElectionSummary, TimelineRow
from storage.tallies import Tally
from storage.tallies import tallies as tallies_of

router = APIRouter(tags=["elections"])

Key = Annotated[
    str,
    InPath(
        max_length=200,
        description="Key of the election, `<voting day>-<type>`.",
        examples=["2023-03-19-parliamentary"],
    ),
]


@router.get("/elections", response_model=Page[ElectionSummary], summary="Elections on record")
def elections(request: Request, context: OurContext, _: NoParameters) -> Response:
    """Every election that some report is about, the latest first, with its latest running totals; on one page."""
    with context.database.read() as session:
        found = queries.elections(session)
    return page(request, found, None)


@router.get("/elections/{key}", response_model=Whole[ElectionSummary], summary="One election")
def election(request: Request, context: OurContext, key: Key, _: NoParameters) -> Response:
    """One election with its latest running totals and its open disputes."""
    with context.database.read() as session:
        found = _election(session, key)
    return whole(request, found)


@router.get("/elections/{key}/tallies", response_model=Page[Tally], summary="How its totals grew")
def tallies(request: Request, context: OurContext, key: Key, asked: Annotated[SeriesAsked, Query()]) -> Response:
    """How the running totals grew: for each scope and status one series of steps of all sources together, and one of
    each source; on one page. A step holds until the next one."""
    with context.database.read() as session:
        require_election(session, key)
        found = tallies_of(session, key, scope=asked.scope, status=asked.status)
    return page(request, found, None)


@router.get(
    "/elections/{key}/statements",
    response_model=Page[TimelineRow],
    responses=PAGED,
    summary="What was stated about it",
)
def statements(request: Request, context: OurContext, key: Key, asked: Annotated[StatementsAsked, Query()]) -> Response:
    """Every statement about the election, by the day for which it holds and its publication, with what is to be thought
    of it: whether it repeats, is stale, or contradicts another one. A statement that is found later may stand before
    those that you have: ask from the beginning where that matters."""
    with context.database.read() as session:
        require_election(session, key)
        rows = queries.timeline(session, key, scope=asked.scope, status=asked.status)
    found, more = cut(rows[asked.after :], asked.limit)
    return page(request, found, asked.after + asked.limit if more else None)


def _election(session: Session, key: str) -> ElectionSummary:
    require_election(session, key)
    return queries.election(session, key)
