"""The page that a report was read from, as it was fetched: shown inert."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, HTTPException, Response

from accredwatch.evidence import archive_of, verify
from accredwatch.web.asked import Id
from accredwatch.web.context import Context, ask
from foundation.errors import ArchiveError, ConfigError

log = structlog.get_logger(__name__)
router = APIRouter()

INERT = "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
"""Of a stranger's page only text and its own styles are shown: no script, no image, no frame, no form, no origin."""


@router.get("/reports/{report_id}/original")
def original(context: Annotated[Context, Depends(ask)], report_id: Id) -> Response:
    """The archived page, with its digest verified."""
    settings = context.settings
    try:
        with context.database.read() as session:
            found = verify(session, archive_of(settings), report_id, max_bytes=settings.crawler.max_bytes)
    except ConfigError as error:
        raise HTTPException(HTTPStatus.NOT_FOUND, "Pages are not archived here (archive.path).") from error
    except ArchiveError as error:
        # Its message names files of this machine.
        log.error("archive_damaged", report=report_id, error=str(error))  # noqa: TRY400 - the message tells all
        sentence = "The archive no longer holds this page as it was fetched; the log tells more."
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, sentence) from error
    return Response(
        found.page,
        headers={
            "Content-Type": found.content_type,
            "Content-Security-Policy": INERT,
            "Referrer-Policy": "no-referrer",
        },
    )
