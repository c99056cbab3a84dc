"""Reports and figures: what articles state, with the words that state it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from accredwatch.api.answers import PAGED, Page, Whole, cut, document, page
from accredwatch.api.asked import FiguresAsked, Id, NoParameters, RecordsAsked, require_known
from accredwatch.api.context import OurContext
from accredwatch.api.problems import no_such
from alerts.message import Json
from alerts.render import as_json, fields_of
from foundation.errors import NotFound
from storage import listing, queries
from storage.answers import ReportView
from storage.listed import FigureRecord, ReportRecord
from storage.views import AcrossCheck

router = APIRouter(tags=["reports"])


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeReport(ReportView):
    """Everything about one report: its article, its text, what was read and what came of it."""

    across: AcrossCheck | None
    """The sum of its total with the earlier one of other articles; null where there is nothing to compare."""


@router.get("/reports", response_model=Page[ReportRecord], responses=PAGED, summary="Reports")
def reports(request: Request, context: OurContext, asked: Annotated[RecordsAsked, Query()]) -> Response:
    """What the latest revision of each article states, in short; in the order of the records. Reports that a person
    voided state nothing and are left out."""
    with context.database.read() as session:
        require_known(session, context.settings, election=asked.election, source=asked.source)
        rows = listing.reports(session, asked.wanted(), after=asked.after, limit=asked.limit + 1)
    found, more = cut(rows, asked.limit)
    return page(request, found, found[-1].id if more else None)


@router.get("/reports/{id}", response_model=Whole[WholeReport], summary="One report")
def report(request: Request, context: OurContext, id: Id, _: NoParameters) -> Response:  # noqa: A002 - its name in the address
    """One report, also of an earlier revision of its article: the text, each figure with the place of its words in it,
    the checks, the changes that it made. `evidence.text` is exactly `[start:end]` of `title` or `body`, counted in
    Unicode code points."""
    try:
        with context.database.read() as session:
            view, across = queries.show(session, id), queries.across(session, id)
    except NotFound:
        raise no_such(f"no report has the id {id}", "GET /api/v1/reports lists those on record") from None
    return document(request, {**as_stored(view), "across": as_json(across)})


def as_stored(view: ReportView) -> dict[str, Json]:
    """A report as JSON; title, body and evidence are to the letter what is stored, as the places of words count in
    them."""
    figures: list[Json] = [
        {**fields_of(figure), "evidence": {**fields_of(figure.evidence), "text": figure.evidence.text}}
        for figure in view.figures
    ]
    return {**fields_of(view), "title": view.title, "body": view.body, "figures": figures}


@router.get("/figures", response_model=Page[FigureRecord], responses=PAGED, tags=["figures"], summary="Figures")
def figures(request: Request, context: OurContext, asked: Annotated[FiguresAsked, Query()]) -> Response:
    """Every figure that the latest revision of an article states, in the order of the records."""
    with context.database.read() as session:
        require_known(session, context.settings, election=asked.election, source=asked.source)
        rows = listing.figures(session, asked.wanted(), after=asked.after, limit=asked.limit + 1)
    found, more = cut(rows, asked.limit)
    return page(request, found, found[-1].id if more else None)
