"""Search over articles and figures."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from accredwatch.web.context import Context, ask
from accredwatch.web.templating import page
from storage.search import search

router = APIRouter()

PAGE = 20
"""Articles, and figures, on a page."""
LAST_PAGE = 500
_LARGEST = 2**63 - 1


@router.get("/search")
def results(
    request: Request,
    context: Annotated[Context, Depends(ask)],
    q: Annotated[str, Query(max_length=200)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=LAST_PAGE)] = 1,
    before: Annotated[int | None, Query(ge=-_LARGEST, le=_LARGEST)] = None,
) -> HTMLResponse:
    """What has the words or numbers of `q`, on page `page` from 1.

    `before`, which the links to the following pages tell, is the place that its articles stand behind: so the hundredth
    page is as fast as the first.
    """
    words = q.strip()
    with context.database.read() as session:
        found = search(session, words, limit=PAGE, offset=(number - 1) * PAGE, before=before)
    last = {"before": found.articles[-1].place} if found.articles else {}

    def at(other: int, **place: int) -> str:
        return f"/search?{urlencode({'q': words, 'page': other, **place})}"

    return page(
        request,
        "search.html",
        q=words,
        found=found,
        number=number,
        previous=at(number - 1) if number > 1 else None,
        following=at(number + 1, **last) if found.more and number < LAST_PAGE else None,
    )
