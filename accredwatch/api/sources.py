"""Sources: how each is doing and what it has brought."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from accredwatch.api.answers import Page, page
from accredwatch.api.asked import NoParameters
from accredwatch.api.context import OurContext
from scheduler.overview import SourceStatus, source_status
from storage import queries
from storage.source_views import SourceSummary

router = APIRouter(tags=["sources"])


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOnRecord:
    """A configured source: how it is doing, and what it has brought."""

    status: SourceStatus
    well: bool
    """Whether nobody needs to look."""
    record: SourceSummary | None
    """None for one that was never crawled."""


@router.get("/sources", response_model=Page[SourceOnRecord], summary="Sources and their health")
def sources(request: Request, context: OurContext, _: NoParameters) -> Response:
    """The configured sources, in the order of the configuration; on one page."""
    with context.database.read() as session:
        statuses = source_status(session, context.settings.source, context.clock.now())
        records = {summary.state.source: summary for summary in queries.sources(session)}
    found = [SourceOnRecord(status=one, well=one.well, record=records.get(one.source)) for one in statuses]
    return page(request, found, None)
