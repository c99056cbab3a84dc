"""For monitoring: metrics, and whether this process and its database answer."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from accredwatch.api.context import OurContext
from accredwatch.metrics import exposition
from accredwatch.web.context import Context
from foundation.errors import StorageError
from scheduler.overview import overview
from storage import schema

router = APIRouter(include_in_schema=False)


@router.api_route("/metrics", methods=["GET", "HEAD"])
def metrics(context: OurContext) -> Response:
    """The metrics in Prometheus' text format; 503 while the database cannot be used."""
    try:
        settings = context.settings
        content = exposition(context.database, settings.source, context.clock, settings.engine)
    except StorageError:
        return Response("the database cannot be used\n", 503, media_type="text/plain")
    return Response(content, media_type=CONTENT_TYPE_LATEST)


@router.api_route("/healthz", methods=["GET", "HEAD"])
def healthz(request: Request, context: OurContext) -> JSONResponse:
    """200 if the database answers, else 503; with `?full` 200 only if all is well, as `accredwatch status` tells it.

    It names neither processes nor hosts, and quotes nothing that was seen.
    """
    try:
        if "full" in request.query_params:
            return _full(context)
        with context.database.read() as session:
            schema.identity(session.connection())
    except StorageError:
        return JSONResponse({"well": False, "database": "cannot be used"}, 503, headers=_NEVER_KEPT)
    return JSONResponse({"well": True, "database": "answers"}, headers=_NEVER_KEPT)


_NEVER_KEPT = {"Cache-Control": "no-store"}


def _full(context: Context) -> JSONResponse:
    settings = context.settings
    found = overview(context.database, settings.source, settings.channel, context.clock.now(), settings.engine)
    content = {
        "well": found.well,
        "database": "answers",
        "daemon": found.daemon is not None,
        "sources": {one.source: one.condition for one in found.sources if one.condition is not None},
        "channels": {one.channel: one.well for one in found.channels},
    }
    return JSONResponse(content, 200 if found.well else 503, headers=_NEVER_KEPT)
