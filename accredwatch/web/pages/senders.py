"""Who sends observers: organizations and states over the meetings."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from accredwatch.web.context import Context, ask
from accredwatch.web.elections import on_record
from accredwatch.web.templating import page
from storage import queries
from storage.senders import senders

router = APIRouter()


@router.get("/senders")
def current_senders(request: Request, context: Annotated[Context, Depends(ask)]) -> Response:
    """The senders to the current election."""
    with context.database.read() as session:
        _, current = on_record(session, context)
    if current is None:
        return page(request, "elections.html", elections=(), current=None)
    return RedirectResponse(f"/elections/{current.election.key}/senders")


@router.get("/elections/{key}/senders")
def election_senders(request: Request, context: Annotated[Context, Depends(ask)], key: str) -> Response:
    """Who sends observers to an election. Unknown keys are answered 404."""
    with context.database.read() as session:
        summary = queries.election(session, key)
        found = senders(session, key)
        known = queries.elections(session)
    return page(request, "senders.html", election=summary, elections=known, senders=found)
