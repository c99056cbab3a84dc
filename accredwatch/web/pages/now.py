"""The first page: where the current election stands, what is in dispute, and whether the sources are well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from accredwatch.web.context import Context, ask
from accredwatch.web.elections import on_record, today
from accredwatch.web.templating import page
from extract.model import Status
from scheduler.overview import source_status
from storage import lock, queries
from storage.series import series
from storage.views import Statement

router = APIRouter()
_FEW = 6
"""Changes."""


@router.get("/")
def now(request: Request, context: Annotated[Context, Depends(ask)]) -> HTMLResponse:
    """Where the current election stands."""
    daemon = lock.holder(context.database)
    with context.database.read() as session:
        elections, election = on_record(session, context)
        steps: tuple[Statement, ...] = ()
        if election is not None:
            found = series(session, election.election.key, status=Status.ACCREDITED)
            steps = next((one.steps for one in found if one.source is None), ())
        sources = source_status(session, context.settings.source, context.clock.now())
        changes = queries.latest_changes(session, limit=_FEW)
    return page(
        request,
        "now.html",
        election=election,
        others=[one for one in elections if one is not election],
        previous=_before(steps),
        days_left=(election.election.date - today(context)).days if election else 0,
        daemon=daemon,
        daemon_since=datetime.fromisoformat(daemon.since) if daemon else None,
        sources=sources,
        changes=changes,
    )


def _before(steps: Sequence[Statement]) -> Statement | None:
    """The total of an earlier day than the current one's: what another source says of the same day is no increase."""
    return next((step for step in reversed(steps) if step.day < steps[-1].day), None)
