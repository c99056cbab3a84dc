"""A report: the text with its evidence marked, what it states, the sums, what came of it, the revisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from accredwatch.web.asked import Id, number
from accredwatch.web.context import Context, ask
from accredwatch.web.differences import compare
from accredwatch.web.evidence import marked
from accredwatch.web.templating import page
from extract.model import Where
from foundation.errors import NotFound
from storage import queries
from storage.archive import place_of
from storage.decisions import decisions
from storage.revisions import RevisionView, revisions

router = APIRouter()


@router.get("/reports/{report_id}")
def report(
    request: Request,
    context: Annotated[Context, Depends(ask)],
    report_id: Id,
    other: Annotated[str, Query(alias="with")] = "",
) -> HTMLResponse:
    """Everything about a report, beside another revision of its article if there is one."""
    with context.database.read() as session:
        view = queries.show(session, report_id)
        across = queries.across(session, report_id)
        texts = revisions(session, report_id)
        made = decisions(session, report=report_id)
        place = place_of(session, report_id)
    evidence = [figure.evidence for figure in view.figures]
    old, new = _beside(texts, view.revision, number(other, "with"))
    return page(
        request,
        "report.html",
        view=view,
        across=across,
        title=marked(view.title or "", evidence, Where.TITLE),
        body=marked(view.body, evidence, Where.BODY),
        texts=texts,
        latest=next((text.report for text in reversed(texts) if text.report is not None), None),
        old=old,
        new=new,
        compared=old.number if new.number == view.revision else new.number,
        rows=compare(_whole(old), _whole(new)) if old is not new else (),
        made=made,
        place=place,
    )


def _beside(texts: Sequence[RevisionView], own: int, wanted: int | None) -> tuple[RevisionView, RevisionView]:
    """The report's revision and the one to compare it with, the older first: the one before it unless asked for."""
    by_number = {text.number: text for text in texts}
    default = own - 1 if own > 1 else own + 1
    if wanted is not None and wanted not in by_number:
        raise NotFound(f"the article has {len(by_number)} revisions and none with the number {wanted}")
    other = by_number.get(default if wanted is None else wanted, by_number[own])
    old, new = sorted((by_number[own], other), key=lambda text: text.number)
    return old, new


def _whole(text: RevisionView) -> str:
    return f"{text.title or '(no title)'}\n{text.body}"
