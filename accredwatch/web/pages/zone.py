"""The form in every page's footer that chooses the viewer's time zone."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from accredwatch.web.context import Context, ask
from accredwatch.web.errors import error_page
from accredwatch.web.navigation import within
from accredwatch.web.zones import COOKIE, COOKIE_LASTS, find_zone

router = APIRouter()


@router.post("/zone")
def choose_zone(
    request: Request,
    context: Annotated[Context, Depends(ask)],
    zone: Annotated[str, Form()],
    back: Annotated[str, Form()] = "/",
) -> Response:
    """Keep the zone in the viewer's browser, and go back to where they were."""
    found = find_zone(zone.strip())
    if found is None:
        remedy = f"No time zone is called {zone!r}. Write one such as Asia/Almaty, Europe/Vienna or UTC."
        return error_page(request, HTTPStatus.UNPROCESSABLE_ENTITY, "No such time zone", remedy)
    answer = RedirectResponse(within(back), HTTPStatus.SEE_OTHER)
    answer.set_cookie(
        COOKIE,
        found.key,
        max_age=COOKIE_LASTS,
        httponly=True,
        samesite="lax",
        secure=context.settings.web.public_url.startswith("https:"),
    )
    return answer
