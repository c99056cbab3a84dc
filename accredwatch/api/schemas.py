"""JSON Schemas of what the program writes elsewhere."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from accredwatch.api.answers import document
from accredwatch.api.asked import NoParameters
from accredwatch.schemas import SchemaName, schema

router = APIRouter(tags=["schemas"])


@router.get("/schemas/{name}", response_model=dict[str, Any], summary="A JSON Schema")
def schemas(request: Request, name: SchemaName, _: NoParameters) -> Response:
    """The JSON Schema (draft 2020-12) of what `accredwatch extract --json` prints (`report`), or of the body of a
    webhook's request (`webhook`)."""
    return document(request, schema(name))
