"""The stream of changes, by election, kind, status, source and day."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from accredwatch.web import asked
from accredwatch.web.context import Context, ask
from accredwatch.web.templating import page
from accredwatch.web.words import words_of
from extract.model import Status
from storage import listing
from storage import sources as crawled
from storage.stream import Wanted, stream
from storage.vocabulary import ChangeKind

router = APIRouter()

PAGE = 30
"""Changes on a page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form says, as it says it; empty for no difference."""

    election: Annotated[str, Query()] = ""
    kind: Annotated[str, Query()] = ""
    status: Annotated[str, Query()] = ""
    source: Annotated[str, Query()] = ""
    since: Annotated[str, Query()] = ""
    until: Annotated[str, Query()] = ""

    def address(self, **more: int) -> str:
        """Where the page is found with these filters."""
        given = {name: value for name, value in {**asdict(self), **more}.items() if value}
        return f"/changes?{urlencode(given)}" if given else "/changes"


@router.get("/changes")
def changes(
    request: Request,
    context: Annotated[Context, Depends(ask)],
    form: Annotated[Asked, Depends()],
    before: Annotated[str, Query()] = "",
) -> HTMLResponse:
    """The changes that are asked for, below the id `before` if given, newest first."""
    below = asked.number(before, "before")
    with context.database.read() as session:
        elections = [(key, key) for key in listing.election_keys(session)]
        sources = sorted((key, context.names.get(key, key)) for key in {*crawled.keys(session), *context.names})
        wanted = Wanted(
            election=asked.key_of((key for key, _ in elections), form.election, "election"),
            kind=asked.one_of(ChangeKind, form.kind, "kind of change"),
            status=asked.one_of(Status, form.status, "status"),
            source=asked.key_of((key for key, _ in sources), form.source, "source"),
            since=asked.day(form.since, "since"),
            until=asked.day(form.until, "until"),
        )
        found = stream(session, wanted, before=below, limit=PAGE + 1)
    return page(
        request,
        "changes.html",
        asked=form,
        changes=found[:PAGE],
        elections=elections,
        kinds=[(kind.value, words_of(kind)) for kind in ChangeKind],
        statuses=[(status.value, status.value) for status in Status],
        sources=sources,
        filtered=form != Asked(),
        newest=form.address() if below is not None else None,
        older=form.address(before=found[PAGE - 1].id) if len(found) > PAGE else None,
    )
