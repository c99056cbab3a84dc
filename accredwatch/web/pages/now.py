"""The first page: the elections on record and their latest totals."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from accredwatch.web.context import Context, ask
from accredwatch.web.templating import page
from storage import queries

router = APIRouter()


@router.get("/")
def now(request: Request, context: Annotated[Context, Depends(ask)]) -> HTMLResponse:
    """The elections on record, the latest first."""
    with context.database.read() as session:
        elections = queries.elections(session)
    return page(request, "now.html", elections=elections)
