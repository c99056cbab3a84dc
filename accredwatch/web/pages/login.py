"""Logging in with the token, and out."""

from __future__ import annotations

import unicodedata
from http import HTTPStatus
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from accredwatch.web.access import Access, too_many
from accredwatch.web.navigation import within
from accredwatch.web.sessions import COOKIE, LASTS, Session
from accredwatch.web.templating import page

router = APIRouter()

LONGEST_NAME = 80
"""Characters."""


def access_of(request: Request) -> Access:
    """What the guard knows; a FastAPI dependency."""
    return cast("Access", request.app.state.access)


Guard = Annotated[Access, Depends(access_of)]


@router.get("/login")
def form(request: Request, access: Guard, back: Annotated[str, Query(alias="next")] = "/") -> Response:
    """The form, or the page to go on with where there is nothing to log in to."""
    if not access.web.login:
        return RedirectResponse(within(back), HTTPStatus.SEE_OTHER)
    return _page(request, access, back)


@router.post("/login")
def log_in(
    request: Request,
    access: Guard,
    token: Annotated[str, Form()],
    name: Annotated[str, Form()] = "",
    back: Annotated[str, Form(alias="next")] = "/",
) -> Response:
    """Begin a session, if the token is right."""
    if wait := access.wait(request):
        answer = _page(request, access, back, name, too_many(wait), HTTPStatus.TOO_MANY_REQUESTS)
        answer.headers["Retry-After"] = str(wait)
        return answer
    if not access.is_right(token.strip(), request):
        return _page(request, access, back, name, "The token is wrong.", HTTPStatus.FORBIDDEN)
    session = Session(_printable(name), access.clock.now() + LASTS)
    answer = RedirectResponse(within(back), HTTPStatus.SEE_OTHER)
    answer.set_cookie(
        COOKIE,
        access.seal.close(session),
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=access.web.public_url.startswith("https:"),
    )
    return answer


@router.post("/logout")
def log_out() -> Response:
    """Take the cookie back."""
    answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


def _page(  # noqa: PLR0913, PLR0917 - what the form shows again
    request: Request, access: Access, back: str, name: str = "", problem: str = "", status: HTTPStatus = HTTPStatus.OK
) -> Response:
    return page(
        request,
        "login.html",
        status_code=status,
        next=within(back),
        name=name[:LONGEST_NAME],
        problem=problem,
        public=access.web.public,
        longest_name=LONGEST_NAME,
    )


def _printable(name: str) -> str:
    """The name on one line, without characters that turn a line around."""
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in name)
    return " ".join(kept.split())[:LONGEST_NAME]
