"""The JSON interface put together, with its description of itself."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from accredwatch.api import changes, elections, reports, schemas, sources
from accredwatch.api.answers import ETAG, UNCHANGED
from accredwatch.api.problems import PROBLEMS, answer_with_problems
from accredwatch.version import program_version
from accredwatch.web.context import Context

PATH = "/api/v1"
"""Where it is mounted. What is described there stays; fields and addresses may be added."""

_DESCRIPTION = """
What accredwatch knows of the election observers that Kazakhstan accredits: figures with their evidence, how they grew,
who contradicts whom, and what changed when. It only reads.

Instants are ISO 8601 in UTC, days are ISO 8601 dates in the zone of the source that states them. A list has `items` and
`next`; where `next` is not null, it is the `after` of the next page, to which a Link header leads too. Every answer has
an ETag. Errors are `application/problem+json` with a `remedy`. A parameter that is not described is an error.

Texts from pages are the pages' words without control and bidirectional characters: escape them where you show them.
"""

_TAGS = [
    {"name": "elections", "description": "Polls, their latest totals, their tallies and what was stated about them."},
    {"name": "reports", "description": "What one article states."},
    {"name": "figures", "description": "Single numbers with the words that state them."},
    {"name": "changes", "description": "What reports did to what was known."},
    {"name": "disputes", "description": "Sources that contradict each other."},
    {"name": "sources", "description": "The outlets that are watched, and how they are doing."},
    {"name": "alerts", "description": "What is told to whom, and whether it arrived."},
    {"name": "schemas", "description": "JSON Schemas of what the program writes elsewhere."},
]

_BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "The token of `[web]`; not asked for where the page is public or has none.",
}


class _Api(FastAPI):
    """The interface; its description says that it takes a token, which whatever stands before it asks for."""

    def openapi(self) -> dict[str, Any]:
        """The description of the interface."""
        described = super().openapi()
        described["components"]["securitySchemes"] = {"bearer": _BEARER}
        described["security"] = [{"bearer": []}, {}]
        return described


def make_api(context: Context) -> FastAPI:
    """The JSON interface on the context's database, to be mounted at `PATH`."""
    api = _Api(
        title="accredwatch",
        version=program_version(),
        description=_DESCRIPTION.strip(),
        openapi_tags=_TAGS,
        docs_url=None,
        redoc_url=None,
        responses={200: {"description": "Found.", "headers": ETAG}, **UNCHANGED, **PROBLEMS},
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    api.state.context = context
    answer_with_problems(api)
    for module in (elections, reports, changes, sources, schemas):
        api.include_router(module.router)
    return api
