"""What a viewer is told when a page cannot be shown: what is wrong, and what to do about it."""

from __future__ import annotations

from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from accredwatch.web.security import HEADERS
from accredwatch.web.templating import page
from foundation.errors import NotFound, StorageError

log = structlog.get_logger(__name__)


def install(app: FastAPI) -> None:
    """Answer errors of the application with pages."""
    app.exception_handler(NotFound)(_not_known)
    app.exception_handler(StorageError)(_no_database)
    app.exception_handler(RequestValidationError)(_not_understood)
    app.exception_handler(HTTPException)(_refused)
    app.exception_handler(Exception)(_broken)


def error_page(request: Request, status_code: int, title: str, message: str) -> Response:
    """A page that tells of an error; the message names the remedy."""
    sentence = message[:1].upper() + message[1:]
    return page(request, "error.html", status_code=status_code, code=status_code, title=title, message=sentence)


async def _not_known(request: Request, error: Exception) -> Response:
    return error_page(request, HTTPStatus.NOT_FOUND, "Not on record", str(error))


async def _no_database(request: Request, error: Exception) -> Response:
    log.warning("page_without_database", path=request.url.path, problem=str(error))
    answer = error_page(request, HTTPStatus.SERVICE_UNAVAILABLE, "The database cannot be used now", str(error))
    answer.headers["Retry-After"] = "30"
    return answer


async def _not_understood(request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    problems = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in found)
    message = f"The address says what this page does not understand ({problems}). Correct it, or begin anew from Now."
    return error_page(request, HTTPStatus.UNPROCESSABLE_ENTITY, "Not understood", message)


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    if status is HTTPStatus.NOT_FOUND and error.detail == status.phrase:
        answer = error_page(request, status, "No such page", f"Nothing is at {request.url.path}. Begin anew from Now.")
    else:
        answer = error_page(request, status, status.phrase, str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


async def _broken(request: Request, error: Exception) -> Response:
    log.error("page_failed", path=request.url.path, exc_info=error)
    message = "This is a fault of the program, and its log tells what happened. Other pages may work."
    answer = error_page(request, HTTPStatus.INTERNAL_SERVER_ERROR, "This page failed", message)
    # This answer is made outside of the middleware that adds them elsewhere.
    answer.headers.update(HEADERS)
    return answer
