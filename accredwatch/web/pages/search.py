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


@router.get("/search")
def results(
    request: Request,
    context: Annotated[Context, Depends(ask)],
    q: Annotated[str, Query(max_length=200)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=LAST_PAGE)] = 1,
) -> HTMLResponse:
    """What has the words or numbers of `q`, on page `page` from 1."""
    words = q.strip()
    with context.database.read() as session:
        found = search(session, words, limit=PAGE, offset=(number - 1) * PAGE)

    def at(other: int) -> str:
        return f"/search?{urlencode({'q': words, 'page': other})}"

    return page(
        request,
        "search.html",
        q=words,
        found=found,
        number=number,
        previous=at(number - 1) if number > 1 else None,
        following=at(number + 1) if found.more and number < LAST_PAGE else None,
    )
