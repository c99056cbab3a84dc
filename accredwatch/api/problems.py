"""What an error looks like to a program: RFC 9457, with the remedy in a field of its own."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

from foundation.errors import NotFound, StorageError

log = structlog.get_logger(__name__)

_DESCRIPTION = "/api/v1/openapi.json describes what can be asked for"


class Detail(BaseModel):
    """One thing that is wrong with a request."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    where: str
    """Where it stands: `query.limit`, `path.report`."""
    problem: str


class Problem(BaseModel):
    """Why a request was not answered, as RFC 9457 has it."""

    model_config = ConfigDict(
        use_attribute_docstrings=True,
        json_schema_serialization_defaults_required=True,
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "no report has the id 99",
                    "remedy": "GET /api/v1/reports lists those on record",
                    "errors": [],
                }
            ]
        },
    )

    type: str = "about:blank"
    """The status says which kind of problem it is."""
    title: str
    """The status in words."""
    status: int
    detail: str
    """What is wrong."""
    remedy: str
    """What to do about it."""
    errors: list[Detail] = []
    """Of a request with several faults, each of them."""


class Refused(Exception):
    """A request that cannot be answered, with what to do about it."""

    def __init__(self, status: HTTPStatus, detail: str, remedy: str) -> None:
        super().__init__(detail)
        self.status = status
        self.remedy = remedy


def no_such(what: str, remedy: str) -> Refused:
    """The refusal of what is asked for by a name or id that nothing has."""
    return Refused(HTTPStatus.NOT_FOUND, what, remedy)


_SCHEMA = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}

PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: {"description": "The token is missing or wrong.", **_SCHEMA},
    404: {"description": "Nothing on record has that name or id.", **_SCHEMA},
    422: {"description": "The request has a fault.", **_SCHEMA},
    503: {"description": "The database cannot be used at the moment.", **_SCHEMA},
}
"""What every operation may answer besides, for the description of the interface."""


def answer_with_problems(api: FastAPI) -> None:
    """Let every error of the interface be answered with a problem."""
    api.add_exception_handler(Refused, refused)
    api.add_exception_handler(NotFound, _not_found)
    api.add_exception_handler(RequestValidationError, _faulty)
    api.add_exception_handler(StorageError, _unusable)
    api.add_exception_handler(404, _unknown_path)
    api.add_exception_handler(405, _wrong_method)
    api.add_exception_handler(Exception, _broken)


def _problem(
    status: int, detail: str, remedy: str, *, errors: list[Detail] | None = None, headers: dict[str, str] | None = None
) -> JSONResponse:
    content = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, remedy=remedy, errors=errors or [])
    return JSONResponse(content.model_dump(), status, headers=headers, media_type="application/problem+json")


def refused(_: Request, error: Exception) -> JSONResponse:
    """The answer to a request that was refused."""
    status = error.status if isinstance(error, Refused) else HTTPStatus.BAD_REQUEST
    return _problem(status, str(error), error.remedy if isinstance(error, Refused) else _DESCRIPTION)


def _not_found(_: Request, error: Exception) -> JSONResponse:
    return _problem(404, str(error), "GET /api/v1/elections and /api/v1/sources list what is on record")


def _unknown_path(request: Request, _: Exception) -> JSONResponse:
    return _problem(404, f"there is nothing at {request.url.path}", _DESCRIPTION)


def _wrong_method(request: Request, error: Exception) -> JSONResponse:
    headers = getattr(error, "headers", None)
    return _problem(405, f"{request.method} is not possible here", "ask with GET", headers=headers)


def _faulty(_: Request, error: Exception) -> JSONResponse:
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    details = [
        Detail(where=".".join(map(str, fault["loc"])), problem=str(fault["msg"]).removeprefix("Value error, "))
        for fault in faults
    ]
    said = "; ".join(f"{d.where}: {d.problem}" for d in details)
    return _problem(422, said, f"correct the request; {_DESCRIPTION}", errors=details)


def _unusable(request: Request, error: Exception) -> JSONResponse:
    # Its words name files and hosts, which are for the log.
    log.error("request_failed", path=request.url.path, error=str(error))
    remedy = "ask again in a moment; if that does not help, the log of `accredwatch serve` and `accredwatch doctor` do"
    return _problem(503, "the database cannot be used", remedy, headers={"Retry-After": "5"})


def _broken(request: Request, error: Exception) -> JSONResponse:
    log.error("request_broke", path=request.url.path, exc_info=error)
    return _problem(500, "a fault of the program", "tell its operator: the log of `accredwatch serve` says more")
