"""Changes of what is known, disputes between sources, and the alerts that tell of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from accredwatch.api.answers import PAGED, Page, Whole, cut, page, whole
from accredwatch.api.asked import Asked, ElectionKey, Id, Name, NoParameters, PageAsked, require_known
from accredwatch.api.context import OurContext
from accredwatch.api.problems import no_such
from foundation.errors import NotFound
from storage import disputes as disputes_on_record
from storage import listing, queries
from storage.answers import Dispute
from storage.listed import AlertRecord
from storage.views import RecordedChange
from storage.vocabulary import AlertState, ChangeKind

router = APIRouter()


class ChangesAsked(PageAsked):
    """Which changes."""

    election: ElectionKey | None = None
    """Key of an election."""
    kinds: list[ChangeKind] = Field(default=[], max_length=len(ChangeKind))
    """Only of these kinds: `kinds=new_total&kinds=corrected`."""


class DisputeState(StrEnum):
    """Whether a dispute lasts."""

    OPEN = "open"
    CLOSED = "closed"


class DisputesAsked(Asked):
    """Which disputes."""

    election: ElectionKey | None = None
    """Key of an election."""
    state: DisputeState = DisputeState.OPEN
    """Open ones, oldest first, or closed ones, last closed first."""


class AlertsAsked(PageAsked):
    """Which alerts."""

    state: AlertState | None = None
    """Where they are on their way."""
    channel: Name | None = None
    """Name of a channel."""


@router.get("/changes", response_model=Page[RecordedChange], responses=PAGED, tags=["changes"], summary="What changed")
def changes(request: Request, context: OurContext, asked: Annotated[ChangesAsked, Query()]) -> Response:
    """What reports did to what was known, oldest first. Ids only grow: keep the last one and ask for what comes after
    it. `held` marks the changes of a source's first crawl, of which nobody was told."""
    with context.database.read() as session:
        require_known(session, context.settings, election=asked.election, source=None)
        rows = queries.changes(
            session, election=asked.election, kinds=asked.kinds, after=asked.after, limit=asked.limit + 1
        )
    found, more = cut(rows, asked.limit)
    return page(request, found, found[-1].id if more else None)


@router.get("/disputes", response_model=Page[Dispute], tags=["disputes"], summary="Who contradicts whom")
def disputes(request: Request, context: OurContext, asked: Annotated[DisputesAsked, Query()]) -> Response:
    """Sources that contradict each other on a running total: what was told, and what each says now; on one page."""
    closed = asked.state is DisputeState.CLOSED
    with context.database.read() as session:
        require_known(session, context.settings, election=asked.election, source=None)
        found = disputes_on_record.disputes(session, election=asked.election, closed=closed)
    return page(request, found, None)


@router.get("/disputes/{id}", response_model=Whole[Dispute], tags=["disputes"], summary="One dispute")
def dispute(request: Request, context: OurContext, id: Id, _: NoParameters) -> Response:  # noqa: A002 - its name in the address
    """One dispute, be it open or closed."""
    try:
        with context.database.read() as session:
            found = disputes_on_record.dispute(session, id)
    except NotFound:
        raise no_such(f"no dispute has the id {id}", "GET /api/v1/disputes lists those that are open") from None
    return whole(request, found)


@router.get("/alerts", response_model=Page[AlertRecord], responses=PAGED, tags=["alerts"], summary="Alerts")
def alerts(request: Request, context: OurContext, asked: Annotated[AlertsAsked, Query()]) -> Response:
    """Where each alert is on its way, oldest first; neither the address of its channel nor what that answered."""
    with context.database.read() as session:
        rows = listing.alerts(
            session, state=asked.state, channel=asked.channel, after=asked.after, limit=asked.limit + 1
        )
    found, more = cut(rows, asked.limit)
    return page(request, found, found[-1].id if more else None)
